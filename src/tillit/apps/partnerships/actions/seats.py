"""Seats are added and closed; people are appointed to them, for a party, and leave them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import at_work, takes_part
from tillit.apps.parties.geography import counties
from tillit.apps.parties.models import KINDS, Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.organs import keep_affiliations, refuse_days, refuse_end, refuse_foreign
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Affiliation, Appointment, Organ, RepresentationLink, Seat, Sector
from tillit.apps.partnerships.models.words import APPOINTMENT_ROLES
from tillit.apps.partnerships.organ_facts import SUBSTITUTE
from tillit.core.governance.regions import CARE_REGIONS
from tillit.core.period import months_after


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What is said of a seat. `county_code`, `health_care_region`, `sector`: the seat's own, where its rules give any.

    `nominating_class`: the kind of organisation whose members in the partnership propose for it together.
    """

    starts_on: date
    sector: Sector | None = None
    county_code: str = ""
    health_care_region: str = ""
    voting: bool = True
    nominating: Organisation | None = None
    nominating_class: str = ""
    term_months: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Who sits for whom, as what and when. `ends_on` None: what the seat's own term says, else until further notice.

    `affiliations`: shares of other parties that the person also belongs to, together at most 1.
    """

    person: Person
    organisation: Organisation
    starts_on: date
    ends_on: date | None = None
    role: str = "member"
    decision: str = ""
    source: str = ""
    affiliations: Mapping[Organisation, Decimal] = field(default_factory=dict)


@transaction.atomic
def add_seat(
    *, organ: Organ, facts: SeatFacts, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Seat:
    """Add a seat to an organ, with the next free number.

    :raises Refused: its days lie outside the organ's, or a word is none
    """
    locked(organ.partnership)
    here = Organ.objects.get(pk=organ.pk)
    refuse_days(facts.starts_on, here.ends_on, here)
    refuse_foreign(here.partnership, sector=facts.sector)
    known = {
        "county_code": ("", *counties()),
        "health_care_region": ("", *CARE_REGIONS),
        "nominating_class": ("", *KINDS),
    }
    for name, words in known.items():
        if getattr(facts, name) not in words:
            raise Refused(_("Välj ett av alternativen."), field=name)
    if facts.nominating is not None and facts.nominating_class:
        raise Refused(
            _("Välj antingen en organisation eller ett slag av parter som föreslår, inte båda."),
            field="nominating_class",
        )
    if facts.term_months == 0:
        raise Refused(_("En period är minst en månad."), field="term_months")
    number = (here.seats.aggregate(most=Max("number"))["most"] or 0) + 1
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    made = Seat.objects.create(organ=here, number=number, ends_on=here.ends_on, **said)
    audit.note("partnerships.seat_added", subject=here, by=by, at=at, acting_for=acting_for, seat=str(made.pk))
    return made


@transaction.atomic
def close_seat(*, seat: Seat, on: date, by: Person, at: datetime, acting_for: Organisation | None = None) -> Seat:
    """Close a seat from a day; who sits on it leaves it then, and it represents nobody any longer.

    :raises Refused: it is closed already, or somebody begins on it only later
    """
    locked(seat.organ.partnership)
    current = Seat.objects.get(pk=seat.pk)
    if current.ends_on is not None and current.ends_on <= on:
        raise Refused(_("Det är redan slut den dagen."), field="on")
    if on <= current.starts_on:
        raise Refused(_("Det började %(day)s. Välj en dag efter den.") % {"day": current.starts_on}, field="on")
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    sitting = list(Appointment.objects.filter(CURRENT, still, seat=current))
    links = list(RepresentationLink.objects.filter(CURRENT, still, seat=current))
    if any(each.starts_on >= on for each in sitting) or any(each.starts_on >= on for each in links):
        raise Refused(_("Något på platsen börjar först efter den dagen. Välj en senare dag."), field="on")
    for appointment in sitting:
        keep_affiliations(appointment, replace_row(appointment, at=at, by=by, ends_on=on))
    for link in links:
        replace_row(link, at=at, by=by, ends_on=on)
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    audit.note(
        "partnerships.seat_closed", subject=current.organ, by=by, at=at, acting_for=acting_for, seat=str(current.pk)
    )
    return current


@transaction.atomic
def appoint(
    *, seat: Seat, term: Term, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Appointment:
    """Appoint somebody to a seat, for a party that they work for.

    :raises Refused: somebody sits there then, the person sits in the organ already (I-7), or something said cannot be
    """
    locked(seat.organ.partnership)
    here = Seat.objects.select_related("organ").get(pk=seat.pk)
    said = _with_end(here, term)
    _refuse_bad(here, said)
    row = Appointment(
        seat=here,
        person=said.person,
        organisation=said.organisation,
        role=said.role,
        decision=said.decision.strip(),
        source=said.source.strip(),
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        recorded_at=at,
        recorded_by=by,
    )
    with held(lambda: _refuse_taken(row)):
        row.save(force_insert=True)
    _affiliate(row, said.affiliations)
    audit.note(
        "partnerships.appointed",
        subject=here.organ,
        by=by,
        at=at,
        acting_for=acting_for,
        seat=str(here.pk),
        person=str(said.person.pk),
    )
    return row


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, on: date, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Appointment:
    """Let somebody leave a seat; `on` is the first day on which they no longer sit there.

    :raises Refused: they have not begun by then, or leave sooner
    """
    locked(appointment.seat.organ.partnership)
    refuse_end(appointment, on)
    made = replace_row(appointment, at=at, by=by, ends_on=on)
    keep_affiliations(appointment, made)
    _note_change("partnerships.appointment_ended", made, by, at, acting_for)
    return made


@transaction.atomic
def set_affiliations(
    *,
    appointment: Appointment,
    shares: Mapping[Organisation, Decimal],
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Appointment:
    """Say which other parties somebody on a seat belongs to, and with what share; their own holds the rest.

    :raises Refused: a share is not between 0 and 1, or they are more than 1 together
    """
    locked(appointment.seat.organ.partnership)
    made = replace_row(appointment, at=at, by=by)
    _affiliate(made, shares)
    _note_change("partnerships.affiliations_set", made, by, at, acting_for)
    return made


def _note_change(action: str, row: Appointment, by: Person, at: datetime, acting_for: Organisation | None) -> None:
    about = {"seat": str(row.seat_id), "person": str(row.person_id)}
    audit.note(action, subject=row.seat.organ, by=by, at=at, acting_for=acting_for, **about)


def _affiliate(row: Appointment, shares: Mapping[Organisation, Decimal]) -> None:
    def check() -> None:
        if any(not 0 < share <= 1 for share in shares.values()):
            raise Refused(_("En andel är större än 0 och högst 1, till exempel 0,5."), field="share")
        if sum(shares.values(), Decimal(0)) > 1:
            raise Refused(_("Andelarna är mer än 1 tillsammans. Minska en av dem."), field="share")
        if any(each.pk == row.organisation_id for each in shares):
            raise Refused(
                _("Den organisation som personen sitter för har det som är kvar. Ange bara de andra."),
                field="organisation",
            )

    with held(check):
        for organisation, share in shares.items():
            Affiliation.objects.create(appointment=row, organisation=organisation, share=share)


def _with_end(seat: Seat, term: Term) -> Term:
    ends = [each for each in (term.ends_on, seat.ends_on) if each is not None]
    if term.ends_on is None and seat.term_months is not None:
        ends.append(months_after(term.starts_on, seat.term_months))
    return replace(term, ends_on=min(ends, default=None))


def _refuse_bad(seat: Seat, term: Term) -> None:
    if seat.ends_on is not None and term.starts_on >= seat.ends_on:
        raise Refused(_("Platsen är stängd från %(day)s.") % {"day": seat.ends_on}, field="starts_on")
    refuse_days(term.starts_on, term.ends_on or seat.organ.ends_on, seat.organ)
    refuse_personal_numbers(decision=term.decision, source=term.source)
    if term.role not in APPOINTMENT_ROLES:
        raise Refused(_("Välj vad personen är i organet."), field="role")
    if term.starts_on < seat.starts_on:
        raise Refused(_("Platsen finns först från %(day)s.") % {"day": seat.starts_on}, field="starts_on")
    takes_part(term.organisation, term.starts_on)
    at_work(term.person, term.organisation, term.starts_on, field="person")


def _refuse_taken(row: Appointment) -> None:
    if row.role == SUBSTITUTE:
        return
    then = Q(ends_on__isnull=True) | Q(ends_on__gt=row.starts_on)
    if row.ends_on is not None:
        then &= Q(starts_on__lt=row.ends_on)
    others = Appointment.objects.filter(CURRENT, then).exclude(role=SUBSTITUTE).exclude(pk=row.pk)
    other = others.filter(seat=row.seat).select_related("organisation").order_by("starts_on").first()
    if other is not None:
        raise Refused(
            _("Platsen är upptagen från %(day)s av någon från %(party)s. Avsluta det uppdraget först.")
            % {"day": other.starts_on, "party": other.organisation},
            field="starts_on",
        )
    twice = others.filter(seat__organ=row.seat.organ, person=row.person).select_related("seat").first()
    if twice is not None:
        raise Refused(
            _("Personen sitter redan i organet, på plats %(number)s. Samma person räknas en gång.")
            % {"number": twice.seat.number},
            field="person",
        )
