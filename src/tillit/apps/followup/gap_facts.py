"""What surrounds the effect logics of a partnership, as the core judges gaps by it (D7): goals, indicators, the plan.

Readings:
- A strategic goal (R17) is one of the plan that lies on the top level, is nobody's own, and is decided on (its tier is
  deciding, or nobody has said another). Goals that are closed are not asked for.
- A branch that is held against the whole partnership's plan answers for the goals that its organ owns; one with a plan
  of its own for all in that.
- The last four periods are the four that have ended when one asks, of the frequency that the indicator has now. One
  whose frequency nobody has stated has no periods, and so nothing recent.
- An indicator on a step of a branch is not missing in the national logic. A closed one is not asked for.
- When the next version of a plan is adopted, a logic that was held against the one before is held against it, and a
  step answers for the goal that is a copy of its own. The rows stay as they were adopted; a version of the logic that
  is itself replaced is read as it was. A goal without a copy has none to answer for.
- The plan's last day is the day before the one that it no longer covers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from tillit.apps.followup.models import (
    EffectLogic,
    EffectNode,
    Goal,
    Indicator,
    IndicatorVersion,
    Observation,
    StrategicPlan,
)
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.core.governance.areas import DECIDING
from tillit.core.indicators.gaps import Aim, Around, Attached
from tillit.core.indicators.periods import period_of

RECENT = 4
"""How many periods back an approved value still says that somebody reads the indicator."""
SEEN = ("approved", "locked")


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator as a logic sees it. `has_recent`: that any of its last four periods is approved. `organ`: whose goal
    it serves, of which it is where it is open to an organ only.
    """

    id: UUID
    code: str
    name: str
    node: str
    openness: str
    organ: UUID | None
    has_recent: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything around the logics of a partnership on a day; `nodes`: the steps of its drafts, of what is in force,
    and of the version that is asked about."""

    today: date
    goals: tuple[Goal, ...]
    indicators: tuple[Followed, ...]
    nodes: tuple[EffectNode, ...]

    def steps(self, logic: EffectLogic) -> tuple[EffectNode, ...]:
        """Return the steps of a version, in their order."""
        return tuple(each for each in self.nodes if each.logic_id == logic.pk)

    def around(self, logic: EffectLogic) -> Around:
        """Return what surrounds one version, as the core asks for it."""
        plan = self.plan_of(logic)
        return Around(
            self.today,
            tuple(Aim(str(each.pk), is_strategic(each)) for each in self.aims(logic)),
            tuple(Attached(str(each.id), each.node or None, each.has_recent) for each in self.attached(logic)),
            plan.ends_on - timedelta(days=1) if plan is not None else None,
        )

    def aims(self, logic: EffectLogic) -> tuple[Goal, ...]:
        """Return the goals that a version answers for, none while no plan is chosen."""
        plan = self.plan_of(logic)
        of_plan = [each for each in self.goals if plan and each.plan_id == plan.pk and each.status != "closed"]
        if logic.organ_id is None or (plan is not None and plan.organ_id is not None):
            return tuple(of_plan)
        return tuple(each for each in of_plan if each.owner_organ_id == logic.organ_id)

    def plan_of(self, logic: EffectLogic) -> StrategicPlan | None:
        """Return the plan that a version is held against: the latest adopted one, where its own is replaced."""
        own = logic.plan
        if own is None or own.status != "replaced" or logic.status == "replaced":
            return own
        versions = [each.plan for each in self.goals if each.plan.organ_id == own.organ_id and _was_adopted(each.plan)]
        return max(versions, key=lambda each: each.version, default=own)

    def attached(self, logic: EffectLogic) -> tuple[Followed, ...]:
        """Return the indicators of a version: of a branch those on its steps, else all that no branch has."""
        own = {each.code for each in self.steps(logic)}
        if logic.organ_id is not None:
            return tuple(each for each in self.indicators if each.node in own)
        branches = {each.code for each in self.nodes if each.logic.organ_id is not None} - own
        return tuple(each for each in self.indicators if each.node not in branches)


def is_strategic(goal: Goal) -> bool:
    """Return whether an effort in a research area has to lead to a goal; its level is fetched with it."""
    return goal.level.rank == 0 and goal.kind != "organ" and goal.tier in ("", DECIDING)


def surroundings(partnership: Partnership, today: date, *asked: EffectLogic, indicators: bool = True) -> Surroundings:
    """Return what surrounds the logics of a partnership. `asked`: whose steps are wanted too. Three queries.

    Without `indicators` two, for what is not judged by them.
    """
    goals = Goal.objects.filter(plan__partnership=partnership).select_related("level", "plan")
    now = Q(logic__partnership=partnership, logic__status__in=("draft", "adopted"))
    nodes = EffectNode.objects.filter(now | Q(logic__in=[each.pk for each in asked]))
    nodes = nodes.select_related("logic__organ", "goal__plan", "owner_party", "owner_organ", "level")
    followed = tuple(_followed(partnership, today)) if indicators else ()
    aims = tuple(goals)
    return Surroundings(today, aims, followed, tuple(_up_to_date(nodes, aims)))


def _up_to_date(nodes: Iterable[EffectNode], goals: tuple[Goal, ...]) -> Iterator[EffectNode]:
    """Yield the steps, each with the goal that its own lives on in; nothing is written."""
    heirs = {each.based_on_id: each for each in goals if each.based_on_id is not None and _was_adopted(each.plan)}
    for node in nodes:
        while node.logic.status != "replaced" and node.goal_id in heirs:
            node.goal = heirs[node.goal_id]
        yield node


def _was_adopted(plan: StrategicPlan) -> bool:
    return plan.status != "draft"


def _followed(partnership: Partnership, today: date) -> Iterable[Followed]:
    version = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-number").values("frequency")[:1]
    read = Observation.objects.filter(
        CURRENT,
        reporter__indicator=OuterRef("pk"),
        frequency=OuterRef("frequency"),
        status__in=SEEN,
        ends_on__lt=today,
    )
    rows = partnership.indicators.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))
    rows = rows.select_related("goal").annotate(frequency=Subquery(version))
    for row in rows.annotate(last=Subquery(read.order_by("-number").values("number")[:1])):
        organ = row.goal.owner_organ_id if row.goal else None
        recent = _is_recent(row, today)
        yield Followed(row.pk, row.code, row.name, row.node_code, row.openness, organ, recent)


def _is_recent(row: Indicator, today: date) -> bool:
    frequency, last = row.frequency, row.last  # type: ignore[attr-defined]
    if not frequency or last is None:
        return False
    return bool(last >= period_of(today, frequency).number - RECENT)
