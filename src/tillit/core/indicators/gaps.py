"""D7: what an effect logic lacks. Some gaps keep it from being adopted, the rest are warnings.

Run on drafts while they are written and on the adopted version; feedback edges are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tillit.core.indicators.cycles import cycles
from tillit.core.indicators.effect_logic import (
    ACTIVITY,
    BENEFIT,
    EFFECT_RANK,
    NECESSARY,
    RANK,
    UNTESTED,
    Edge,
    Logic,
    backwards,
    earliest,
    reached,
)
from tillit.core.period import months_after

BLOCKING = frozenset({"G2", "G5", "G6", "G11"})
LONGEST_UNTESTED = 12
"""Months that a necessary edge may be untested."""


@dataclass(frozen=True, slots=True)
class Attached:
    """An indicator as the logic sees it: its node, and whether any of its last four periods is approved."""

    id: str
    node: str | None
    has_recent: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of the plan; a strategic one must have a chain from an operative effort in a research area (R17)."""

    id: str
    is_strategic: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a logic: goals and indicators of the plan, the day it ends, and today."""

    today: date
    goals: tuple[Aim, ...] = ()
    indicators: tuple[Attached, ...] = ()
    plan_end: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing lacking: G1–G14, and the nodes, edge (two nodes), cycle, goal or indicator that it concerns."""

    code: str
    about: tuple[str, ...]

    @property
    def is_blocking(self) -> bool:
        """Return True when it keeps a draft from being adopted."""
        return self.code in BLOCKING


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares that have a chain: activities to an effect or benefit, effects and benefits from an activity.

    None where there are none of the kind.
    """

    activities: Fraction | None
    effects: Fraction | None
    benefits: Fraction | None


def gaps(logic: Logic, around: Around) -> tuple[Gap, ...]:
    """Return every gap, G1 first; within a code in the order of nodes, edges, goals and indicators."""
    found = [*_of_chains(logic), *_of_edges(logic, around), *_of_plan(logic, around)]
    return tuple(sorted(found, key=lambda gap: int(gap.code[1:])))


def blocking(found: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that keep a draft from being adopted: an empty answer means that it may be."""
    return tuple(gap for gap in found if gap.is_blocking)


def coverage(logic: Logic) -> Coverage:
    """Return which shares of activities, effects and benefits stand in a chain."""
    leading, fed = _leading(logic), _fed(logic)
    activities = [each.id in leading for each in logic.nodes if each.kind == ACTIVITY]
    effects = [each.id in fed for each in logic.nodes if each.rank == EFFECT_RANK]
    benefits = [each.id in fed for each in logic.nodes if each.kind == BENEFIT]
    shares = (Fraction(sum(each), len(each)) if each else None for each in (activities, effects, benefits))
    return Coverage(*shares)


def _fed(logic: Logic) -> frozenset[str]:
    """Return what some activity leads to."""
    return reached(logic.forward, [each.id for each in logic.nodes if each.kind == ACTIVITY])


def _leading(logic: Logic) -> frozenset[str]:
    """Return what leads to some effect or benefit."""
    return reached(backwards(logic.forward), [each.id for each in logic.nodes if each.rank >= EFFECT_RANK])


def _of_chains(logic: Logic) -> Iterator[Gap]:
    fed, leading = _fed(logic), _leading(logic)
    touched = {end for edge in logic.forward for end in (edge.src, edge.dst)}
    for node in logic.nodes:
        if node.id not in touched:
            yield Gap("G1", (node.id,))
        if node.rank >= EFFECT_RANK and node.id not in fed:
            yield Gap("G2", (node.id,))
        if node.kind == ACTIVITY and node.id not in leading:
            yield Gap("G3", (node.id,))
        if not node.owner:
            yield Gap("G12", (node.id,))
    for cycle in cycles(logic):
        yield Gap("G6", cycle)


def _of_edges(logic: Logic, around: Around) -> Iterator[Gap]:
    kinds = {each.id: RANK[each.kind] for each in logic.nodes}
    for edge in logic.forward:
        ends = (edge.src, edge.dst)
        if kinds[edge.dst][0] - kinds[edge.src][0] > 1:
            yield Gap("G4", ends)
        if kinds[edge.dst] < kinds[edge.src]:
            yield Gap("G5", ends)
        if not edge.mechanism.strip():
            yield Gap("G7", ends)
        if _is_untested_too_long(edge, around.today):
            yield Gap("G8", ends)


def _is_untested_too_long(edge: Edge, today: date) -> bool:
    """Return True also where nobody knows since when: it cannot be shown to be new."""
    if edge.evidence != UNTESTED or edge.contribution != NECESSARY:
        return False
    return edge.evidence_since is None or months_after(edge.evidence_since, LONGEST_UNTESTED) < today


def _of_plan(logic: Logic, around: Around) -> Iterator[Gap]:
    by_node = {each.node: each for each in around.indicators if each.node is not None and each.has_recent}
    fed = reached(logic.forward, [each.id for each in logic.nodes if each.kind == ACTIVITY and each.area])
    with_goal = {each.goal for each in logic.nodes if each.goal}
    for node in logic.nodes:
        if node.rank == EFFECT_RANK and node.id not in by_node:
            yield Gap("G9", (node.id,))
        if node.rank >= EFFECT_RANK and not node.goal:
            yield Gap("G10", (node.id,))
        first = earliest(logic, node.id) if node.rank >= EFFECT_RANK and around.plan_end else None
        if first is not None and around.plan_end is not None and first > around.plan_end:
            yield Gap("G13", (node.id,))
    for goal in around.goals:
        if goal.id not in with_goal:
            yield Gap("G10", (goal.id,))
        if goal.is_strategic and not any(each.goal == goal.id and each.id in fed for each in logic.nodes):
            yield Gap("G11", (goal.id,))
    known = {each.id for each in logic.nodes}
    for each in around.indicators:
        if each.node not in known:
            yield Gap("G14", (each.id,))
