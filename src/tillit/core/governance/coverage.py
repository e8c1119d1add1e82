"""D11: which of the six areas is agreed at which level, how fully, and whether all parties there are bound.

An agreement counts at its own level. A cell is missing only where something is to be there: at a level with active
organs. What has not started is not missing, and what nobody has read is not known.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from tillit.core.governance.agreements import COVERAGES, NONE_STATED, Agreement, bound, in_force
from tillit.core.governance.areas import AREA_CODES
from tillit.core.governance.entities import Organ
from tillit.core.governance.flags import (
    GREEN,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    Facts,
    Flag,
    Judge,
    Judged,
    NoThresholds,
    Rule,
)

RULE = Rule("D11", 1)
CELL_MISSING, AREA_MISSING = "cell_missing", "main_agreement_lacks_area"
NOT_STARTED, NOT_READ = "not_started", "not_read"
_NONE = NoThresholds()


@dataclass(frozen=True, slots=True)
class Cell:
    """An area at a level. `coverage`: one of COVERAGES, `not_started`, or `not_read` when nobody knows.

    `bound` of `parties` (n of N): the parties at the level that are bound by an agreement with this very coverage, so
    that "full" with 5 of 5 means fully agreed by all. `unbound`: the others, by id. `agreements`: those it rests on.
    """

    area: str
    level: str
    coverage: str
    agreements: tuple[str, ...]
    bound: int
    parties: int
    unbound: tuple[str, ...]

    @property
    def all_bound(self) -> bool:
        """Return whether every party at the level is bound; where there is none, none is."""
        return 0 < self.parties == self.bound


@dataclass(frozen=True, slots=True)
class CoverageInput:
    """What the matrix is made from: agreements, the parties of each level, organs, and what has not begun.

    `not_started`: (area, level) for one area, ("", level) for a whole level.
    """

    agreements: Sequence[Agreement]
    parties: Mapping[str, Collection[str]]
    organs: Sequence[Organ] = ()
    not_started: Collection[tuple[str, str]] = field(default_factory=frozenset)


def matrix(given: CoverageInput, levels: Iterable[str], on: date) -> tuple[Cell, ...]:
    """Return the cells of a day, level by level in the order asked for, the six areas in theirs."""
    running = {each.id: (each, bound(each, on)) for each in given.agreements if in_force(each, on)}
    return tuple(
        _cell(given, tuple(pair for pair in running.values() if pair[0].level == level), area, level)
        for level in levels
        for area in AREA_CODES
    )


def stated(agreement: Agreement, area: str) -> str:
    """Return what an agreement says of an area: `not_read` when it has not been read for any, else at least none."""
    return agreement.areas.get(area, NONE_STATED) if agreement.areas else NOT_READ


def _cell(given: CoverageInput, running: Sequence[tuple[Agreement, frozenset[str]]], area: str, level: str) -> Cell:
    """Return a cell; `running`: the level's agreements with whom each binds."""
    here = [(each, binds, stated(each, area)) for each, binds in running]
    known = [coverage for _, _, coverage in here if coverage != NOT_READ]
    coverage = max(known, key=COVERAGES.index, default=NONE_STATED)
    if coverage == NONE_STATED and len(known) < len(here):
        coverage = NOT_READ
    if coverage == NONE_STATED and given.not_started and {(area, level), ("", level)} & set(given.not_started):
        coverage = NOT_STARTED
    says = coverage in COVERAGES[1:]
    behind = [(agreement.id, binds) for agreement, binds, said in here if says and said == coverage]
    parties = frozenset(given.parties.get(level, ()))
    held = parties.intersection(frozenset[str]().union(*(binds for _, binds in behind)))
    names = tuple(name for name, _ in behind)
    return Cell(area, level, coverage, names, len(held), len(parties), tuple(sorted(parties - held)))


def coverage_flags(
    given: CoverageInput,
    levels: Iterable[str],
    main: Agreement | None,
    *,
    partnership: str,
    start: date,
    on: date,
    cells: Iterable[Cell] | None = None,
) -> tuple[Flag, ...]:
    """Return missing cells at levels with active organs (yellow) and areas that the main agreement lacks (red).

    `main` None: that there is none is a finding of its own (I-1). Before `start` nothing is missing. `cells`: the
    matrix of the levels on the day, where it has been made already.
    """
    if on < start:
        return ()
    active = {level: sorted(o.id for o in given.organs if o.level == level and o.during.holds(on)) for level in levels}
    found: list[Flag] = []
    for cell in matrix(given, active, on) if cells is None else cells:
        facts: Facts = {"coverage": cell.coverage, "organs": active[cell.level], "agreements": list(cell.agreements)}
        where = {"area": cell.area, "level": cell.level}
        found += _raised(CELL_MISSING, facts, partnership, on, where)
    if main is not None:
        for area in AREA_CODES:
            begun = (area, main.level) not in given.not_started
            known: Facts = {"coverage": stated(main, area) if begun else NOT_STARTED}
            found += _raised(AREA_MISSING, known, main.id, on, {"area": area})
    return tuple(found)


def _raised(code: str, facts: Facts, subject: str, on: date, where: Mapping[str, str]) -> tuple[Flag, ...]:
    judged = JUDGES[code](facts, _NONE)
    return RULE.flags(code, judged, subject=subject, day=on, facts=facts, params=_NONE, dimensions=where)


def _missing(facts: Facts, _limits: NoThresholds) -> Judged:
    verdicts = {NONE_STATED: YELLOW, NOT_READ: NOT_ASSESSABLE}
    verdict = verdicts.get(facts["coverage"], GREEN) if facts["organs"] else GREEN
    return Judged(verdict, {"missing": verdict == YELLOW})


def _lacking(facts: Facts, _limits: NoThresholds) -> Judged:
    verdict = {NONE_STATED: RED, NOT_READ: NOT_ASSESSABLE}.get(facts["coverage"], GREEN)
    return Judged(verdict, {"missing": verdict == RED})


JUDGES: Mapping[str, Judge] = MappingProxyType({CELL_MISSING: _missing, AREA_MISSING: _lacking})
"""Per finding: the rule as a function of stored facts."""
