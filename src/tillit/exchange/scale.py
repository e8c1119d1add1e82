"""Periods as they are named in a file, as numbers: which come after each other, and which are skipped between them.

Years, quarters and so on as `core.indicators.periods` reads them; whole numbers; days. Names that are none of these
keep their order and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import gcd

from tillit.core.indicators.periods import MONTH, period_of, read_period

MOST = 100_000
"""Rows of a file, and periods from its first to its last."""
ROWS, NAMES, NUMBER, DAY = "rows", "names", "number", "day"
"""Kinds of scales beside the frequencies: no column, names in their order, whole numbers (years too), days."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where each row stands: its index among the periods, 0 for the first. `start` and `step` find another period."""

    kind: str
    indexes: tuple[int, ...]
    start: int = 0
    step: int = 1

    def index_of(self, text: str) -> int | None:
        """Return the index of a period written as the others; without a column they are called 0, 1, 2, …

        None when it is written otherwise, or lies between two periods.
        """
        number = _numbers(text).get(NUMBER if self.kind == ROWS else self.kind)
        if number is None or (number - self.start) % self.step:
            return None
        return (number - self.start) // self.step


def scale_of(names: Sequence[str]) -> Scale:
    """Return the scale of periods as they are named, one per row.

    :raises ValueError: a code ("series.period_twice") and the position from 0 of the row that it is about
    """
    if "" in names:
        raise ValueError("series.no_period", names.index(""))
    readings = [_numbers(name) for name in names]
    kinds = [kind for kind in readings[0] if all(kind in each for each in readings)]
    if not kinds:
        return _named(names, readings)
    scales = [_numbered(kind, [each[kind] for each in readings]) for kind in kinds]
    fault = scales[-1]
    found = next((each for each in scales if isinstance(each, Scale)), None)
    if found is None:
        assert not isinstance(fault, Scale)
        raise ValueError(*fault)
    return found


def _numbered(kind: str, numbers: Sequence[int]) -> "Scale | tuple[str, int]":
    """Return the scale of numbers that rise, or the code and position of what hinders it."""
    for at, (before, after) in enumerate(pairwise(numbers), 1):
        if after <= before:
            return ("series.period_twice" if after == before else "series.period_order"), at
    step = gcd(*(after - before for before, after in pairwise(numbers))) or 1
    indexes = tuple((number - numbers[0]) // step for number in numbers)
    if indexes[-1] >= MOST:
        return "series.too_many_periods", next(at for at, index in enumerate(indexes) if index >= MOST)
    return Scale(kind, indexes, numbers[0], step)


def _named(names: Sequence[str], readings: Sequence[dict[str, int]]) -> Scale:
    odd = next((at for at, each in enumerate(readings) if bool(each) != bool(readings[0])), None)
    if readings[0] or odd is not None:  # some are periods and some are not, or they are of several kinds
        first = set(readings[0])
        at = odd if odd is not None else next(at for at, each in enumerate(readings) if not first & set(each))
        raise ValueError("series.mixed_periods", at)
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            raise ValueError("series.period_twice", at)
        seen.add(name)
    return Scale(NAMES, tuple(range(len(names))))


def _numbers(text: str) -> dict[str, int]:
    """Return what a name can be read as: a number, a period of a frequency, the month and the day of a date."""
    plain = text.strip()
    if plain.removeprefix("-").isdecimal() and plain.isascii() and len(plain) <= 15:
        return {NUMBER: int(plain)}
    period = read_period(plain)
    if period is not None:
        return {period.frequency: period.number}
    try:
        day = date.fromisoformat(plain)
    except ValueError:
        return {}
    return {MONTH: period_of(day, MONTH).number, DAY: day.toordinal()}
