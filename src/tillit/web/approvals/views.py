"""Questions that wait for the one who is signed in, one by one or several at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions.answering import answer, answer_several
from tillit.apps.collaborations.answerers import standing
from tillit.apps.collaborations.models import Approval
from tillit.apps.collaborations.queries import approvals as queries
from tillit.apps.collaborations.queries.waiting import waiting_for
from tillit.apps.errors import Refused
from tillit.core.process.states import EMPLOYER
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.approvals.forms import AnswerForm
from tillit.web.language import tongue


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _several(request)
    rows = waiting_for(request.actor.person, localdate())
    return render(request, "approvals/waiting.html", {"rows": rows})


def _several(request: SignedInRequest) -> HttpResponse:
    rows = {str(row.id): row for row in waiting_for(request.actor.person, localdate())}
    wanted = [key.partition(":") for key in request.POST.getlist("approve")]
    chosen = [(key, int(seen)) for key, _sep, seen in wanted if key in rows and seen.isdigit()]
    found = {str(each.pk): each for each in Approval.objects.filter(pk__in=[key for key, _seen in chosen])}
    given, refused = answer_several(
        approvals=[(found[key], seen) for key, seen in chosen if key in found], by=request.actor.person, at=now()
    )
    if not chosen:
        messages.warning(request, _("Ingen fråga är vald. Kryssa för dem som du godkänner."))
    for each in given:
        messages.success(request, _("Godkänt: %(title)s") % {"title": rows[str(each.pk)].title})
    for each, why in refused:
        messages.error(request, f"{rows[str(each.pk)].title}: {why.message}")
    return redirect("approvals:waiting")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, key: UUID) -> HttpResponse:
    person, today = request.actor.person, localdate()
    approval = access.question_to_read(person, key, today)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer(
                approval=approval,
                answer=said["answer"],
                seen_version=said["seen"],
                by=person,
                at=now(),
                conditions=said["conditions"],
                reason=said["reason"],
            )
            messages.success(request, _("Ditt svar är sparat."))
            return redirect("approvals:question", key=key)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
    mine = standing(approval, person, today)
    asked = queries.question(approval, tongue())
    context = {"question": asked, "form": form, "mine": mine, **_further(request, approval, asked.public_id)}
    return render(request, "approvals/question.html", context, status=422 if form.errors else 200)


def _further(request: SignedInRequest, approval: Approval, public_id: str) -> dict[str, bool]:
    """Return where the page may lead: to the whole collaboration, and to what its judges judge."""
    try:
        whole = access.to_see(request.actor, public_id, localdate())
    except Http404:
        return {"whole": False, "judges": False}
    return {"whole": True, "judges": approval.kind != EMPLOYER and access.may_judge(request.actor, whole)}
