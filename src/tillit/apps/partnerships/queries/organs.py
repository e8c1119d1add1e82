"""Organs by tier and level, who decides there, and one organ with its seats and rights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Q

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    CURRENT,
    MandateItem,
    Nomination,
    Organ,
    Partnership,
    RepresentationLink,
    Sector,
)
from tillit.apps.partnerships.models.words import (
    LEGAL_BASES,
    MAJORITY_RULES,
    NOMINATION_STATES,
    OPENNESS,
    QUORUM_RULES,
    RIGHT_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.organ_facts import during, term_fact
from tillit.apps.partnerships.queries.organ_words import band, figure
from tillit.apps.partnerships.queries.seated import Seated, SeatRow, seat_rows, seated
from tillit.core.governance.agreements import in_force
from tillit.core.governance.areas import ADVISORY, DECIDES, DECIDING, OPERATIVE
from tillit.core.governance.representation import SECTOR, placing, tally

THREE = (DECIDING, OPERATIVE, ADVISORY)
"""The tiers that a partnership is to have (R10): shown also where nothing is in them."""


@dataclass(frozen=True, slots=True)
class OrganRow:
    """An organ as a line. `seats`: voting ones; `vacant` of those. `above` is "" for none, or one that is not shown."""

    id: UUID
    name: str
    level: str
    above: str
    openness: str
    decides: tuple[str, ...]
    seats: int
    vacant: int
    meetings_per_year: int | None
    starts_on: date
    ends_on: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class TierRows:
    """A tier and its organs, those of the highest level first."""

    tier: str
    word: str
    organs: tuple[OrganRow, ...]


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A deciding organ and the voting seats of each sector; `unknown`: seats whose sector nobody has stated."""

    id: UUID
    name: str
    level: str
    counts: tuple[str, ...]
    lacking: tuple[str, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class OrganList:
    """All organs that somebody may know of, by tier, and which sectors take part where it is decided (R12)."""

    tiers: tuple[TierRows, ...]
    closed: tuple[OrganRow, ...]
    sectors: tuple[str, ...]
    deciding: tuple[SectorRow, ...]


def organ_list(partnership: Partnership, sight: Sight, today: date) -> OrganList:
    """Return the organs of a partnership. Seven queries."""
    organs = [
        each
        for each in Organ.objects.filter(partnership=partnership).select_related("level")
        if sight.sees(each.openness, each.pk)
    ]
    names = {each.pk: each.name for each in organs}
    subjects = _decided(partnership, today)
    found, sectors = seated(partnership, today), tuple(partnership.sectors.all())
    rows = {each.pk: _row(each, names, subjects.get(each.pk, ()), found, today) for each in organs}
    running = [each for each in organs if not rows[each.pk].over]
    tiers = [*THREE, *(each for each in TIER_WORDS if each not in THREE and any(o.tier == each for o in running))]
    decide = [each for each in running if each.tier == DECIDING or subjects.get(each.pk)]
    return OrganList(
        tuple(
            TierRows(tier, str(TIER_WORDS[tier]), tuple(rows[each.pk] for each in running if each.tier == tier))
            for tier in tiers
        ),
        tuple(each for each in rows.values() if each.over),
        tuple(each.name for each in sectors),
        tuple(_sectors(each, found, sectors, today) for each in decide),
    )


def _decided(partnership: Partnership, today: date) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    rows = MandateItem.objects.filter(CURRENT, organ__partnership=partnership, right=DECIDES).select_related("subject")
    for each in rows.order_by("subject__name", "pk"):
        if during(each).holds(today) and each.subject.name not in found.get(each.organ_id, ()):
            found[each.organ_id] = (*found.get(each.organ_id, ()), each.subject.name)
    return found


def _row(organ: Organ, names: Mapping[UUID, str], decides: tuple[str, ...], found: Seated, today: date) -> OrganRow:
    filled, vacant = found.held(today, organ)
    return OrganRow(
        id=organ.pk,
        name=organ.name,
        level=organ.level.name,
        above=names.get(organ.parent_id, "") if organ.parent_id else "",
        openness="" if organ.openness == "public" else str(OPENNESS[organ.openness]),
        decides=decides,
        seats=len(filled) + len(vacant),
        vacant=len(vacant),
        meetings_per_year=organ.meetings_per_year,
        starts_on=organ.starts_on,
        ends_on=organ.ends_on,
        over=organ.ends_on is not None and organ.ends_on <= today,
    )


def _sectors(organ: Organ, found: Seated, sectors: Sequence[Sector], today: date) -> SectorRow:
    filled, vacant = found.held(today, organ)
    codes = [each.code for each in sectors]
    counted = tally(filled, placing(SECTOR, found.parties()), codes, vacant)
    lacking = tuple(each.name for each in sectors if counted.counts[each.code] == Fraction(0))
    figures = tuple(figure(counted.counts[code]) for code in codes)
    return SectorRow(organ.pk, organ.name, organ.level.name, figures, lacking, len(counted.unknown))


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


@dataclass(frozen=True, slots=True)
class OrganPage:
    """All that is said of an organ, as far as the one who asks may read it."""

    organ: Organ
    tier: str
    words: tuple[tuple[str, str], ...]
    rights: tuple[RightRow, ...]
    seats: tuple[SeatRow, ...]
    spoken: tuple[SpokenRow, ...]
    nominations: tuple[NominationRow, ...]
    named: bool


def organ_page(organ: Organ, sight: Sight, today: date) -> OrganPage:
    """Return the page of an organ. Six queries, seven for one who may read names."""
    found = seated(organ.partnership, today, organ)
    named = sight.party or sight.office or sight.evaluator
    return OrganPage(
        organ,
        str(TIER_WORDS[organ.tier]),
        _rules(organ),
        right_rows(organ, today),
        seat_rows(found, organ, sight, today),
        _spoken(organ, sight, today),
        _nominations(organ) if named else (),
        named,
    )


def _rules(organ: Organ) -> tuple[tuple[str, str], ...]:
    """Return the words of what follows from codes: quorum, majority, the law it rests on."""
    return (
        ("legal_basis", str(LEGAL_BASES.get(organ.legal_basis, ""))),
        ("quorum", str(QUORUM_RULES[organ.quorum_rule])),
        ("majority", str(MAJORITY_RULES[organ.majority_rule])),
    )


def right_rows(organ: Organ, today: date) -> tuple[RightRow, ...]:
    """Return the rights of an organ that hold or are to come. One query."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    rows = organ.mandates.filter(CURRENT, still).select_related("subject", "level")
    return tuple(
        RightRow(
            each.pk,
            each.subject.name,
            str(RIGHT_WORDS[each.right]),
            each.level.name,
            each.over,
            band(each.amount_from, each.amount_to),
            each.starts_on,
            each.ends_on,
            each.source,
        )
        for each in rows.order_by("subject__name", "level__rank", "starts_on", "pk")
    )


def links_of(organ: Organ) -> tuple[RepresentationLink, ...]:
    """Return all that stands of whom an organ and its seats speak for. One query."""
    rows = RepresentationLink.objects.filter(CURRENT, Q(organ=organ) | Q(seat__organ=organ))
    return tuple(rows.select_related("organisation", "seat", "basis").order_by("organisation__name", "pk"))


def _spoken(organ: Organ, sight: Sight, today: date) -> tuple[SpokenRow, ...]:
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


def _nominations(organ: Organ) -> tuple[NominationRow, ...]:
    rows: Iterable[Nomination] = Nomination.objects.filter(seat__organ=organ).select_related(
        "seat", "person", "organisation", "nominated_by"
    )
    return tuple(
        NominationRow(
            each.pk,
            each.seat.number,
            each.person.name,
            each.organisation.name,
            each.nominated_by.name,
            each.nominated_by_id,
            each.nominated_on,
            str(NOMINATION_STATES[each.state]),
            each.state == "proposed",
            each.decided_on,
            each.reason,
        )
        for each in rows.order_by("seat__number", "nominated_on", "pk")  # type: ignore[attr-defined]
    )
