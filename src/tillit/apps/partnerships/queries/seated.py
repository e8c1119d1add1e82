"""Who sits where, for whom, since when and until when, and the seats that nobody sits on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import KINDS, Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Affiliation, Appointment, Membership, Organ, Partnership, Seat
from tillit.apps.partnerships.models.words import APPOINTMENT_ROLES
from tillit.apps.partnerships.organ_facts import (
    SUBSTITUTE,
    appointment_fact,
    during,
    parties_of,
    seat_fact,
)
from tillit.apps.partnerships.queries.organ_words import CARE_REGION_WORDS, last_day
from tillit.core.governance import entities
from tillit.core.governance.representation import Holding, holdings
from tillit.core.period import months_after

SOON = timedelta(days=180)
"""How long before its end a term is told of."""
LONG = 3
"""Months after which an empty seat is told of as empty for long (hygiene, D12)."""
Shares = Mapping[int, tuple[Affiliation, ...]]
"""Affiliations by the keys of their appointments."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody on a seat. `person` is "" for one who may not read names. `shares`: other parties and their shares."""

    key: int
    party: str
    person: str
    role: str
    since: date
    until: date | None
    shares: tuple[tuple[str, Decimal], ...]
    decision: str

    @property
    def last(self) -> date | None:
        return last_day(self.until)

    @property
    def leaving(self) -> str:
        return f"leave-{self.key}"

    @property
    def sharing(self) -> str:
        return f"share-{self.key}"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat; what it has no own of is "". `proposes`: who proposes for it, "" any of the parties: the organisation
    `named`, or those of a `kind`.

    `vacant_since`: from when nobody sits there, None while somebody does; `vacant_long`: more than three months.
    """

    id: UUID
    number: int
    sector: str
    place: str
    voting: bool
    proposes: str
    named: UUID | None
    kind: str
    term_months: int | None
    starts_on: date
    ends_on: date | None
    holder: Sitter | None
    others: tuple[Sitter, ...]
    """Substitutes, and those who come later."""
    vacant_since: date | None
    vacant_long: bool
    ends_soon: bool

    @property
    def appointing(self) -> str:
        return f"appoint-{self.id}"

    @property
    def closing(self) -> str:
        return f"close-{self.id}"


@dataclass(frozen=True, slots=True)
class Seated:
    """The seats of a partnership, or of one organ, who sits there on a day and for whom. `facts`: by their seats."""

    seats: tuple[Seat, ...]
    appointments: tuple[Appointment, ...]
    memberships: tuple[Membership, ...]
    shares: Shares
    facts: Mapping[UUID, tuple[entities.Appointment, ...]]

    def parties(self, more: Iterable[Organisation] = ()) -> Mapping[str, entities.Party]:
        """Return everybody who sits or has a share in somebody who does; `more`: other organisations."""
        found = {each.organisation_id: each.organisation for each in self.appointments}
        found |= {each.organisation_id: each.organisation for rows in self.shares.values() for each in rows}
        found |= {each.pk: each for each in more}
        return parties_of(found.values(), self.memberships)

    def held(self, today: date, organ: Organ) -> tuple[tuple[Holding, ...], tuple[str, ...]]:
        """Return the voting seats of an organ that are filled on a day, and the ids of those that are vacant."""
        mine = [each for each in self.seats if each.organ_id == organ.pk and during(each).holds(today)]
        facts = [fact for each in mine for fact in self.facts.get(each.pk, ())]
        return holdings([seat_fact(each) for each in mine], facts, today)


def seated(partnership: Partnership, today: date, organ: Organ | None = None) -> Seated:
    """Return who sits on a day in a partnership, or in one organ of it, and what they are there. Four queries."""
    where = Q(organ=organ) if organ else Q(organ__partnership=partnership)
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    seats = tuple(Seat.objects.filter(where, still).select_related("sector").order_by("organ", "number"))
    rows = tuple(_appointments(partnership, organ).filter(still, starts_on__lte=today).select_related("organisation"))
    shares = _shares(partnership, organ)
    facts: dict[UUID, tuple[entities.Appointment, ...]] = {}
    for each in rows:
        fact = appointment_fact(each, shares.get(each.pk, ()))
        facts[each.seat_id] = (*facts.get(each.seat_id, ()), fact)
    taking = Membership.objects.filter(CURRENT, still, partnership=partnership, starts_on__lte=today)
    return Seated(seats, rows, tuple(taking.select_related("sector").order_by("starts_on", "pk")), shares, facts)


def _appointments(partnership: Partnership, organ: Organ | None) -> QuerySet[Appointment]:
    where = Q(seat__organ=organ) if organ else Q(seat__organ__partnership=partnership)
    return Appointment.objects.filter(CURRENT, where).order_by("starts_on", "pk")


def _shares(partnership: Partnership, organ: Organ | None) -> Shares:
    """Return the affiliations of those who sit, by the keys of their appointments."""
    where = Q(appointment__seat__organ=organ) if organ else Q(appointment__seat__organ__partnership=partnership)
    rows = Affiliation.objects.filter(where, appointment__superseded_at__isnull=True)
    found: dict[int, tuple[Affiliation, ...]] = {}
    for each in rows.select_related("organisation").order_by("pk"):
        found[each.appointment_id] = (*found.get(each.appointment_id, ()), each)
    return found


def seat_rows(organ: Organ, sight: Sight, today: date) -> tuple[SeatRow, ...]:
    """Return the seats of an organ that are there on the day or come later, with who sits there. Three queries."""
    named = sight.party or sight.office or sight.evaluator
    of_seat: dict[UUID, list[Appointment]] = {}
    people = ("organisation", "person") if named else ("organisation",)
    for each in _appointments(organ.partnership, organ).select_related(*people):
        of_seat.setdefault(each.seat_id, []).append(each)
    shares = _shares(organ.partnership, organ)
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    seats = organ.seats.filter(still).select_related("sector", "nominating").order_by("number")
    return tuple(_row(each, of_seat.get(each.pk, ()), shares, named, today) for each in seats)


def _row(seat: Seat, rows: Sequence[Appointment], shares: Shares, named: bool, today: date) -> SeatRow:
    ordinary = [each for each in rows if each.role != SUBSTITUTE]
    holder = next((each for each in ordinary if during(each).holds(today)), None)
    coming = [each for each in rows if each is not holder and (each.ends_on is None or each.ends_on > today)]
    left = [each.ends_on for each in ordinary if each.ends_on is not None and each.ends_on <= today]
    vacant = None if holder is not None or seat.starts_on > today else max([seat.starts_on, *left])
    return SeatRow(
        id=seat.pk,
        number=seat.number,
        sector=seat.sector.name if seat.sector else "",
        place=_place(seat),
        voting=seat.voting,
        proposes=_proposes(seat),
        named=seat.nominating_id,
        kind=seat.nominating_class,
        term_months=seat.term_months,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        holder=_sitter(holder, shares, named) if holder is not None else None,
        others=tuple(_sitter(each, shares, named) for each in coming),
        vacant_since=vacant,
        vacant_long=vacant is not None and months_after(vacant, LONG) < today,
        ends_soon=holder is not None and holder.ends_on is not None and holder.ends_on <= today + SOON,
    )


def _sitter(row: Appointment, shares: Shares, named: bool) -> Sitter:
    parts = tuple((each.organisation.name, each.share) for each in shares.get(row.pk, ()))
    person = row.person.name if named else ""
    role = str(APPOINTMENT_ROLES[row.role])
    decision = row.decision if named else ""
    return Sitter(row.pk, row.organisation.name, person, role, row.starts_on, row.ends_on, parts, decision)


def _place(seat: Seat) -> str:
    if seat.county_code:
        return regions()[seat.county_code]
    return str(CARE_REGION_WORDS[seat.health_care_region]) if seat.health_care_region else ""


def _proposes(seat: Seat) -> str:
    if seat.nominating is not None:
        return seat.nominating.name
    return str(KINDS[seat.nominating_class]) if seat.nominating_class else ""
