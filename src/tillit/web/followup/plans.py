"""The plans of a partnership, version by version; the office begins, adopts, follows up with the next, and closes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tillit.apps.followup.actions import plans as acts
from tillit.apps.followup.actions.plans import PlanFacts
from tillit.apps.followup.models import StrategicPlan
from tillit.apps.followup.queries.goals import plans_of
from tillit.apps.partnerships.models import Level, Organ
from tillit.web.followup.goal_forms import AdoptForm, BeginForm, ClosingForm, PlanForm
from tillit.web.followup.goals import READS_AND_WRITES
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by
from tillit.web.partnerships.told import level_word, until

FIRST = ("title", "starts_on", "ends_on", "openness", "source")


@READS_AND_WRITES
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    if request.method == "POST":
        here.run()
    found = plans_of(here.partnership, here.sight)
    context = {
        "rows": [_row(plan) for plan in found],
        "adopted": any(plan.status == "adopted" and plan.organ_id is None for plan in found),
    }
    deeds = _deeds(here, found) if here.sight.office else {}
    return answer(request, "followup/plans.html", {**here.context, **context}, deeds, to=request.path)


def _row(plan: StrategicPlan) -> dict[str, Any]:
    """Return a plan in words, with the names of what can be done with it."""
    mark = {"adopted": "meets", "draft": "judge"}.get(plan.status, "not_applicable")
    acts_of = {name: f"{name}-{plan.pk}" for name in ("change", "adopt", "next", "close")}
    return {
        "plan": plan,
        "mark": mark,
        "level": level_word(plan.level),
        "until": until(plan.ends_on),
        "acts": acts_of,
    }


def _deeds(here: Entered, found: Sequence[StrategicPlan]) -> dict[str, Deed]:
    levels = {str(each.pk): each for each in here.partnership.levels.all()}
    organs = {str(each.pk): each for each in here.partnership.organs.order_by("name")}
    drafted = {plan.organ_id for plan in found if plan.status == "draft"}
    deeds = _beginning(here, found, levels, organs)
    for plan in found:
        if plan.status == "draft":
            deeds |= _of_draft(here, plan, levels, organs)
        elif plan.status in ("adopted", "closed") and plan.organ_id not in drafted and _is_last(plan, found):
            deeds[f"next-{plan.pk}"] = _next(here, plan)
        if plan.status == "adopted":
            deeds[f"close-{plan.pk}"] = _closing(here, plan)
    return deeds


def _is_last(plan: StrategicPlan, found: Iterable[StrategicPlan]) -> bool:
    return all(plan.version >= each.version for each in found if each.organ_id == plan.organ_id)


def _beginning(
    here: Entered, found: Sequence[StrategicPlan], levels: dict[str, Level], organs: dict[str, Organ]
) -> dict[str, Deed]:
    """Return how a plan is begun, nothing where everybody who could have one has one."""
    has = {plan.organ_id for plan in found}
    named = [(key, each.name) for key, each in organs.items() if each.pk not in has]
    whole = None not in has
    if not whole and not named:
        return {}
    first = {"starts_on": here.today, "openness": "public", "level": next(iter(levels), "")}

    def act(said: dict[str, Any]) -> object:
        organ = organs.get(said.pop("organ"))
        facts = PlanFacts(**{**said, "level": levels[said["level"]]})
        return acts.begin_plan(partnership=here.partnership, organ=organ, facts=facts, **by(here))

    form = BeginForm
    return {
        "begin": Deed(
            lambda *a, **k: form(*a, organs=named, whole=whole, levels=levels.values(), initial=first, **k),
            act,
            _("Planen är påbörjad. Skriv målen i den."),
        )
    }


def _of_draft(
    here: Entered, plan: StrategicPlan, levels: dict[str, Level], organs: dict[str, Organ]
) -> dict[str, Deed]:
    first = {**{name: getattr(plan, name) for name in FIRST}, "level": str(plan.level_id)}
    named = [(key, each.name) for key, each in organs.items()]

    def change(said: dict[str, Any]) -> object:
        return acts.change_plan(plan=plan, facts=PlanFacts(**{**said, "level": levels[said["level"]]}), **by(here))

    def adopt(said: dict[str, Any]) -> object:
        return acts.adopt_plan(plan=plan, **{**said, "organ": organs[said["organ"]]}, **by(here))

    return {
        f"change-{plan.pk}": Deed(
            lambda *a, **k: PlanForm(*a, levels=levels.values(), initial=first, **k), change, _("Planen är ändrad.")
        ),
        f"adopt-{plan.pk}": Deed(
            lambda *a, **k: AdoptForm(*a, organs=named, initial={"on": here.today}, **k),
            adopt,
            _("Planen är fastställd. Den som gällde förut är ersatt."),
        ),
    }


def _next(here: Entered, plan: StrategicPlan) -> Deed:
    told = _("Nästa version är påbörjad, med målen från den som gäller.")
    return Deed(Plain, lambda _said: acts.begin_next_version(plan=plan, **by(here)), told)


def _closing(here: Entered, plan: StrategicPlan) -> Deed:
    return Deed(
        lambda *a, **k: ClosingForm(*a, initial={"on": here.today}, **k),
        lambda said: acts.close_plan(plan=plan, **said, **by(here)),
        _("Planen är avslutad, och målen i den."),
    )
