"""The same question by a signed link, for somebody without an account: once, until a day, each opening logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations.actions.links import answer_by_link, link_of, opened
from tillit.apps.collaborations.models import Approval, ApprovalLink
from tillit.apps.collaborations.queries import approvals as queries
from tillit.apps.errors import Refused
from tillit.web.approvals.forms import AnswerForm
from tillit.web.language import tongue


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    at = now()
    try:
        link = link_of(token, at=at)
    except Refused as refused:
        return render(request, "approvals/link_refused.html", {"why": refused.message}, status=410)
    if _another(request, link):
        why = _("Länken är bara till för den som fick brevet, och du är inloggad som någon annan.")
        return render(request, "approvals/link_refused.html", {"why": why}, status=403)
    approval = _first(link)
    if approval is None:
        return render(request, "approvals/link_refused.html", {"why": ""}, status=410)
    if request.method == "POST":
        return _answered(request, token, link, approval)
    if request.method == "GET":
        opened(link=link, at=at)
    return _page(request, approval, AnswerForm(), link)


def _another(request: HttpRequest, link: ApprovalLink) -> bool:
    """Return whether somebody else than the one it was made for is known to hold the link.

    Who is not signed in holds it as a key: whoever has the letter answers as the one it was written to. That is why
    it works once, for some days, and why each opening is in the ledger.
    """
    return request.user.is_authenticated and link.person.user_id != request.user.pk


def _answered(request: HttpRequest, token: str, link: ApprovalLink, approval: Approval) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_by_link(
                token=token,
                approval=approval,
                answer_given=said["answer"],
                seen_version=said["seen"],
                at=now(),
                conditions=said["conditions"],
                reason=said["reason"],
            )
            given = queries.question(approval, tongue())
            return render(request, "approvals/answered.html", {"question": given, "by": link.person.name})
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
    return _page(request, approval, form, link)


def _page(request: HttpRequest, approval: Approval, form: AnswerForm, link: ApprovalLink) -> HttpResponse:
    context = {
        "question": queries.question(approval, tongue()),
        "form": form,
        "mine": True,
        "by_link": link.person.name,
    }
    return render(request, "approvals/question.html", context, status=422 if form.errors else 200)


def _first(link: ApprovalLink) -> Approval | None:
    """Return the first question of a link that still waits."""
    return link.approvals.filter(answer="waiting").select_related("version").order_by("asked_at").first()
