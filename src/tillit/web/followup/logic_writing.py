"""A draft of an effect logic is written as an outline: one step or one edge at a time, without scripts.

`?steg=A1` opens a step, `?koppling=…` an edge, `?nytt` a step that begins a chain, `?om` what is said of the whole;
without any the page shows the outline and what is lacking.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.followup.actions import logic as acts, logic_assumptions, logic_edges as edges, logic_steps as steps
from tillit.apps.followup.logic_access import works_on
from tillit.apps.followup.models import Assumption, EffectLogic, EffectNode
from tillit.apps.followup.queries.goals import sees_goal, sees_plan
from tillit.apps.followup.queries.logic import LogicPage, logic_page
from tillit.apps.followup.queries.logic_rows import EdgeRow
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup import logic_forms as forms
from tillit.web.followup.logic import asked_by, logic_of
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.told import level_word

GOES_BACK = frozenset({"remove", "remove_edge"})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def look_after(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Write a draft: the office the national one, those seated in an organ its branch."""
    here = enter(request, slug)
    logic = logic_of(here, key)
    if not works_on(here.sight, logic):
        raise PermissionDenied
    about = next((each for each in ("nytt", "om", "steg", "koppling") if each in request.GET), "")
    page = logic_page(logic, here.sight, here.today, whole=about in ("", "koppling"))
    node, edge = _asked(request, page)
    if edge is not None:
        deeds = _of_edge(here, page, edge)
    elif node is not None:
        deeds = _of_step(here, page, node)
    else:
        deeds = {"nytt": _beginning, "om": _of_whole}[about](here, page) if about else {}
    context = {**here.context, "logic": logic, "page": page, "node": node, "edge": edge, "about": about}
    if node is not None:
        context["onward"] = [each for each in page.edges if each.src == node.code]
    if logic.status != "draft" and request.method != "POST":
        deeds = {}
    back = reverse("followup:logic_upkeep", args=[slug, key])
    to = back if request.POST.get("act") in GOES_BACK else request.get_full_path()
    return answer(request, "followup/logic_upkeep.html", context, deeds, to=to)


def _asked(request: SignedInRequest, page: LogicPage) -> tuple[EffectNode | None, EdgeRow | None]:
    """Return the step or edge that the address names. :raises Http404: it is not in this version"""
    code, key = request.GET.get("steg"), request.GET.get("koppling")
    node = next((each for each in page.nodes if each.code == code), None)
    edge = next((each for each in page.edges if str(each.id) == key), None)
    if (code is not None and node is None) or (key is not None and edge is None):
        raise Http404
    return node, edge


def _beginning(here: Entered, page: LogicPage) -> dict[str, Deed]:
    def add(form: Any) -> object:
        return steps.add_node(logic=page.logic, facts=form.facts(), **asked_by(here))

    offered = _offered(here, page)
    return {"add": _stepping(offered, forms.StepForm, add, {}, _("Steget är tillagt. Öppna det för att bygga vidare."))}


def _of_whole(here: Entered, page: LogicPage) -> dict[str, Deed]:
    logic = page.logic
    whose = Q(organ__isnull=True) | Q(organ__in=_organs(logic))
    plans = {str(each.pk): each for each in here.partnership.plans.filter(whose)}
    first = {
        "title": logic.title,
        "plan": str(logic.plan_id or ""),
        "openness": logic.openness,
        "source": logic.source,
    }

    def about(said: dict[str, Any]) -> object:
        facts = acts.LogicFacts(**{**said, "plan": plans.get(said["plan"])})
        return acts.change_logic(logic=logic, facts=facts, **asked_by(here))

    named = [(key, str(each)) for key, each in plans.items() if sees_plan(here.sight, each)]
    return {
        "about": Deed(
            lambda *a, **k: forms.AboutForm(*a, plans=named, initial=first, **k), about, _("Ändringen är sparad.")
        ),
    }


def _organs(logic: EffectLogic) -> list[UUID]:
    return [logic.organ_id] if logic.organ_id else []


