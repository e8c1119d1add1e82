"""D4: where the line of the last eight periods lies at the target's date, and how sure that is.

Least squares with an 80 % prediction interval, beside Theil and Sen's line, which a single odd value does not turn. The
verdict is exact; only the ends of the interval hold a root, right to 40 decimals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from tillit.core.indicators.judged import (
    DATA_QUALITY,
    GREEN,
    NEUTRAL_CHANGE,
    NOT_ASSESSABLE,
    RED,
    WORSENING,
    YELLOW,
    median,
    root,
    sign_of,
)

T_90: Mapping[int, Fraction] = MappingProxyType(
    {4: Fraction("1.533206"), 5: Fraction("1.475884"), 6: Fraction("1.439756")}
)
"""Student's t, 0.9 one-sided, by degrees of freedom: of an 80 % interval."""
MEETS, NEAR, MISSES, UNSURE = "meets", "inside_interval", "misses", "unsure_trend"
TOO_FEW, TOO_FAR, PASSED = "too_few", "too_far", "target_passed"


@dataclass(frozen=True, slots=True)
class ForecastParams:
    """The last `window` periods count, of which at least `fewest` are approved; `reach` times as far ahead as points.

    The table of t holds 4 to 6 degrees of freedom, so the window is at most 8 and `fewest` at least 6.
    """

    window: int = 8
    fewest: int = 6
    reach: int = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What D4 judges: values by period (None: missing), the target, and `at`, the target's index in the same periods.

    `low` and `high` are what the indicator can be at all; a forecast is cut there.
    """

    values: tuple[Decimal | None, ...]
    target: Decimal
    at: int
    direction: str
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through periods: x is 0 at the first used point, `forecast` is its value at the target."""

    intercept: Fraction
    slope: Fraction
    forecast: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """`code` says why: meets, inside the interval, misses, the two lines disagree, or why there is none.

    `points` were used, `x` is the target's place. Where a forecast is refused, line and interval are None, but for one
    too far ahead, whose lines are known and not to be shown. `crossing` is where the line meets the target, None where
    it never does; `is_crossing_shown` only within reach.
    """

    verdict: str
    code: str
    direction: str
    points: int
    x: int | None = None
    line: Line | None = None
    theil_sen: Line | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    deviation: Fraction | None = None
    crossing: Fraction | None = None
    is_crossing_shown: bool = False


def forecast(asked: Asked, params: ForecastParams | None = None) -> Forecast:
    """Return the forecast to the target's period (D4): green meets it, yellow may, red misses with all its interval.

    Where the two lines disagree on meeting it, the verdict is yellow whatever either says.
    """
    chosen = params or ForecastParams()
    start = max(0, len(asked.values) - chosen.window)
    known = [(at, Fraction(each)) for at, each in enumerate(asked.values[start:], start) if each is not None]
    if len(known) < chosen.fewest:
        return Forecast(NOT_ASSESSABLE, TOO_FEW, DATA_QUALITY, len(known))
    first = known[0][0]
    points = [(at - first, value) for at, value in known]
    x = asked.at - first
    if asked.at < len(asked.values):
        return Forecast(NOT_ASSESSABLE, PASSED, DATA_QUALITY, len(points), x)
    line, robust = least_squares(points, x), theil_sen(points, x)
    crossing = None if line.slope == 0 else (Fraction(asked.target) - line.intercept) / line.slope
    reach = chosen.reach * len(points)
    shown = crossing is not None and crossing <= reach
    if x > reach:
        code, told = TOO_FAR, (line, robust, None, None, None, crossing, shown)
        return Forecast(NOT_ASSESSABLE, code, DATA_QUALITY, len(points), x, *told)
    square, variance = _square_of_half_width(points, line, x)
    verdict, code = _verdict(asked, line, robust, square)
    half = root(square)
    low, high = _cut(line.forecast - half, asked), _cut(line.forecast + half, asked)
    line, robust = _capped(line, asked), _capped(robust, asked)
    way = NEUTRAL_CHANGE if verdict == GREEN else WORSENING
    return Forecast(verdict, code, way, len(points), x, line, robust, low, high, root(variance), crossing, shown)


def _verdict(asked: Asked, line: Line, robust: Line, square: Fraction) -> tuple[str, str]:
    sign, goal = sign_of(asked.direction), Fraction(asked.target)
    meets, robustly = (sign * (each.forecast - goal) >= 0 for each in (line, robust))
    if meets != robustly:
        return YELLOW, UNSURE
    if meets:
        return GREEN, MEETS
    return (YELLOW, NEAR) if (line.forecast - goal) ** 2 <= square else (RED, MISSES)


def least_squares(points: Sequence[tuple[int, Fraction]], x: int) -> Line:
    """Return the line with the smallest sum of squares through (period, value), and its value at `x`."""
    count = len(points)
    middle, mean = Fraction(sum(at for at, _ in points), count), sum(value for _, value in points) / Fraction(count)
    spread = sum(((at - middle) ** 2 for at, _ in points), Fraction(0))
    slope = sum(((at - middle) * (value - mean) for at, value in points), Fraction(0)) / spread
    return Line(mean - slope * middle, slope, mean + slope * (x - middle))


def theil_sen(points: Sequence[tuple[int, Fraction]], x: int) -> Line:
    """Return the line with the median of all slopes; its intercept is median(y) − slope · median(x)."""
    slope = median((later - value) / (then - at) for (at, value), (then, later) in combinations(points, 2))
    intercept = median(value for _, value in points) - slope * median(Fraction(at) for at, _ in points)
    return Line(intercept, slope, intercept + slope * x)


def _square_of_half_width(points: Sequence[tuple[int, Fraction]], line: Line, x: int) -> tuple[Fraction, Fraction]:
    """Return h² and s²: h = t · s · √(1 + 1/m + (T − x̄)²/Sxx), s² = Σ(y − ŷ)²/(m − 2)."""
    count = len(points)
    middle = Fraction(sum(at for at, _ in points), count)
    spread = sum(((at - middle) ** 2 for at, _ in points), Fraction(0))
    rest = sum(((value - line.intercept - line.slope * at) ** 2 for at, value in points), Fraction(0))
    variance = rest / (count - 2)
    return T_90[count - 2] ** 2 * variance * (1 + Fraction(1, count) + (x - middle) ** 2 / spread), variance


def _capped(line: Line, asked: Asked) -> Line:
    return Line(line.intercept, line.slope, _cut(line.forecast, asked))


def _cut(value: Fraction, asked: Asked) -> Fraction:
    high = value if asked.high is None else min(value, Fraction(asked.high))
    return high if asked.low is None else max(high, Fraction(asked.low))
