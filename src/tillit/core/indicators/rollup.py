"""Figures of several parties, places or periods as one (I-18): ratios by their parts, means by their n, never by means.

What is missing is counted and told; it is never 0 and never left out in silence.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

SUM, MEAN, RATIO, LAST, NONE = "sum", "mean", "ratio", "last", "none"
AGGREGATIONS = (SUM, MEAN, RATIO, LAST, NONE)
NOTHING, NOT_ADDED, NO_DENOMINATOR = "nothing_to_add", "is_not_added", "denominator_is_0"


@dataclass(frozen=True, slots=True)
class Part:
    """One figure to add. A ratio has `numerator` and `denominator`, or `parts_unknown`; a mean has its `n`.

    `order` is what "last" goes by: the number of its period.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    order: int = 0
    parts_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """`value` of the `used` parts; `left_out` could not be added. `reason` says why there is no value.

    A ratio also has the sums that it is made of.
    """

    value: Fraction | None
    used: int
    left_out: int
    reason: str | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def roll_up(parts: Iterable[Part], aggregation: str) -> Total:
    """Return the total: Σ for a sum, Σ num / Σ den for a ratio, Σ(mean · n) / Σ n for a mean, the latest for last.

    A ratio whose parts are not known, a mean without n and a part without value are left out and counted.
    """
    given = list(parts)
    if aggregation == NONE:
        return Total(None, 0, len(given), NOT_ADDED)
    usable = [each for each in given if _USABLE[aggregation](each)]
    left = len(given) - len(usable)
    if not usable:
        return Total(None, 0, left, NOTHING)
    if aggregation == LAST:
        latest = max(usable, key=lambda each: each.order)
        return Total(Fraction(latest.value or 0), 1, left)
    if aggregation == SUM:
        return Total(sum((Fraction(each.value or 0) for each in usable), Fraction(0)), len(usable), left)
    if aggregation == MEAN:
        top = sum((Fraction(each.value or 0) * (each.n or 0) for each in usable), Fraction(0))
        below = Fraction(sum(each.n or 0 for each in usable))
    else:
        top = sum((Fraction(each.numerator or 0) for each in usable), Fraction(0))
        below = sum((Fraction(each.denominator or 0) for each in usable), Fraction(0))
    if below == 0:
        return Total(None, len(usable), left, NO_DENOMINATOR, top, below)
    return Total(top / below, len(usable), left, None, top, below)


def _has_value(part: Part) -> bool:
    return part.value is not None and not part.parts_unknown


_USABLE: Mapping[str, Callable[[Part], bool]] = MappingProxyType(
    {
        SUM: _has_value,
        LAST: _has_value,
        MEAN: lambda part: _has_value(part) and part.n is not None and part.n > 0,
        RATIO: lambda part: part.numerator is not None and part.denominator is not None and not part.parts_unknown,
    }
)
