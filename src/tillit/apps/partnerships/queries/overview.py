"""A partnership at a glance, as the one who asks may read it: who takes part, what is agreed, who sits and decides.

Nobody is named by name here, whoever asks: a seat is told by its sector and the party that fills it.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, FilteredRelation, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    CURRENT,
    AgreementArea,
    Level,
    MandateItem,
    Membership,
    Organ,
    Partnership,
    PartnershipAlias,
    Seat,
)
from tillit.apps.partnerships.models.words import OPENNESS, ROLE_WORDS, TIER_WORDS
from tillit.apps.partnerships.organ_facts import PLACED, SUBSTITUTE, during
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.apps.partnerships.queries.agreements import AgreementRow, agreement_rows, loaded
from tillit.apps.partnerships.queries.coverage import Coverage, Rows, coverage_of
from tillit.apps.partnerships.queries.organ_words import CARE_REGION_WORDS
from tillit.apps.partnerships.queries.rows import memberships_of, organs_of
from tillit.apps.prepared import prepared, read
from tillit.core.governance.areas import ADVISORY, DECIDES, DECIDING, OPERATIVE

TIERS = (DECIDING, OPERATIVE, ADVISORY)
Beside = Callable[[UUID], Any]


@dataclass(frozen=True, slots=True)
class Taking:
    """A party that takes part today. `region`: the county it counts in, "" for none or not stated."""

    key: UUID
    name: str
    kind: str
    roles: str
    region: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class SeatTold:
    """A seat: its sector, the region that is its own, and the party whose person sits there; `party` "" is vacant."""

    number: int
    sector: str
    place: str
    party: str
    voting: bool


@dataclass(frozen=True, slots=True)
class OrganTold:
    """An organ with its seats; `decides`: subjects. `openness`: "" where it is open to all."""

    key: UUID
    name: str
    tier: str
    level: str
    openness: str
    decides: tuple[str, ...]
    seats: tuple[SeatTold, ...]

    @property
    def vacant(self) -> int:
        """Return how many seats nobody sits on."""
        return sum(not each.party for each in self.seats)


@dataclass(frozen=True, slots=True)
class Promised:
    """How many commitments somebody may read of at a level, and how many of those on the deciding tier."""

    level: str
    total: int
    deciding: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a partnership's first page tells. `sectors`: the parties by sector, those without one last.

    `regions`: how many of the 21 take part as parties. `tiers_lacking`: tiers without an organ that may be known of.
    `hidden`: that something is there which the one who asks may not read: openness explained, not what.
    `beside`: what another room asked to be read along, as it was answered and not looked at here.
    """

    aliases: tuple[str, ...]
    sectors: tuple[tuple[str, tuple[Taking, ...]], ...]
    parties: int
    regions: tuple[str, ...]
    agreements: tuple[AgreementRow, ...]
    coverage: Coverage
    organs: tuple[OrganTold, ...]
    tiers_lacking: tuple[str, ...]
    promised: tuple[Promised, ...]
    promised_total: int
    hidden: bool
    beside: str | None = None


