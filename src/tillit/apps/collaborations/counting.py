"""Caps and frequencies over a year: meals and fees per person, a company's share of a unit's collaborations.

Readings. Whose people a limit is for: one for everybody is for everybody; a company's is on what it offers itself,
so it counts only collaborations that the company is in; another organisation's is for its own people, and counts what
all companies offer. The limit that applies is the one of the collaboration's first day; of several that are passed,
the lowest is told. A collaboration that adds nothing to a person's count gives no warning. No more is told of what
somebody does with another company than the count and the limit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.models import Limit, Party
from tillit.apps.collaborations.parts import IN_FORCE, Fee, Part
from tillit.apps.collaborations.whole import Whole

MEALS, FEES, SHARE = "meals_per_person_year", "fees_per_person_year", "share_of_unit_year"
FEWEST = 3
"""A share is told of no fewer collaborations than these, this one included: of one or two it says nothing."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit that applies: `organisation` None is everybody's, `company` one that a company has set for itself."""

    measure: str
    most: Decimal
    source: str
    organisation: UUID | None
    company: str

    def is_for(self, part: Part, care: frozenset[UUID]) -> bool:
        """Return whether the limit is for a person; one whose employer is not known is each care party's."""
        if self.organisation is None or self.company:
            return True
        return self.organisation == part.employer or (part.employer is None and self.organisation in care)

    def counts(self, part: Part) -> bool:
        return not self.company or self.organisation in part.place.companies

    def told(self) -> dict[str, str]:
        return {"most": _plain(self.most), "source": self.source, "company": self.company}


def bounds(whole: Whole, own: Iterable[Part], day: date) -> tuple[Bound, ...]:
    """Return the limits valid on a day: everybody's, the parties' and the participants' employers'. One query."""
    organisations = {each.organisation_id for each in whole.parties if each.left_at is None}
    organisations |= {each.employer for each in own if each.employer is not None}
    rows = (
        Limit.objects.filter(
            Q(organisation__isnull=True) | Q(organisation__in=organisations),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            valid_from__lte=day,
        )
        .select_related("organisation")
        .order_by("valid_from")
    )
    latest = {(each.organisation_id, each.measure): each for each in rows}
    return tuple(
        Bound(
            each.measure,
            each.most,
            each.source,
            each.organisation_id,
            each.organisation.name if each.organisation is not None and each.organisation.side == "company" else "",
        )
        for each in latest.values()
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What people's parts are counted from: this collaboration's and the others' of the year."""

    own: tuple[Part, ...]
    others: tuple[Part, ...]
    bounds: tuple[Bound, ...]
    care: frozenset[UUID]
    names: dict[UUID, str]
    year: int

    def of_measure(self, measure: str, part: Part) -> list[Bound]:
        """Return a measure's limits for a person, the lowest first."""
        found = [each for each in self.bounds if each.measure == measure and each.is_for(part, self.care)]
        return sorted(found, key=lambda each: each.most)

    def parts_of(self, part: Part, bound: Bound) -> list[Part]:
        """Return the parts of a person this year that a limit counts, this one among them."""
        others = [each for each in self.others if each.person == part.person and each.place.first.year == self.year]
        return [each for each in (part, *others) if bound.counts(each)]


def meals_over(counts: Counts) -> tuple[Caution, ...]:
    """Return the people whose meals of the year are more than a limit, this collaboration's included."""

    def over(part: Part, bound: Bound) -> dict[str, str | bool] | None:
        count = sum(each.meals for each in counts.parts_of(part, bound))
        return {"count": str(count)} if part.meals and count > bound.most else None

    return _each(counts, MEALS, "meals_over", over)


def fees_over(counts: Counts) -> tuple[Caution, ...]:
    """Return the people whose fees of the year, in kronor, are more than a limit.

    A fee that nobody has put a sum on makes the sum "at least": it is not taken for nothing, nor for too much.
    """

    def over(part: Part, bound: Bound) -> dict[str, str | bool] | None:
        fees = [fee for each in counts.parts_of(part, bound) for fee in each.fees if _paid(fee, bound)]
        total = sum((fee.amount for fee in fees if fee.amount is not None), Decimal(0))
        if not any(_paid(fee, bound) for fee in part.fees) or total <= bound.most:
            return None
        return {"sum": _plain(total), "at_least": any(fee.amount is None for fee in fees)}

    return _each(counts, FEES, "fees_over", over)


def _paid(fee: Fee, bound: Bound) -> bool:
    """Return whether a company's own limit counts a fee: one that it pays, or that nobody is said to pay."""
    return not bound.company or fee.payer in (None, bound.organisation)


def _each(
    counts: Counts, measure: str, code: str, over: Callable[[Part, Bound], dict[str, str | bool] | None]
) -> tuple[Caution, ...]:
    found = []
    for part in counts.own:
        for bound in counts.of_measure(measure, part):
            if (said := over(part, bound)) is not None:
                args = {"name": counts.names.get(part.person, ""), "year": str(counts.year), **said, **bound.told()}
                found.append(Caution(code, f"{part.person}:{counts.year}", args, part.person))
                break
    return tuple(found)


def share_over(whole: Whole, bounds: Iterable[Bound], year: int) -> tuple[Caution, ...]:
    """Return the companies whose share of a unit's collaborations in the year is more than a limit. One query.

    Readings: only where the unit is named, for a whole region is no unit; and of `FEWEST` collaborations or more. A
    limit of an organisation's own is for that organisation.
    """
    shares = [each for each in bounds if each.measure == SHARE]
    units = {each.unit_id: each for each in whole.side("care") if each.unit_id is not None}
    if not shares or not units or not whole.side("company"):
        return ()
    companies = _of_units(whole, set(units), year)
    found = []
    for key, place in units.items():
        assert place.unit is not None
        for company in whole.side("company"):
            counted = companies.get(key, {})
            count = 1 + sum(company.organisation_id in there for there in counted.values())
            of = 1 + len(counted)
            of_both = (None, company.organisation_id, place.organisation_id)
            passed = [each for each in shares if each.organisation in of_both and 100 * count > each.most * of]
            if passed and of >= FEWEST:
                bound = min(passed, key=lambda each: each.most)
                args = {"name": company.organisation.name, "unit": place.unit.name, "count": str(count), "of": str(of)}
                args |= {"year": str(year), "most": _plain(bound.most), "source": bound.source}
                found.append(Caution("share_over", f"{company.organisation_id}:{key}:{year}", args))
    return tuple(found)


def _of_units(whole: Whole, units: set[UUID], year: int) -> dict[UUID, dict[UUID, set[UUID]]]:
    """Return the others in force of each unit that year, each with the organisations in it. One query."""
    rows = Party.objects.filter(
        unit__in=units,
        left_at__isnull=True,
        collaboration__state__in=IN_FORCE,
        collaboration__starts_on__year=year,
    ).exclude(collaboration=whole.collaboration.pk)
    found: dict[UUID, dict[UUID, set[UUID]]] = {}
    with_whom = ("collaboration__parties__organisation_id", "collaboration__parties__left_at")
    for unit, collaboration, organisation, left_at in rows.values_list("unit_id", "collaboration_id", *with_whom):
        there = found.setdefault(unit, {}).setdefault(collaboration, set())
        if left_at is None:
            there.add(organisation)
    return found


def _plain(number: Decimal) -> str:
    """Return a number without decimals that say nothing: "12", "12.50"."""
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"
