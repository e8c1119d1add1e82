"""D3, the limits: mean and mean moving range of the baseline, and how far from the mean chance alone reaches (XmR).

Wheeler's individuals chart, as NHS Making Data Count draws it. All is exact: values are fractions, nothing is rounded,
limits are not clipped. A missing period has no moving range, neither into it nor out of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

Values = Sequence[Fraction | None]
"""One for each period, in their order; None is a missing period."""

CONSTANTS: Mapping[str, Fraction] = MappingProxyType(
    {
        "2.66": Fraction("2.66"),
        "1.128": 3 / Fraction("1.128"),
        "1.128379": 3 / Fraction("1.128379"),
    }
)
"""By the name that is typed: 2.66 (Making Data Count), 3/d2 with d2 1.128 (NIST, Montgomery) or 1.128379 (SAS)."""


@dataclass(frozen=True, slots=True)
class ChartParams:
    """How limits are made. `baseline` is how many approved points count, the first ones; None: all of them.

    Below `fewest` points no rule is applied, below `whole` the limits are preliminary. `screen` leaves out, once,
    moving ranges of at least `screen_at` times their mean (Nelson 1982); it concerns the mean moving range only.
    """

    constant: str = "2.66"
    baseline: int | None = 12
    screen: bool = False
    screen_at: Decimal = Decimal("3.267")
    fewest: int = 7
    whole: int = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """What the baseline gives; `points` is how many values it holds. In the indicator's unit."""

    mean: Fraction
    mean_moving_range: Fraction
    lower: Fraction
    upper: Fraction
    points: int

    @property
    def distance(self) -> Fraction:
        """Return how far the limits are from the mean; a third of it is one sigma."""
        return self.upper - self.mean


def limits(values: Values, params: ChartParams | None = None) -> Limits | None:
    """Return the limits of a series, None where no two values stand beside each other in the baseline."""
    chosen = params or ChartParams()
    base = baseline(values, chosen.baseline)
    known = [each for each in base if each is not None]
    moving = list(moving_ranges(base))
    if not moving:
        return None
    mean, mean_moving = _mean(known), _mean(moving)
    if chosen.screen and mean_moving:
        mean_moving = _mean([each for each in moving if each < Fraction(chosen.screen_at) * mean_moving])
    reach = CONSTANTS[chosen.constant] * mean_moving
    return Limits(mean, mean_moving, mean - reach, mean + reach, len(known))


def baseline(values: Values, points: int | None) -> Values:
    """Return the series up to its point number `points`, missing periods not counted; None: the whole series."""
    seen = 0
    for at, each in enumerate(values):
        seen += each is not None
        if seen == points:
            return values[: at + 1]
    return values


def moving_ranges(values: Values) -> Iterator[Fraction]:
    """Yield how much each value differs from the one before it, where neither is missing."""
    for before, after in pairwise(values):
        if before is not None and after is not None:
            yield abs(after - before)


def segments(count: int, starts: Sequence[int]) -> tuple[range, ...]:
    """Return the parts of a series of `count` periods; `starts` are indexes at which a new one begins (I-21).

    A changed definition and a decided rebase begin a new part, with limits of its own. Nothing else does: limits are
    never moved because the values have moved.
    """
    cuts = sorted({0, *(each for each in starts if 0 < each < count)})
    return tuple(range(start, stop) for start, stop in pairwise([*cuts, count]))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