def overview(partnership: Partnership, sight: Sight, today: date, *, beside: Beside | None = None) -> Overview:
    """Return a partnership at a glance. Six queries. `beside`: makes an expression of text, of its key, read along."""
    words = _words(partnership, sight, today, beside)
    whole, levels = loaded(partnership, words.areas), list(words.levels)
    members, organs = memberships_of(partnership.pk), organs_of(partnership.pk)
    shown = [each for each in organs if sight.sees(each.openness, each.pk) and during(each).holds(today)]
    told = _organs(shown, _seats(partnership.pk, today), words.decided)
    here = [each for each in members if during(each).holds(today)]
    agreements = agreement_rows(whole.seen(sight), today)
    promised = tuple(Promised(level_name(each), *many) for each, many in words.levels.items() if many[0])
    there = {each.tier for each in shown}
    return Overview(
        aliases=words.aliases,
        sectors=_sectors(here),
        parties=len({each.organisation_id for each in here}),
        regions=tuple(sorted({_region(each) for each in here if each.organisation.kind == "region"} - {""})),
        agreements=agreements,
        coverage=coverage_of(partnership, Rows(whole, levels, organs, members), sight, today),
        organs=told,
        tiers_lacking=tuple(str(TIER_WORDS[tier]) for tier in TIERS if tier not in there),
        promised=promised,
        promised_total=sum(each.total for each in promised),
        hidden=len(agreements) < len(whole.rows) or any(not sight.sees(each.openness, each.pk) for each in organs),
        beside=words.beside,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Other names, what organs decide on, what agreements say of each area; and the levels from the top, each with how
    many commitments run there that may be read, and how many of those on the deciding tier."""

    aliases: tuple[str, ...]
    decided: Mapping[UUID, tuple[str, ...]]
    areas: tuple[AgreementArea, ...]
    levels: Mapping[Level, tuple[int, int]]
    beside: str | None


def _words(partnership: Partnership, sight: Sight, today: date, beside: Beside | None) -> _Words:
    """Return what is told in few words each. One query."""
    key, levels = partnership.pk, sight.levels
    asked = (key, levels, today, beside)
    told = read(_few_words(*asked, sight.organs)) if sight.organs else _few_open_words(*asked)
    decided: dict[UUID, list[str]] = {}
    for _sort, key, name, *_rest in sorted(each for each in told if each[0] == "decides"):
        if name not in decided.setdefault(UUID(key), []):
            decided[UUID(key)].append(name)
    ranked = sorted((int(row[4]), int(row[1]), row) for row in told if row[0] == "level")
    return _Words(
        tuple(name for _key, name in sorted((int(row[1]), row[2]) for row in told if row[0] == "alias")),
        {key: tuple(names) for key, names in decided.items()},
        tuple(
            AgreementArea(agreement_id=UUID(key), area=area, coverage=coverage, clause_refs=refs)
            for sort, key, area, coverage, refs, *_rest in told
            if sort == "area"
        ),
        {
            Level(pk=key, partnership=partnership, code=row[2], name=row[3], rank=rank): (row[5], row[6])
            for rank, key, row in ranked
        },
        next((row[2] for row in told if row[0] == "beside"), None),
    )


@prepared
def _few_open_words(
    partnership: UUID, levels: tuple[str, ...], today: date, beside: Beside | None
) -> "QuerySet[Any, tuple[Any, ...]]":
    return _few_words(partnership, levels, today, beside)


def _few_words(
    partnership: UUID,
    levels: tuple[str, ...],
    today: date,
    beside: Beside | None,
    organs: Container[UUID] = frozenset(),
) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return several sorts of rows as columns of text and two numbers; `levels` and `organs`: what may be read."""
    decides = MandateItem.objects.filter(CURRENT, _holding(today), organ__partnership=partnership, right=DECIDES)
    here = AgreementArea.objects.filter(agreement__partnership=partnership)
    run = Q(commitments__starts_on__lte=today) & (
        Q(commitments__ends_on__isnull=True) | Q(commitments__ends_on__gt=today)
    )
    seen = run & (Q(commitments__openness__in=levels) | Q(commitments__organ__in=organs))
    counted = Level.objects.filter(partnership=partnership).annotate(
        total=Count("commitments", filter=seen),
        deciding=Count("commitments", filter=seen & Q(commitments__tier=DECIDING)),
    )
    along = Partnership.objects.filter(pk=partnership).annotate(told_beside=beside(partnership)) if beside else None
    return _told(counted, "level", "pk", "code", "name", "rank", "total", "deciding").union(
        *([] if along is None else [_told(along, "beside", "pk", "told_beside")]),
        _told(PartnershipAlias.objects.filter(partnership=partnership), "alias", "pk", "name"),
        _told(decides, "decides", "organ_id", "subject__name"),
        _told(here, "area", "agreement_id", "area", "coverage", "clause_refs"),
        all=True,
    )


def _told(rows: Any, sort: str, key: str, *columns: str) -> "QuerySet[Any]":
    """Return rows as a sort, a key, three texts and two numbers; "" and 0 where they have none."""
    named = {f"t{n}": Cast(columns[n], CharField()) if n < len(columns) else Value("", CharField()) for n in range(3)}
    counts = {f"n{n}": F(columns[n]) if n < len(columns) else Value(0, IntegerField()) for n in (3, 4)}
    whole = {"t_sort": Value(sort, CharField()), "t_key": Cast(key, CharField()), **named, **counts}
    found: QuerySet[Any] = rows.order_by().annotate(**whole).values_list(*whole)
    return found


def _holding(today: date) -> Q:
    return (Q(ends_on__isnull=True) | Q(ends_on__gt=today)) & Q(starts_on__lte=today)


@prepared
def _seats(partnership: UUID, today: date) -> QuerySet[Seat]:
    """Return the seats of the day, each with the party whose person sits there. One query."""
    sits = (
        Q(appointments__superseded_at__isnull=True)
        & Q(appointments__starts_on__lte=today)
        & (Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gt=today))
        & ~Q(appointments__role=SUBSTITUTE)
    )
    rows = Seat.objects.filter(organ__partnership=partnership, starts_on__lte=today)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    held = rows.annotate(now=FilteredRelation("appointments", condition=sits)).annotate(
        party=F("now__organisation__name")
    )
    return held.select_related("sector").order_by("organ", "number")


