"""What waits for a person's judgement, and warnings that need a reason to go on from."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions import judging
from tillit.apps.collaborations.facts import case_of
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.collaborations.whole import Whole, whole_of
from tillit.apps.errors import Refused
from tillit.exchange.guide import Guide, relevant
from tillit.exchange.guide_judge import asked
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.collaborations.show import tried
from tillit.web.language import tongue


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_judge(request.actor, public_id, localdate())
    whole = whole_of(found)
    guide = _guide(whole)
    wrong: Refused | str | None = ""
    if request.method == "POST":
        wrong = _sent(request, found, guide)
        if wrong is None:
            return redirect("collaborations:judge", public_id=public_id)
    post = request.POST.dict()
    shown = {
        "found": found,
        "asked": asked(guide, post, {}, tongue()),
        "made": whole.judgements,
        "cautions": tried(whole, tongue(), localdate())[1],
        "wrong": wrong,
        "post": post,
        "why": post.get("j.why", ""),
    }
    return render(request, "collaborations/judge.html", shown, status=422 if wrong else 200)


def _guide(whole: Whole) -> Guide:
    content = whole.collaboration.draft if whole.version is None else None
    return relevant(case_of(whole, content=content), as_of=localdate())


def _sent(request: SignedInRequest, found: Collaboration, guide: Guide) -> Refused | str | None:
    """Do what was sent in: a warning gone on from, or judgements. None when it is done."""
    key = request.POST.get("caution", "")
    act: dict[str, Any] = {"by": request.actor.person, "acting_for": request.actor.acting_for}
    try:
        if key:
            reason = request.POST.get(f"reason.{key}", "")
            judging.acknowledge(collaboration=found, key=key, reason=reason, at=now(), **act)
        else:
            given = _given(request.POST.dict(), guide)
            if not given:
                return Refused(_("Inget är bedömt. Svara ja eller nej på minst en fråga."))
            judging.judge(collaboration=found, given=given, at=now(), **act)
    except Refused as refused:
        return refused
    messages.success(request, _("Sparat."))
    return None


def _given(post: dict[str, Any], guide: Guide) -> list[judging.Given]:
    """Return the judgements that were typed; what is said of one record goes before what is said of all.

    A judgement without a reason of its own has the one that was written for all of them.
    """
    found, shared = [], str(post.get("j.why", ""))
    for kind, name, records in guide.to_judge:
        for record in records:
            for key in (f"{record}.{name}", f"{kind}.{name}"):
                value = post.get(f"j.v.{key}", "")
                if value in ("yes", "no"):
                    why = str(post.get(f"j.w.{key}", "")).strip() or shared
                    found.append(judging.Given(name, record, value == "yes", why))
                    break
    return found
