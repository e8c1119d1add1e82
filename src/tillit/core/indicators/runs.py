"""D3, an alternative without limits: Anhøj's two rules for a run chart, around the median (Anhøj and Olesen 2014)."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from math import comb

from tillit.core.indicators.chart import Values
from tillit.core.indicators.judged import median


@dataclass(frozen=True, slots=True)
class Runs:
    """How the points lie around their median; points on it, and missing periods, are left out and break nothing."""

    points: int
    longest: int
    longest_allowed: int
    crossings: int
    fewest_crossings: int

    @property
    def is_shifted(self) -> bool:
        """Return True when a run is too long or the line crosses the median too seldom for chance alone."""
        return self.longest > self.longest_allowed or self.crossings < self.fewest_crossings


def runs(values: Values) -> Runs | None:
    """Return the runs of a series, None where every point is on the median or missing.

    A run may be round(log2 n) + 3 long; at least qbinom(0.05, n − 1, 0.5) crossings are expected.
    """
    known = [each for each in values if each is not None]
    if not known:
        return None
    middle = median(known)
    above = [each > middle for each in known if each != middle]
    if not above:
        return None
    longest = max(sum(1 for _ in run) for _, run in groupby(above))
    crossed = sum(before != after for before, after in pairwise(above))
    return Runs(len(above), longest, _rounded_log2(len(above)) + 3, crossed, _five_percent(len(above) - 1))


def _rounded_log2(number: int) -> int:
    """Return log2 rounded: the smallest k whose k + ½ it does not pass; no whole number's log2 ends in one half."""
    return next(k for k in range(number.bit_length() + 1) if number * number < 2 ** (2 * k + 1))


def _five_percent(tosses: int) -> int:
    """Return the least number of heads whose cumulated probability is at least 5 % in fair tosses."""
    sum_ = Fraction(0)
    for heads in range(tosses + 1):
        sum_ += Fraction(comb(tosses, heads), 2**tosses)
        if sum_ >= Fraction(5, 100):
            return heads
    return tosses
