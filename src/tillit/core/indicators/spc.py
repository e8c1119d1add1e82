"""D3, the judgement: has the indicator changed, and can the target be met by the process as it is?

Severity looks at the latest point. A signal alone is never red: it is yellow, and red only where D1 is yellow or red.
With a fixed baseline of twelve points about one quarter in twenty is flagged by chance; see docs/uppfoljning.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.chart import ChartParams, Limits, limits, segments
from tillit.core.indicators.judged import (
    DATA_QUALITY,
    DOWN,
    GREEN,
    IMPROVEMENT,
    INFO,
    NEUTRAL_CHANGE,
    NOT_ASSESSABLE,
    RED,
    UP,
    WORSENING,
    YELLOW,
)
from tillit.core.indicators.signals import HIGH, LOW, Signal, signals

CHANCE, TOO_FEW, NO_VARIATION = "chance", "too_few", "no_variation"
MISSES, MEETS, HIT_OR_MISS = "misses_steadily", "meets_steadily", "hit_or_miss"


@dataclass(frozen=True, slots=True)
class Charted:
    """What D3 judges: a series by period (None: missing), which way is better, the final target, and D1's verdict.

    `starts` are the indexes at which a new definition or a decided rebase begins a new part.
    """

    values: tuple[Decimal | None, ...]
    direction: str
    target: Decimal | None = None
    starts: tuple[int, ...] = ()
    d1: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What the latest point says: `code` is chance, improvement, worsening, high, low, or why nothing is said.

    `points` of the baseline's `whole` are there; with fewer the limits are preliminary. Signals are those of the
    latest part, their indexes those of the whole series. `latest` is the index of the latest point.
    """

    verdict: str
    code: str
    direction: str
    points: int
    is_preliminary: bool
    limits: Limits | None
    signals: tuple[Signal, ...]
    latest: int | None
    assurance: str | None


def change(charted: Charted, params: ChartParams | None = None) -> Change:
    """Return what the latest part of a series says of its latest point (D3)."""
    chosen = params or ChartParams()
    part = segments(len(charted.values), charted.starts)[-1]
    values = [None if charted.values[at] is None else Fraction(charted.values[at] or 0) for at in part]
    known = [at for at, each in zip(part, values, strict=True) if each is not None]
    found = limits(values, chosen)
    points = min(len(known), chosen.baseline or len(known))
    latest, preliminary = (known[-1] if known else None), points < chosen.whole
    reason = TOO_FEW if found is None or points < chosen.fewest else None
    if found is None or reason or found.mean_moving_range == 0:
        code = reason or NO_VARIATION
        return Change(NOT_ASSESSABLE, code, DATA_QUALITY, points, preliminary, found, (), latest, None)
    marks = tuple(Signal(part.start + each.index, each.rule, each.side) for each in signals(values, found))
    side = next((each.side for each in marks if each.index == latest), None)
    code = latest_code(side, charted.direction)
    verdict, direction = _severity(code, charted.d1, preliminary=preliminary)
    meets = assurance(found, charted.target, charted.direction)
    return Change(verdict, code, direction, points, preliminary, found, marks, latest, meets)


def latest_code(side: str | None, direction: str) -> str:
    """Return what a signal on a side means: improvement or worsening, high or low where no way is better."""
    if side is None:
        return CHANCE
    if direction not in (UP, DOWN):
        return side
    return IMPROVEMENT if (side == HIGH) == (direction == UP) else WORSENING


def _severity(code: str, d1: str | None, *, preliminary: bool) -> tuple[str, str]:
    if code == CHANCE:
        return GREEN, NEUTRAL_CHANGE
    if code == IMPROVEMENT:
        return INFO, IMPROVEMENT
    way = NEUTRAL_CHANGE if code in (HIGH, LOW) else WORSENING
    if preliminary:
        return INFO, way
    if way == WORSENING:
        return RED if d1 in (RED, YELLOW) else YELLOW, way
    return d1 if d1 in (RED, YELLOW) else INFO, way


def assurance(found: Limits, target: Decimal | None, direction: str) -> str | None:
    """Return whether the process as it is meets the target: steadily, never, or as chance will have it.

    A target on a limit is met as chance will have it. None without a target, or where no way is better.
    """
    if target is None or direction not in (UP, DOWN):
        return None
    if found.lower <= target <= found.upper:
        return HIT_OR_MISS
    above = target > found.upper
    return MISSES if above == (direction == UP) else MEETS


def is_slow(frequency: str) -> bool:
    """Return True for what is measured once a year: a real change is practically never seen inside a programme.

    A shift of 1.5 sigma is seen after 4 periods in half of the cases (illustrative): a year of quarters. A leading
    indicator by month or quarter is to be asked for.
    """
    return frequency == "year"
