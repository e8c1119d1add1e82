"""What somebody sees of their own account, and who they act for; the pages that sign-in itself lacks."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.apps.accounts.models import User
from tillit.web.accounts.acting import SignedInRequest, act_for, home, signed_in


@signed_in
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "app": Authenticator.Type.TOTP in kinds,
        "keys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
        "connected": SocialAccount.objects.filter(user=request.user).count(),
        "providers": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"],
        "has_password": request.user.has_usable_password(),
        "languages": settings.LANGUAGES,
    }
    return render(request, "accounts/account.html", context)


@signed_in
@require_POST
def language(request: SignedInRequest) -> HttpResponse:
    if request.POST.get("language") in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=request.POST["language"])
    return redirect("accounts:account")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def acting_for(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/acting_for.html")
    chosen = request.POST.get("organisation", "")
    seat = next((seat for seat in request.actor.seats if str(seat.organisation_id) == chosen), None)
    if seat is None:
        return render(request, "accounts/acting_for.html", {"wrong": True}, status=422)
    act_for(request, seat)
    return redirect("accounts:acting_for" if request.POST.get("stay") else home())


@signed_in
@require_POST
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    return redirect("usersessions_list")


def locked_out(request: HttpRequest, answer: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Return the page for somebody who has guessed too many times, right or wrong the last time."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page for somebody who asks too often: allauth's handler429."""
    return render(request, "429.html", status=429)
