"""Organs by tier and level, what they decide on, and which sectors take part where it is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    CURRENT,
    MandateItem,
    Organ,
    Partnership,
    Sector,
)
from tillit.apps.partnerships.models.words import (
    OPENNESS,
    TIER_WORDS,
)
from tillit.apps.partnerships.organ_facts import during
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.apps.partnerships.queries.organ_words import figure
from tillit.apps.partnerships.queries.rows import organs_of
from tillit.apps.partnerships.queries.seated import Seated, seated
from tillit.apps.prepared import prepared
from tillit.core.governance.areas import ADVISORY, DECIDES, DECIDING, OPERATIVE
from tillit.core.governance.entities import Party
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
    """Return the organs of a partnership. Five queries."""
    organs = [each for each in organs_of(partnership.pk) if sight.sees(each.openness, each.pk)]
    names = {each.pk: each.name for each in organs}
    subjects = _decided(_deciding(partnership.pk), today)
    found = seated(partnership, today)
    parties, sectors = found.parties(), found.sectors
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
        tuple(_sectors(each, found, parties, sectors, today) for each in decide),
    )


@prepared
def _deciding(partnership: UUID) -> QuerySet[MandateItem]:
    rows = MandateItem.objects.filter(CURRENT, organ__partnership=partnership, right=DECIDES)
    return rows.select_related("subject").order_by("subject__name", "pk")


def _decided(rows: Iterable[MandateItem], today: date) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for each in rows:
        if during(each).holds(today) and each.subject.name not in found.get(each.organ_id, ()):
            found[each.organ_id] = (*found.get(each.organ_id, ()), each.subject.name)
    return found


def _row(organ: Organ, names: Mapping[UUID, str], decides: tuple[str, ...], found: Seated, today: date) -> OrganRow:
    filled, vacant = found.held(today, organ)
    return OrganRow(
        id=organ.pk,
        name=organ.name,
        level=level_name(organ.level),
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


def _sectors(
    organ: Organ, found: Seated, parties: Mapping[str, Party], sectors: Sequence[Sector], today: date
) -> SectorRow:
    filled, vacant = found.held(today, organ)
    codes = [each.code for each in sectors]
    counted = tally(filled, placing(SECTOR, parties), codes, vacant)
    lacking = tuple(each.name for each in sectors if counted.counts[each.code] == Fraction(0))
    figures = tuple(figure(counted.counts[code]) for code in codes)
    return SectorRow(organ.pk, organ.name, level_name(organ.level), figures, lacking, len(counted.unknown))
