"""The effect logics of a partnership, and one version: outline, drawing, table, gaps, and what is decided of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.followup.actions.logic import LogicFacts, begin_logic, next_draft
from tillit.apps.followup.actions.logic_adopting import adopt_logic
from tillit.apps.followup.actions.logic_assumptions import say_assumption
from tillit.apps.followup.logic_access import begins_branches, sees_logic, works_on
from tillit.apps.followup.logic_facts import steps_named
from tillit.apps.followup.models import Assumption, EffectLogic
from tillit.apps.followup.models.words import NODE_KINDS
from tillit.apps.followup.queries.goals import sees_plan
from tillit.apps.followup.queries.logic import LogicPage, logic_page, logic_to_see
from tillit.apps.followup.queries.logic_list import LogicList, logic_list
from tillit.web.followup import logic_forms as forms
from tillit.web.followup.logic_drawing import Link, Step, drawn
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain
from tillit.web.partnerships.entered import Entered, enter

both = require_http_methods(["GET", "HEAD", "POST"])
NATIONAL = "national"


@both
def logics(request: HttpRequest, slug: str) -> HttpResponse:
    """The national logic and its branches, with the finding of what is in force as its headline."""
    here = enter(request, slug)
    if request.method == "GET" and "steg" in request.GET:
        return redirect(_place_of(here, request.GET["steg"]))
    found = logic_list(here.partnership, here.sight, here.today)
    deeds = theirs(request, _beginning(here, found))
    context = {**here.context, "found": found, "standing": found.national.standing}
    to = reverse("followup:logic", args=[slug])
    return answer(request, "followup/logics.html", context, deeds, to=to)


def _place_of(here: Entered, code: str) -> str:
    """Return where a step stands: in what is in force before what is a draft; the list where there is none to see."""
    rows = steps_named(here.partnership, code) if code.isprintable() else ()
    row = next((each for each in rows if sees_logic(here.sight, each.logic)), None)
    if row is None:
        return reverse("followup:logic", args=[here.partnership.slug])
    return f"{reverse('followup:logic_version', args=[here.partnership.slug, row.logic_id])}#steg-{row.code}"


@both
def version(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """One version: read by all who may know of it; adopted, copied and spoken of by those who may."""
    here = enter(request, slug)
    page = logic_page(logic_of(here, key), here.sight, here.today)
    deeds = theirs(request, _deeds(here, page))
    context = {
        **here.context,
        "logic": page.logic,
        "page": page,
        "drawing": drawing_of(page),
        "writes": page.logic.status == "draft" and works_on(here.sight, page.logic),
        "plan": page.logic.plan if page.logic.plan and sees_plan(here.sight, page.logic.plan) else None,
    }
    to = reverse("followup:logic_version", args=[slug, key])
    if request.method == "POST" and request.POST.get("act") == "redraft":
        to = reverse("followup:logic", args=[slug])
    return answer(request, "followup/logic.html", context, deeds, to=to)


def logic_of(here: Entered, key: UUID) -> EffectLogic:
    """Return a version that somebody may know of. :raises Http404: there is none, or it is nothing for them"""
    found = logic_to_see(here.partnership, here.sight, key)
    if found is None:
        raise Http404
    return found


def theirs(request: HttpRequest, deeds: dict[str, Deed]) -> dict[str, Deed]:
    """Return what somebody may do on an open page. :raises PermissionDenied: they do what they may not"""
    if request.method == "POST" and request.POST.get("act") not in deeds:
        raise PermissionDenied
    return deeds


def asked_by(here: Entered) -> dict[str, Any]:
    """Return who does an act, for whom and when. :raises PermissionDenied: a visitor does none"""
    if here.actor is None:
        raise PermissionDenied
    return {"by": here.actor.person, "acting_for": here.actor.organisation, "at": now()}


def drawing_of(page: LogicPage) -> Any:
    """Return the drawing of a version: the same steps and edges as its outline."""
    return drawn(
        [Step(each.code, each.kind, each.text, each.mark, each.lacks) for each in page.steps],
        [
            Link(
                each.src,
                each.dst,
                each.hinders,
                each.is_feedback,
                each.mark,
                each.lacks or _lag(each.lag_months),
            )
            for each in page.edges
        ],
        {kind: str(word).capitalize() for kind, word in NODE_KINDS.items()},
    )


def _lag(months: int | None) -> str:
    return "" if months is None else _("%(n)s mån") % {"n": months}


def _beginning(here: Entered, found: LogicList) -> dict[str, Deed]:
    """Return the form that begins a logic, for those who may begin one that is not begun."""
    if here.actor is None or not begins_branches(here.sight):
        return {}
    organs = {str(each.pk): each for each in found.organs if here.sight.office or each.pk in here.sight.organs}
    named = [(key, str(each)) for key, each in organs.items()]
    if here.sight.office and not found.national.versions:
        named.insert(0, (NATIONAL, _("Hela partnerskapet, nationellt")))
    if not named:
        return {}
    standing = here.partnership.plans.filter(status__in=("draft", "adopted"))
    plans = {str(each.pk): each for each in standing if sees_plan(here.sight, each)}
    first = {"openness": "public", "organ": named[0][0] if len(named) == 1 or named[0][0] == NATIONAL else ""}

    def act(said: dict[str, Any]) -> object:
        facts = LogicFacts(
            title=said["title"], plan=plans.get(said["plan"]), openness=said["openness"], source=said["source"]
        )
        organ = organs.get(said["organ"])
        return begin_logic(partnership=here.partnership, organ=organ, facts=facts, **asked_by(here))

    def form(*a: Any, **k: Any) -> forms.BeginForm:
        shown = [(key, str(each)) for key, each in plans.items()]
        return forms.BeginForm(*a, organs=named, plans=shown, initial=first, **k)

    return {"begin": Deed(form, act, _("Utkastet finns. Öppna det och lägg till det första steget."))}


def _deeds(here: Entered, page: LogicPage) -> dict[str, Deed]:
    logic = page.logic
    if here.actor is None or not works_on(here.sight, logic):
        return {}
    found = {}
    if logic.status == "draft" and here.sight.office:
        found["adopt"] = Deed(
            lambda *a, **k: forms.AdoptForm(*a, initial={"adopted_on": here.today}, **k),
            lambda said: adopt_logic(logic=logic, **said, **asked_by(here)),
            _("Versionen är fastställd och ändras inte längre."),
        )
    if logic.status == "adopted":
        told = _("Ett nytt utkast finns, en kopia av den version som gäller.")
        found["redraft"] = Deed(Plain, lambda _said: next_draft(logic=logic, **asked_by(here)), told)
    assumptions = [(str(row.id), f"{edge.src} → {edge.dst}: {row.text[:80]}") for edge, row in _assumed(page)]
    if assumptions and logic.status != "replaced":
        found["check"] = _checking(here, logic, assumptions)
    return found


def _assumed(page: LogicPage) -> list[tuple[Any, Any]]:
    return [(edge, row) for edge in page.edges for row in edge.assumptions]


def _checking(here: Entered, logic: EffectLogic, assumptions: list[tuple[str, str]]) -> Deed:
    def act(said: dict[str, Any]) -> object:
        rows = Assumption.objects.select_related("edge__logic__partnership").filter(edge__logic=logic)
        return say_assumption(assumption=rows.get(pk=said.pop("assumption")), **said, **asked_by(here))

    first = {"said_on": here.today}
    return Deed(
        lambda *a, **k: forms.CheckForm(*a, assumptions=assumptions, initial=first, **k),
        act,
        _("Antecknat. Det som sades förut står kvar."),
    )
