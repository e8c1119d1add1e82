"""The yearly report of an organisation: what it collaborated on, how that was judged, and how late people were.

The parties behind the agreement follow it up once a year and see to it that each member can find and correct
deviations (Inledning, PRE-4 and PRE-5). What that follow-up holds is not said; the choice is ours. Persons are never
named, and a number that nobody has said is None, never zero.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Min

from tillit.apps.collaborations.models import Collaboration
from tillit.apps.collaborations.queries.year_answers import (
    Asked,
    Broken,
    GoneOn,
    Judged,
    Reopened,
    approvals,
    broken,
    gone_on,
    judgements,
)
from tillit.apps.collaborations.queries.year_rows import Costs, Partner, YearRow, added, ours, year_rows
from tillit.apps.parties.models import Organisation
from tillit.core.text import nfc

FIRST_YEAR = 2000
"""Before it nothing is reported: an earlier year is a slip of the pen."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PartnerYear:
    """Another organisation: in how many of the year's collaborations, and what those cost.

    Where several others are in a collaboration, its whole cost stands with each.
    """

    partner: Partner
    collaborations: int
    costs: Costs


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year of an organisation, as it was known on the day `made_on`."""

    organisation: str
    number: str
    year: int
    made_on: date
    rows: tuple[YearRow, ...]
    asked: tuple[Asked, ...]
    reopened: Reopened
    judged: tuple[Judged, ...]
    gone_on: tuple[GoneOn, ...]
    broken: tuple[Broken, ...]

    @property
    def running(self) -> bool:
        """Return whether the year was not over on the day of counting."""
        return self.made_on <= date(self.year, 12, 31)

    @property
    def to_begin(self) -> int:
        """Return how many of the collaborations had not begun on the day of counting."""
        return sum(1 for each in self.rows if each.starts_on > self.made_on)

    def counted(self, by: Callable[[YearRow], Key]) -> Counter[Key]:
        """Return how many collaborations there are of each."""
        return Counter(by(each) for each in self.rows)

    def categories(self) -> dict[str, Costs]:
        """Return the costs by category."""
        found: dict[str, list[Costs]] = defaultdict(list)
        for row in self.rows:
            for category, costs in row.costs.items():
                found[category].append(costs)
        return {category: added(costs) for category, costs in found.items()}

    def without_costs(self) -> int:
        """Return how many collaborations that count have no cost line: what they cost is not known."""
        return sum(1 for each in self.rows if each.counts_costs and not each.costs)

    def partners(self) -> tuple[PartnerYear, ...]:
        """Return the other organisations by name."""
        found: dict[Partner, list[YearRow]] = defaultdict(list)
        for row in self.rows:
            for each in row.others:
                found[each].append(row)
        made = [PartnerYear(each, len(rows), added(row.sum for row in rows)) for each, rows in found.items()]
        return tuple(sorted(made, key=lambda each: (in_swedish_order(each.partner.name), str(each.partner.key))))


def year_report(organisation: Organisation, year: int, *, today: date, published: Collection[str] = ()) -> YearReport:
    """Return the report of a year, counted on a day. Six queries, and one more where an outcome deviates.

    `published`: the public ids that stand in the open register, which knows us and not we it. Readings: a collaboration
    belongs to the year of its first day, by the calendar in Sweden, and what was asked, judged and paid in it goes
    with it; those that begin later in a running year are there, and `to_begin` says how many.
    """
    found = ours(organisation, year)
    rows = year_rows(organisation, year, today=today, published=frozenset(published))
    asked, reopened = approvals(found, organisation, today)
    return YearReport(
        organisation=organisation.name,
        number=organisation.number or "",
        year=year,
        made_on=today,
        rows=rows,
        asked=asked,
        reopened=reopened,
        judged=judgements(found),
        gone_on=gone_on(found),
        broken=broken(each.breach for each in rows if each.breach is not None),
    )


def years_of(organisation: Organisation, today: date) -> tuple[int, ...]:
    """Return the years that a report can be chosen of, the latest first: from the first collaboration's. One query."""
    there = Collaboration.objects.filter(parties__organisation=organisation, starts_on__year__lte=today.year)
    first = there.aggregate(first=Min("starts_on"))["first"]
    earliest = max(FIRST_YEAR, min(first.year, today.year)) if first is not None else today.year
    return tuple(range(today.year, earliest - 1, -1))


def may_be_reported(year: int, today: date) -> bool:
    """Return whether there can be a report of a year: one that has begun, and not from before our time."""
    return FIRST_YEAR <= year <= today.year


def in_swedish_order(name: str) -> str:
    """Return what a name sorts by: å, ä and ö after z, great and small letters alike."""
    return nfc(name).casefold().translate(_LAST)


_LAST = str.maketrans("åäö", "{|}")
