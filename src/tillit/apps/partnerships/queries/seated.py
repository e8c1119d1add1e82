"""Who sits where, for whom, since when and until when, and the seats that nobody sits on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import KINDS, Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    Affiliation,
    Appointment,
    Membership,
    Organ,
    Partnership,
    Seat,
    Sector,
)
from tillit.apps.partnerships.models.words import APPOINTMENT_ROLES
from tillit.apps.partnerships.organ_facts import (
    SUBSTITUTE,
    appointment_fact,
    during,
    parties_of,
    seat_fact,
)
from tillit.apps.partnerships.queries.organ_words import CARE_REGION_WORDS, last_day
from tillit.apps.partnerships.queries.seat_rows import AFFILIATED, frame_of, held_in, seats_in, sitting_in
from tillit.core.governance import entities
from tillit.core.governance.entities import Interval
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
    """The seats of a partnership, or of one organ, who sits there on a day and for whom. `facts`: by their seats.

    `memberships`: organisation, sector and size of each that holds on the day, and no more. `sectors`: all there are.
    """

    seats: tuple[Seat, ...]
    appointments: tuple[Appointment, ...]
    memberships: tuple[Membership, ...]
    sectors: tuple[Sector, ...]
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
    """Return who sits on a day in a partnership, or in one organ of it, and what they are there. Three queries."""
    where, whole = (organ.pk, False) if organ else (partnership.pk, True)
    rows, shares = _with_shares(sitting_in(where, whole, today))
    facts: dict[UUID, tuple[entities.Appointment, ...]] = {}
    for each in rows:
        fact = appointment_fact(each, shares.get(each.pk, ()))
        facts[each.seat_id] = (*facts.get(each.seat_id, ()), fact)
    seats, frame = seats_in(where, whole, today), frame_of(partnership.pk, today)
    return Seated(tuple(seats), rows, *_taking_part(frame), shares, facts)


def _with_shares(rows: Iterable[Any]) -> tuple[tuple[Appointment, ...], Shares]:
    """Return who sits once each, and the affiliations of each by the key of the appointment."""
    kept: dict[int, Appointment] = {}
    shares: dict[int, tuple[Affiliation, ...]] = {}
    for row in rows:
        here: Any = kept.setdefault(row.pk, row)
        if row.share is not None:
            other = Organisation(**{name: getattr(row, f"also_{name}") for name in AFFILIATED})
            more = Affiliation(appointment=here, organisation=other, share=row.share)
            shares[row.pk] = (*shares.get(row.pk, ()), more)
    return tuple(kept.values()), shares


def _taking_part(rows: Collection[Any]) -> tuple[tuple[Membership, ...], tuple[Sector, ...]]:
    """Return the memberships by when they began, and the sectors in their order."""
    here = sorted((each for each in rows if each[0] is None), key=lambda each: (each[5], each[1]))
    there = sorted((each for each in rows if each[0] is not None), key=lambda each: (each[4], each[5]))
    found = {key: Sector(pk=key, code=code, name=name, order=order) for _n, key, code, name, _d, order in here}
    return tuple(
        Membership(organisation_id=UUID(who), sector=found.get(sector), size=size, starts_on=day, pk=key)
        for who, sector, _code, size, day, key in there
    ), tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Sits:
    """Somebody on a seat as it is read together with the seat; `person` and `decision` "" where not to be named."""

    key: int
    party: str
    person: str
    role: str
    starts_on: date
    ends_on: date | None
    decision: str
    shares: list[tuple[str, Decimal]]


def seat_rows(organ: Organ, sight: Sight, today: date) -> tuple[SeatRow, ...]:
    """Return the seats of an organ that are there on the day or come later, with who sits there. One query."""
    named = sight.party or sight.office or sight.evaluator
    seats: dict[UUID, Seat] = {}
    sits: dict[UUID, dict[int, _Sits]] = {}
    for row in held_in(organ.pk, today, named):
        seats.setdefault(row.pk, row)
        one = _sits(row, named=named)
        if one is not None:
            of = sits.setdefault(row.pk, {}).setdefault(one.key, one)
            of.shares.extend([(row.h_other, row.h_share)] if row.h_share is not None else ())
    return tuple(_row(each, tuple(sits.get(key, {}).values()), today) for key, each in seats.items())


def _sits(row: Any, *, named: bool) -> _Sits | None:
    if row.h_key is None:
        return None
    who, decision = (row.h_person, row.h_decision) if named else ("", "")
    return _Sits(row.h_key, row.h_party, who, row.h_role, row.h_since, row.h_until, decision, [])


def _row(seat: Seat, rows: Sequence[_Sits], today: date) -> SeatRow:
    ordinary = [each for each in rows if each.role != SUBSTITUTE]
    holder = next((each for each in ordinary if Interval(each.starts_on, each.ends_on).holds(today)), None)
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
        holder=_sitter(holder) if holder is not None else None,
        others=tuple(_sitter(each) for each in coming),
        vacant_since=vacant,
        vacant_long=vacant is not None and months_after(vacant, LONG) < today,
        ends_soon=holder is not None and holder.ends_on is not None and holder.ends_on <= today + SOON,
    )


def _sitter(row: _Sits) -> Sitter:
    role = str(APPOINTMENT_ROLES[row.role])
    return Sitter(row.key, row.party, row.person, role, row.starts_on, row.ends_on, tuple(row.shares), row.decision)


def _place(seat: Seat) -> str:
    if seat.county_code:
        return regions()[seat.county_code]
    return str(CARE_REGION_WORDS[seat.health_care_region]) if seat.health_care_region else ""


def _proposes(seat: Seat) -> str:
    if seat.nominating is not None:
        return seat.nominating.name
    return str(KINDS[seat.nominating_class]) if seat.nominating_class else ""
