"""The goals of a partnership: what can be measured per level and tier, what each goal lacks, what parties say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tillit.apps.followup.goal_facts import Known, Measured, known
from tillit.apps.followup.models import Goal, GoalConsent, StrategicPlan
from tillit.apps.followup.thresholds import thresholds
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Level, Membership, Partnership
from tillit.apps.partnerships.models.words import TIER_WORDS
from tillit.core.indicators.measured_share import Counted, ShareThresholds, counted, total

STANDING = ("adopted", "draft")
TIERS = (*TIER_WORDS, "")
WITH = ("plan__organ", "level", "owner_party", "owner_organ", "parent")


@dataclass(frozen=True, slots=True)
class Group:
    """The goals of a level and tier, and how many of them can be measured."""

    level: Level
    tier: str
    counted: Counted
    rows: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class GoalBoard:
    """The goals that somebody may see. `groups` in the order of level and tier, `closed` are counted in none of them.

    `plans` are those that the goals stand in. `empty`: levels without a goal. `hidden`: that there are more goals.
    `is_draft`: that nothing here is adopted yet.
    """

    plans: tuple[StrategicPlan, ...]
    groups: tuple[Group, ...]
    closed: tuple[Measured, ...]
    empty: tuple[Level, ...]
    hidden: bool
    limits: ShareThresholds

    @property
    def total(self) -> Counted:
        return total(group.counted for group in self.groups)

    @property
    def is_draft(self) -> bool:
        return bool(self.plans) and all(plan.status == "draft" for plan in self.plans)


def takes_part(sight: Sight) -> bool:
    """Return whether somebody reads what is not decided yet, and what each party says."""
    return sight.party or sight.office or sight.evaluator


def sees_plan(sight: Sight, plan: StrategicPlan) -> bool:
    """Return whether a plan is somebody's to read; a draft is for those who are in the partnership (reading)."""
    return sight.sees(plan.openness, plan.organ_id) and (plan.status != "draft" or takes_part(sight))


def sees_goal(sight: Sight, goal: Goal) -> bool:
    """Return whether a goal is somebody's to read. A goal is never more open than its plan."""
    return sees_plan(sight, goal.plan) and sight.sees(goal.openness, goal.owner_organ_id or goal.plan.organ_id)


def goal_board(partnership: Partnership, sight: Sight, today: date, *, plan: StrategicPlan | None = None) -> GoalBoard:
    """Return the goals of the plans that hold, of the whole partnership and of its organs; of the draft where there is
    no other. `plan`: of that one only. Six queries, however many the goals are.
    """
    asked = Q(plan=plan) if plan is not None else Q(plan__status__in=STANDING)
    every = list(_rows(partnership).filter(asked))
    if plan is None:
        every = standing_goals(every)
    seen = [goal for goal in every if sees_goal(sight, goal)]
    facts = known(partnership, [goal.pk for goal in seen])
    limits = thresholds(partnership, today)["D6"]
    levels = list(partnership.levels.order_by("rank", "pk"))
    running = [facts.of(goal) for goal in seen if goal.status != "closed"]
    used = {each.goal.level_id for each in running}
    return GoalBoard(
        plans=tuple({goal.plan_id: goal.plan for goal in seen}.values()),
        groups=tuple(_groups(running, levels)),
        closed=tuple(facts.of(goal) for goal in seen if goal.status == "closed"),
        empty=tuple(level for level in levels if level.pk not in used),
        hidden=len(seen) < len(every),
        limits=limits,
    )


def _rows(partnership: Partnership) -> QuerySet[Goal]:
    """Return goals with how many parties say what of each: `supports`, `abstains`, `opposes`."""
    standing = Q(consents__superseded_at__isnull=True)
    counts = {
        stance: Count("consents", filter=standing & Q(consents__stance=stance))
        for stance in ("supports", "abstains", "opposes")
    }
    rows = Goal.objects.filter(plan__partnership=partnership).select_related(*WITH)
    return rows.annotate(**counts).order_by("level__rank", "plan__organ__name", "number", "created_at", "pk")


