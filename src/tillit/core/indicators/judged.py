"""What every judgement of a figure says in the same words: verdict, direction, and which of several is the worst.

The words are those of `governance.flags`, so that one table can hold flags of both; the rooms of core do not know each
other, hence they stand here once more, and a test holds that they are the same.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import Protocol

RED, YELLOW, INFO = "red", "yellow", "info"
SEVERITIES = (RED, YELLOW, INFO)
"""Most severe first."""
GREEN, NOT_ASSESSABLE = "green", "not_assessable"
VERDICTS = (RED, YELLOW, NOT_ASSESSABLE, INFO, GREEN)
"""In the order in which the worst of several is found: what cannot be judged hides behind no green and no info."""

WORSENING, IMPROVEMENT, NEUTRAL_CHANGE, DATA_QUALITY = "worsening", "improvement", "neutral", "data_quality"

UP, DOWN, RANGE, NEUTRAL = "up", "down", "range", "neutral"
DIRECTIONS = (UP, DOWN, RANGE, NEUTRAL)
"""Which way an indicator should go; a neutral one is watched and has no target."""

Number = Decimal | Fraction | int
DIGITS = 40
"""Significant digits of what cannot be exact: roots, and powers with broken exponents."""


class Judged(Protocol):
    """What a rule makes of its input: a verdict, which finding it is, and which way it points."""

    @property
    def verdict(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def direction(self) -> str: ...


def worst(verdicts: Iterable[str]) -> str:
    """Return the most serious of some verdicts; of none: green."""
    return min(verdicts, key=VERDICTS.index, default=GREEN)


def capped(verdict: str, at: str) -> str:
    """Return a verdict that is no more severe than `at`; what is milder, or cannot be assessed, stays as it is."""
    if verdict not in SEVERITIES:
        return verdict
    return verdict if SEVERITIES.index(verdict) >= SEVERITIES.index(at) else at


def sign_of(direction: str) -> int:
    """Return +1 where up is better and −1 where down is.

    :raises ValueError: a range or a neutral indicator has no better way
    """
    if direction not in (UP, DOWN):
        raise ValueError(f"{direction} has no better way")
    return 1 if direction == UP else -1


def root(value: Fraction) -> Fraction:
    """Return the square root of a value that is not negative, right to 40 decimals, rounded down."""
    scale = 10**DIGITS
    return Fraction(isqrt(value.numerator * scale * scale // value.denominator), scale)


def median(values: Iterable[Fraction]) -> Fraction:
    """Return the middle value, or halfway between the two in the middle.

    :raises ValueError: there are no values
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def median_low(levels: Iterable[int]) -> int:
    """Return the middle level, or the lower of the two in the middle: always a level that somebody gave.

    :raises ValueError: there are no levels
    """
    ordered = sorted(levels)
    if not ordered:
        raise ValueError("no levels")
    return ordered[(len(ordered) - 1) // 2]
