"""The limits that an organisation has set, or the site for everybody."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tillit.apps.collaborations.models import MEASURES, Limit
from tillit.apps.parties.models import Organisation


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit in a list. `valid_to`: the first day that it no longer applies, None while no end is known."""

    id: int
    measure: str
    word: str
    most: Decimal
    valid_from: date
    valid_to: date | None
    source: str
    runs: bool
    """It applies today."""
    can_end: bool
    """It applies today or will."""


def limits_of(organisation: Organisation | None, today: date) -> tuple[LimitRow, ...]:
    """Return an organisation's limits, or everybody's (None): those that apply first, then the latest. One query."""
    rows = Limit.objects.filter(organisation=organisation).order_by("-valid_from", "measure")
    found = [
        LimitRow(
            each.pk,
            each.measure,
            str(MEASURES.get(each.measure, each.measure)),
            each.most,
            each.valid_from,
            each.valid_to,
            each.source,
            runs=each.valid_from <= today and (each.valid_to is None or today < each.valid_to),
            can_end=each.valid_to is None or today < each.valid_to,
        )
        for each in rows
    ]
    return tuple(sorted(found, key=lambda each: (not each.runs, not each.can_end)))
