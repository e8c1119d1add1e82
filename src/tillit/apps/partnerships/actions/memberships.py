"""Organisations come into a partnership, change their place in it, and leave."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, line, possible, takes_part
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.organs import refuse_foreign
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Agreement, AgreementParty, Membership, Partnership, Sector
from tillit.apps.partnerships.models.words import ROLE_WORDS, STAGE_WORDS
from tillit.core.governance.areas import ACCEDED, ACCESSION_AGREEMENT, COLLABORATION_AGREEMENT
from tillit.core.governance.entities import Interval

LONGEST_SIZE, LONGEST_SOURCE = 20, 300


@dataclass(frozen=True, slots=True)
class Position:
    """What a party is in a partnership. `via`: the agreement it is in by. `stage`: how far that had come."""

    role: str
    sector: Sector | None = None
    size: str = ""
    voting: bool = False
    stage: str = ""
    via: Agreement | None = None
    source: str = ""


@transaction.atomic
def join(
    *,
    partnership: Partnership,
    organisation: Organisation,
    position: Position,
    starts_on: date,
    by: Person | None,
    at: datetime,
    ends_on: date | None = None,
    acting_for: Organisation | None = None,
) -> Membership:
    """Let an organisation be in a partnership from a day. `ends_on`: the first day it no longer is.

    :raises Refused: it is in it in that role already, or has acceded without having signed by then (I-4)
    """
    here = locked(partnership)
    takes_part(organisation, day_of(at))
    said = _checked(here, position)
    made = Membership(
        partnership=here,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        recorded_by=by,
        **said,
    )
    with held(lambda: _refuse_bad(made)):
        made.save(force_insert=True)
    audit.note("partnerships.joined", subject=made, by=by, at=at, acting_for=acting_for, role=made.role)
    return made


@transaction.atomic
def leave(
    *, membership: Membership, on: date, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Membership:
    """Let a party leave from a day, the first it is no longer in. What binds it by agreement is ended there.

    :raises Refused: it has left before that, or comes in that day or later
    """
    locked(membership.partnership)
    row = _current(membership)
    possible(on, field="on")
    if on <= row.starts_on:
        raise Refused(_("Parten är inte med förrän %(day)s.") % {"day": row.starts_on}, field="on")
    if row.ends_on is not None and row.ends_on < on:
        raise Refused(_("Parten har redan lämnat."), field="on")
    made = replace_row(row, at=at, by=by, ends_on=on)
    audit.note("partnerships.left", subject=made, by=by, at=at, acting_for=acting_for, on=on.isoformat())
    return made


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    to: Position,
    by: Person | None,
    at: datetime,
    from_day: date | None = None,
    acting_for: Organisation | None = None,
) -> Membership:
    """Change what a party is from a day, or correct what was written when no day is said.

    :raises Refused: as `join`, or the day is not within its time
    """
    here = locked(membership.partnership)
    row = _current(membership)
    said = _checked(here, to)
    if from_day is None or from_day == row.starts_on:
        meant = Membership(**{**_columns(row), **said})
        with held(lambda: _refuse_bad(meant, but=row)):
            made = replace_row(row, at=at, by=by, **said)
    else:
        if from_day < row.starts_on or (row.ends_on is not None and from_day >= row.ends_on):
            raise Refused(_("Parten är inte med den dagen."), field="from_day")
        replace_row(row, at=at, by=by, ends_on=from_day)
        made = Membership(**{**_columns(row), **said, "starts_on": from_day, "recorded_at": at, "recorded_by": by})
        with held(lambda: _refuse_bad(made, but=row)):
            made.save(force_insert=True)
    audit.note("partnerships.membership_changed", subject=made, by=by, at=at, acting_for=acting_for, role=made.role)
    return made


def _columns(row: Membership) -> dict[str, Any]:
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}


def _current(membership: Membership) -> Membership:
    row = Membership.objects.filter(CURRENT, pk=membership.pk).first()
    if row is None:
        raise Refused(_("Någon annan ändrade samma sak i samma stund. Läs in sidan igen och se vad som gäller nu."))
    return row


def _checked(here: Partnership, position: Position) -> dict[str, Any]:
    if position.role not in ROLE_WORDS:
        raise Refused(_("Välj ett av alternativen."), field="role")
    if position.stage and position.stage not in STAGE_WORDS:
        raise Refused(_("Välj ett av alternativen."), field="stage")
    refuse_foreign(here, sector=position.sector, via=position.via)
    said = {each.name: getattr(position, each.name) for each in fields(position)}
    return said | {
        "size": line(position.size, field="size", most=LONGEST_SIZE, needed=False),
        "source": line(position.source, field="source", most=LONGEST_SOURCE, needed=False),
    }


def _refuse_bad(row: Membership, but: Membership | None = None) -> None:
    possible(row.starts_on, field="starts_on")
    if row.ends_on is not None and row.ends_on <= row.starts_on:
        raise Refused(_("Parten lämnar innan den kommer. Rätta en av dagarna."), field="ends_on")
    others = Membership.objects.filter(
        CURRENT, partnership=row.partnership_id, organisation=row.organisation_id, role=row.role
    )
    days = Interval(row.starts_on, row.ends_on)
    beside = others.exclude(pk=but.pk) if but is not None else others
    if any(Interval(each.starts_on, each.ends_on).meets(days) for each in beside.exclude(pk=row.pk)):
        raise Refused(_("Parten är redan med i den rollen."), field="role")
    if row.role == ACCEDED:
        _refuse_unsigned(row)


def _refuse_unsigned(row: Membership) -> None:
    """Let a party pass that has signed what it accedes by on or before its first day (I-4)."""
    if row.via is None or row.via.type not in (ACCESSION_AGREEMENT, COLLABORATION_AGREEMENT):
        raise Refused(
            _("En ansluten part är med genom ett anslutningsavtal eller samarbetsavtal. Välj vilket."), field="via"
        )
    mine = AgreementParty.objects.filter(CURRENT, agreement=row.via, organisation=row.organisation_id)
    signed = mine.filter(signed_on__lte=row.starts_on).first()
    if signed is None or (signed.withdrawn_on is not None and signed.withdrawn_on <= row.starts_on):
        raise Refused(
            _("%(name)s har inte skrivit under %(title)s senast den dagen.")
            % {"name": row.organisation.name, "title": row.via.title},
            field="starts_on",
        )
