"""Seats of an organ against a norm: one that is decided, or one that is tried and that nobody has decided (D8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy

from tillit.apps.partnerships.models import RepresentationNorm
from tillit.apps.partnerships.models.words import NORM_DIMENSIONS, NORM_KINDS
from tillit.apps.partnerships.queries.organ_words import Told, balance_sentence, category_name, figure, told
from tillit.apps.partnerships.queries.seated import Seated
from tillit.core.governance import entities, representation as core
from tillit.core.governance.balance import BalanceThresholds, balance, balance_facts, judge_balance
from tillit.core.governance.regions import CARE_REGIONS, REGIONS

LIMITS = BalanceThresholds()
TRIED: Mapping[str, tuple[str, str]] = {
    "sektor-lika": (core.SECTOR, core.EQUAL),
    "samverkansregion-lika": (core.CARE_REGION, core.EQUAL),
    "region-lika": (core.REGION, core.EQUAL),
    "region-folkmangd": (core.REGION, core.POPULATION),
}
"""Norms that nobody has decided and that one can hold the seats against all the same, by their names in an address."""
TRIED_WORDS = {
    "sektor-lika": gettext_lazy("Lika mellan sektorerna"),
    "samverkansregion-lika": gettext_lazy("Lika mellan de sex samverkansregionerna"),
    "region-lika": gettext_lazy("Lika mellan de 21 regionerna"),
    "region-folkmangd": gettext_lazy("Efter regionernas folkmängd"),
}


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category of a norm. Figures are text; "" where the norm says none. `nearest`: whole seats nearest the norm."""

    name: str
    seats: str
    share: str
    norm: str
    nearest: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Seats against one norm, named; `decided_on` None: nobody has decided it, it is tried here.

    `index` is Loosemore–Hanby, `least` the smallest that so many seats can reach, `to_move` seats; "" where unknown.
    """

    dimension: str
    norm: str
    source: str
    decided_on: date | None
    verdict: Told
    rows: tuple[CategoryRow, ...]
    seats: str
    index: str
    least: str
    gallagher: str
    to_move: str
    to_move_whole: int | None
    unplaced: tuple[int, ...]
    unknown: tuple[int, ...]

    @property
    def weighs(self) -> bool:
        """Return whether shares are held against shares, not numbers against bounds."""
        return any(each.norm for each in self.rows)

    @property
    def bounds(self) -> bool:
        """Return whether a smallest or largest number is decided."""
        return any(each.least or each.most for each in self.rows)


@dataclass(frozen=True, slots=True)
class Held:
    """The filled seats of an organ with all that places them."""

    filled: Sequence[core.Holding]
    vacant: Sequence[str]
    parties: Mapping[str, entities.Party]
    sectors: Mapping[str, str]
    numbers: Mapping[str, int]
    found: Seated

    def decided(self, dimension: str, norms: Sequence[RepresentationNorm]) -> Reading:
        """Return the seats against what has been decided in a dimension."""
        rows = [each for each in norms if each.dimension == dimension]
        kinds = dict.fromkeys(str(NORM_KINDS[each.kind]) for each in rows)
        stated = [(each.kind, each.category, None if each.value is None else Fraction(each.value)) for each in rows]
        norm = core.norm_of(dimension, stated, self._categories(dimension), "; ".join({r.source: "" for r in rows}))
        name = f"{NORM_DIMENSIONS[dimension]}: {', '.join(kinds)}"
        return self._reading(norm, name, max(each.decided_on for each in rows))

    def tried(self, name: str) -> Reading:
        """Return the seats against a norm that nobody has decided."""
        dimension, kind = TRIED[name]
        categories = self._categories(dimension)
        if kind == core.POPULATION:
            norm = core.population_norm(dimension, categories, None)
        else:
            norm = core.equal_norm(dimension, categories) if categories else core.Norm(dimension, kind, ())
        return self._reading(norm, str(TRIED_WORDS[name]), None)

    def matrix(self) -> dict[tuple[str, str], Fraction]:
        """Return voting seats by region and sector, each holder by its shares; "" is none, or not stated."""
        cells: dict[tuple[str, str], Fraction] = {}
        by_sector, by_region = (core.placing(each, self.parties) for each in (core.SECTOR, core.REGION))
        for holding in self.filled:
            for party, share in holding.shares.items():
                region = next(iter(by_region(holding.seat, party) or {}), "")
                sector = next(iter(by_sector(holding.seat, party) or {}), "")
                cells[region, sector] = cells.get((region, sector), Fraction(0)) + share
        return cells

    def _categories(self, dimension: str) -> tuple[str, ...]:
        if dimension == core.SIZE:
            return tuple(sorted({each.size for each in self.found.memberships if each.size}))
        known = {core.SECTOR: tuple(self.sectors), core.REGION: REGIONS}
        return known.get(dimension, CARE_REGIONS)

    def _reading(self, norm: core.Norm, name: str, decided_on: date | None) -> Reading:
        tally = core.tally(self.filled, core.placing(norm.dimension, self.parties), norm.categories, self.vacant)
        judged = judge_balance(balance_facts(tally, norm), LIMITS)
        names = {code: category_name(norm.dimension, code, self.sectors) for code in tally.counts}
        held = balance(tally.counts, norm.shares) if norm.shares is not None and "index" in judged.result else None
        rows = tuple(
            CategoryRow(
                name=names[code],
                seats=figure(count),
                share=figure(held.shares.get(code, Fraction(0))) if held else "",
                norm=figure(norm.shares.get(code, Fraction(0))) if norm.shares is not None else "",
                nearest=str(held.nearest.get(code, 0)) if held else "",
                least=str(norm.minimum.get(code, "")),
                most=str(norm.maximum.get(code, "")),
            )
            for code, count in tally.counts.items()
        )
        return Reading(
            dimension=str(NORM_DIMENSIONS[norm.dimension]),
            norm=name,
            source=norm.source,
            decided_on=decided_on,
            verdict=told(judged.verdict, balance_sentence(judged.result, names)),
            rows=rows,
            seats=figure(sum(tally.counts.values(), Fraction(0))),
            index=figure(held.index) if held else "",
            least=figure(held.least) if held else "",
            gallagher=figure(held.gallagher) if held else "",
            to_move=figure(held.to_move) if held else "",
            to_move_whole=held.to_move_whole if held else None,
            unplaced=tuple(sorted({self.numbers[each] for each in tally.unplaced})),
            unknown=tuple(sorted({self.numbers[each] for each in tally.unknown})),
        )
