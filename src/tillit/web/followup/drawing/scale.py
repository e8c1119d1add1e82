"""Where a value lies in a picture, which labels there is room for, and how they are kept off each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from tillit.web.followup.drawing.shapes import Point

Number = Decimal | Fraction | int
ROOM = Fraction(6, 100)
"""How much of the span is left free over and under what is drawn."""
LETTER, LINE = 7.4, 17.0
"""About how wide a letter is, and how high a line of text, at the size of the labels."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` along `start` to `end`; an upright one has its start at the bottom."""

    low: Fraction
    high: Fraction
    start: float
    end: float

    def at(self, value: Number) -> float:
        """Return where a value lies; low and high are never the same."""
        share = (Fraction(value) - self.low) / (self.high - self.low)
        return self.start + float(share) * (self.end - self.start)


def upright_scale(values: Iterable[Number | None], bottom: float, top: float) -> Scale:
    """Return a scale that holds every value with a little room; where all are the same, they lie in the middle.

    It does not begin at 0 by itself: a line shows change, and how far from 0 that is stands in its labels.
    """
    known = [Fraction(each) for each in values if each is not None] or [Fraction(0)]
    low, high = min(known), max(known)
    room = (high - low) * ROOM if high > low else max(abs(high) / 10, Fraction(1))
    return Scale(low - room, high + room, bottom, top)


def spread(wanted: Sequence[float], apart: float, top: float, bottom: float) -> tuple[float, ...]:
    """Return where labels go so that none lies on another, each as near to where it is wanted as that allows.

    First downwards from the top, then those that came under the bottom upwards again. The order is kept.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = dict.fromkeys(order, 0.0)
    last = top - apart
    for each in order:
        placed[each] = last = max(wanted[each], last + apart)
    last = bottom + apart
    for each in reversed(order):
        placed[each] = last = min(placed[each], last - apart)
    return tuple(placed[each] for each in range(len(wanted)))


def unbroken(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Yield the parts of a line between missing points: what is missing breaks the line, it is not drawn over."""
    for there, part in groupby(points, key=lambda each: each is not None):
        if there:
            yield [each for each in part if each is not None]


def seldom(count: int, width: float, wide: float) -> range:
    """Return which of so many labels there is room for: every n-th, the first always, when each is so wide."""
    most = max(1, int(width / wide))
    return range(0, count, max(1, -(-count // most)))


def roomy(places: Iterable[float], apart: float) -> Iterator[float]:
    """Yield the places, from the left, that are so far from the last one that a label fits."""
    last: float | None = None
    for place in sorted(places):
        if last is None or place - last >= apart:
            last = place
            yield place


def wide(texts: Iterable[str]) -> float:
    """Return about how wide the widest of some labels is."""
    return max((len(each) for each in texts), default=0) * LETTER


def wrapped(said: str, letters: int, lines: int) -> list[str]:
    """Return a text on at most so many lines of so many letters, with … where it is cut."""
    found: list[str] = [""]
    for word in said.split():
        longer = f"{found[-1]} {word}".strip()
        if len(longer) <= letters or not found[-1]:
            found[-1] = longer
        elif len(found) < lines:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} …"
            break
    return [each if len(each) <= letters + 2 else f"{each[: letters - 1]}…" for each in found]
