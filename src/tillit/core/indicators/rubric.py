"""D5: a described level that drops. Levels are ordinal: there is a middle one, never a mean, and never an XmR chart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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
    median_low,
    sign_of,
)

LOWEST, HIGHEST = 0, 4
LEVELS = range(LOWEST, HIGHEST + 1)
KEPT, RISEN, DROPPED, BELOW_FLOOR, NO_EARLIER = "kept", "risen", "dropped", "below_floor", "no_earlier"
AGREE, DISAGREE, ONE_RATER, NOBODY = "agree", "disagree", "one_rater", "no_rater"


@dataclass(frozen=True, slots=True)
class RubricThresholds:
    """Steps of the drop, how many earlier levels count, and the share of raters that makes concord."""

    yellow: int = 1
    red: int = 2
    earlier: int = 3
    concord: Decimal = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Rated:
    """What D5 judges: the approved levels before, oldest first, and the new one; `floor` is the decided lowest level.

    :raises ValueError: a level is no whole number from 0 to 4, or no way is better
    """

    earlier: tuple[int, ...]
    level: int
    direction: str = "up"
    floor: int | None = None

    def __post_init__(self) -> None:
        _only_levels((*self.earlier, self.level))
        sign_of(self.direction)


@dataclass(frozen=True, slots=True)
class Step:
    """How a level stands to the middle of those before it; `drop` in steps, negative is better."""

    verdict: str
    code: str
    direction: str
    reference: int | None = None
    drop: int | None = None


def step(rated: Rated, thresholds: RubricThresholds | None = None) -> Step:
    """Return the drop from the median-low of the three latest earlier levels; fewer than three: those there are.

    A level on the wrong side of the floor is red by itself, also where nothing came before it.
    """
    limits, sign = thresholds or RubricThresholds(), sign_of(rated.direction)
    latest = rated.earlier[-limits.earlier :]
    reference = median_low(latest) if latest else None
    drop = None if reference is None else sign * (reference - rated.level)
    if rated.floor is not None and sign * (rated.floor - rated.level) > 0:
        return Step(RED, BELOW_FLOOR, WORSENING, reference, drop)
    if drop is None:
        return Step(NOT_ASSESSABLE, NO_EARLIER, DATA_QUALITY)
    if drop >= limits.yellow:
        return Step(RED if drop >= limits.red else YELLOW, DROPPED, WORSENING, reference, drop)
    if drop <= -limits.yellow:
        return Step(INFO, RISEN, IMPROVEMENT, reference, drop)
    return Step(GREEN, KEPT, NEUTRAL_CHANGE, reference, drop)


@dataclass(frozen=True, slots=True)
class Raters:
    """What D5 judges of several raters: the level that each gave.

    :raises ValueError: a level is no whole number from 0 to 4
    """

    levels: tuple[int, ...]

    def __post_init__(self) -> None:
        _only_levels(self.levels)


@dataclass(frozen=True, slots=True)
class Concord:
    """How far raters agree: `share` within one step of the middle level, None with fewer than two raters.

    `distribution` is how many gave level 0, 1, 2, 3 and 4, to be shown beside the middle.
    """

    verdict: str
    code: str
    direction: str
    level: int | None
    distribution: tuple[int, ...]
    share: Fraction | None = None


def concord(raters: Raters, thresholds: RubricThresholds | None = None) -> Concord:
    """Return the middle level (median-low), how levels are distributed, and whether the raters agree."""
    limits, counted = thresholds or RubricThresholds(), Counter(raters.levels)
    distribution = tuple(counted[level] for level in LEVELS)
    if not raters.levels:
        return Concord(NOT_ASSESSABLE, NOBODY, DATA_QUALITY, None, distribution)
    middle = median_low(raters.levels)
    if len(raters.levels) == 1:
        return Concord(INFO, ONE_RATER, DATA_QUALITY, middle, distribution)
    near = sum(abs(level - middle) <= 1 for level in raters.levels)
    share = Fraction(near, len(raters.levels))
    if share < Fraction(limits.concord):
        return Concord(INFO, DISAGREE, DATA_QUALITY, middle, distribution, share)
    return Concord(GREEN, AGREE, NEUTRAL_CHANGE, middle, distribution, share)


def lacks(previous: int | None, level: int, narrative: str, evidence: int) -> tuple[str, ...]:
    """Return what a changed level lacks: a narrative, at least one piece of evidence; nothing when it is unchanged.

    A change is counted against the previous approved level; the first level changes nothing.
    """
    _only_levels((level,) if previous is None else (previous, level))
    if previous is None or previous == level:
        return ()
    return tuple(name for name, there in (("narrative", narrative.strip()), ("evidence", evidence >= 1)) if not there)


def _only_levels(levels: Sequence[int]) -> None:
    if any(type(each) is not int or each not in LEVELS for each in levels):
        raise ValueError(f"levels are whole numbers from {LOWEST} to {HIGHEST}, never means")
