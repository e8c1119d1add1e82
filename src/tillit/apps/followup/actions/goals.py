"""Goals are written in a plan, changed and closed; what each party says of one is recorded and may change."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.models import Goal, GoalConsent, StrategicPlan
from tillit.apps.followup.models.words import GOAL_KINDS, STANCES
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import is_in
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Level, Organ, Partnership
from tillit.apps.partnerships.models.words import OPENNESS, TIER_WORDS
from tillit.core.governance.mandates import ancestors
from tillit.core.indicators.goal_text import ORGAN
from tillit.core.text import nfc

LONGEST_TEXT, LONGEST_REASON = 2000, 300
DECIDED = ("text", "kind", "level", "tier", "parent", "starts_on", "ends_on")
"""What a plan is adopted with: it stands in the adopted version, and is changed in the next. The rest may change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFacts:
    """What is to be reached, for whom, by when, and who answers for it. `level` None and `tier` "": the organ's.

    The organ is the one that owns it, else the one whose plan it is. `ends_on` is the first day that it no longer
    holds. A goal is open where nothing else is said (R16).
    """

    text: str
    kind: str
    starts_on: date
    level: Level | None = None
    tier: str = ""
    ends_on: date | None = None
    parent: Goal | None = None
    problem: str = ""
    target_group: str = ""
    owner_party: Organisation | None = None
    owner_organ: Organ | None = None
    owner_role: str = ""
    openness: str = "public"
    source: str = ""


