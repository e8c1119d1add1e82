"""One organ: its rules, rights, seats, whom it speaks for, and who is proposed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, MandateItem, Nomination, Organ, RepresentationLink
from tillit.apps.partnerships.models.words import (
    LEGAL_BASES,
    MAJORITY_RULES,
    NOMINATION_STATES,
    QUORUM_RULES,
    RIGHT_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.organ_facts import during, term_fact
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.apps.partnerships.queries.organ_words import band, last_day
from tillit.apps.partnerships.queries.seated import SeatRow, seat_rows
from tillit.apps.prepared import prepared
from tillit.core.governance.agreements import in_force


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right of an organ that holds or is to come."""

    key: int
    subject: str
    right: str
    level: str
    over: str
    amounts: str
    since: date
    until: date | None
    source: str

    @property
    def last(self) -> date | None:
        return last_day(self.until)

    @property
    def ending(self) -> str:
        return f"end-{self.key}"


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """A party that a seat speaks for, or the organ (`seat` None). `holds`: that day, and its agreement is in force."""

    key: int
    party: str
    seat: int | None
    basis: str
    since: date
    until: date | None
    holds: bool

    @property
    def last(self) -> date | None:
        return last_day(self.until)

    @property
    def ending(self) -> str:
        return f"unlink-{self.key}"


@dataclass(frozen=True, slots=True)
class NominationRow:
    """A proposal for a seat, for those who may read names."""

    key: int
    seat: int
    person: str
    party: str
    by: str
    by_id: UUID
    on: date
    state: str
    open: bool
    decided_on: date | None
    reason: str

    @property
    def electing(self) -> str:
        return f"elect-{self.key}"

    @property
    def refusing(self) -> str:
        return f"not-{self.key}"

    @property
    def withdrawing(self) -> str:
        return f"withdraw-{self.key}"


@dataclass(frozen=True, slots=True)
class OrganPage:
    """All that is said of an organ, as far as the one who asks may read it."""

    organ: Organ
    tier: str
    level: str
    basis: str
    quorum: str
    majority: str
    rights: tuple[RightRow, ...]
    seats: tuple[SeatRow, ...]
    spoken: tuple[SpokenRow, ...]
    nominations: tuple[NominationRow, ...]
    named: bool


def organ_page(organ: Organ, sight: Sight, today: date) -> OrganPage:
    """Return the page of an organ. Three queries, four for one who may read names."""
    named = sight.party or sight.office or sight.evaluator
    return OrganPage(
        organ,
        str(TIER_WORDS[organ.tier]),
        level_name(organ.level),
        str(LEGAL_BASES.get(organ.legal_basis, "")),
        str(QUORUM_RULES[organ.quorum_rule]),
        str(MAJORITY_RULES[organ.majority_rule]),
        right_rows(organ, today),
        seat_rows(organ, sight, today),
        spoken_rows(organ, sight, today),
        tuple(_nomination(each) for each in _nominations(organ.pk)) if named else (),
        named,
    )


def right_rows(organ: Organ, today: date) -> tuple[RightRow, ...]:
    """Return the rights of an organ that hold or are to come. One query."""
    return tuple(
        RightRow(
            each.pk,
            each.subject.name,
            str(RIGHT_WORDS[each.right]),
            level_name(each.level),
            each.over,
            band(each.amount_from, each.amount_to),
            each.starts_on,
            each.ends_on,
            each.source,
        )
        for each in _mandates(organ.pk, today)
    )


@prepared
def _mandates(organ: UUID, today: date) -> QuerySet[MandateItem]:
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    rows = MandateItem.objects.filter(CURRENT, still, organ=organ).select_related("subject", "level")
    return rows.order_by("subject__name", "level__rank", "starts_on", "pk")


def links_of(organ: Organ) -> tuple[RepresentationLink, ...]:
    """Return all that stands of whom an organ and its seats speak for. One query."""
    return tuple(_links(organ.pk))


@prepared
def _links(organ: UUID) -> QuerySet[RepresentationLink]:
    rows = RepresentationLink.objects.filter(CURRENT, Q(organ=organ) | Q(seat__organ=organ))
    return rows.select_related("organisation", "seat", "basis").order_by("organisation__name", "pk")


def spoken_rows(organ: Organ, sight: Sight, today: date) -> tuple[SpokenRow, ...]:
    """Return whom an organ and its seats speak for, or will. One query."""
    return tuple(
        SpokenRow(
            each.pk,
            each.organisation.name,
            each.seat.number if each.seat else None,
            each.basis.title if each.basis is not None and sight.sees(each.basis.openness) else "",
            each.starts_on,
            each.ends_on,
            during(each).holds(today) and (each.basis is None or in_force(term_fact(each.basis), today)),
        )
        for each in links_of(organ)
        if each.ends_on is None or each.ends_on > today
    )


@prepared
def _nominations(organ: UUID) -> QuerySet[Nomination]:
    rows = Nomination.objects.filter(seat__organ=organ)
    return rows.select_related("seat", "person", "organisation", "nominated_by").order_by(
        "seat__number", "nominated_on", "pk"
    )


def _nomination(row: Nomination) -> NominationRow:
    return NominationRow(
        row.pk,
        row.seat.number,
        row.person.name,
        row.organisation.name,
        row.nominated_by.name,
        row.nominated_by_id,
        row.nominated_on,
        str(NOMINATION_STATES[row.state]),
        row.state == "proposed",
        row.decided_on,
        row.reason,
    )
