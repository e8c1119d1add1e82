"""Which event in the world a collaboration belongs to: found among those there are, written down, or none."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions.events import NewEvent, join_event
from tillit.apps.collaborations.models import Collaboration, Event
from tillit.apps.collaborations.queries.events import EventRow, events_found
from tillit.apps.errors import Refused
from tillit.core.process import states
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain, day, text

LONGEST_SEARCH = 100
AROUND = timedelta(days=7)
"""How far from the collaboration's days an event is looked for, when nobody says."""


class JoinForm(Plain):
    """An event that is there."""

    event = forms.UUIDField(widget=forms.HiddenInput)


class NewEventForm(Plain):
    """An event that nobody has written down."""

    name = text(
        gettext_lazy("Vad heter evenemanget?"),
        hint=gettext_lazy("Alla som söker ser namn, ort och dagar. Skriv bara det som är allmänt känt."),
    )
    town = text(gettext_lazy("Ort"), needed=False, most=120)
    starts_on = day(gettext_lazy("Första dagen"))
    ends_on = day(gettext_lazy("Sista dagen"))


class LeaveForm(Plain):
    """Nothing to say."""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    if found.state in states.ENDED:
        raise PermissionDenied
    asked = _asked(request, found)
    rows = [each for each in events_found(asked["q"], asked["first"], asked["last"]) if each.id != found.event_id]
    context = {"found": found, "here": found.event, "asked": asked, "rows": rows}
    to = reverse("collaborations:show", args=[public_id])
    return answer(request, "collaborations/event.html", context, _deeds(request, found, rows), to=to)


def _asked(request: SignedInRequest, found: Collaboration) -> dict[str, Any]:
    """Return what is looked for: words, and days around the collaboration's own where none are said."""
    given = request.GET
    return {
        "q": given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        "first": _day(given.get("fran", "")) or found.starts_on - AROUND,
        "last": _day(given.get("till", "")) or found.ends_on + AROUND,
    }


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def _deeds(request: SignedInRequest, found: Collaboration, rows: list[EventRow]) -> dict[str, Deed]:
    actor = request.actor

    def join(chosen: Event | NewEvent | None) -> None:
        join_event(collaboration=found, event=chosen, by=actor.person, acting_for=actor.acting_for, at=now())

    def there(said: dict[str, Any]) -> None:
        chosen = Event.objects.filter(pk=said["event"]).first()
        if chosen is None:
            raise Refused(_("Evenemanget finns inte längre. Sök igen."))
        join(chosen)

    joined = _("Samverkan hör nu till evenemanget.")
    days = {
        "town": found.draft.get("about", {}).get("town", ""),
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
    }
    deeds = {
        "join": Deed(JoinForm, there, joined),
        "new": Deed(lambda *a, **k: NewEventForm(*a, initial=days, **k), lambda said: join(NewEvent(**said)), joined),
    }
    if found.event_id is not None:
        deeds["leave"] = Deed(LeaveForm, lambda _said: join(None), _("Samverkan hör inte längre till evenemanget."))
    return deeds