def _organs(
    organs: Iterable[Organ], seats: Iterable[Seat], decided: Mapping[UUID, tuple[str, ...]]
) -> tuple[OrganTold, ...]:
    there: dict[UUID, list[SeatTold]] = {}
    for seat in seats:
        sector = seat.sector.name if seat.sector is not None else ""
        place = regions().get(seat.county_code) or str(CARE_REGION_WORDS.get(seat.health_care_region, ""))
        told = SeatTold(seat.number, sector, place, seat.party or "", seat.voting)  # type: ignore[attr-defined]
        there.setdefault(seat.organ_id, []).append(told)
    tiers = list(TIER_WORDS)
    return tuple(
        OrganTold(
            each.pk,
            each.name,
            str(TIER_WORDS[each.tier]),
            level_name(each.level),
            "" if each.openness == "public" else str(OPENNESS[each.openness]),
            decided.get(each.pk, ()),
            tuple(there.get(each.pk, ())),
        )
        for each in sorted(organs, key=lambda each: (each.level.rank, tiers.index(each.tier), each.name))
    )


def _sectors(here: Iterable[Membership]) -> tuple[tuple[str, tuple[Taking, ...]], ...]:
    """Return the parties by sector, in the sectors' order; an organisation once, with its roles, main party first."""
    kind, role = cache(lambda code: str(KINDS[code])), cache(lambda code: str(ROLE_WORDS[code]))
    rows: dict[UUID, list[Membership]] = {}
    weight = list(ROLE_WORDS).index
    for each in sorted(here, key=lambda each: (each.organisation.name, each.starts_on, weight(each.role))):
        rows.setdefault(each.organisation_id, []).append(each)
    found: dict[str, list[Taking]] = {}
    order: dict[str, int] = {}
    for own in rows.values():
        sector = next((each.sector for each in own if each.sector is not None), None)
        name = sector.name if sector is not None else ""
        order[name] = sector.order if sector is not None else len(rows) + len(order)
        roles = ", ".join(dict.fromkeys(role(each.role) for each in own))
        one = own[0].organisation
        told = Taking(one.pk, one.name, kind(one.kind), roles, _region(own[0]), one.made_up)
        found.setdefault(name, []).append(told)
    return tuple((name, tuple(found[name])) for name in sorted(found, key=lambda name: (not name, order[name], name)))


def _region(membership: Membership) -> str:
    organisation = membership.organisation
    return regions().get(organisation.county_code, "") if organisation.kind in PLACED else ""
