"""An effect logic as an outline: each chain from where it begins, every edge once, every step at least once.

A step that several lead to is written out under the first of them; under the others it is named again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillit.core.indicators.effect_logic import RANK, Edge, Logic


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the outline: a step, and the edge that leads to it from the line it stands under (None: it begins).

    `again`: it is written out elsewhere. `opens`: it is the first under its line. `ends`: nothing stands under it.
    `closes`: how many lines above end after it.
    """

    code: str
    edge: Edge | None
    depth: int
    again: bool
    opens: bool
    ends: bool
    closes: int


def outline(logic: Logic) -> tuple[Place, ...]:
    """Return the lines of a logic, chains in the order of ranks; what only goes round begins at its lowest step."""
    order = {each.id: (RANK[each.kind], place) for place, each in enumerate(logic.nodes)}
    led_to = {each.dst for each in logic.forward}
    by_rank = sorted(order, key=order.__getitem__)
    onward: dict[str, list[Edge]] = {}
    for edge in sorted(logic.edges, key=lambda each: (each.is_feedback, order[each.dst], -each.polarity)):
        onward.setdefault(edge.src, []).append(edge)
    lines: list[tuple[str, Edge | None, int, bool]] = []
    written: set[str] = set()
    for begin in (*(code for code in by_rank if code not in led_to), *by_rank):
        if begin not in written:
            lines.extend(_walk(begin, onward, written))
    return tuple(_placed(lines))


def _walk(begin: str, onward: dict[str, list[Edge]], written: set[str]) -> Iterable[tuple[str, Edge | None, int, bool]]:
    waiting: list[tuple[str, Edge | None, int]] = [(begin, None, 0)]
    while waiting:
        code, edge, depth = waiting.pop()
        again = code in written or (edge is not None and edge.is_feedback)
        yield code, edge, depth, again
        if not again:
            written.add(code)
            waiting.extend((each.dst, each, depth + 1) for each in reversed(onward.get(code, ())))


def _placed(lines: Sequence[tuple[str, Edge | None, int, bool]]) -> Iterable[Place]:
    for number, (code, edge, depth, again) in enumerate(lines):
        before = lines[number - 1][2] if number else -1
        after = lines[number + 1][2] if number + 1 < len(lines) else 0
        yield Place(code, edge, depth, again, depth > before, after <= depth, max(depth - after, 0))
