"""What a partnership consists of, as values: parties, memberships, organs, seats, appointments, links.

Identities are text that the caller chooses (a primary key). No name of a person is needed here: a person is an id.
Every interval is half-open: its end is the first day on which it no longer holds; no end means until further notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` up to but not including `end`; `end` None: no end is set."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day is within."""
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: "Interval") -> bool:
        """Return whether two intervals have a day in common."""
        start = max(self.start, other.start)
        return self.holds(start) and other.holds(start)

    def within(self, other: "Interval") -> bool:
        """Return whether every day of this interval is a day of the other."""
        return other.start <= self.start and (other.end is None or (self.end is not None and self.end <= other.end))


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in a partnership. `region`: county code; None is "not known", "" is "belongs to none"."""

    id: str
    kind: str
    sector: str | None = None
    region: str | None = None
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A party's place in a partnership during an interval. `stage`: how far the partnership had come at joining."""

    party: str
    role: str
    during: Interval
    stage: str | None = None
    voting: bool = False


@dataclass(frozen=True, slots=True)
class Organ:
    """A board, council, office or group: its tier says whether it decides, prepares or advises."""

    id: str
    tier: str
    level: str
    during: Interval
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in an organ. Sector, region (county code) and collaborative region are the seat's own, where rules say so.

    "" is as None: the seat has none of its own.
    """

    id: str
    organ: str
    voting: bool = True
    sector: str | None = None
    region: str | None = None
    health_care_region: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person on a seat. `secondary`: shares of other parties they also belong to; `party` holds the rest.

    A deputy (`ordinary` false) fills no seat of their own.
    """

    seat: str
    person: str
    party: str
    during: Interval
    ordinary: bool = True
    secondary: Mapping[str, Fraction] = field(default_factory=dict)

    def shares(self) -> dict[str, Fraction]:
        """Return the share of each party, 1 together.

        :raises ValueError: "affiliation_shares" when the secondary ones are negative, or more than 1 together
        """
        second = sum(self.secondary.values(), Fraction(0))
        if second > 1 or any(share < 0 for share in self.secondary.values()):
            raise ValueError("affiliation_shares")
        shares = {self.party: 1 - second}
        for party, share in self.secondary.items():
            shares[party] = shares.get(party, Fraction(0)) + share
        return {party: share for party, share in shares.items() if share}


@dataclass(frozen=True, slots=True)
class RepresentationLink:
    """A party represented by a seat that another holds, or by an organ as a whole, on the ground of an agreement."""

    party: str
    during: Interval
    seat: str | None = None
    organ: str | None = None
    agreement: str | None = None
