"""Who sits where, for whom, since when and until when, and the seats that nobody sits on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q

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
    """The seats of a partnership, or of one organ, and all that stands of who sits on them and for whom."""

    seats: tuple[Seat, ...]
    appointments: tuple[Appointment, ...]
    memberships: tuple[Membership, ...]

    def parties(self, more: Iterable[Organisation] = ()) -> Mapping[str, entities.Party]:
        """Return everybody who sits or has a share in somebody who does; `more`: other organisations."""
        found = {each.organisation_id: each.organisation for each in self.appointments}
        for each in self.appointments:
            found |= {share.organisation_id: share.organisation for share in each.affiliations.all()}
        found |= {each.pk: each for each in more}
        return parties_of(found.values(), self.memberships)

    def held(self, today: date, organ: Organ | None = None) -> tuple[tuple[Holding, ...], tuple[str, ...]]:
        """Return the voting seats that are filled on a day, of all organs or of one, and those that are vacant."""
        there = [each for each in self.seats if during(each).holds(today)]
        mine = [seat_fact(each) for each in there if organ is None or each.organ_id == organ.pk]
        keys = {each.id for each in mine}
        facts = [
            appointment_fact(each, each.affiliations.all()) for each in self.appointments if str(each.seat_id) in keys
        ]
        return holdings(mine, facts, today)


def seated(partnership: Partnership, today: date, organ: Organ | None = None, *, placed: bool = True) -> Seated:
    """Return who sits in a partnership, or in one organ of it. Four queries, three where nobody is to be `placed`
    in a sector, for which it takes what they are in the partnership.
    """
    where = Q(organ=organ) if organ else Q(organ__partnership=partnership)
    of_seat = Q(seat__organ=organ) if organ else Q(seat__organ__partnership=partnership)
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    taking = Membership.objects.filter(CURRENT, still, partnership=partnership, starts_on__lte=today)
    shares = Affiliation.objects.select_related("organisation").order_by("pk")
    return Seated(
        tuple(Seat.objects.filter(where).select_related("sector", "nominating").order_by("organ", "number")),
        tuple(
            Appointment.objects.filter(CURRENT, of_seat)
            .select_related("person", "organisation")
            .prefetch_related(Prefetch("affiliations", shares))
            .order_by("starts_on", "pk")
        ),
        tuple(taking.select_related("sector").order_by("starts_on", "pk")) if placed else (),
    )


def seat_rows(found: Seated, organ: Organ, sight: Sight, today: date) -> tuple[SeatRow, ...]:
    """Return the seats of an organ that are there on the day or come later. No query."""
    named = sight.party or sight.office or sight.evaluator
    mine = [
        each for each in found.seats if each.organ_id == organ.pk and (each.ends_on is None or each.ends_on > today)
    ]
    return tuple(
        _row(each, [row for row in found.appointments if row.seat_id == each.pk], named, today) for each in mine
    )


def _row(seat: Seat, rows: Sequence[Appointment], named: bool, today: date) -> SeatRow:
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
        holder=_sitter(holder, named) if holder is not None else None,
        others=tuple(_sitter(each, named) for each in coming),
        vacant_since=vacant,
        vacant_long=vacant is not None and months_after(vacant, LONG) < today,
        ends_soon=holder is not None and holder.ends_on is not None and holder.ends_on <= today + SOON,
    )


def _sitter(row: Appointment, named: bool) -> Sitter:
    shares = tuple((each.organisation.name, each.share) for each in row.affiliations.all())
    person = row.person.name if named else ""
    role = str(APPOINTMENT_ROLES[row.role])
    decision = row.decision if named else ""
    return Sitter(row.pk, row.organisation.name, person, role, row.starts_on, row.ends_on, shares, decision)


def _place(seat: Seat) -> str:
    if seat.county_code:
        return regions()[seat.county_code]
    return str(CARE_REGION_WORDS[seat.health_care_region]) if seat.health_care_region else ""


def _proposes(seat: Seat) -> str:
    if seat.nominating is not None:
        return seat.nominating.name
    return str(KINDS[seat.nominating_class]) if seat.nominating_class else ""
