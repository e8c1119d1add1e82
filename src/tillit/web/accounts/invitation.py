"""An invitation is opened by its link, and accepted: by somebody who gets an account, or has one and is signed in."""

from typing import Any

from allauth.account.utils import perform_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tillit.apps.accounts.actions import open_account
from tillit.apps.accounts.models import Person, User
from tillit.apps.errors import Refused
from tillit.apps.parties.actions.invitations import accept_invitation, open_to_accept
from tillit.apps.parties.models import ROLES, Invitation
from tillit.web.accounts.acting import CHOSEN, Actor, actor_of, home
from tillit.web.accounts.forms import NewAccount
from tillit.web.accounts.invitation_links import invitation_of
from tillit.web.language import tongue


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of(token)
    if found is None:
        return render(request, "accounts/invitation_broken.html", status=404)
    try:
        open_to_accept(found, timezone.now())
    except Refused as refused:
        return _refused(request, found, refused, 410)
    actor = actor_of(request)
    if actor is not None:
        return _for_signed_in(request, found, actor)
    if User.objects.filter(email__iexact=found.email).exists():
        return render(request, "accounts/invitation.html", _context(found) | {"has_account": True})
    return _for_new(request, found)


def _for_signed_in(request: HttpRequest, found: Invitation, actor: Actor) -> HttpResponse:
    if actor.person.email.lower() != found.email.lower():
        return render(request, "accounts/invitation.html", _context(found) | {"other": actor.person.email}, status=403)
    if request.method != "POST":
        return render(request, "accounts/invitation.html", _context(found) | {"signed_in": True})
    try:
        accept_invitation(invitation=found, by=actor.person, at=timezone.now())
    except Refused as refused:
        return _refused(request, found, refused, 409)
    request.session[CHOSEN] = str(found.organisation_id)
    return redirect(home())


def _for_new(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = NewAccount(request.POST or None, email=found.email, initial={"name": found.name})
    if form.is_valid():
        try:
            user = _let_in(found, form.cleaned_data)
        except Refused as refused:
            return _refused(request, found, refused, 409)
        answer: HttpResponse = perform_login(request, user, redirect_url=home())
        request.session[CHOSEN] = str(found.organisation_id)
        return answer
    return render(
        request, "accounts/invitation.html", _context(found) | {"form": form}, status=422 if form.is_bound else 200
    )


@transaction.atomic
def _let_in(found: Invitation, given: dict[str, Any]) -> User:
    user = open_account(
        email=found.email,
        name=given["name"],
        password=given["password"],
        language=tongue(),
        made_up=found.organisation.made_up,
    )
    accept_invitation(invitation=found, by=Person.objects.get(user=user), at=timezone.now())
    return user


def _context(found: Invitation) -> dict[str, Any]:
    return {"invitation": found, "roles": [ROLES[role] for role in found.roles if role in ROLES]}


def _refused(request: HttpRequest, found: Invitation, refused: Refused, status: int) -> HttpResponse:
    context = _context(found) | {"refused": refused.message}
    return render(request, "accounts/invitation_refused.html", context, status=status)
