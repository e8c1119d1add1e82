"""Reads the commitments of a partnership: who owes what on which level, how much was met, and where nothing is.

Nothing is counted that the one who asks may not see, except whether anything at all is promised on a deciding level:
that nothing is would otherwise be said where it is not so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from tillit.apps.partnerships.commitment_facts import Owed, Said, owed, said_of
from tillit.apps.partnerships.models import CURRENT, Commitment, Level, Membership, Organ, Partnership
from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.queries.occurrences import fallen_due
from tillit.core.governance.commitments import WAIVED, Commitment as Promise
from tillit.core.governance.engagement import Inclusion, early_inclusion
from tillit.core.governance.entities import Interval, Membership as Member, Organ as Body, Party
from tillit.core.governance.flags import Flag
from tillit.core.governance.formality import formality, formality_flags
from tillit.core.governance.fulfilment import (
    Fulfilment,
    FulfilmentThresholds,
    fulfilment_facts,
    judge_fulfilment,
)
from tillit.core.governance.occurrences import Occurrence

CELLS = 50
"""How many rows of parties by level and area a page has."""
SHOWN = 8
"""How many commitments of such a row are named; the rest are a number."""
LIMITS = FulfilmentThresholds()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is sifted by; "" is everything. `party`: the key of an organisation, or of an organ."""

    party: str = ""
    level: str = ""
    area: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party, or organ, owes on one level in one area, and how much of what fell due in a year was met.

    `verdict`: green, yellow, red or not_assessable (nothing due). `overdue`: times nobody has said anything about.
    `named`: keys and texts of the first few commitments; `more`: how many there are beside.
    """

    party: str
    holder: str
    level: Level
    area: str
    said: Fulfilment
    verdict: str
    overdue: int
    named: tuple[tuple[UUID, str], ...]
    more: int

    @property
    def of_organ(self) -> bool:
        return self.party.startswith("organ:")


@dataclass(frozen=True, slots=True)
class Cells:
    """A page of cells with how many there are in all, and the total of all of them."""

    rows: tuple[Cell, ...]
    page: int
    pages: int
    total: int
    said: Fulfilment
    verdict: str


class Board:
    """All the commitments of a partnership on a day, read in four queries however many there are.

    `sees` says of a commitment whether the one who asks may see it.
    """

    def __init__(self, partnership: Partnership, today: date, sees: Callable[[Commitment], bool]) -> None:
        self.partnership, self.today = partnership, today
        members = Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation", "sector")
        self._members = tuple(members)
        organs = Organ.objects.filter(partnership=partnership).select_related("level")
        self._organs = {each.pk: each for each in organs}
        self._all = owed(self._rows(), self._members)
        self.owes = tuple(each for each in self._all if sees(each.row))
        self.said: Said = said_of(Q(commitment__partnership=partnership))

    def _rows(self) -> Iterator[Commitment]:
        """Yield the commitments with what has been read already: a join would make each party once per promise."""
        parties = {each.organisation_id: each.organisation for each in self._members}
        for row in Commitment.objects.filter(partnership=self.partnership).select_related("level"):
            if row.organisation_id in parties:
                row.organisation = parties[row.organisation_id]
            if row.organ_id is not None:
                row.organ = self._organs[row.organ_id]
            yield row

    @cached_property
    def organs(self) -> tuple[Organ, ...]:
        """Return the organs that are active."""
        return tuple(each for each in self._organs.values() if _body(each).during.holds(self.today))

    def cells(self, wanted: Wanted) -> Cells:
        """Return a page of what is owed by party, level and area: by name, then level from the top, then area."""
        owes = [each for each in self.owes if _fits(each, wanted)]
        due: dict[tuple[str, str, str], list[Occurrence]] = {}
        everything = fallen_due(owes, self.said, self.today)
        for time in everything:
            due.setdefault(_place(time.commitment), []).append(time)
        places: dict[tuple[str, str, str], dict[UUID, Owed]] = {}
        for each in sorted(owes, key=_order):
            places.setdefault(_place(each.promise), {}).setdefault(each.row.pk, each)
        pages = max(1, -(-len(places) // CELLS))
        page = min(max(wanted.page, 1), pages)
        shown = list(places.items())[(page - 1) * CELLS : page * CELLS]
        rows = tuple(self._cell(tuple(of.values()), due.get(place, ())) for place, of in shown)
        return Cells(rows, page, pages, len(places), *self._judged(everything))

    def _cell(self, owes: Sequence[Owed], times: Sequence[Occurrence]) -> Cell:
        first = owes[0]
        silent = sum(1 for time in times if time.state == "not_met" and not self._word(time))
        said, verdict = self._judged(times)
        return Cell(
            party=first.promise.party,
            holder=first.name,
            level=first.row.level,
            area=first.row.area,
            said=said,
            verdict=verdict,
            overdue=silent,
            named=tuple((each.row.pk, each.row.text) for each in owes[:SHOWN]),
            more=max(0, len(owes) - SHOWN),
        )

    def _word(self, time: Occurrence) -> bool:
        return any(word.occurrence == time.due for word in self.said.words.get(time.commitment.id, ()))

    def _judged(self, times: Iterable[Occurrence]) -> tuple[Fulfilment, str]:
        """Return how much of some times is met, and the verdict. What decides nothing is left out before."""
        heavy = LIMITS.heavy_weight
        deciding = [time for time in times if time.in_window or time.commitment.weight >= heavy]
        judged = judge_fulfilment(fulfilment_facts(deciding, self.today), LIMITS)
        share, met, weight = (judged.result[name] for name in ("share", "met", "weight"))
        count = sum(1 for time in deciding if time.in_window and time.state != WAIVED)
        whole = None if share is None else Fraction(share)
        return Fulfilment(whole, Fraction(met), Fraction(weight), count), judged.verdict

    def gaps(self, seen: Callable[[Organ], bool]) -> tuple[tuple[Level, Flag], ...]:
        """Return each level where an organ decides and nothing is promised on the deciding level, with its flag (R14).

        Only levels with a deciding organ that the one who asks may know of.
        """
        bodies = [_body(each) for each in self.organs if seen(each)]
        flags = formality_flags(
            bodies, [each.promise for each in self._all], partnership=str(self.partnership.pk), on=self.today
        )
        levels = {each.level.code: each.level for each in self.organs}
        return tuple((levels[flag.dimensions["level"]], flag) for flag in flags)

    def formality(self) -> tuple[tuple[Level, Fraction | None], ...]:
        """Return the share of active parties that have something in force, per level with an active organ or a promise.

        None where no party is active. Every party is a party of each level: memberships have no level (our reading).
        """
        active = {str(each.organisation_id) for each in self._members if _during(each).holds(self.today)}
        levels = {each.level.code: each.level for each in self.organs}
        levels |= {each.row.level.code: each.row.level for each in self._all}
        promises: list[Promise] = [each.promise for each in self._all]
        shares = formality(dict.fromkeys(levels, active), promises, self.today)
        ordered = sorted(levels.values(), key=lambda level: (level.rank, level.name))
        return tuple((level, shares[level.code]) for level in ordered)

    def inclusion(self, dimension: str) -> Inclusion:
        """Return which of the sectors, or regions, that take part today were there from initiation (R27)."""
        named = {each.pk: each for each in self._members}
        parties: dict[str, Party] = {}
        for each in named.values():
            here = each.organisation
            sector = each.sector.name if each.sector is not None else None
            region = here.name if here.kind == "region" else None
            known = parties.get(str(here.pk))
            parties[str(here.pk)] = Party(
                str(here.pk), here.kind, sector=sector or (known.sector if known else None), region=region
            )
        members = [
            Member(str(each.organisation_id), each.role, _during(each), each.stage or None) for each in named.values()
        ]
        return early_inclusion(members, parties, dimension, self.today)

    def holders(self) -> list[tuple[str, str]]:
        """Return keys and names of everybody who owes something that may be seen, by name."""
        return sorted({each.promise.party: each.name for each in self.owes}.items(), key=lambda pair: pair[1])

    def levels(self) -> list[Level]:
        """Return the levels on which something is owed, from the top."""
        found = {each.row.level.code: each.row.level for each in self.owes}
        return sorted(found.values(), key=lambda level: level.rank)


def _place(promise: Promise) -> tuple[str, str, str]:
    return promise.party, promise.level, promise.area


def _order(each: Owed) -> tuple[object, ...]:
    areas = tuple(AREA_WORDS)
    return each.name, each.promise.party, each.row.level.rank, areas.index(each.row.area), each.row.text


def _fits(each: Owed, wanted: Wanted) -> bool:
    pairs = ((wanted.party, each.promise.party), (wanted.level, each.promise.level), (wanted.area, each.promise.area))
    return all(asked in ("", there) for asked, there in pairs)


def _body(organ: Organ) -> Body:
    return Body(str(organ.pk), organ.tier, organ.level.code, Interval(organ.starts_on, organ.ends_on))


def _during(row: Membership) -> Interval:
    return Interval(row.starts_on, row.ends_on)
