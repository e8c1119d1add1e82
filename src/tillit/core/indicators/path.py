"""The path from baseline to target, by days: what a value should be on a day. D1 judges by it, in `standing`.

After the target's day the path stays at the target; before the day of the baseline there is none.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from tillit.core.indicators.judged import DIGITS, DOWN, RANGE, UP

LINEAR, STEP, GEOMETRIC = "linear", "step", "geometric"
INTERPOLATIONS = (LINEAR, STEP, GEOMETRIC)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where it started; `day` is the end of the baseline's period."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """A milestone or, last of all, the target. `interpolation` is how the path comes to it.

    A range has `low` and `high` and no `value`: inside them is good, both ends included.
    """

    day: date
    value: Decimal | None = None
    interpolation: str = LINEAR
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """From baseline to target; `targets` in the order of their days, the last one is the target, the others milestones.

    :raises ValueError: days are not strictly after each other, or a target lacks its value or its range
    """

    direction: str
    baseline: Baseline | None
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        days = [*([self.baseline.day] if self.baseline else []), *(each.day for each in self.targets)]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("targets come strictly after the baseline and after each other")
        for each in self.targets:
            if self.direction == RANGE and (each.low is None or each.high is None or each.low >= each.high):
                raise ValueError("a range has a low end under a high one")
            if self.direction in (UP, DOWN) and each.value is None:
                raise ValueError("a target has a value")
            if each.interpolation not in INTERPOLATIONS:
                raise ValueError(f"{each.interpolation} is no interpolation")


def expected(path: Path, on: date) -> Fraction:
    """Return P(t), the path's value on a day: exact, but for a geometric segment, which has 40 significant digits.

    :raises ValueError: there is no path that day: no baseline, before it, a range, or a geometric one at 0 or below
    """
    if path.baseline is None or on < path.baseline.day or path.direction not in (UP, DOWN) or not path.targets:
        raise ValueError("no path that day")
    day, value, target = _segment(path, on)
    if target is None or target.interpolation == STEP:
        return value
    share, goal = Fraction((on - day).days, (target.day - day).days), value_of(target)
    return value + (goal - value) * share if target.interpolation == LINEAR else _geometric(value, goal, share)


def _segment(path: Path, on: date) -> tuple[date, Fraction, Target | None]:
    """Return day and value of what the path last passed, and what it goes towards: None after the last target."""
    assert path.baseline is not None
    day, value = path.baseline.day, Fraction(path.baseline.value)
    for target in path.targets:
        if on < target.day:
            return day, value, target
        day, value = target.day, value_of(target)
    return day, value, None


def has_path(path: Path, on: date) -> bool:
    """Return False where the segment of a day is geometric and not above 0 at both ends."""
    _, value, target = _segment(path, on)
    return target is None or target.interpolation != GEOMETRIC or (value > 0 and value_of(target) > 0)


def _geometric(start: Fraction, goal: Fraction, share: Fraction) -> Fraction:
    if start <= 0 or goal <= 0:
        raise ValueError("a geometric path runs above 0")
    return start * _power(goal / start, share)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    with localcontext(prec=DIGITS):
        of = Decimal(base.numerator) / Decimal(base.denominator)
        return Fraction(of ** (Decimal(exponent.numerator) / Decimal(exponent.denominator)))


def value_of(target: Target) -> Fraction:
    """Return a target's value; a path that is made has one on every target that is no range."""
    assert target.value is not None
    return Fraction(target.value)


def band(path: Path, on: date) -> Target:
    """Return the target whose range counts on a day: the next one to come, that day included; after the last, the last.

    The reading is ours: no path is drawn towards a range, so a milestone's range counts until its day.
    """
    return next((each for each in path.targets if on <= each.day), path.targets[-1])


def outside(target: Target, value: Fraction) -> Fraction:
    """Return how far outside a range a value is, as a share of its width: 0 inside and at its ends."""
    assert target.low is not None
    assert target.high is not None
    low, high = Fraction(target.low), Fraction(target.high)
    return max(low - value, value - high, Fraction(0)) / (high - low)
