"""Strategic plans are begun, changed, adopted, followed by the next version, and closed; none is taken away."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.models import Goal, Indicator, StrategicPlan
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import Level, Organ, Partnership
from tillit.apps.partnerships.models.words import OPENNESS
from tillit.core.governance.areas import ADVISORY

LONGEST_DECISION = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What is said of a plan; `ends_on` is the first day that it no longer covers. It is open where nothing is said."""

    title: str
    level: Level
    starts_on: date
    ends_on: date
    openness: str = "public"
    source: str = ""


@transaction.atomic
def begin_plan(
    *,
    partnership: Partnership,
    facts: PlanFacts,
    organ: Organ | None = None,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> StrategicPlan:
    """Return the first plan of a partnership, or of one of its organs, to write goals in.

    :raises Refused: there is one already, whose next version is to be begun instead; or as `change_plan`
    """
    here = locked(partnership)
    said = _checked(here, facts)
    if organ is not None and organ.partnership_id != here.pk:
        raise Refused(_("Välj ett organ i partnerskapet."), field="organ")

    def check() -> None:
        if StrategicPlan.objects.filter(partnership=here, organ=organ).exists():
            raise Refused(_("Det finns redan en plan. Börja på nästa version av den i stället."), field="organ")

    with held(check):
        made = StrategicPlan.objects.create(partnership=here, organ=organ, created_by=by, created_at=at, **said)
    audit.note("followup.plan.begun", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_plan(
    *, plan: StrategicPlan, facts: PlanFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> StrategicPlan:
    """Change what is said of a plan that is not adopted.

    :raises Refused: it is adopted; it has no title; its days or its level cannot be right
    """
    here = locked(plan.partnership)
    current = _draft(plan)
    for name, value in _checked(here, facts).items():
        setattr(current, name, value)
    current.save()
    audit.note("followup.plan.changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def adopt_plan(
    *,
    plan: StrategicPlan,
    organ: Organ,
    on: date,
    text: str,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    judge: bool = True,
) -> StrategicPlan:
    """Let a plan hold by an organ's decision of a day; `text` says where it stands, as "§ 4". Its goals hold with it.

    `judge`: run the rules, too.

    The version adopted before is replaced, and the indicators of its goals follow over to the goals that are copies of
    theirs (reading: what is measured goes on being measured; those of a goal without a copy stay where they were).

    :raises Refused: it is adopted, has no goals, or was adopted before it could be; or the organ could not decide it
    """
    here = locked(plan.partnership)
    current = _draft(plan)
    decision = _decided(here, current, organ, on, text)
    _refuse_day(current, organ, on, day_of(at))
    goals = current.goals.filter(status="draft")
    if not goals.exists():
        raise Refused(_("Planen har inga mål. Skriv minst ett först."))
    goals.update(status="active")
    StrategicPlan.objects.filter(partnership=here, organ=current.organ, status="adopted").update(status="replaced")
    current.status, current.adopted_on, current.decision = "adopted", on, decision
    current.save(update_fields=["status", "adopted_on", "decision"])
    moved = _take_over(current)
    told = {"organ": str(organ.pk), "on": on.isoformat(), "indicators": moved}
    audit.note("followup.plan.adopted", subject=current, by=by, at=at, acting_for=acting_for, **told)
    if judge:
        judge_anew(partnership=here, at=at)
    return current


@transaction.atomic
def begin_next_version(
    *, plan: StrategicPlan, by: Person, at: datetime, acting_for: Organisation | None = None
) -> StrategicPlan:
    """Return the next version of the adopted plan, a draft with its goals that still hold.

    Indicators stay with the goals in force until the new version is adopted. What parties have said stays with the
    version that they said it of: a new version is a new question (reading).

    :raises Refused: it is not the adopted one, or a next version is begun already
    """
    here = locked(plan.partnership)
    old = StrategicPlan.objects.get(pk=plan.pk)
    versions = StrategicPlan.objects.filter(partnership=here, organ=old.organ)

    def check() -> None:
        if old.status == "draft" or versions.filter(status="draft").exists():
            raise Refused(_("Nästa version är redan påbörjad. Skriv vidare i den."))
        if old.status == "replaced":
            raise Refused(_("Planen är ersatt. Börja på nästa version av den som gäller."))

    with held(check):
        made = _copy(old, max(versions.values_list("version", flat=True)) + 1, by, at)
    audit.note("followup.plan.next_begun", subject=made, by=by, at=at, acting_for=acting_for, of=str(old.pk))
    return made


@transaction.atomic
def close_plan(
    *,
    plan: StrategicPlan,
    on: date,
    reason: str,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> StrategicPlan:
    """End the adopted plan without a successor; `on` is the first day that it no longer holds. Its goals end with it.

    :raises Refused: it is not adopted, no reason is given, or that is before it or a goal of it begins
    """
    here = locked(plan.partnership)
    current = StrategicPlan.objects.get(pk=plan.pk)
    if current.status != "adopted":
        raise Refused(_("Bara den plan som gäller kan avslutas."))
    why = line(reason, field="reason", most=LONGEST_DECISION)
    possible(on, field="on")
    running = current.goals.filter(status="active")
    if on <= current.starts_on or running.filter(starts_on__gte=on).exists():
        raise Refused(_("Planen eller ett av målen börjar inte förrän då. Välj en senare dag."), field="on")
    running.update(status="closed", ends_on=on, closing_reason=why)
    current.status, current.ends_on, current.closing_reason = "closed", on, why
    current.save(update_fields=["status", "ends_on", "closing_reason"])
    audit.note("followup.plan.closed", subject=current, by=by, at=at, acting_for=acting_for, on=on.isoformat())
    judge_anew(partnership=here, at=at)
    return current


def _draft(plan: StrategicPlan) -> StrategicPlan:
    current = StrategicPlan.objects.select_related("organ").get(pk=plan.pk)
    if current.status != "draft":
        raise Refused(_("Planen är fastställd och ändras inte. Börja på nästa version."))
    return current


def _checked(here: Partnership, facts: PlanFacts) -> dict[str, Any]:
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    possible(facts.starts_on, field="starts_on")
    possible(facts.ends_on, field="ends_on")
    if facts.ends_on <= facts.starts_on:
        raise Refused(_("Planen slutar innan den börjar. Rätta en av dagarna."), field="ends_on")
    if facts.level.partnership_id != here.pk:
        raise Refused(_("Välj en nivå i partnerskapet."), field="level")
    if facts.openness not in OPENNESS:
        raise Refused(_("Välj ett av alternativen."), field="openness")
    title = line(facts.title, field="title", most=200)
    return {**said, "title": title, "source": line(facts.source, field="source", most=300, needed=False)}


def _decided(here: Partnership, plan: StrategicPlan, organ: Organ, on: date, text: str) -> str:
    """Return a decision as it is kept. An advisory organ decides nothing but its own plan (I-6)."""
    if organ.partnership_id != here.pk:
        raise Refused(_("Välj ett organ i partnerskapet."), field="organ")
    if organ.tier == ADVISORY and organ != plan.organ:
        raise Refused(_("%(name)s är rådgivande och beslutar bara om sin egen plan.") % {"name": organ}, field="organ")
    where = line(text, field="text", most=LONGEST_DECISION - len(organ.name) - 13)
    return f"{organ.name} {on.isoformat()}, {where}"


def _refuse_day(plan: StrategicPlan, organ: Organ, on: date, today: date) -> None:
    possible(on, field="on")
    if on > today:
        raise Refused(_("Dagen har inte varit än. Anteckna beslutet när det är fattat."), field="on")
    if on < organ.starts_on or (organ.ends_on is not None and on >= organ.ends_on):
        raise Refused(_("%(name)s fanns inte den dagen.") % {"name": organ}, field="on")
    before = StrategicPlan.objects.filter(partnership=plan.partnership_id, organ=plan.organ, adopted_on__gt=on)
    if before.exists():
        raise Refused(_("En tidigare version är fastställd en senare dag. Rätta dagen."), field="on")


def _take_over(plan: StrategicPlan) -> int:
    """Let indicators follow from goals to their copies in a plan. Return how many."""
    copies = {goal.based_on_id: goal.pk for goal in plan.goals.filter(status="active", based_on__isnull=False)}
    rows = list(Indicator.objects.filter(goal__in=copies))
    for row in rows:
        row.goal_id = copies[row.goal_id]
    Indicator.objects.bulk_update(rows, ["goal"])
    return len(rows)


def _copy(old: StrategicPlan, version: int, by: Person, at: datetime) -> StrategicPlan:
    same = ("partnership_id", "organ_id", "level_id", "title", "starts_on", "ends_on", "openness", "source")
    said = {name: getattr(old, name) for name in same}
    made = StrategicPlan.objects.create(version=version, created_by=by, created_at=at, **said)
    goals = list(old.goals.exclude(status="closed"))
    copies = {goal.pk: _copied(goal, made, at) for goal in goals}
    Goal.objects.bulk_create(copies.values())
    for goal in goals:
        if goal.parent_id in copies:
            copies[goal.pk].parent = copies[goal.parent_id]
    Goal.objects.bulk_update(copies.values(), ["parent"])
    return made


def _copied(goal: Goal, plan: StrategicPlan, at: datetime) -> Goal:
    left = ("id", "plan_id", "parent_id", "based_on_id", "status", "created_at")
    same = {
        each.attname: getattr(goal, each.attname) for each in Goal._meta.concrete_fields if each.attname not in left
    }
    return Goal(plan=plan, based_on=goal, created_at=at, **same)
