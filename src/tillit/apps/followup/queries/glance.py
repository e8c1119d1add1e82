"""Follow-up in a few figures, for a partnership's first page: how many goals can be measured, what deviates.

The figures are those that the pages of goals and of deviations show the same person: the same goals, tried by the same
rule, and the same deviations, counted once a thing where it is worst.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from tillit.apps.followup.actions.deviations import BACK, GONE
from tillit.apps.followup.bearings import COLUMNS, gathered, standing_rows
from tillit.apps.followup.goal_facts import Known, paths_of
from tillit.apps.followup.models import (
    OPEN,
    Deviation,
    DeviationEvent,
    EffectEdge,
    Goal,
    Indicator,
    IndicatorVersion,
    RubricLevel,
    StrategicPlan,
)
from tillit.apps.followup.queries.deviations import Counts, counts
from tillit.apps.followup.queries.goals import STANDING, sees_goal, standing_goals
from tillit.apps.followup.queries.packed import day, packed, together, unpacked
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Level, Organ
from tillit.core.indicators.measured_share import Counted, counted, total

GOAL_TEXTS = ("text", "kind", "tier", "status", "openness", "owner_role")
GOALS = {
    **{name: name for name in ("pk", *GOAL_TEXTS)},
    "level": "level_id",
    "level_code": "level__code",
    "party": "owner_party__name",
    "organ": "owner_organ_id",
    "organ_name": "owner_organ__name",
    "plan": "plan_id",
    "plan_status": "plan__status",
    "plan_openness": "plan__openness",
    "plan_organ": "plan__organ_id",
}
WRITTEN = (
    *("number", "kind", "direction", "unit", "aggregation", "low", "high", "frequency"),
    *("owner_role", "source_system", "method", "decision_use"),
)
VERSIONS = {
    **{name: name for name in ("pk", *WRITTEN)},
    "indicator": "indicator_id",
    "goal": "indicator__goal_id",
    "node": "indicator__node_code",
    "party": "owner_party__name",
    "meetings": "counts_meetings",
}
FIGURES = ("value", "low", "high")
EDGES = {"organ": "logic__organ_id", **{name: f"{name[:3]}__{name[4:]}" for name in ("src_code", "src_kind")}}
EDGES |= {name: f"{name[:3]}__{name[4:]}" for name in ("dst_code", "dst_kind")}
DEVIATIONS = {
    **{name: name for name in ("pk", "severity", "direction", "subject", "status", "rule", "day", "last_seen")},
    "openness": "openness",
}


@dataclass(frozen=True, slots=True)
class Glance:
    """What somebody may know of: the goals and how many can be measured, and how many things deviate, how much."""

    goals: Counted
    deviations: Counts


def glance_told(partnership: UUID) -> Cast:
    """Return an expression of all that `glance` reads. No query of its own."""
    goals = Goal.objects.filter(plan__partnership=partnership, plan__status__in=STANDING)
    versions = IndicatorVersion.objects.filter(
        indicator__goal__plan__partnership=partnership, indicator__closed_on__isnull=True
    )
    described = RubricLevel.objects.filter(version=OuterRef("pk")).order_by().values("version").annotate(n=Count("pk"))
    starts, aims = standing_rows(versions.values("pk"))
    edges = EffectEdge.objects.filter(logic__partnership=partnership, logic__status="adopted", is_feedback=False)
    seen = DeviationEvent.objects.filter(deviation=OuterRef("pk"), what__in=(GONE, BACK)).order_by("-at", "-pk")
    more = {"organ": KT("dimensions__organ"), "last": Subquery(seen.values("what")[:1])}
    return together(
        goals=packed(goals, GOALS),
        versions=packed(versions, VERSIONS | {"described": Coalesce(Subquery(described.values("n")), 0)}),
        starts=packed(starts, {name: name for name in COLUMNS}),
        aims=packed(aims, {name: name for name in COLUMNS}),
        edges=packed(edges, EDGES),
        deviations=packed(Deviation.objects.filter(OPEN, partnership=partnership), DEVIATIONS | more),
    )


def glance(text: str | None, sight: Sight) -> Glance:
    """Return the figures as somebody may see them, of what the database answered. No query."""
    rows = unpacked(text)
    goals = standing_goals([_goal(each) for each in rows.get("goals", ())])
    running = [each for each in goals if each.status != "closed" and sees_goal(sight, each)]
    known = _known(rows)
    tried = counted(known.of(each).asked for each in running)
    return Glance(total(tried.values()), _deviations(rows.get("deviations", ()), sight))


def _goal(row: Mapping[str, Any]) -> Goal:
    organ, plan_organ = _key(row["organ"]), _key(row["plan_organ"])
    plan = StrategicPlan(
        pk=_key(row["plan"]), status=row["plan_status"], openness=row["plan_openness"], organ_id=plan_organ
    )
    return Goal(
        pk=_key(row["pk"]),
        plan=plan,
        level=Level(pk=row["level"], code=row["level_code"]),
        owner_party=Organisation(name=row["party"]) if row["party"] else None,
        owner_organ=Organ(pk=organ, name=row["organ_name"]) if organ is not None else None,
        **{name: row[name] for name in GOAL_TEXTS},
    )


def _known(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Known:
    latest: dict[str, Mapping[str, Any]] = {}
    for row in sorted(rows.get("versions", ()), key=lambda each: int(each["number"])):
        latest[row["indicator"]] = row
    of_goal: dict[UUID, tuple[IndicatorVersion, ...]] = {}
    for row in latest.values():
        goal = UUID(row["goal"])
        of_goal[goal] = (*of_goal.get(goal, ()), _version(row))
    found = [
        (UUID(each["version_id"]), day(each["day"]), *(_said(name, each[name]) for name in COLUMNS[2:]))
        for each in (*rows.get("starts", ()), *rows.get("aims", ()))
    ]
    ends = ("src_code", "src_kind", "dst_code", "dst_kind")
    edges = ((_key(each["organ"]), *(each[name] for name in ends)) for each in rows.get("edges", ()))
    return Known(of_goal, gathered(found), paths_of(edges))


def _version(row: Mapping[str, Any]) -> IndicatorVersion:
    made = IndicatorVersion(
        pk=_key(row["pk"]),
        indicator=Indicator(pk=_key(row["indicator"]), node_code=row["node"]),
        owner_party=Organisation(name=row["party"]) if row["party"] else None,
        counts_meetings=bool(row["meetings"]),
        **{name: _said(name, row[name]) for name in WRITTEN},
    )
    made.described = row["described"]  # type: ignore[attr-defined]
    return made


def _deviations(rows: Iterable[Mapping[str, Any]], sight: Sight) -> Counts:
    seen = [
        {**each, "day": day(each["day"]), "last_seen": day(each["last_seen"])}
        for each in rows
        if each["openness"] in sight.levels or (each["openness"] == "organ" and _key(each["organ"]) in sight.organs)
    ]
    gone = frozenset(each["pk"] for each in seen if each["last"] == GONE)
    return counts(seen, gone, max((each["last_seen"] for each in seen), default=None))


def _said(name: str, value: Any) -> Any:
    return Decimal(value) if name in FIGURES and value is not None else value


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None
