"""Somebody's name is taken away and their role put in its place; everything they did stays (I-27).

Rows, ledger and history hold the person's key; the name lives in one row that is outside history, and is overwritten.
Where somebody has written a name out in a text of a partnership, such as who signed, it is overwritten there too, with
any namesake's. Documents, and what a collaboration recorded, keep what they say as long as they are kept.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.actions import take_name
from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of, line
from tillit.apps.parties.models import Invitation
from tillit.apps.parties.queries import running
from tillit.apps.partnerships.models import Nomination, Steward
from tillit.apps.partnerships.occurring import seated


@transaction.atomic
def erase_person_name(*, person: Person, role: str, by: Person | None, at: datetime) -> Person:
    """Put a role ("tidigare ledamot") in the place of a person's name, for good; address, HSA-id and account go too.

    :raises Refused: they work, act, sit or are proposed somewhere today: end that first; or no role is named
    """
    current = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    named, name = line(role, field="role", most=120), current.name
    _refuse_while_here(current, day_of(at))
    waiting = Message.objects.filter(to=current, sent_at__isnull=True, stopped_at__isnull=True)
    outbox.call_off(at=at, keys=list(waiting.values_list("key", flat=True)))
    own = Q(accepted_by=current) | (Q(email__iexact=current.email) if current.email else Q(pk__in=()))
    Invitation.objects.filter(own, accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
    Invitation.objects.filter(own).update(name=named, email="")
    take_name(person=current, role=named)
    for model, column in _texts():
        _overwrite(model, column, name, named)
    audit.note("partnerships.name_erased", subject=current, by=by, at=at)
    return current


def _refuse_while_here(person: Person, today: date) -> None:
    here = (
        person.roles.filter(running(today)),
        person.employments.filter(running(today)),
        Steward.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person=person),
        seated(today).filter(person=person),
        Nomination.objects.filter(person=person, state="proposed"),
    )
    if any(rows.exists() for rows in here):
        raise Refused(_("Personen är anställd, har en roll eller en plats i dag. Avsluta det först."))


def _texts() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every column of a partnership's tables where somebody can have written a name."""
    for model in apps.get_app_config("partnerships").get_models():
        for field in model._meta.concrete_fields:
            codes = field.choices or isinstance(field, models.SlugField | models.URLField)
            if isinstance(field, models.CharField | models.TextField) and not codes:
                yield model, field.name


def _overwrite(model: type[models.Model], column: str, name: str, role: str) -> None:
    whole = re.compile(rf"(?<!\w){re.escape(name)}(s?)(?!\w)")
    most = model._meta.get_field(column).max_length  # type: ignore[union-attr]
    rows = model._default_manager.filter(**{f"{column}__contains": name})
    for key, text in rows.values_list("pk", column):
        model._default_manager.filter(pk=key).update(**{column: whole.sub(lambda found: role + found[1], text)[:most]})
