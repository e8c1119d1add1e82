"""A collaboration handed in, changed, carried out, reported, closed or ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions import answering, outcome, submitting
from tillit.apps.collaborations.models import APPROVAL_KIND_WORDS, Collaboration
from tillit.apps.collaborations.queries.changes import changes_in_words, names_in
from tillit.apps.collaborations.versions import frozen
from tillit.apps.collaborations.whole import Whole, whole_of
from tillit.apps.errors import Refused
from tillit.core.process.reach import changes, touching
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.collaborations.show import may, tried
from tillit.web.language import tongue

Acts = dict[str, Callable[..., Collaboration]]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    whole = whole_of(found)
    allowed = may(request.actor, whole)
    if not (allowed.hand_in or allowed.change or allowed.resume):
        raise PermissionDenied
    act = submitting.submit if allowed.hand_in else submitting.resume if allowed.resume else submitting.hand_in_change
    extra: dict[str, Any] = {"revision": _read(request)}
    if allowed.change:
        extra["reason"] = request.POST.get("reason", "")
    wrong = _done(request, found, act, _("Inlämnad. De som ska svara har fått frågan."), **extra)
    if wrong is None:
        return redirect("collaborations:show", public_id=public_id)
    told, cautions = tried(_as_handed_in(whole), tongue(), localdate())
    shown = {
        "found": found,
        "wrong": wrong,
        "summary": told,
        "cautions": cautions,
        "may": allowed,
        "changes": changes_in_words(_changed(whole), tongue(), names_in(found.draft)),
        "reopens": _reopens(whole),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "collaborations/hand_in.html", shown, status=422 if wrong else 200)


def _as_handed_in(whole: Whole) -> Whole:
    """Return the collaboration as it would be read if its draft were handed in now."""
    from dataclasses import replace

    return replace(whole, version=None)


def _changed(whole: Whole) -> tuple[Any, ...]:
    if whole.version is None:
        return ()
    return changes(whole.version.content, frozen(whole, whole.collaboration.draft))


def _reopens(whole: Whole) -> list[str]:
    """Return the answers that the draft would re-open, in words."""
    if whole.version is None:
        return []
    after = frozen(whole, whole.collaboration.draft)
    followed = {each.follows_id for each in whole.approvals}
    found = []
    for each in whole.approvals:
        own = each.participant.record_id if each.participant else ""
        stands = each.is_given and each.pk not in followed
        if stands and touching(each.kind, own, whole.version.content, after):
            found.append(f"{APPROVAL_KIND_WORDS[each.kind]}: {each.participant or each.organisation.name}")
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_page(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_see(request.actor, public_id, localdate())
    allowed = may(request.actor, whole_of(found))
    acts: Acts = {}
    if allowed.carry_out:
        acts["carry_out"] = outcome.carry_out
    if allowed.report:
        acts["report"] = outcome.report
    if allowed.close:
        acts |= {"close": outcome.close, "reopen": outcome.reopen_report}
    template = "collaborations/outcome.html"
    return _chosen(request, found, acts, template, with_reason=("report", "reopen"), read=tuple(acts))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    allowed = may(request.actor, whole_of(found))
    acts: Acts = {}
    if allowed.end:
        acts["cancel"] = submitting.cancel
    if allowed.postpone:
        acts |= {"postpone": submitting.postpone, "withdraw": submitting.withdraw}
    return _chosen(request, found, acts, "collaborations/end.html", with_reason=tuple(acts), read=tuple(acts))


@signed_in
@require_POST
def ask_again(request: SignedInRequest, public_id: str, key: UUID) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    approval = get_object_or_404(found.approvals, pk=key)
    actor = request.actor
    try:
        answering.ask_again(approval=approval, by=actor.person, acting_for=actor.acting_for, at=now())
        messages.success(request, _("Frågan är skickad igen."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("collaborations:show", public_id=public_id)


def _chosen(
    request: SignedInRequest,
    found: Collaboration,
    acts: Acts,
    template: str,
    *,
    with_reason: tuple[str, ...],
    read: tuple[str, ...],
) -> HttpResponse:
    """Return the page of acts to choose from, or where the chosen one leads; `read`: those of what has been read."""
    if not acts:
        raise PermissionDenied
    chosen = request.POST.get("act", "")
    wrong: Refused | str | None = ""
    if request.method == "POST" and chosen in acts:
        extra: dict[str, Any] = {"reason": request.POST.get("reason", "")} if chosen in with_reason else {}
        extra |= {"revision": _read(request)} if chosen in read else {}
        wrong = _done(request, found, acts[chosen], _("Sparat."), **extra)
        if wrong is None:
            return redirect("collaborations:show", public_id=found.public_id)
    shown = {"found": found, "acts": tuple(acts), "wrong": wrong, "reason": request.POST.get("reason", "")}
    return render(request, template, shown, status=422 if wrong else 200)


def _done(
    request: SignedInRequest, found: Collaboration, act: Callable[..., Collaboration], told: str, **extra: Any
) -> Refused | str | None:
    """Do what was sent in; return None when it is done, what stood in the way, or "" when nothing was sent in."""
    if request.method != "POST":
        return ""
    actor = request.actor
    try:
        act(collaboration=found, by=actor.person, acting_for=actor.acting_for, at=now(), **extra)
    except Refused as refused:
        return refused
    messages.success(request, told)
    return None


def _read(request: SignedInRequest) -> int | None:
    """Return which revision was read, as the form has it; None where nothing that can be one was sent in."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else None