def standing_goals(found: list[Goal]) -> list[Goal]:
    """Return the goals of one plan per owner: the adopted one, else the draft."""
    adopted = {goal.plan.organ_id for goal in found if goal.plan.status == "adopted"}
    return [goal for goal in found if goal.plan.status == "adopted" or goal.plan.organ_id not in adopted]


def _groups(rows: list[Measured], levels: list[Level]) -> Iterable[Group]:
    counts = counted(each.asked for each in rows)
    for level in levels:
        for tier in TIERS:
            here = tuple(each for each in rows if (each.asked.level, each.asked.tier) == (level.code, tier))
            if here:
                yield Group(level, tier, counts[level.code, tier], here)


@dataclass(frozen=True, slots=True)
class Said:
    """What a party says of a goal, "" for nothing yet. `before`: what it said earlier, with the day, newest first."""

    party: str
    key: UUID
    stance: str
    on: date | None
    note: str
    before: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal: what it lacks, the goals under it, and what the parties say, those that have said nothing too."""

    measured: Measured
    below: tuple[Goal, ...]
    parties: tuple[Said, ...]

    @property
    def goal(self) -> Goal:
        return self.measured.goal

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many parties say what; "" counts those that have said nothing."""
        stances = [each.stance for each in self.parties]
        return {stance: stances.count(stance) for stance in ("supports", "abstains", "opposes", "")}


def goals_beside(partnership: Partnership, key: UUID) -> QuerySet[Goal]:
    """Return a goal and the others of its plan, none where there is no such goal. One query."""
    rows = Goal.objects.filter(plan__partnership=partnership, plan__goals=key)
    return rows.select_related(*WITH, "plan__level").order_by("number", "pk")


def goal_page(partnership: Partnership, sight: Sight, key: UUID, today: date) -> GoalPage | None:
    """Return the page of a goal, None where it is not somebody's to know of. Six queries."""
    rows = Goal.objects.filter(Q(pk=key) | Q(parent=key), plan__partnership=partnership).select_related(*WITH)
    seen = {goal.pk: goal for goal in rows if sees_goal(sight, goal)}
    goal = seen.pop(key, None)
    if goal is None:
        return None
    facts: Known = known(partnership, [goal.pk])
    return GoalPage(facts.of(goal), tuple(seen.values()), _said(partnership, goal, today))


def _said(partnership: Partnership, goal: Goal, today: date) -> tuple[Said, ...]:
    """Return what each party says; one that has left is there while what it said stands."""
    inside = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    members = Membership.objects.filter(CURRENT, inside, partnership=partnership).select_related("organisation")
    names = {each.organisation_id: each.organisation.name for each in members}
    said: dict[UUID, list[GoalConsent]] = {}
    consents = GoalConsent.objects.filter(goal=goal).select_related("organisation").order_by("-recorded_at", "-pk")
    for row in consents:
        said.setdefault(row.organisation_id, []).append(row)
        if row.superseded_at is None:
            names.setdefault(row.organisation_id, row.organisation.name)
    return tuple(_of_party(key, name, said.get(key, [])) for key, name in sorted(names.items(), key=lambda of: of[1]))


def _of_party(key: UUID, name: str, rows: list[GoalConsent]) -> Said:
    now = next((row for row in rows if row.superseded_at is None), None)
    before = tuple((row.stance, row.said_on) for row in rows if row is not now)
    if now is None:
        return Said(name, key, "", None, "", before)
    return Said(name, key, now.stance, now.said_on, now.note, before)


def plans_of(partnership: Partnership, sight: Sight) -> tuple[StrategicPlan, ...]:
    """Return every plan that somebody may read: the partnership's first, then by organ, newest version first, each
    with how many goals it has (`goals_count`). One query."""
    rows = StrategicPlan.objects.filter(partnership=partnership).select_related("organ", "level")
    rows = rows.annotate(goals_count=Count("goals")).order_by("organ__name", "-version")
    seen = [plan for plan in rows if sees_plan(sight, plan)]
    return tuple(sorted(seen, key=lambda plan: plan.organ_id is not None))
