"""Reads the commitments of a partnership: who owes what on which level, how much was met, and where nothing is.

Nothing is counted that the one who asks may not see, except whether anything at all is promised on a deciding level:
that nothing is would otherwise be said where it is not so.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from tillit.apps.partnerships.answering import Promised
from tillit.apps.partnerships.models import Commitment, Level, Membership, Organ, Partnership
from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.queries.commitment_count import counted, spoken_of
from tillit.apps.partnerships.queries.commitment_lines import Line, Lines
from tillit.apps.partnerships.queries.rows import levels_of, memberships_of, organs_of
from tillit.core.governance.commitments import Commitment as Promise
from tillit.core.governance.engagement import Inclusion, early_inclusion
from tillit.core.governance.entities import Interval, Membership as Member, Organ as Body, Party
from tillit.core.governance.flags import Flag
from tillit.core.governance.formality import formality, formality_flags
from tillit.core.governance.fulfilment import Fulfilment

AREAS = tuple(AREA_WORDS)
CELLS = 50
"""How many rows of parties by level and area a page has."""
SHOWN = 8
"""How many commitments of such a row are named; the rest are a number."""


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
    """All the commitments of a partnership on a day, read in five queries however many there are.

    `sees` says of a commitment whether the one who asks may see it.
    """

    def __init__(self, partnership: Partnership, today: date, sees: Callable[[Promised], bool]) -> None:
        self.partnership, self.today = partnership, today
        self._members = tuple(memberships_of(partnership.pk))
        self._organs = {each.pk: each for each in organs_of(partnership.pk)}
        self._levels = {each.pk: each for each in levels_of(partnership.pk)}
        self._all = Lines(self._members, self._organs, sees, today).of(partnership)
        self.owes = tuple(each for each in self._all if each.seen)
        self._spoken = spoken_of(partnership)

    @cached_property
    def organs(self) -> tuple[Organ, ...]:
        """Return the organs that are active."""
        return tuple(each for each in self._organs.values() if _body(each).during.holds(self.today))

    def cells(self, wanted: Wanted) -> Cells:
        """Return a page of what is owed by party, level and area: by name, then level from the top, then area.

        One query: the texts of the page.
        """
        everything = not (wanted.party or wanted.level or wanted.area)
        owes = self.owes if everything else [each for each in self.owes if self._fits(each, wanted)]
        places: dict[tuple[str, int, str], list[Line]] = {}
        for each in owes:
            places.setdefault(each.place, []).append(each)
        pages = max(1, -(-len(places) // CELLS))
        page = min(max(wanted.page, 1), pages)
        ordered = sorted(places.values(), key=lambda lines: self._order(lines[0]))
        shown = ordered[(page - 1) * CELLS : page * CELLS]
        texts = _texts({line.key for lines in shown for line in lines})
        said, verdict = counted(owes, self._spoken, self.today).judged()
        rows = tuple(self._cell(lines, texts) for lines in shown)
        return Cells(rows, page, pages, len(places), said, verdict)

    def _cell(self, lines: Sequence[Line], texts: Mapping[str, str]) -> Cell:
        first, found = lines[0], counted(lines, self._spoken, self.today)
        said, verdict = found.judged()
        named = sorted((texts[key], key) for key in {line.key for line in lines})
        return Cell(
            party=first.party,
            holder=first.holder,
            level=self._levels[first.level],
            area=first.area,
            said=said,
            verdict=verdict,
            overdue=found.silent,
            named=tuple((UUID(key), text) for text, key in named[:SHOWN]),
            more=max(0, len(named) - SHOWN),
        )

    def _order(self, line: Line) -> tuple[object, ...]:
        return line.holder, line.party, self._levels[line.level].rank, line.level, AREAS.index(line.area)

    def _fits(self, line: Line, wanted: Wanted) -> bool:
        level = self._levels[line.level].code
        pairs = ((wanted.party, line.party), (wanted.level, level), (wanted.area, line.area))
        return all(asked in ("", there) for asked, there in pairs)

    @cached_property
    def _running(self) -> list[Line]:
        """Return what is in force on the day, seen or not."""
        return [each for each in self._all if each.during.holds(self.today)]

    def _promised(self, level: int, *, party: str = "", tier: str = "") -> Promise:
        """Return something in force as the core reads it, as far as what is counted goes."""
        return Promise("", party, self._levels[level].code, "", Interval(self.today), tier)

    def gaps(self, seen: Callable[[Organ], bool]) -> tuple[tuple[Level, Flag], ...]:
        """Return each level where an organ decides and nothing is promised on the deciding level, with its flag (R14).

        Only levels with a deciding organ that the one who asks may know of.
        """
        bodies = [_body(each) for each in self.organs if seen(each)]
        tiers = Counter((each.level, each.tier) for each in self._running)
        promises = [each for (level, tier), n in tiers.items() for each in [self._promised(level, tier=tier)] * n]
        flags = formality_flags(bodies, promises, partnership=str(self.partnership.pk), on=self.today)
        levels = {each.level.code: each.level for each in self.organs}
        return tuple((levels[flag.dimensions["level"]], flag) for flag in flags)

    def formality(self) -> tuple[tuple[Level, Fraction | None], ...]:
        """Return the share of active parties that have something in force, per level with an active organ or a promise.

        None where no party is active. Every party is a party of each level: memberships have no level (our reading).
        """
        active = {str(each.organisation_id) for each in self._members if _during(each).holds(self.today)}
        levels = {each.level.code: each.level for each in self.organs}
        levels |= {each.code: each for each in (self._levels[key] for key in {line.level for line in self._all})}
        bound = {(each.level, each.party) for each in self._running}
        promises = [self._promised(level, party=party) for level, party in bound]
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
        return sorted({each.party: each.holder for each in self.owes}.items(), key=lambda pair: pair[1])

    def levels(self) -> list[Level]:
        """Return the levels on which something is owed, from the top."""
        found = {each.level for each in self.owes}
        return sorted((self._levels[key] for key in found), key=lambda level: level.rank)


def _texts(keys: Collection[str]) -> dict[str, str]:
    """Return what some commitments say, by their keys as the database has them. One query, none for none."""
    if not keys:
        return {}
    named = Commitment.objects.filter(pk__in=[UUID(key) for key in keys]).order_by()
    return dict(named.annotate(key=Cast("pk", CharField())).values_list("key", "text"))


def _body(organ: Organ) -> Body:
    return Body(str(organ.pk), organ.tier, organ.level.code, Interval(organ.starts_on, organ.ends_on))


def _during(row: Membership) -> Interval:
    return Interval(row.starts_on, row.ends_on)
