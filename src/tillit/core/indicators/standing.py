"""D1: is a value where the path from baseline to target says it should be today?

A value is dated by the end of its period, and judged by its lead over the path as a share of the whole way.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.judged import (
    DATA_QUALITY,
    GREEN,
    IMPROVEMENT,
    INFO,
    NEUTRAL,
    NEUTRAL_CHANGE,
    NOT_ASSESSABLE,
    RANGE,
    RED,
    WORSENING,
    YELLOW,
    capped,
    sign_of,
)
from tillit.core.indicators.path import Path, band, expected, has_path, outside, value_of

ON_PATH, AHEAD, BEHIND, FAR_BEHIND, NOT_YET_EXPECTED = "on_path", "ahead", "behind", "far_behind", "not_yet_expected"
NO_TARGET, NO_BASELINE, NO_VALUE, BEFORE_BASELINE, TARGET_IS_BASELINE, NO_GEOMETRY = (
    "no_target",
    "no_baseline",
    "no_value",
    "before_baseline",
    "target_is_baseline",
    "no_geometric_path",
)


@dataclass(frozen=True, slots=True)
class PathThresholds:
    """As shares of the whole way from baseline to target (of the width, for a range)."""

    green: Decimal = Decimal("-0.05")
    yellow: Decimal = Decimal("-0.15")
    ahead: Decimal = Decimal("0.15")


@dataclass(frozen=True, slots=True)
class Observed:
    """What D1 judges: a path, a value and its day, and when an effect can be seen at the earliest, if that is known."""

    path: Path
    value: Decimal | None
    day: date
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands: `delta` is the lead over the path as a share of the whole way, negative behind.

    `expected` is the path's value that day, `attainment` how much of the whole way is done (R). Both are None for a
    range. Ahead of the path is green, with something to tell.
    """

    verdict: str
    code: str
    direction: str
    delta: Fraction | None = None
    expected: Fraction | None = None
    attainment: Fraction | None = None


def standing(observed: Observed, thresholds: PathThresholds | None = None) -> Standing:
    """Return where a value stands on its path (D1). What cannot be judged is said with its reason, never green.

    Before the effect can be seen (`earliest`) nothing behind the path is more than info: it is not yet expected.
    """
    limits, path = thresholds or PathThresholds(), observed.path
    reason = _unjudged(observed)
    if reason == NO_TARGET:
        return Standing(INFO, NO_TARGET, NEUTRAL_CHANGE)
    if reason:
        return Standing(NOT_ASSESSABLE, reason, DATA_QUALITY)
    assert observed.value is not None
    value = Fraction(observed.value)
    if path.direction == RANGE:
        delta, meant, attained = -outside(band(path, observed.day), value), None, None
    else:
        assert path.baseline is not None
        start, goal = Fraction(path.baseline.value), value_of(path.targets[-1])
        meant = expected(path, observed.day)
        delta = sign_of(path.direction) * (value - meant) / abs(goal - start)
        attained = (value - start) / (goal - start)
    verdict, code, direction = _level(delta, limits)
    if verdict in (RED, YELLOW) and observed.earliest is not None and observed.earliest > observed.day:
        verdict, code = capped(verdict, INFO), NOT_YET_EXPECTED
    return Standing(verdict, code, direction, delta, meant, attained)


def _unjudged(observed: Observed) -> str | None:
    path = observed.path
    if path.direction == NEUTRAL or not path.targets:
        return NO_TARGET
    if observed.value is None:
        return NO_VALUE
    if path.baseline is None:
        return NO_BASELINE
    if observed.day < path.baseline.day:
        return BEFORE_BASELINE
    if path.direction == RANGE:
        return None
    if path.targets[-1].value == path.baseline.value:
        return TARGET_IS_BASELINE
    return None if has_path(path, observed.day) else NO_GEOMETRY


def _level(delta: Fraction, limits: PathThresholds) -> tuple[str, str, str]:
    if delta < Fraction(limits.yellow):
        return RED, FAR_BEHIND, WORSENING
    if delta < Fraction(limits.green):
        return YELLOW, BEHIND, WORSENING
    if delta > Fraction(limits.ahead):
        return GREEN, AHEAD, IMPROVEMENT
    return GREEN, ON_PATH, NEUTRAL_CHANGE
