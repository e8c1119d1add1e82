"""Limits across collaborations, set and ended: by an organisation for itself, by an operator for everybody."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations.checking import amount_of
from tillit.apps.collaborations.models import MEASURES, Limit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, in_order, line, possible, takes_part
from tillit.apps.parties.models import Organisation

LARGEST = Decimal(10) ** 9
"""No limit is larger than this, in its own unit: the column has room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What is said of a limit. `most` in the measure's own unit: meals, kronor, per cent."""

    measure: str
    most: Decimal | None
    valid_from: date
    source: str


@transaction.atomic
def set_limit(*, organisation: Organisation | None, facts: LimitFacts, by: Person | None, at: datetime) -> Limit:
    """Return the limit that an organisation, or the site for everybody (None), has set from a day on.

    Reading: one limit of a measure at a time. The one that runs that day ends where the new one begins, and a new one
    ends where a later one begins. A limit gives a warning to answer with a reason; it stops nothing.

    :raises Refused: the measure is unknown, the number is none, negative or more than can be, the source is not said,
        or a limit begins on that day already
    """
    if organisation is not None:
        takes_part(organisation, day_of(at))
    most = _most(facts)
    source = line(facts.source, field="source", most=300)
    possible(facts.valid_from, field="valid_from")
    limit = _placed(organisation, facts, most, source)
    audit.note(
        "collaborations.limit_set",
        subject=limit,
        by=by,
        at=at,
        acting_for=organisation or "",
        measure=limit.measure,
        most=str(most),
        valid_from=limit.valid_from.isoformat(),
    )
    return limit


@transaction.atomic
def end_limit(*, limit: Limit, on: date, by: Person | None, at: datetime) -> Limit:
    """Let a limit end: `on` is the first day that it no longer applies, its first day when it never was to.

    :raises Refused: the day is before it begins, or it has ended by then already
    """
    current = Limit.objects.select_for_update().get(pk=limit.pk)
    possible(on, field="on")
    in_order(current.valid_from, on, field="on")
    if current.valid_to is not None and current.valid_to <= on:
        raise Refused(_("Gränsen slutar redan gälla %(day)s.") % {"day": current.valid_to.isoformat()}, field="on")
    current.valid_to = on
    current.save(update_fields=["valid_to"])
    audit.note(
        "collaborations.limit_ended",
        subject=current,
        by=by,
        at=at,
        acting_for=current.organisation or "",
        on=on.isoformat(),
    )
    return current


def _placed(organisation: Organisation | None, facts: LimitFacts, most: Decimal, source: str) -> Limit:
    """Write a limit between the one before it and the one after. :raises Refused: one begins on that day already"""
    same = Limit.objects.select_for_update().filter(organisation=organisation, measure=facts.measure)
    begins = facts.valid_from

    def once() -> None:
        if same.filter(valid_from=begins).exists():
            raise Refused(_("En gräns för samma sak börjar redan den dagen. Välj en annan dag."), field="valid_from")

    with held(once):
        later = same.filter(valid_from__gt=begins).order_by("valid_from").first()
        limit = Limit.objects.create(
            organisation=organisation,
            measure=facts.measure,
            most=most,
            valid_from=begins,
            valid_to=later.valid_from if later else None,
            source=source,
        )
    before = same.filter(valid_from__lt=begins).order_by("-valid_from").first()
    if before is not None and (before.valid_to is None or before.valid_to > begins):
        before.valid_to = begins
        before.save(update_fields=["valid_to"])
    return limit


def _most(facts: LimitFacts) -> Decimal:
    if facts.measure not in MEASURES:
        raise Refused(_("Välj i listan."), field="measure")
    if facts.most is None:
        raise Refused(_("Skriv hur mycket som mest. Utan tal finns ingen gräns."), field="most")
    most = amount_of(facts.most, field="most") if facts.most.is_finite() else None
    if most is None or most > LARGEST:
        raise Refused(_("Talet är för stort."), field="most")
    if facts.measure == "share_of_unit_year" and most > 100:
        raise Refused(_("En andel är högst 100 procent."), field="most")
    if facts.measure == "meals_per_person_year" and most != most.to_integral_value():
        raise Refused(_("Måltider räknas i hela tal."), field="most")
    return most
