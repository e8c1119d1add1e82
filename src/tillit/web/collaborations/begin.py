"""A collaboration begun: from nothing, or from a check that somebody has made without an account."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions import drafting, partaking
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.errors import Refused
from tillit.core.errors import BadInput
from tillit.core.process.content import Plain, of_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile
from tillit.web.accounts.acting import SignedInRequest, acting_as
from tillit.web.collaborations.fields import BeginForm
from tillit.web.language import tongue


@acting_as(*sorted(access.WRITES))
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "collaborations/begin.html", {"form": BeginForm()})
    case = request.POST.get("case", "")
    if case and "title" not in request.POST:
        return _from_check(request, case)
    form = BeginForm(request.POST)
    if form.is_valid():
        try:
            made = _begun(request, form.cleaned_data, _content(case))
            return redirect("collaborations:about", public_id=made.public_id)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        except BadInput:
            form.add_error(None, _("Prövningen som följde med går inte att läsa. Börja utan den."))
    return render(request, "collaborations/begin.html", {"form": form}, status=422)


def _from_check(request: SignedInRequest, case: str) -> HttpResponse:
    """Return the form with what the check knows already."""
    try:
        about = _content(case).get("about", {})
    except BadInput:
        about, case = {}, ""
    initial = {**about, "case": case}
    return render(request, "collaborations/begin.html", {"form": BeginForm(initial=initial)})


def _content(case: str) -> Plain:
    """Return the content that a check's case makes; judgements stay behind: they were nobody's who is known."""
    if not case:
        return {}
    plain: Any = dump_case(casefile.read(case.encode("utf-8", "replace"), "fil.json", lang=tongue()))
    return of_case(plain)


def _begun(request: SignedInRequest, said: dict[str, Any], content: Plain) -> Collaboration:
    actor, at = request.actor, now()
    other, ours = said["other"], actor.acting_for
    if other == ours:
        raise Refused(_("Välj den organisation som ni samverkar med, inte er egen."), field="other")
    first: date = said["starts_on"]
    made = drafting.begin(
        title=said["title"],
        starts_on=first,
        ends_on=said["ends_on"] or first,
        by=actor.person,
        acting_for=ours,
        at=at,
        content=content or None,
    )
    partaking.add_party(collaboration=made, organisation=other, by=actor.person, acting_for=ours, at=at)
    return made
