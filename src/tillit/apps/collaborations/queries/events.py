"""Events to join, and which collaborations have joined one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tillit.apps.collaborations.models import Collaboration, Event
from tillit.apps.collaborations.parts import IN_FORCE
from tillit.apps.parties.matching import holds

MOST = 50


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list to choose from."""

    id: UUID
    name: str
    town: str
    starts_on: date
    ends_on: date


def events_found(search: str, first: date, last: date) -> tuple[EventRow, ...]:
    """Return the events on any of the days whose name or town holds every word. At most fifty, one query.

    Reading: who is in an event is not told here, only that somebody has written it down.
    """
    found = Event.objects.filter(starts_on__lte=last, ends_on__gte=first)
    for word in search.split()[:6]:
        found = found.filter(holds(word, "name", "town"))
    rows = found.order_by("starts_on", "name", "pk")[:MOST]
    return tuple(EventRow(each.pk, each.name, each.town, each.starts_on, each.ends_on) for each in rows)


def others_in(event: UUID, collaboration: Collaboration) -> tuple[str, ...]:
    """Return the public ids of the other collaborations in force that have joined an event. One query."""
    rows = Collaboration.objects.filter(event=event, state__in=IN_FORCE).exclude(pk=collaboration.pk)
    return tuple(rows.order_by("starts_on", "public_id").values_list("public_id", flat=True))
