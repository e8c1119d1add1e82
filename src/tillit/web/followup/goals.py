"""The goals of a partnership and what can be measured of them; one goal, what it lacks, and what parties say of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.followup import goal_words
from tillit.apps.followup.actions.goals import close_goal, say_of_goal
from tillit.apps.followup.goal_facts import Measured
from tillit.apps.followup.models import Goal, StrategicPlan
from tillit.apps.followup.models.words import GOAL_KINDS, STANCES
from tillit.apps.followup.queries.goals import GoalPage, goal_board, goal_page, sees_plan, takes_part
from tillit.apps.partnerships.access import speaks_for
from tillit.web.followup.goal_forms import ClosingForm, StanceForm
from tillit.web.followup.goal_told import (
    groups_told,
    owner_word,
    rows_told,
    servings_told,
    stances_told,
    tier_word,
    when_told,
)
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.told import level_word

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])
ENDED = ("replaced", "closed")


@require_safe
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    plan = _asked_plan(request, here)
    board = goal_board(here.partnership, here.sight, here.today, plan=plan)
    context = {
        "board": board,
        "plan": plan,
        "headline": goal_words.headline(board.total),
        "total": goal_words.share_told(board.total, board.limits, named=False),
        "groups": groups_told(board),
        "closed": rows_told(board.closed),
        "empty": [level_word(level) for level in board.empty],
    }
    return render(request, "followup/goals.html", {**here.context, **context})


def _asked_plan(request: HttpRequest, here: Entered) -> StrategicPlan | None:
    """Return the plan that the address names. :raises Http404: it is nothing for them"""
    given = request.GET.get("plan", "")
    if not given:
        return None
    try:
        rows = StrategicPlan.objects.filter(pk=UUID(given), partnership=here.partnership)
    except ValueError:
        raise Http404 from None
    found = rows.select_related("organ").first()
    if found is None or not sees_plan(here.sight, found):
        raise Http404
    return found


@READS_AND_WRITES
def goal(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    page = goal_page(here.partnership, here.sight, key, here.today)
    if page is None:
        raise Http404
    row, found = page.goal, page.measured.found
    context = {
        "goal": row,
        "page": page,
        "told": goal_words.goal_told(found),
        "lacking": goal_words.lacks(found.lacking),
        "untried": "" if found.is_measurable else goal_words.untried(found.untried),
        "better": goal_words.lacks(_beside(page.measured)),
        "advice": goal_words.advised(found.advice),
        "servings": servings_told(page.measured, here.sight),
        "consents": stances_told(page.counts),
        "names": _names(page) if takes_part(here.sight) else (),
        "silent": _silent(page) if takes_part(here.sight) else (),
        "level": level_word(row.level),
        "tier": tier_word(row.tier),
        "kind": GOAL_KINDS[row.kind],
        "owner": owner_word(row),
        "when": when_told(row),
        "below": page.below,
        "holds": _holds(row),
    }
    return answer(request, "followup/goal.html", {**here.context, **context}, _deeds(here, row), to=request.path)


def _beside(measured: Measured) -> tuple[str, ...]:
    """Return what is remarked of the goal itself: what is remarked of an indicator is told there."""
    of_indicators = {code for each in measured.indicators for code in each.found.remarks}
    return tuple(code for code in measured.found.remarks if code not in of_indicators)


def _names(page: GoalPage) -> list[dict[str, Any]]:
    """Return what each party says, in words, for those who may read it."""
    return [
        {
            "party": each.party,
            "word": STANCES.get(each.stance, _("har inte sagt något")),
            "mark": {"supports": "meets", "opposes": "breach", "abstains": "judge"}.get(each.stance, "undecided"),
            "on": each.on,
            "note": each.note,
            "before": [(STANCES[stance], on) for stance, on in each.before],
        }
        for each in page.parties
        if each.stance or each.before
    ]


def _silent(page: GoalPage) -> list[str]:
    return [each.party for each in page.parties if not each.stance and not each.before]


def _holds(row: Goal) -> bool:
    return row.status != "closed" and row.plan.status not in ENDED


def _deeds(here: Entered, row: Goal) -> dict[str, Deed]:
    """Return what the one who asks may do with a goal: a party's speaker says what it says, the office closes."""
    actor, deeds = here.actor, dict[str, Deed]()
    if actor is None or not _holds(row):
        return deeds
    party = actor.organisation
    if party is not None and here.sight.member and speaks_for(actor, party):
        deeds["say"] = Deed(
            StanceForm,
            lambda said: say_of_goal(goal=row, organisation=party, **said, by=actor.person, at=now()),
            _("Det är antecknat. Ni kan ändra er."),
        )
    if here.sight.office:
        deeds["close"] = Deed(
            lambda *a, **k: ClosingForm(*a, initial={"on": here.today}, **k),
            lambda said: close_goal(goal=row, **said, by=actor.person, at=now(), acting_for=party),
            _("Målet har fått en sista dag. Det och dess siffror står kvar."),
        )
    return deeds
