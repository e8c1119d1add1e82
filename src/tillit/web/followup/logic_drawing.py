"""An effect logic as a drawing: where every step and edge lies. Pure: the same logic is always drawn the same way.

Columns follow the kinds that are there, from resource to benefit. Within a column steps are put where what leads to
them lies (the mean of their neighbours, swept to and fro), and an edge over several columns keeps a free lane in each.
What goes backwards, and feedback, runs under the steps, each edge on a lane of its own.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tillit.core.indicators.effect_logic import RANK

WIDE, HIGH, BETWEEN, GAP, LANE = 196, 112, 84, 26, 26
TOP, EDGE = 44, 46
SIGNS, LINES, ASIDE = 25, 3, 16
SWEEPS = 6
Slot = tuple[str, int]
"""A place in a column: a step (its code, −1), or the lane of an edge (its ends as text, its number)."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is drawn of a step. `mark`: shape of its worst gap, "" for none; `says`: the word and codes of its gaps."""

    code: str
    kind: str
    text: str
    mark: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What is drawn of an edge. `says`: what stands at its middle, as how long it takes."""

    src: str
    dst: str
    hinders: bool = False
    is_feedback: bool = False
    mark: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text in a box, and how far down in it it stands."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn step, with its text in rows that fit."""

    step: Step
    x: int
    y: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn edge: its path, the head of its arrow, and where its middle lies."""

    link: Link
    path: str
    head: str
    x: int
    y: int

    @property
    def words(self) -> str:
        """Return what stands at its middle: a sign where it hinders, and what is said of it."""
        return " ".join(each for each in ("−" if self.link.hinders else "", self.link.says) if each)

    @property
    def text_y(self) -> int:
        return self.y - 8

    @property
    def mark_x(self) -> int:
        return self.x - 8

    @property
    def mark_y(self) -> int:
        return self.y - 38


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column."""

    word: str
    x: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; `wide` and `high`: the size of a box."""

    width: int
    height: int
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    wide: int = WIDE
    high: int = HIGH


def drawn(steps: Sequence[Step], links: Sequence[Link], words: Mapping[str, str]) -> Drawing:
    """Return the drawing of steps and the edges between them; `words`: what each kind is called over its column."""
    kinds = sorted({each.kind for each in steps}, key=lambda kind: RANK[kind])
    column = {each.code: kinds.index(each.kind) for each in steps}
    onward = [each for each in links if not each.is_feedback and column[each.src] < column[each.dst]]
    slots = _in_order(steps, onward, column, len(kinds))
    places = _places(slots)
    floor = TOP + max((len(each) for each in slots), default=0) * (HIGH + GAP)
    numbers = {each: number for number, each in enumerate(onward)}
    lines, lanes = [], 0
    for each in links:
        if each in numbers:
            lines.append(_forward(each, numbers[each], places))
        elif column[each.src] == column[each.dst] and not each.is_feedback:
            lines.append(_beside(each, places))
        else:
            lines.append(_under(each, places, floor, lanes))
            lanes += 1
    boxes = tuple(Box(each, *places[each.code, -1], _wrapped(each.text)) for each in steps)
    width = 2 * EDGE + len(kinds) * (WIDE + BETWEEN) - BETWEEN + LANE
    heads = tuple(Head(words[kind], EDGE + place * (WIDE + BETWEEN)) for place, kind in enumerate(kinds))
    return Drawing(width, floor + lanes * LANE, heads, boxes, tuple(lines))


def _in_order(
    steps: Sequence[Step], onward: Iterable[Link], column: Mapping[str, int], columns: int
) -> list[list[Slot]]:
    """Return the slots of each column from the top, after sweeping to and fro."""
    slots: list[list[Slot]] = [[] for _ in range(columns)]
    for each in steps:
        slots[column[each.code]].append((each.code, -1))
    joined: dict[Slot, list[Slot]] = {}
    for number, link in enumerate(onward):
        way: list[Slot] = [(link.src, -1)]
        for place in range(column[link.src] + 1, column[link.dst]):
            lane = (f"{link.src}>{link.dst}>{place}", number)
            slots[place].append(lane)
            way.append(lane)
        way.append((link.dst, -1))
        for one, other in pairwise(way):
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
    for sweep in range(SWEEPS):
        order = range(1, columns) if sweep % 2 == 0 else range(columns - 2, -1, -1)
        for place in order:
            _sweep(slots, place, place - 1 if sweep % 2 == 0 else place + 1, joined)
    return slots


def _sweep(slots: list[list[Slot]], place: int, by: int, joined: Mapping[Slot, Sequence[Slot]]) -> None:
    there = {slot: row for row, slot in enumerate(slots[by])}
    now = {slot: row for row, slot in enumerate(slots[place])}

    def middle(slot: Slot) -> float:
        rows = [there[each] for each in joined.get(slot, ()) if each in there]
        return sum(rows) / len(rows) if rows else now[slot]

    slots[place].sort(key=lambda slot: (middle(slot), now[slot]))


def _places(slots: Sequence[Sequence[Slot]]) -> dict[Slot, tuple[int, int]]:
    """Return the upper left corner of every slot; a short column stands in the middle of the tallest."""
    most = max((len(each) for each in slots), default=0)
    places = {}
    for number, each in enumerate(slots):
        down = (most - len(each)) * (HIGH + GAP) // 2
        for row, slot in enumerate(each):
            places[slot] = (EDGE + number * (WIDE + BETWEEN), TOP + down + row * (HIGH + GAP))
    return places


def _forward(link: Link, number: int, places: Mapping[Slot, tuple[int, int]]) -> Line:
    """Return an edge to a later column, along its lane in each between; one that hinders lies a little lower."""
    half = HIGH // 2 + (ASIDE if link.hinders else 0)
    lanes = sorted(place for slot, place in places.items() if slot[1] == number)
    x, y = places[link.src, -1]
    goal_x, goal_y = places[link.dst, -1]
    at, end = (x + WIDE, y + half), (goal_x - 9, goal_y + half)
    path = f"M{at[0]} {at[1]}"
    for lane_x, lane_y in lanes:
        path += f"{_curve(at, (lane_x, lane_y + half))}H{lane_x + WIDE}"
        at = (lane_x + WIDE, lane_y + half)
    middle = (at[0] - WIDE // 2, at[1]) if lanes else ((at[0] + end[0]) // 2, (at[1] + end[1]) // 2)
    return Line(link, path + _curve(at, end), _right(goal_x, end[1]), *middle)


def _beside(link: Link, places: Mapping[Slot, tuple[int, int]]) -> Line:
    """Return an edge between two steps of one column, which swings out to the right of them."""
    x, src_y = places[link.src, -1]
    dst_y = places[link.dst, -1][1]
    right, start, end = x + WIDE, src_y + HIGH // 3, dst_y + 2 * HIGH // 3
    out = right + BETWEEN // 2
    path = f"M{right} {start}C{out} {start} {out} {end} {right + 9} {end}"
    head = f"M{right} {end}l10 -6v12z"
    return Line(link, path, head, right + BETWEEN // 3, (start + end) // 2)


def _under(link: Link, places: Mapping[Slot, tuple[int, int]], floor: int, number: int) -> Line:
    """Return an edge that goes back under every step, between the columns, to the left of where it leads."""
    x, y = places[link.src, -1]
    goal_x, goal_y = places[link.dst, -1]
    aside = 14 + number % 4 * 6
    lane, right, left = floor + number * LANE, x + WIDE + aside, goal_x - aside - 8
    end = goal_y + 3 * HIGH // 4
    path = f"M{x + WIDE} {y + 3 * HIGH // 4}H{right}V{lane}H{left}V{end}H{goal_x - 9}"
    return Line(link, path, _right(goal_x, end), (left + right) // 2, lane)


def _curve(at: tuple[int, int], to: tuple[int, int]) -> str:
    middle = (at[0] + to[0]) // 2
    return f"C{middle} {at[1]} {middle} {to[1]} {to[0]} {to[1]}"


def _right(x: int, y: int) -> str:
    return f"M{x} {y}l-10 -6v12z"


def _wrapped(text: str) -> tuple[Row, ...]:
    """Return a text in rows that fit in a box; the outline has the whole of it."""
    rows = textwrap.wrap(text, SIGNS, max_lines=LINES, placeholder=" …", break_long_words=True)
    return tuple(Row(each, 43 + number * 18) for number, each in enumerate(rows))
