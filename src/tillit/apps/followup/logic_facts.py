"""An effect logic as the core judges it. Steps are known by their codes, which are the same in every version."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from tillit.apps.followup.models import EffectEdge, EffectLogic, EffectNode
from tillit.apps.partnerships.models import Organ, Partnership
from tillit.core.indicators.effect_logic import Edge, Logic, Node


def adopted(partnership: Partnership, organ: Organ | None = None) -> EffectLogic | None:
    """Return the logic in force: the national one, or an organ's branch. One query."""
    return EffectLogic.objects.filter(partnership=partnership, organ=organ, status="adopted").first()


def steps_named(partnership: Partnership, code: str) -> QuerySet[EffectNode]:
    """Return the steps with a code, with their logics: of what is in force first, the national before branches."""
    rows = EffectNode.objects.select_related("logic__organ", "logic__partnership")
    standing = rows.filter(logic__partnership=partnership, logic__status__in=("adopted", "draft"), code=code)
    return standing.order_by("logic__status", F("logic__organ").asc(nulls_first=True), "pk")


def core_logic(logic: EffectLogic) -> Logic:
    """Return a logic as the core has it. Two queries, none for what is prefetched."""
    return logic_of(logic, logic.nodes.all(), logic.edges.all())


def logic_of(logic: EffectLogic, nodes: Iterable[EffectNode], edges: Iterable[EffectEdge]) -> Logic:
    """Return a logic as the core has it, of rows that are read already."""
    rows = list(nodes)
    codes = {row.pk: row.code for row in rows}
    return Logic(
        tuple(_node(row) for row in rows),
        tuple(_edge(row, codes[row.src_id], codes[row.dst_id]) for row in edges),
        logic.version,
        logic.status != "draft",
    )


def owned(row: EffectNode) -> bool:
    """Return whether anybody answers for a step."""
    return bool(row.owner_party_id or row.owner_organ_id or row.owner_role)


def _node(row: EffectNode) -> Node:
    goal = str(row.goal_id) if row.goal_id else None
    return Node(row.code, row.kind, goal, "owned" if owned(row) else None, row.area or None, row.starts_on)


def _edge(row: EffectEdge, src: str, dst: str) -> Edge:
    return Edge(
        src,
        dst,
        row.mechanism,
        row.lag_months,
        row.evidence,
        row.evidence_since,
        row.contribution,
        row.polarity,
        row.is_feedback,
    )
