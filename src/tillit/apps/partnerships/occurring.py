"""What has to hold before something is said of a time that a commitment was due: it is one, and it is theirs to say."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import works_there
from tillit.apps.partnerships.commitment_facts import Owed, owed
from tillit.apps.partnerships.models import CURRENT, Appointment, Commitment, Membership
from tillit.core.governance.commitments import due_days
from tillit.core.period import months_after

AHEAD_MONTHS = 24
"""How long before it is due something can be reported, judged or let off. Ours: no text states any."""


def owed_by(commitment: Commitment, party: Organisation | None) -> tuple[Owed, ...]:
    """Return a commitment as one party owes it: once for each time the party has been in its class. At most one query.

    `party` None, or the one party itself, for a commitment that is not a class's. Nothing where it is not theirs.
    """
    of_class = bool(commitment.of_kind or commitment.of_role)
    if not of_class:
        return owed([commitment], ()) if party is None or party.pk == commitment.organisation_id else ()
    if party is None:
        return ()
    rows = Membership.objects.filter(CURRENT, partnership=commitment.partnership_id, organisation=party)
    return owed([commitment], rows.select_related("organisation"))


def days_of(owes: tuple[Owed, ...], today: date) -> tuple[date, ...]:
    """Return the days on which it was or will be due, as far ahead as anything can be said of it, earliest first."""
    before = months_after(today, AHEAD_MONTHS)
    return tuple(sorted({day for each in owes for day in due_days(each.promise, before)}))


def a_time(commitment: Commitment, party: Organisation | None, due_on: date | None, today: date) -> tuple[Owed, ...]:
    """Return a commitment as the party owes it, where it is due on the day named; no day: where none is stated.

    :raises Refused: it is not theirs, or not due then
    """
    owes = owed_by(commitment, party)
    if not owes:
        raise Refused(_("Åtagandet är inte den partens. Välj en av parterna i listan."), field="party")
    days = days_of(owes, today)
    if due_on is None and not days and commitment.due_on is None and commitment.first_due is None:
        return owes
    if due_on not in days:
        raise Refused(_("Åtagandet förfaller inte den dagen. Välj en av dagarna i listan."), field="due_on")
    return owes


def column_of(commitment: Commitment, party: Organisation | None) -> Organisation | None:
    """Return the party as events and evidence hold it: named for a commitment of a class only."""
    return party if commitment.of_kind or commitment.of_role else None


def not_its_own(by: Person | None, commitment: Commitment, party: Organisation | None, today: date) -> None:
    """Let somebody pass who neither works for the party nor sits in the organ. None: the site itself, as in a demo.

    :raises Refused: nobody judges their own
    """
    if by is None:
        return
    here = party or commitment.organisation
    own = here is not None and works_there(by, here, today)
    if commitment.organ_id is not None:
        own = seated(today).filter(person=by, seat__organ=commitment.organ_id).exists()
    if own:
        raise Refused(_("Ingen bedömer sitt eget åtagande. Be någon annan på kansliet som inte hör till parten."))


def seated(today: date) -> QuerySet[Appointment]:
    """Return who sits on which seat on a day."""
    running = (Q(ends_on__isnull=True) | Q(ends_on__gt=today)) & Q(starts_on__lte=today)
    return Appointment.objects.filter(CURRENT, running)
