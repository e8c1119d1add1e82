"""Who asks for a page, and for whom they act: what every view behind sign-in begins with.

    @signed_in
    @require_safe
    def mine(request: SignedInRequest) -> HttpResponse:
        rows = queries.waiting_for(request.actor.person)

    @acting_as("author", "compliance_officer")
    @require_http_methods(["GET", "POST"])
    def new(request: SignedInRequest) -> HttpResponse:
        actions.create_draft(by=request.actor.person, acting_for=request.actor.acting_for, …)

Whether the actor may touch one certain row is asked of `apps/<app>/access.py`, not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty
from django.utils.timezone import localdate
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from tillit.apps.accounts.models import Person, User
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.seats import Seat, person_of

CHOSEN = "acting_for"
"""Where the session keeps the key of the organisation that was chosen."""
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who is signed in, the organisation they act for now, their roles there, and all their seats.

    `organisation` is None, and `roles` empty, for one who has no seat. `roles` are those of the whole organisation and
    of its units together; `holds` asks about one unit.
    """

    person: Person
    organisation: Organisation | None
    roles: frozenset[str]
    seats: tuple[Seat, ...]

    @property
    def seat(self) -> Seat | None:
        """Return the seat that the person acts from now."""
        return next((seat for seat in self.seats if seat.organisation == self.organisation), None)

    @property
    def acting_for(self) -> Organisation:
        """Return the organisation acted for, for an act that must have one; 403 for one who acts for nobody."""
        if self.organisation is None:
            raise PermissionDenied
        return self.organisation

    def holds(self, role: str, unit_id: UUID | None = None) -> bool:
        """Return whether the actor has the role in the whole organisation, or in that unit of it."""
        held = self.seat.units_of(role) if self.seat else frozenset()
        return None in held or (unit_id is not None and unit_id in held)


class SignedInRequest(HttpRequest):
    """A request that has passed `signed_in` or `acting_as`."""

    user: User
    actor: Actor


View = Callable[Concatenate[SignedInRequest, Given], HttpResponseBase]
Open = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def signed_in(view: View[Given]) -> Open[Given]:
    """Return the view for those who are signed in; others are led to sign in first, and then back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        actor = actor_of(request)
        if actor is None:
            raise PermissionDenied  # an account without a person is made by no way in of ours
        request.actor = actor  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def acting_as(*roles: str) -> Callable[[View[Given]], Open[Given]]:
    """Return a decorator: signed in, and acts now for an organisation in at least one of the roles; else 403.

    Without a role named, any role in any organisation will do.
    """

    def decorate(view: View[Given]) -> Open[Given]:
        @wraps(view)
        def guarded(request: SignedInRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
            held = request.actor.roles
            if request.actor.organisation is None or (roles and not held.intersection(roles)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who asks, None for a visitor. One query beside session and user, two for one who has no seat; none for a
    visitor."""
    # Without the cookie nobody is signed in, and an open page then never touches the session.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    person, seats = person_of(request.user, localdate())
    if person is None:
        return None
    person.user = request.user
    seat = _chosen(seats, str(request.session.get(CHOSEN) or request.user.acts_for or ""))
    return Actor(person, seat.organisation if seat else None, seat.role_names if seat else frozenset(), seats)


def home() -> str:
    """Return where somebody comes when they have signed in and asked for no page."""
    try:
        return reverse("work:mine")
    except NoReverseMatch:
        return reverse("accounts:account")


def act_for(request: SignedInRequest, seat: Seat) -> None:
    """Let the person act for that organisation from now on, and first the next time they sign in."""
    request.session[CHOSEN] = str(seat.organisation_id)
    User.objects.filter(pk=request.user.pk).update(acts_for=seat.organisation_id)


def _chosen(seats: tuple[Seat, ...], key: str) -> Seat | None:
    """Return the seat that was chosen, or the first where it is no longer held."""
    return next((seat for seat in seats if str(seat.organisation_id) == key), seats[0] if seats else None)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    # A part of a page is not where one wants to come back to, and the sign-in page is no part of a page.
    answer = redirect_to_login(htmx.current_url_abs_path or "/", resolve_url(settings.LOGIN_URL))
    return HttpResponseClientRedirect(answer.url)


class ActorMiddleware:
    """Gives every request its `actor`, read when first asked for; a page that shows one is nobody else's to keep."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        lazy = SimpleLazyObject(lambda: actor_of(request))
        request.actor = lazy  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if request.actor is lazy and lazy._wrapped is empty:  # type: ignore[attr-defined]
            return answer
        patch_vary_headers(answer, ["Cookie"])
        if request.actor and not answer.has_header("Cache-Control"):  # type: ignore[attr-defined]
            add_never_cache_headers(answer)
        return answer
