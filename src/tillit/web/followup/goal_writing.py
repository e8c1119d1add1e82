"""A goal is written or changed, and what keeps it from being measured is listed while one writes. Nothing is saved
until one says so: the list comes by a button, and by itself where the browser runs scripts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from tillit.apps.followup import goal_words
from tillit.apps.followup.actions.goals import GoalFacts, change_goal, write_goal
from tillit.apps.followup.goal_facts import NOTHING, Known, known
from tillit.apps.followup.models import Goal, StrategicPlan
from tillit.apps.followup.queries.goals import goals_beside, sees_goal
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import Organ
from tillit.core.indicators.goal_text import EFFECT, ORGAN
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.goal_forms import Around, GoalForm, initial_of
from tillit.web.followup.goals import READS_AND_WRITES
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by


@signed_in
@READS_AND_WRITES
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new goal, in the draft that the address names, else in the only one."""
    here = enter(request, slug)
    here.run()
    drafts = list(here.partnership.plans.filter(status="draft").select_related("organ", "level"))
    plan = _chosen(drafts, request.GET.get("plan", ""))
    if plan is None:
        return render(request, "followup/goal_where.html", {**here.context, "drafts": drafts})
    kind = ORGAN if plan.organ_id else EFFECT
    first = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "openness": "public", "kind": kind}
    around = Around(here.partnership, plan.goals.order_by("number", "pk"))
    writing = Writing(here, plan, None, first, NOTHING, around)
    made: list[Goal] = []

    def act(form: GoalForm) -> None:
        made.append(write_goal(plan=plan, facts=GoalFacts(**form.facts()), **by(here)))

    onward = lazy(lambda: reverse("followup:goal", args=[slug, made[-1].pk]), str)()
    return writing.answer(request, "make", act, _("Målet är skrivet."), to=onward)


@signed_in
@READS_AND_WRITES
def change(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """A goal is changed: in an adopted plan only what was not decided with it."""
    here = enter(request, slug)
    goals = list(goals_beside(here.partnership, key))
    row = next((each for each in goals if each.pk == key and sees_goal(here.sight, each)), None)
    if row is None:
        raise Http404
    here.run()
    facts = known(here.partnership, [row.pk])
    writing = Writing(here, row.plan, row, initial_of(row), facts, Around(here.partnership, goals))

    def act(form: GoalForm) -> None:
        change_goal(goal=row, facts=GoalFacts(**form.facts()), **by(here))

    to = reverse("followup:goal", args=[slug, key])
    return writing.answer(request, "change", act, _("Målet är ändrat."), to=to)


def _chosen(drafts: list[StrategicPlan], given: str) -> StrategicPlan | None:
    if not given:
        return drafts[0] if len(drafts) == 1 else None
    found = next((plan for plan in drafts if str(plan.pk) == given), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Writing:
    """The page on which a goal is written: its form, and what is missing of what the form says now.

    `goal` is None for a new one; `first` is what the form says from the start.
    """

    here: Entered
    plan: StrategicPlan
    goal: Goal | None
    first: Mapping[str, Any]
    facts: Known
    around: Around

    def answer(
        self, request: SignedInRequest, name: str, act: Callable[[GoalForm], None], told: str, *, to: Any
    ) -> HttpResponse:
        """Return the page, the list alone for htmx, or the way on when what was written is saved."""
        post = request.POST if request.method == "POST" else None
        context = {**self.here.context, "plan": self.plan, "goal": self.goal, **self.missing(post)}
        if post is not None and getattr(request, "htmx", False):
            return render(request, "followup/_goal_missing.html", {**context, "live": True})
        if post is not None and "check" in post:
            form = self.form(initial={key: post[key] for key in post}, auto_id=f"{name}-%s")
            return render(request, "followup/goal_form.html", {**context, "forms": {name: form}, "checked": True})
        made: list[GoalForm] = []

        def shaped(*args: Any, **kwargs: Any) -> GoalForm:
            made.append(self.form(*args, initial=self.first, **kwargs))
            return made[-1]

        deeds = {name: Deed(shaped, lambda _said: act(made[-1]), told)}
        return answer(request, "followup/goal_form.html", context, deeds, to=to)

    def form(self, *args: Any, **kwargs: Any) -> GoalForm:
        return GoalForm(*args, plan=self.plan, goal=self.goal, around=self.around, **kwargs)

    def missing(self, post: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what is missing of what is written so far, in words."""
        found = self.facts.of(self._written(post)).found
        return {
            "state": goal_words.state_told(found),
            "lacking": goal_words.lacks(found.lacking),
            "untried": goal_words.untried(found.untried),
            "better": goal_words.lacks(found.remarks),
            "advice": goal_words.advised(found.advice),
        }

    def _written(self, post: Mapping[str, Any] | None) -> Goal:
        """Return the goal as the form says it now, in no table. What cannot be read yet counts as not said."""
        if post is None:
            return self.goal or Goal(plan=self.plan, level=self.plan.level, kind=self.first["kind"])
        form = self.form(post)
        form.is_valid()
        said = form.cleaned_data
        party, organ = (self.around.name(sort, said.get(f"owner_{sort}")) for sort in ("party", "organ"))
        found = Goal(
            plan=self.plan,
            level=self.plan.level,
            text=said.get("text", ""),
            kind=said.get("kind") or EFFECT,
            owner_role=said.get("owner_role", ""),
            owner_party=Organisation(name=party) if party else None,
            owner_organ=Organ(name=organ) if organ else None,
        )
        if self.goal is not None:
            found.pk = self.goal.pk
        if organ:
            found.owner_organ_id = UUID(said["owner_organ"])
        return found
