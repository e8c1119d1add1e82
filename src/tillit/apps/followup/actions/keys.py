"""Keys that an organisation's own system reports with: shown once, kept as a hash, taken back at once.

A key acts as who made it, and only while they still speak for the organisation and it is in the partnership.
"""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.models import ReportingKey
from tillit.apps.parties.conditions import day_of, line
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import is_in, may_found as speaks_there
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import Partnership

BEGINS = "tillit_"
"""What a key begins with, so that it is known for what it is where it has been left lying."""
MOST = 10
"""How many keys an organisation has in a partnership at once."""


@transaction.atomic
def make_key(
    *, partnership: Partnership, organisation: Organisation, name: str, by: Person, at: datetime
) -> tuple[ReportingKey, str]:
    """Return a new key and its secret, which is kept nowhere and never shown again.

    :raises Refused: it has no name, the organisation is not in the partnership, or it has as many as it can
    """
    current = locked(partnership)
    if not is_in(current, organisation, day_of(at)):
        raise Refused(_("Organisationen är inte med i partnerskapet."))
    if ReportingKey.objects.filter(partnership=current, organisation=organisation, revoked_at=None).count() >= MOST:
        raise Refused(_("Ni har redan %(most)s nycklar. Ta bort en som inte används.") % {"most": MOST}, field="name")
    secret = BEGINS + secrets.token_urlsafe(32)
    made = ReportingKey.objects.create(
        partnership=current,
        organisation=organisation,
        name=line(name, field="name", most=80),
        sha256=_hash(secret),
        made_by=by,
        made_at=at,
    )
    audit.note("followup.key.made", subject=made, by=by, at=at, acting_for=organisation)
    return made, secret


@transaction.atomic
def revoke_key(*, key: ReportingKey, by: Person, at: datetime) -> ReportingKey:
    """Take a key back. It stops at once and cannot be brought to life. :raises Refused: it is taken back already"""
    row = ReportingKey.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key.pk)
    if row.revoked_at is not None:
        raise Refused(_("Nyckeln är redan borttagen."))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    audit.note("followup.key.revoked", subject=row, by=by, at=at, acting_for=row.organisation)
    return row


def use_key(*, secret: str, slug: str, today: date) -> ReportingKey | None:
    """Return the key that a secret opens a partnership with, None where it opens nothing. Three queries, four the
    first time on a day: then the day is written down."""
    rows = ReportingKey.objects.select_related("partnership", "organisation", "made_by")
    found = rows.filter(sha256=_hash(secret), partnership__slug=slug, revoked_at=None).first()
    if found is None or not speaks_there(found.made_by, found.organisation, today):
        return None
    if not is_in(found.partnership, found.organisation, today):
        return None
    if found.used_on != today:
        ReportingKey.objects.filter(pk=found.pk).update(used_on=today)
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
