"""What it means to be an actor in a partnership (R2): the report's main question, answered for one party on one day.

Plain data in, rows out: what it has signed and not, its own seats and through whom it is spoken for, what it may
decide or advise on, what falls due in twelve months, what it reports, and how and when it can leave.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tillit.core.governance.agreements import Agreement, in_force
from tillit.core.governance.bonds import AWAITED, Bond, bonds
from tillit.core.governance.commitments import Commitment, coming
from tillit.core.governance.entities import (
    Appointment,
    Interval,
    Membership,
    Organ,
    Party,
    RepresentationLink,
    Seat,
)
from tillit.core.governance.mandates import MandateItem

REPORTING = ("reporting", "data")
"""Kinds of commitments that are duties to report."""


@dataclass(frozen=True, slots=True)
class Partnership:
    """All that holds a partnership together, as it is known today. Commitments are one per party."""

    parties: tuple[Party, ...] = ()
    memberships: tuple[Membership, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    organs: tuple[Organ, ...] = ()
    seats: tuple[Seat, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    links: tuple[RepresentationLink, ...] = ()
    mandates: tuple[MandateItem, ...] = ()
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of the party's own: which organ, who sits there, as deputy or not, and whether it votes."""

    seat: Seat
    organ: Organ
    person: str
    ordinary: bool
    during: Interval


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A seat or an organ that speaks for the party; `by`: the parties whose people sit there today, sorted."""

    organ: Organ
    seat: str | None
    by: tuple[str, ...]
    agreement: str | None
    during: Interval


@dataclass(frozen=True, slots=True)
class Say:
    """A right of an organ where the party sits (`own`) or is spoken for; `votes` only on a voting seat of its own."""

    mandate: MandateItem
    own: bool
    votes: bool


@dataclass(frozen=True, slots=True)
class ActorAnswer:
    """What it means to be this party. `undated`: commitments in force that nobody has given a day.

    `not_party_to`: agreements in force that it is not asked to sign.
    """

    party: str
    memberships: tuple[Membership, ...]
    bonds: tuple[Bond, ...]
    not_party_to: tuple[Agreement, ...]
    places: tuple[Place, ...]
    spoken_for: tuple[SpokenFor, ...]
    says: tuple[Say, ...]
    due: tuple[tuple[date, Commitment], ...]
    undated: tuple[Commitment, ...]
    reporting: tuple[tuple[date, Commitment], ...]

    @property
    def signed(self) -> tuple[Bond, ...]:
        """Return the agreements that it is bound by or will be."""
        return tuple(bond for bond in self.bonds if bond.state != AWAITED)

    @property
    def to_sign(self) -> tuple[Bond, ...]:
        """Return the agreements that wait for its signature."""
        return tuple(bond for bond in self.bonds if bond.state == AWAITED)

    @property
    def notices(self) -> tuple[tuple[date, Bond], ...]:
        """Return the last days to give notice on what binds it, earliest first."""
        dated = [(bond.leaving.notice_by, bond) for bond in self.signed if bond.holds_today]
        return tuple(sorted(((day, bond) for day, bond in dated if day is not None), key=lambda pair: pair[0]))


def answer(whole: Partnership, party: str, today: date) -> ActorAnswer:
    """Return what it means to be one of the parties today. Drafts and what has ended are left out."""
    held = bonds(whole.agreements, party, today)
    places, spoken = tuple(_places(whole, party, today)), tuple(_spoken_for(whole, party, today))
    asked = {bond.agreement.id for bond in held}
    own = [each for each in whole.commitments if each.party == party]
    dateless = [each for each in own if each.due is None and each.recurrence is None]
    due = coming(own, today)
    return ActorAnswer(
        party=party,
        memberships=tuple(each for each in whole.memberships if each.party == party and each.during.holds(today)),
        bonds=held,
        not_party_to=tuple(each for each in whole.agreements if each.id not in asked and in_force(each, today)),
        places=places,
        spoken_for=spoken,
        says=tuple(_says(whole.mandates, places, spoken, today)),
        due=due,
        undated=tuple(each for each in dateless if each.during.holds(today)),
        reporting=tuple((day, each) for day, each in due if each.kind in REPORTING),
    )


def _places(whole: Partnership, party: str, today: date) -> Iterator[Place]:
    seats, organs = {each.id: each for each in whole.seats}, {each.id: each for each in whole.organs}
    for each in whole.appointments:
        seat = seats.get(each.seat)
        organ = organs.get(seat.organ) if seat is not None else None
        if seat is None or organ is None or party not in each.shares():
            continue
        if each.during.holds(today) and organ.during.holds(today):
            yield Place(seat, organ, each.person, each.ordinary, each.during)


def _spoken_for(whole: Partnership, party: str, today: date) -> Iterator[SpokenFor]:
    seats, organs = {each.id: each for each in whole.seats}, {each.id: each for each in whole.organs}
    running = {each.id for each in whole.agreements if in_force(each, today)}
    for link in whole.links:
        name = seats[link.seat].organ if link.seat in seats else link.organ
        lapsed = link.agreement is not None and link.agreement not in running
        if link.party != party or not link.during.holds(today) or name not in organs or lapsed:
            continue
        there = {link.seat} if link.seat is not None else {each.id for each in whole.seats if each.organ == name}
        sitting = [each for each in whole.appointments if each.seat in there and each.ordinary]
        by = {holder for each in sitting if each.during.holds(today) for holder in each.shares()}
        if by:
            yield SpokenFor(organs[name], link.seat, tuple(sorted(by)), link.agreement, link.during)


def _says(
    mandates: Iterable[MandateItem], places: Iterable[Place], spoken: Iterable[SpokenFor], today: date
) -> Iterator[Say]:
    own = {place.organ.id for place in places}
    voting = {place.organ.id for place in places if place.seat.voting and place.ordinary}
    indirect = {each.organ.id for each in spoken}
    for item in mandates:
        if item.during.holds(today) and item.organ in own | indirect:
            yield Say(item, item.organ in own, item.organ in voting)
