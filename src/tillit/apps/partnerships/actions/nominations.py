"""Somebody is proposed for a seat, and is elected or not."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import at_work, day_of, takes_part
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import is_in
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.seats import Term, appoint
from tillit.apps.partnerships.models import Appointment, Nomination, Seat

PROPOSED = "proposed"


def proposes(organisation: Organisation, *, named: UUID | None, kind: str, in_it: bool) -> bool:
    """Return whether an organisation proposes for a seat: the one named, or one of the kind that does so together.

    Where neither is named, any organisation in the partnership does. `in_it`: it is.
    """
    return named == organisation.pk if named is not None else in_it and kind in ("", organisation.kind)


@transaction.atomic
def nominate(
    *,
    seat: Seat,
    person: Person,
    organisation: Organisation,
    nominated_by: Organisation,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    reason: str = "",
) -> Nomination:
    """Propose somebody for a seat, to sit there for an organisation that they work for.

    :raises Refused: it is not that organisation's to propose, the person is proposed already, or works elsewhere
    """
    locked(seat.organ.partnership)
    here, today = Seat.objects.select_related("organ__partnership").get(pk=seat.pk), day_of(at)
    refuse_personal_numbers(reason=reason)
    if here.ends_on is not None and here.ends_on <= today:
        raise Refused(_("Platsen är stängd från %(day)s.") % {"day": here.ends_on})
    in_it = is_in(here.organ.partnership, nominated_by, today)
    if not proposes(nominated_by, named=here.nominating_id, kind=here.nominating_class, in_it=in_it):
        raise Refused(_("Den platsen föreslår andra till. Det står vid platsen vem som gör det."), field="nominated_by")
    takes_part(organisation, today)
    at_work(person, organisation, today, field="person")

    with held(lambda: _refuse_twice(here, person)):
        made = Nomination.objects.create(
            seat=here,
            person=person,
            organisation=organisation,
            nominated_by=nominated_by,
            nominated_on=today,
            reason=reason.strip(),
        )
    _note("partnerships.nominated", made, by, at, acting_for)
    return made


@transaction.atomic
def withdraw_nomination(
    *, nomination: Nomination, by: Person, at: datetime, acting_for: Organisation | None = None, reason: str = ""
) -> Nomination:
    """Take a proposal back.

    :raises Refused: it is decided already
    """
    return _decided(nomination, "withdrawn", by, at, acting_for, reason)


@transaction.atomic
def not_elect(
    *, nomination: Nomination, by: Person, at: datetime, acting_for: Organisation | None = None, reason: str = ""
) -> Nomination:
    """Write down that somebody who was proposed was not elected.

    :raises Refused: it is decided already
    """
    return _decided(nomination, "not_elected", by, at, acting_for, reason)


@transaction.atomic
def elect(
    *,
    nomination: Nomination,
    starts_on: date,
    decision: str,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
    ends_on: date | None = None,
    role: str = "member",
) -> Appointment:
    """Write down that somebody who was proposed is elected: they are appointed to the seat from a day.

    :raises Refused: it is decided already, what elected them is not said, or as `appoint`
    """
    if not decision.strip():
        raise Refused(_("Skriv vilket beslut som valde personen."), field="decision")
    decided = _decided(nomination, "elected", by, at, acting_for, "")
    term = Term(decided.person, decided.organisation, starts_on, ends_on, role, decision)
    return appoint(seat=decided.seat, term=term, by=by, at=at, acting_for=acting_for)


def _refuse_twice(seat: Seat, person: Person) -> None:
    if seat.nominations.filter(person=person, state=PROPOSED).exists():
        raise Refused(_("Personen är redan föreslagen till platsen."), field="person")


def _decided(
    nomination: Nomination, state: str, by: Person, at: datetime, acting_for: Organisation | None, reason: str
) -> Nomination:
    locked(nomination.seat.organ.partnership)
    refuse_personal_numbers(reason=reason)
    current = Nomination.objects.select_related("seat__organ", "person", "organisation").get(pk=nomination.pk)
    if current.state != PROPOSED:
        raise Refused(_("Förslaget är redan avgjort. Läs in sidan igen."))
    current.state, current.decided_on = state, day_of(at)
    current.reason = "\n".join(text for text in (current.reason, reason.strip()) if text)
    current.save(update_fields=["state", "decided_on", "reason"])
    _note(f"partnerships.nomination_{state}", current, by, at, acting_for)
    return current


def _note(action: str, row: Nomination, by: Person, at: datetime, acting_for: Organisation | None) -> None:
    about = {"seat": str(row.seat_id), "person": str(row.person_id)}
    audit.note(action, subject=row.seat.organ, by=by, at=at, acting_for=acting_for, **about)
