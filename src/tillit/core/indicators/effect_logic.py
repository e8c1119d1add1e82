"""How activities are meant to lead to benefit: nodes and edges of a partnership's theory of change.

A draft may hold anything but edges to nowhere, loops of one node and the same edge twice (I-16); what keeps it from
being adopted is told by `gaps` (I-15). Feedback edges are drawn and left out of every chain.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from tillit.core.period import months_after

RESOURCE, ACTIVITY, OUTPUT, SHORT, MEDIUM, LONG, BENEFIT = (
    "resource",
    "activity",
    "output",
    "short_effect",
    "medium_effect",
    "long_effect",
    "benefit",
)
RANK: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        RESOURCE: (0, 0),
        ACTIVITY: (1, 0),
        OUTPUT: (2, 0),
        SHORT: (3, 0),
        MEDIUM: (3, 1),
        LONG: (3, 2),
        BENEFIT: (4, 0),
    }
)
"""Rank, and the order within it: short before medium before long counts for the direction of an edge only."""
EFFECT_RANK = 3
UNTESTED, SUPPORTED, MIXED, WEAK = "untested", "supported", "mixed", "weak"
NECESSARY, CONTRIBUTING = "necessary", "contributing"


@dataclass(frozen=True, slots=True)
class Node:
    """A step; `area` is the research area of an operative effort, `start` the day an activity starts."""

    id: str
    kind: str
    goal: str | None = None
    owner: str | None = None
    area: str | None = None
    start: date | None = None

    @property
    def rank(self) -> int:
        return RANK[self.kind][0]


@dataclass(frozen=True, slots=True)
class Edge:
    """Why one step leads to another. `lag_months` until it shows, None is unknown; `polarity` +1 or −1.

    `evidence_since` is the day from which the evidence has been what it is, carried over between versions.
    """

    src: str
    dst: str
    mechanism: str = ""
    lag_months: int | None = None
    evidence: str = UNTESTED
    evidence_since: date | None = None
    contribution: str = CONTRIBUTING
    polarity: int = 1
    is_feedback: bool = False


@dataclass(frozen=True, slots=True)
class Logic:
    """One version. An adopted one is never changed: `next_draft` copies it.

    :raises ValueError: two nodes with one id, an edge to nowhere, a loop of one node, the same edge twice
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    version: int = 1
    is_adopted: bool = False

    def __post_init__(self) -> None:
        ids = [each.id for each in self.nodes]
        if len(ids) != len(set(ids)):
            raise ValueError("two nodes have the same id")
        if any(edge.src not in ids or edge.dst not in ids for edge in self.edges):
            raise ValueError("an edge leads between nodes of the same logic")
        if any(edge.src == edge.dst for edge in self.edges):
            raise ValueError("an edge leads from one node to another")
        keys = [(edge.src, edge.dst, edge.polarity) for edge in self.edges]
        if len(keys) != len(set(keys)):
            raise ValueError("the same edge is there twice")

    @property
    def forward(self) -> tuple[Edge, ...]:
        """Return the edges that are no feedback."""
        return tuple(edge for edge in self.edges if not edge.is_feedback)


def next_draft(logic: Logic) -> Logic:
    """Return a copy to work on: the next version, with the evidence of every edge and since when it has been so."""
    return replace(logic, version=logic.version + 1, is_adopted=False)


def reached(edges: Iterable[Edge], starts: Iterable[str]) -> frozenset[str]:
    """Return the nodes that chains from some nodes lead to, those themselves included."""
    onward: dict[str, list[str]] = {}
    for edge in edges:
        onward.setdefault(edge.src, []).append(edge.dst)
    waiting = list(starts)
    seen = set(waiting)
    while waiting:
        for next_ in onward.get(waiting.pop(), ()):
            if next_ not in seen:
                seen.add(next_)
                waiting.append(next_)
    return frozenset(seen)


def backwards(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return the same edges turned round."""
    return tuple(replace(edge, src=edge.dst, dst=edge.src) for edge in edges)


def earliest(logic: Logic, node: str) -> date | None:
    """Return the first day on which an effect can show: an activity's start and the least sum of lags from there.

    None is unknown: no activity leads there, or on some path from one a lag, or an activity's start, is not known, for
    that path might be the shortest. What is unknown caps nothing.
    """
    before = reached(backwards(logic.forward), [node])
    activities = [each for each in logic.nodes if each.kind == ACTIVITY and each.id in before]
    after = reached(logic.forward, [each.id for each in activities])
    between = [edge for edge in logic.forward if edge.src in after and edge.dst in before]
    if any(edge.lag_months is None for edge in between) or any(each.start is None for each in activities):
        return None
    days = [
        months_after(each.start, lag)
        for each in activities
        for lag in [_least_lag(between, each.id, node)]
        if lag is not None and each.start is not None
    ]
    return min(days, default=None)


def _least_lag(edges: Iterable[Edge], start: str, goal: str) -> int | None:
    onward: dict[str, list[tuple[str, int]]] = {}
    for edge in edges:
        onward.setdefault(edge.src, []).append((edge.dst, edge.lag_months or 0))
    waiting, done = [(0, start)], set()
    while waiting:
        lag, at = heapq.heappop(waiting)
        if at == goal:
            return lag
        if at not in done:
            done.add(at)
            for next_, more in onward.get(at, ()):
                heapq.heappush(waiting, (lag + more, next_))
    return None