@transaction.atomic
def write_goal(
    *,
    plan: StrategicPlan,
    facts: GoalFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Goal:
    """Return a new goal of a plan that is not adopted.

    :raises Refused: the plan is adopted; nothing is said of what is to be reached; or something in it cannot be right
    """
    here = locked(plan.partnership)
    current = StrategicPlan.objects.select_related("organ", "level").get(pk=plan.pk)
    if current.status != "draft":
        raise Refused(_("Planen är fastställd. Börja på nästa version och skriv målet där."))
    last = current.goals.aggregate(last=Max("number"))["last"] or 0
    made = Goal.objects.create(plan=current, number=last + 1, created_at=at, **_columns(here, current, facts))
    audit.note("followup.goal.written", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_goal(
    *, goal: Goal, facts: GoalFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Goal:
    """Change a goal. In an adopted plan only what was not decided: owner, problem, target group, openness, source.

    A new text is a new goal to say something of: what parties have said no longer stands, and they are asked anew
    (reading); it is kept among what was said before.

    :raises Refused: it is closed; what was decided would change; it would stand above itself; or as `write_goal`
    """
    here = locked(goal.plan.partnership)
    current = Goal.objects.select_related("plan__organ", "plan__level").get(pk=goal.pk)
    if current.status == "closed" or current.plan.status in ("replaced", "closed"):
        raise Refused(_("Målet är avslutat och ändras inte."))
    said = _columns(here, current.plan, facts)
    changed = [name for name in DECIDED if said[name] != getattr(current, name)]
    if current.plan.status != "draft" and changed:
        raise Refused(_("Det här är fastställt i planen. Ändra det i nästa version."), field=changed[0])
    asked = "text" in changed and _unsay(current, at)
    for name, value in said.items():
        setattr(current, name, value)
    with held(lambda: _refuse_circle(current)):
        current.save()
    audit.note("followup.goal.changed", subject=current, by=by, at=at, acting_for=acting_for, asked_anew=bool(asked))
    return current


@transaction.atomic
def close_goal(
    *, goal: Goal, on: date, reason: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Goal:
    """Let a goal end, reached or not; `on` is the first day that it no longer holds. It and its figures stay.

    :raises Refused: it is closed already, no reason is given, or that is before it begins
    """
    here = locked(goal.plan.partnership)
    current = Goal.objects.select_related("plan").get(pk=goal.pk)
    if current.status == "closed" or current.plan.status in ("replaced", "closed"):
        raise Refused(_("Målet är redan avslutat."))
    why = line(reason, field="reason", most=LONGEST_REASON)
    possible(on, field="on")
    if on <= current.starts_on:
        raise Refused(_("Målet slutar innan det börjar. Välj en senare dag."), field="on")
    current.status, current.ends_on, current.closing_reason = "closed", on, why
    current.save(update_fields=["status", "ends_on", "closing_reason"])
    audit.note("followup.goal.closed", subject=current, by=by, at=at, acting_for=acting_for, on=on.isoformat())
    judge_anew(partnership=here, at=at)
    return current


@transaction.atomic
def say_of_goal(
    *, goal: Goal, organisation: Organisation, stance: str, note: str = "", by: Person, at: datetime
) -> GoalConsent:
    """Record what a party says of a goal that day: supports, abstains or opposes. What it said before is kept.

    That `by` may speak for the party is the page's to ask. The same said again changes nothing.

    :raises Refused: the party is not in the partnership, the goal no longer holds, or the stance is none
    """
    here = locked(goal.plan.partnership)
    current = Goal.objects.select_related("plan").get(pk=goal.pk)
    if current.status == "closed" or current.plan.status in ("replaced", "closed"):
        raise Refused(_("Målet gäller inte längre, så det finns inget att ta ställning till."))
    if stance not in STANCES:
        raise Refused(_("Välj ett av alternativen."), field="stance")
    today = day_of(at)
    if not is_in(here, organisation, today):
        raise Refused(_("Bara den som är part i partnerskapet tar ställning till dess mål."))
    said = {"stance": stance, "note": line(note, field="note", most=LONGEST_REASON, needed=False)}
    there = GoalConsent.objects.filter(CURRENT, goal=current, organisation=organisation).first()
    if there is not None and all(getattr(there, name) == value for name, value in said.items()):
        return there
    if there is not None:
        made = replace_row(there, at=at, by=by, said_on=today, **said)
    else:
        made = GoalConsent.objects.create(
            goal=current, organisation=organisation, said_on=today, recorded_at=at, recorded_by=by, **said
        )
    audit.note("followup.goal.consent_said", subject=current, by=by, at=at, acting_for=organisation, stance=made.stance)
    return made


def _unsay(goal: Goal, at: datetime) -> int:
    return GoalConsent.objects.filter(CURRENT, goal=goal).update(superseded_at=at)


def _columns(here: Partnership, plan: StrategicPlan, facts: GoalFacts) -> dict[str, Any]:
    """Return the columns of a goal with what follows from its organ. :raises Refused:"""
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    organ = facts.owner_organ or plan.organ
    said["level"] = facts.level or (organ.level if organ else plan.level)
    said["tier"] = facts.tier or (organ.tier if organ else "")
    _refuse_unknown(said)
    _refuse_elsewhere(here, plan, said)
    _refuse_days(plan, facts)
    if facts.kind == ORGAN and organ is None:
        raise Refused(_("Ett organs eget mål behöver ett organ. Välj vilket."), field="owner_organ")
    for name, needed in (("text", True), ("problem", False)):
        said[name] = _paragraphs(said[name], field=name, needed=needed)
    for name, most in (("target_group", 200), ("owner_role", 120), ("source", 300)):
        said[name] = line(said[name], field=name, most=most, needed=False)
    return said


def _paragraphs(text: str, *, field: str, needed: bool) -> str:
    """Return text with its lines as they are written. :raises Refused: as `line`"""
    line(text, field=field, most=LONGEST_TEXT, needed=needed)
    return nfc(text).replace("\r\n", "\n").strip()


def _refuse_unknown(said: dict[str, Any]) -> None:
    for field, words in (("kind", GOAL_KINDS), ("tier", ("", *TIER_WORDS)), ("openness", OPENNESS)):
        if said[field] not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)


def _refuse_elsewhere(here: Partnership, plan: StrategicPlan, said: dict[str, Any]) -> None:
    for field in ("level", "owner_organ"):
        if said[field] is not None and said[field].partnership_id != here.pk:
            raise Refused(_("Välj något som hör till partnerskapet."), field=field)
    if said["parent"] is not None and said["parent"].plan_id != plan.pk:
        raise Refused(_("Målet ovanför står i en annan plan. Välj ett i samma."), field="parent")


def _refuse_days(plan: StrategicPlan, facts: GoalFacts) -> None:
    """Refuse days that cannot be; that a goal lies outside its plan's time is no slip, effects come late."""
    possible(facts.starts_on, field="starts_on")
    possible(facts.ends_on, field="ends_on")
    if facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise Refused(_("Målet slutar innan det börjar. Rätta en av dagarna."), field="ends_on")
    if facts.starts_on >= plan.ends_on:
        raise Refused(_("Målet börjar efter att planen har slutat. Rätta dagen."), field="starts_on")


def _refuse_circle(goal: Goal) -> None:
    """Refuse a goal that would stand above itself."""
    rows = Goal.objects.filter(plan=goal.plan_id).values_list("pk", "parent")
    parents = {str(key): str(above) if above else None for key, above in rows}
    parents[str(goal.pk)] = str(goal.parent_id) if goal.parent_id else None
    if str(goal.pk) in ancestors(str(goal.pk), parents):
        raise Refused(_("Målet skulle stå ovanför sig självt. Välj ett annat mål ovanför."), field="parent")
