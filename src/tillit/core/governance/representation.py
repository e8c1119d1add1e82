"""D8: who sits on the voting seats of an organ, against a norm that somebody has decided.

Vacant seats count for nobody and are listed. A person of two parties counts by declared shares. A seat that belongs to
no category (a national company has no region) is listed and not counted; one whose category nobody has stated makes
the balance not assessable.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from tillit.core.governance.apportionment import whole
from tillit.core.governance.entities import Appointment, Party, Seat
from tillit.core.governance.regions import CARE_REGION_SHARES, CARE_REGIONS

SECTOR, REGION, CARE_REGION, SIZE = "sector", "region", "health_care_region", "size"
DIMENSIONS = (SECTOR, REGION, CARE_REGION, SIZE)
EQUAL, SHARE, POPULATION, BOUNDS = "equal", "share", "population", "bounds"
MINIMUM, MAXIMUM = "min", "max"


@dataclass(frozen=True, slots=True)
class Norm:
    """What representation is to be in one dimension. `shares` sum to 1, None where a table that they need is lacking,
    and in a norm of bounds, which says smallest and largest numbers only.

    `source`: the clause or decision, and for a population the table with its day.
    """

    dimension: str
    kind: str
    categories: tuple[str, ...]
    shares: Mapping[str, Fraction] | None = None
    minimum: Mapping[str, int] = field(default_factory=dict)
    maximum: Mapping[str, int] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class PopulationTable:
    """People per category on a day, uploaded by somebody who says where it comes from."""

    day: date
    source: str
    people: Mapping[str, int]


def equal_norm(dimension: str, categories: Sequence[str], source: str = "") -> Norm:
    """Return the norm that every category has as many seats."""
    each = Fraction(1, len(categories))
    return Norm(dimension, EQUAL, tuple(categories), dict.fromkeys(categories, each), source=source)


def share_norm(dimension: str, shares: Mapping[str, Fraction], source: str = "") -> Norm:
    """Return a norm of decided shares.

    :raises ValueError: "norm_shares" when one is negative or they are not 1 together
    """
    if sum(shares.values(), Fraction(0)) != 1 or any(share < 0 for share in shares.values()):
        raise ValueError("norm_shares")
    return Norm(dimension, SHARE, tuple(shares), dict(shares), source=source)


def population_norm(dimension: str, categories: Sequence[str], table: PopulationTable | None) -> Norm:
    """Return the norm that seats follow people; without a table, or with one that lacks a category, not assessable."""
    if table is None or any(each not in table.people for each in categories):
        return Norm(dimension, POPULATION, tuple(categories))
    total = sum(table.people[each] for each in categories)
    shares = {each: Fraction(table.people[each], total) for each in categories} if total else None
    return Norm(dimension, POPULATION, tuple(categories), shares, source=f"{table.source} {table.day.isoformat()}")


NormRow = tuple[str, str, Fraction | None]
"""Kind (equal, share, min, max), category ("" for equal) and value, as norms are decided one by one."""


def norm_of(dimension: str, rows: Iterable[NormRow], categories: Sequence[str] = (), source: str = "") -> Norm:
    """Return the norm that rows make together; the categories of an equal one are given, the others name their own.

    A smallest number that is broken is rounded up and a largest one down: nobody sits on a part of a seat.

    :raises ValueError: "norm_shares" when the shares are not 1 together, or stand beside an equal norm
    """
    decided = [(kind, category, value or Fraction(0)) for kind, category, value in rows]
    shares = {category: value for kind, category, value in decided if kind == SHARE}
    equal = any(kind == EQUAL for kind, _, _ in decided)
    if equal and shares:
        raise ValueError("norm_shares")
    minimum = {category: whole(value) for kind, category, value in decided if kind == MINIMUM}
    maximum = {category: int(value) for kind, category, value in decided if kind == MAXIMUM}
    if equal or shares:
        base = equal_norm(dimension, categories) if equal else share_norm(dimension, shares)
    else:
        base = Norm(dimension, BOUNDS, tuple(dict.fromkeys((*categories, *minimum, *maximum))))
    return replace(base, minimum=minimum, maximum=maximum, source=source)


@dataclass(frozen=True, slots=True)
class Holding:
    """A filled voting seat: its shares per party are 1 together."""

    seat: Seat
    person: str
    shares: Mapping[str, Fraction]


def holdings(
    seats: Iterable[Seat], appointments: Iterable[Appointment], on: date
) -> tuple[tuple[Holding, ...], tuple[str, ...]]:
    """Return the voting seats that are filled on a day, and the ids of those that are vacant.

    Where two ordinary appointments hold at once, which I-7 finds, the one that began first counts. A person counts
    once in an organ: a second seat of theirs is listed with the vacant ones.
    """
    ordered = sorted(appointments, key=lambda each: each.during.start)
    sitting: dict[str, Appointment] = {}
    for each in ordered:
        if each.ordinary and each.during.holds(on):
            sitting.setdefault(each.seat, each)
    filled: list[Holding] = []
    vacant: list[str] = []
    counted: set[tuple[str, str]] = set()
    for seat in seats:
        holder = sitting.get(seat.id)
        if seat.voting and holder is not None and (seat.organ, holder.person) not in counted:
            counted.add((seat.organ, holder.person))
            filled.append(Holding(seat, holder.person, holder.shares()))
        elif seat.voting:
            vacant.append(seat.id)
    return tuple(filled), tuple(vacant)


Placing = Callable[[Seat, str], Mapping[str, Fraction] | None]
"""Where a party on a seat counts: shares per category, {} for none, None when nobody has stated it."""


def placing(dimension: str, parties: Mapping[str, Party]) -> Placing:
    """Return how seats are placed in a dimension: by what is the seat's own if there is any, else by the party's.

    A region counts in each collaborative region that it belongs to, by its share there.
    """

    def place(seat: Seat, party: str) -> Mapping[str, Fraction] | None:
        if dimension == CARE_REGION and seat.health_care_region:
            return {seat.health_care_region: Fraction(1)}
        category = _own(seat, dimension) or _theirs(parties.get(party), dimension)
        if not category:
            return None if category is None else {}
        return CARE_REGION_SHARES.get(category) if dimension == CARE_REGION else {category: Fraction(1)}

    return place


def _own(seat: Seat, dimension: str) -> str | None:
    return {SECTOR: seat.sector, SIZE: None}.get(dimension, seat.region)


def _theirs(party: Party | None, dimension: str) -> str | None:
    return None if party is None else {SECTOR: party.sector, SIZE: party.size}.get(dimension, party.region)


@dataclass(frozen=True, slots=True)
class Tally:
    """Voting seats per category, and the seats that count in none, wholly or in part, or that nobody can place."""

    counts: Mapping[str, Fraction]
    unplaced: tuple[str, ...]
    unknown: tuple[str, ...]
    vacant: tuple[str, ...] = ()


def tally(filled: Iterable[Holding], place: Placing, categories: Sequence[str], vacant: Sequence[str] = ()) -> Tally:
    """Return the seats per category, every category of the norm first, 0 where it has none.

    A category outside the norm counts as one of its own with the norm 0: who is not to sit there sits there anyway.
    """
    counts = dict.fromkeys(categories, Fraction(0))
    unplaced: list[str] = []
    unknown: list[str] = []
    for holding in filled:
        for party, share in holding.shares.items():
            placed = place(holding.seat, party)
            if placed is None:
                unknown.append(holding.seat.id)
            elif not placed:
                unplaced.append(holding.seat.id)
            else:
                for category, part in placed.items():
                    counts[category] = counts.get(category, Fraction(0)) + share * part
    return Tally(counts, tuple(dict.fromkeys(unplaced)), tuple(dict.fromkeys(unknown)), tuple(vacant))


def care_region_norm(source: str = "") -> Norm:
    """Return the norm that the six collaborative health care regions have as many seats."""
    return equal_norm(CARE_REGION, CARE_REGIONS, source)
