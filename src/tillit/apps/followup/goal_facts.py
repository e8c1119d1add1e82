"""Goals as the core tries whether they can be measured: with their indicators, baselines, targets and places on a path.

Read for a whole plan at once. What is tried is how far an indicator is written, whoever may read it: that says nothing
of its figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count

from tillit.apps.followup.bearings import Bearings, bearings
from tillit.apps.followup.models import EffectEdge, Goal, IndicatorVersion
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators import measurability as core
from tillit.core.indicators.effect_logic import ACTIVITY, EFFECT_RANK, RANK, Edge, backwards, reached

Codes = frozenset[str]
LOWEST, HIGHEST = Decimal(0), Decimal(4)
"""Between which a described level lies."""


@dataclass(frozen=True, slots=True)
class Serving:
    """An indicator that serves a goal, in its latest version."""

    version: IndicatorVersion
    bearings: Bearings
    asked: core.Indicator
    found: core.Examined


@dataclass(frozen=True, slots=True)
class Measured:
    """A goal and whether it can be measured: `asked` is what the core was given, `found` what it answered."""

    goal: Goal
    indicators: tuple[Serving, ...]
    asked: core.Goal
    found: core.Measurability


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the indicators of some goals: their latest versions, bearings, and the codes on a path."""

    versions: Mapping[UUID, tuple[IndicatorVersion, ...]]
    bearings: Mapping[object, Bearings]
    paths: Mapping[UUID | None, Codes]

    def of(self, goal: Goal) -> Measured:
        """Return whether a goal can be measured; one that is being written has no key in the tables yet, and may be
        tried all the same. No query."""
        codes = self.on_path(goal)
        rows = self.versions.get(goal.pk, ())
        pairs = [(row, self.bearings.get(row.pk, Bearings())) for row in rows]
        asked = core_goal(goal, tuple(core_indicator(goal, row, of, codes) for row, of in pairs))
        found = core.measurability(asked)
        every = zip(pairs, asked.indicators, found.indicators, strict=True)
        return Measured(goal, tuple(Serving(row, of, one, seen) for (row, of), one, seen in every), asked, found)

    def on_path(self, goal: Goal) -> Codes:
        """Return the steps on a path: of the national logic, and of the branch of the organ that the goal is of."""
        organs = {None, goal.plan.organ_id, goal.owner_organ_id}
        return frozenset().union(*(self.paths.get(organ, frozenset()) for organ in organs))


NOTHING = Known({}, {}, {})
"""What is known of a goal that nothing hangs on yet."""


def known(partnership: Partnership, goals: Iterable[UUID]) -> Known:
    """Return what is known of the indicators of some goals. Three queries, however many they are.

    Indicators that are closed serve no goal any more.
    """
    rows = (
        IndicatorVersion.objects.filter(indicator__goal__in=list(goals), indicator__closed_on__isnull=True)
        .select_related("indicator", "owner_party")
        .annotate(described=Count("rubric"))
        .order_by("indicator__order", "indicator__name", "indicator", "number")
    )
    latest = {row.indicator_id: row for row in rows}
    of_goal: dict[UUID, tuple[IndicatorVersion, ...]] = {}
    for row in latest.values():
        goal = row.indicator.goal_id
        assert goal is not None  # read by its goal
        of_goal[goal] = (*of_goal.get(goal, ()), row)
    return Known(of_goal, bearings([row.pk for row in latest.values()]), paths(partnership))


def paths(partnership: Partnership) -> Mapping[UUID | None, Codes]:
    """Return the codes of the steps on a chain from an activity to an effect, per adopted logic: None is the national
    one, else by the organ whose branch it is. One query. Steps that lie alone stand on no chain."""
    rows = EffectEdge.objects.filter(logic__partnership=partnership, logic__status="adopted", is_feedback=False)
    return paths_of(rows.order_by().values_list("logic__organ", "src__code", "src__kind", "dst__code", "dst__kind"))


def paths_of(rows: Iterable[tuple[Any, ...]]) -> Mapping[UUID | None, Codes]:
    """Return the codes of the steps on a chain, as `paths`, of organs with both ends of each edge. No query."""
    found: dict[UUID | None, list[tuple[str, str, str, str]]] = {}
    for organ, *ends in rows:
        found.setdefault(organ, []).append(tuple(ends))
    return {organ: _on_chains(of) for organ, of in found.items()}


def _on_chains(ends: Iterable[tuple[str, str, str, str]]) -> Codes:
    edges, kinds = [], dict[str, str]()
    for src, src_kind, dst, dst_kind in ends:
        edges.append(Edge(src, dst))
        kinds |= {src: src_kind, dst: dst_kind}
    fed = reached(edges, [code for code, kind in kinds.items() if kind == ACTIVITY])
    effects = [code for code, kind in kinds.items() if RANK[kind][0] >= EFFECT_RANK]
    return fed & reached(backwards(edges), effects)


def core_goal(goal: Goal, indicators: tuple[core.Indicator, ...] = ()) -> core.Goal:
    """Return a goal as the core has it, counted under its level and tier."""
    level = goal.level.code if goal.level_id else ""
    return core.Goal(str(goal.pk), goal.text, goal.kind, level, goal.tier, indicators)


def core_indicator(goal: Goal, row: IndicatorVersion, of: Bearings, on_path: Codes) -> core.Indicator:
    """Return an indicator as far as it is written. Who owns the goal owns it where nobody else is said to (reading).

    Levels are numbers here only to be put in order: nothing is computed with them.
    """
    start, aim = of.baseline, of.target
    by_levels = row.kind == core.QUALITATIVE
    party = row.owner_party or goal.owner_party
    organ = goal.owner_organ.name if goal.owner_organ else ""
    written = core.Indicator(
        id=str(row.indicator_id),
        kind=row.kind,
        direction=row.direction or None,
        unit=row.unit,
        levels=getattr(row, "described", 0),
        least=LOWEST if by_levels else row.low,
        most=HIGHEST if by_levels else row.high,
        frequency=row.frequency or None,
        owner=row.owner_role or goal.owner_role or organ,
        owner_party=party.name if party else "",
        source=row.source_system,
        method=row.method,
        decision_use=row.decision_use,
        on_path=row.indicator.node_code in on_path if row.indicator.node_code else False,
        counts_meetings=row.counts_meetings,
    )
    if start is not None:
        written = replace(
            written, baseline=_number(start.value, start.level), baseline_day=start.day, na_reason=start.na_reason
        )
    if aim is not None:
        written = replace(written, target=_number(aim.value, aim.level), target_day=aim.day, low=aim.low, high=aim.high)
    return written


def _number(value: Decimal | None, level: int | None) -> Decimal | None:
    return value if level is None else Decimal(level)
