"""A collaboration joins a meeting out in the world that others may concern too, or leaves it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking
from tillit.apps.collaborations.actions.submitting import tried_or_refused
from tillit.apps.collaborations.models import Collaboration, Event
from tillit.apps.collaborations.whole import locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import in_order, line, possible
from tillit.apps.parties.models import Organisation
from tillit.core.process import states
from tillit.core.text import nfc


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that nobody has written down before: its name, where and on which days."""

    name: str
    town: str
    starts_on: date
    ends_on: date


@transaction.atomic
def join_event(
    *, collaboration: Collaboration, event: Event | NewEvent | None, by: Person, acting_for: Organisation, at: datetime
) -> Event | None:
    """Say which event a collaboration belongs to: one there is, a new one, or none.

    Reading: an event is what anybody can know of the world, so it may be joined as long as the collaboration is not
    over, and joining re-opens nobody's answer. A plan that waits goes on where only the event was in its way.

    :raises Refused: the collaboration has ended, or the new event has no name, ends before it begins, or is there
    """
    current = locked(collaboration.pk)
    if current.state in states.ENDED:
        raise Refused(_("Samverkan är avslutad, avböjd eller inställd och kan inte ändras."))
    joined = _written(event) if isinstance(event, NewEvent) else event
    current.event = joined
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["event", "revision", "changed_at"])
    audit.note(
        "collaborations.event_joined" if joined else "collaborations.event_left",
        subject=current,
        by=by,
        at=at,
        acting_for=acting_for,
        event=str(joined.pk) if joined else "",
    )
    if current.state in states.BEING_APPROVED:
        asking.advance(current, tried_or_refused(whole_of(current), at=at), at=at)
    return joined


def _written(new: NewEvent) -> Event:
    """Write down a new event. :raises Refused: it cannot be kept, or is written down already"""
    name = line(new.name, field="name", most=200)
    town = line(new.town, field="town", most=120, needed=False)
    possible(new.starts_on, field="starts_on")
    possible(new.ends_on, field="ends_on")
    in_order(new.starts_on, new.ends_on, field="ends_on")
    on_those_days = Event.objects.filter(starts_on__lte=new.ends_on, ends_on__gte=new.starts_on)
    if nfc(name).casefold() in {nfc(each).casefold() for each in on_those_days.values_list("name", flat=True)}:
        raise Refused(_("Evenemanget finns redan de dagarna. Sök efter det och välj det."), field="name")
    return Event.objects.create(name=name, town=town, starts_on=new.starts_on, ends_on=new.ends_on)