def _of_step(here: Entered, page: LogicPage, node: EffectNode) -> dict[str, Deed]:
    node.logic = page.logic
    others = {each.code: each for each in page.nodes if each.pk != node.pk}
    named = [(each.code, f"{each.code} {each.text}") for each in others.values()]
    made: list[forms.LeadForm] = []

    def lead_form(*a: Any, **k: Any) -> forms.LeadForm:
        made.append(forms.LeadForm(*a, steps=named, initial=forms.FIRST_EDGE, **k))
        return made[-1]

    def lead(said: dict[str, Any]) -> object:
        return edges.add_edge(src=node, dst=others[said["dst"]], facts=made[-1].edge_facts(), **asked_by(here))

    def under(form: Any) -> object:
        return edges.add_step_under(under=node, step=form.facts(), edge=form.edge_facts(), **asked_by(here))

    def change(form: Any) -> object:
        return steps.change_node(node=node, facts=form.facts(), **asked_by(here))

    offered = _offered(here, page)
    found = {
        "under": _stepping(offered, forms.UnderForm, under, {}, _("Steget och kopplingen är tillagda.")),
        "lead": Deed(lead_form, lead, _("Kopplingen är tillagd.")),
        "change": _stepping(offered, forms.StepForm, change, forms.step_initial(node), _("Ändringen är sparad.")),
        "remove": Deed(Plain, lambda _said: steps.remove_node(node=node, **asked_by(here)), _("Steget är borttaget.")),
    }
    return found if named else {name: deed for name, deed in found.items() if name != "lead"}


def _stepping(offered: forms.Offered, kind: Any, act: Any, first: dict[str, Any], told: str) -> Deed:
    """Return the deed of a form about a step; the act gets the form, which knows the rows that were chosen."""
    made: list[Any] = []

    def form(*a: Any, **k: Any) -> Any:
        made.append(kind(*a, offered=offered, initial=first, **k))
        return made[-1]

    return Deed(form, lambda _said: act(made[-1]), told)


def _offered(here: Entered, page: LogicPage) -> forms.Offered:
    """Return what there is to choose among for a step. Two queries."""
    levels, organs = tuple(here.partnership.levels.all()), tuple(here.partnership.organs.all())
    around = page.surroundings
    lives_on = {each.based_on_id for each in around.goals if each.plan.status != "draft"}
    goals = [each for each in around.goals if each.status != "closed" and each.pk not in lives_on]
    goals = [each for each in goals if sees_goal(here.sight, each)]
    national = [
        each
        for each in around.nodes
        if page.logic.organ_id and each.logic.organ_id is None and each.logic.status == "adopted"
    ]
    gone = [(each.serves, each.serves) for each in page.steps if each.serves_gone]
    return forms.Offered(
        rows={str(each.pk): each for each in (*levels, *organs, *goals)},
        levels=[(str(each.pk), level_word(each)) for each in levels],
        goals=[(str(each.pk), each.text[:120]) for each in goals],
        organs=[(str(each.pk), each.name) for each in organs if here.sight.sees(each.openness, each.pk)],
        national=[*((each.code, f"{each.code} {each.text}") for each in national), *gone],
    )


def _of_edge(here: Entered, page: LogicPage, row: EdgeRow) -> dict[str, Deed]:
    edge = next(each for each in page.links if each.pk == row.id)
    edge.logic = page.logic
    indicators = [
        (each.code, each.name) for each in page.surroundings.indicators if here.sight.sees(each.openness, each.organ)
    ]
    made: list[forms.EdgeForm] = []

    def form(*a: Any, **k: Any) -> forms.EdgeForm:
        made.append(forms.EdgeForm(*a, initial=forms.edge_initial(edge), **k))
        return made[-1]

    def change(_said: dict[str, Any]) -> object:
        return edges.change_edge(edge=edge, facts=made[-1].edge_facts(), **asked_by(here))

    def unassume(said: dict[str, Any]) -> object:
        assumption = Assumption.objects.select_related("edge__logic__partnership").get(pk=said["assumption"])
        return logic_assumptions.remove_assumption(assumption=assumption, **asked_by(here))

    found = {
        "edge": Deed(form, change, _("Ändringen är sparad.")),
        "assume": Deed(
            lambda *a, **k: forms.AssumptionForm(*a, indicators=indicators, **k),
            lambda said: logic_assumptions.add_assumption(edge=edge, **said, **asked_by(here)),
            _("Antagandet är tillagt."),
        ),
        "remove_edge": Deed(
            Plain, lambda _said: edges.remove_edge(edge=edge, **asked_by(here)), _("Kopplingen är borttagen.")
        ),
    }
    if row.assumptions:
        named = [(str(each.id), each.text[:120]) for each in row.assumptions]
        found["unassume"] = Deed(
            lambda *a, **k: forms.ChosenForm(*a, assumptions=named, **k), unassume, _("Antagandet är borttaget.")
        )
    return found
