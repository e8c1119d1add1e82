"""D15: one line for the board per indicator, from D1, D3 and the assurance. The first row that fits decides.

The words of each code stand in docs/uppfoljning.md; here is only which one it is, and how severe.
"""

from dataclasses import dataclass
from datetime import date

from tillit.core.indicators.judged import (
    DATA_QUALITY,
    GREEN,
    IMPROVEMENT,
    INFO,
    NEUTRAL_CHANGE,
    NOT_ASSESSABLE,
    RED,
    WORSENING,
    YELLOW,
)
from tillit.core.indicators.signals import HIGH, LOW
from tillit.core.indicators.spc import HIT_OR_MISS, MEETS, MISSES, NO_VARIATION, TOO_FEW, Change
from tillit.core.indicators.standing import NO_TARGET, NOT_YET_EXPECTED, Standing

CHANGED, UNUSUAL, BETTER, OUTSIDE_SYSTEM, TOO_SLOW, CANNOT_REACH, BEHIND, STABLE, SOMETIMES, ON_PATH = (
    "something_changed",
    "unusual_value",
    "on_path_and_better",
    "on_path_target_outside_system",
    "right_way_too_slow",
    "system_cannot_reach",
    "behind_no_sure_change",
    "stable_on_path",
    "met_sometimes",
    "on_path",
)
WHOLE_BASELINE = 12
D1_STATES = (GREEN, YELLOW, RED, NOT_ASSESSABLE, NOT_YET_EXPECTED, NO_TARGET)
D3_STATES = ("chance", WORSENING, IMPROVEMENT, HIGH, LOW, None)


@dataclass(frozen=True, slots=True)
class Stated:
    """What D15 combines: a D1 state, what D3 says of the latest point (None: nothing), and the assurance.

    `points` is how many the baseline has, None where no chart is drawn; `next_on` is when it can be judged.
    """

    d1: str
    d3: str | None = None
    assurance: str | None = None
    points: int | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The line: its code, how severe, and "preliminary" while the baseline has fewer than twelve points."""

    verdict: str
    code: str
    direction: str
    is_preliminary: bool
    points: int | None = None
    next_on: date | None = None


def stated(standing: Standing, change: Change | None, next_on: date | None = None) -> Stated:
    """Return what D15 combines from the answers of D1 and D3; a chart without rules says nothing."""
    state = standing.code if standing.code in (NOT_YET_EXPECTED, NO_TARGET) else standing.verdict
    if change is None:
        return Stated(state)
    says = None if change.code in (TOO_FEW, NO_VARIATION) else change.code
    return Stated(state, says, change.assurance if says else None, change.points, next_on)


def line(of: Stated) -> Line:
    """Return the line for the board (D15).

    The readings are ours that limits which are preliminary make no severity of their own above info (D1's stays), that
    an unusual value is info at least, and that green without an assurance says no more than that it is on its path.
    """
    preliminary = of.points is not None and of.points < WHOLE_BASELINE
    verdict, code, direction = _row(of, preliminary=preliminary)
    return Line(verdict, code, direction, preliminary, of.points, of.next_on)


def _row(of: Stated, *, preliminary: bool) -> tuple[str, str, str]:
    behind = of.d1 in (YELLOW, RED)
    if of.d1 == NOT_ASSESSABLE:
        return NOT_ASSESSABLE, NOT_ASSESSABLE, DATA_QUALITY
    if of.d3 == WORSENING:
        if preliminary:
            return of.d1 if behind else INFO, CHANGED, WORSENING
        return RED if behind else YELLOW, CHANGED, WORSENING
    if of.d3 in (HIGH, LOW):
        return of.d1 if behind else INFO, UNUSUAL, WORSENING if behind else NEUTRAL_CHANGE
    if of.d1 == NOT_YET_EXPECTED:
        return INFO, NOT_YET_EXPECTED, NEUTRAL_CHANGE
    if behind:
        return _behind(of)
    if of.d1 == NO_TARGET:
        return INFO, NO_TARGET, IMPROVEMENT if of.d3 == IMPROVEMENT else NEUTRAL_CHANGE
    return _green(of)


def _behind(of: Stated) -> tuple[str, str, str]:
    if of.d3 == IMPROVEMENT:
        return YELLOW, TOO_SLOW, IMPROVEMENT
    return of.d1, CANNOT_REACH if of.assurance == MISSES else BEHIND, WORSENING


def _green(of: Stated) -> tuple[str, str, str]:
    if of.d3 == IMPROVEMENT:
        return INFO, BETTER, IMPROVEMENT
    if of.assurance == MISSES:
        return INFO, OUTSIDE_SYSTEM, NEUTRAL_CHANGE
    return GREEN, {MEETS: STABLE, HIT_OR_MISS: SOMETIMES}.get(of.assurance or "", ON_PATH), NEUTRAL_CHANGE
