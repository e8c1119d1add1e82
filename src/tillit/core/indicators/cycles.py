"""Ways round in an effect logic: a step that in the end leads to itself."""

from collections import deque
from collections.abc import Sequence

from tillit.core.indicators.effect_logic import Edge, Logic, backwards, reached


def cycles(logic: Logic) -> tuple[tuple[str, ...], ...]:
    """Return a shortest cycle of each knot of nodes that lead to each other, as it is walked from its first node.

    The first node comes last: it is where the walk ends.
    """
    found: list[tuple[str, ...]] = []
    in_one: set[str] = set()
    for node in logic.nodes:
        walk = None if node.id in in_one else _back_to(logic.forward, node.id)
        if walk:
            found.append(walk)
            in_one |= reached(logic.forward, [node.id]) & reached(backwards(logic.forward), [node.id])
    return tuple(found)


def _back_to(edges: Sequence[Edge], start: str) -> tuple[str, ...] | None:
    onward: dict[str, list[str]] = {}
    for edge in edges:
        onward.setdefault(edge.src, []).append(edge.dst)
    waiting: deque[tuple[str, tuple[str, ...]]] = deque([(start, ())])
    seen: set[str] = set()
    while waiting:
        at, walk = waiting.popleft()
        for next_ in onward.get(at, ()):
            if next_ == start:
                return (*walk, next_)
            if next_ not in seen:
                seen.add(next_)
                waiting.append((next_, (*walk, next_)))
    return None
