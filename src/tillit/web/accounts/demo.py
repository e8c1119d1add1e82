"""The demonstration, and nowhere else: sign in as anybody made up, by one press, from this computer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from tillit.apps.accounts.models import Person
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import ROLES
from tillit.apps.parties.seats import Seat, seats_by_person
from tillit.web.accounts.acting import home
from tillit.web.accounts.visitor import is_this_computer
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import Mail, rendered

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


MOST_LETTERS = 50


@dataclass(frozen=True, slots=True)
class Delivered:
    """A mail of the outbox as it reads now; `mail` is None for one that has nothing left to ask for."""

    message: Message
    mail: Mail | None


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Somebody to sign in as, and in what they act: an organisation's name and their roles there, as words."""

    person: Person
    places: tuple[tuple[str, tuple[str, ...]], ...]


def only_in_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view for the demonstration on this very computer; anywhere else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or not is_this_computer(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_the_demo
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/demo.html", {"people": made_up_people()})


@only_in_the_demo
@require_POST
def sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = get_object_or_404(_with_account(), pk=pk)
    assert person.user is not None
    login(request, person.user, backend=BACKEND)
    return redirect(home())


@only_in_the_demo
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    newest = Message.objects.select_related("to__user").order_by("-written_at", "-pk")[:MOST_LETTERS]
    return render(request, "accounts/demo_mail.html", {"letters": [_delivered(each, now()) for each in newest]})


def _delivered(message: Message, at: datetime) -> Delivered:
    try:
        return Delivered(message, rendered(message, at=at))
    except NotNeeded:
        return Delivered(message, None)


def made_up_people() -> list[MadeUp]:
    """Return everybody made up who has an account, by organisation and name. Two queries."""
    everybody = list(_with_account())
    seats = seats_by_person(everybody, localdate())
    found = [MadeUp(person, tuple(map(_place, seats.get(person.pk, ())))) for person in everybody]
    return sorted(found, key=lambda each: (each.places[:1] or (("\uffff", ()),), each.person.name))


def _place(seat: Seat) -> tuple[str, tuple[str, ...]]:
    return seat.organisation_name, tuple(str(word) for role, word in ROLES.items() if role in seat.role_names)


def _with_account() -> "Any":
    return Person.objects.filter(made_up=True, user__is_active=True).select_related("user").order_by("name", "pk")
