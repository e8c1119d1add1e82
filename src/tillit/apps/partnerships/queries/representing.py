"""Who is represented in an organ: seats against its norms, and three readings of geography, never one figure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.apps.parties.geography import regions
from tillit.apps.partnerships.models import CURRENT, Organ, RepresentationLink, RepresentationNorm
from tillit.apps.partnerships.models.words import NORM_DIMENSIONS
from tillit.apps.partnerships.organ_facts import during, link_fact, term_fact
from tillit.apps.partnerships.queries.norm_readings import TRIED, Held, Reading
from tillit.apps.partnerships.queries.organ_page import links_of
from tillit.apps.partnerships.queries.organ_words import Told, figure, flag_told
from tillit.apps.partnerships.queries.seated import seated
from tillit.apps.prepared import prepared
from tillit.core.governance import representation as core
from tillit.core.governance.agreements import in_force
from tillit.core.governance.geography import Geography, geography, geography_flags
from tillit.core.governance.regions import split_regions


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region, how it is represented and through whom, and its voting seats per sector; the last for all others."""

    code: str
    name: str
    state: str
    through: tuple[str, ...]
    split: bool
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Represented:
    """Who is represented in an organ on a day. `vacant`: numbers of voting seats that nobody sits on."""

    readings: tuple[Reading, ...]
    tried: Reading | None
    sectors: tuple[str, ...]
    regions: tuple[RegionRow, ...]
    elsewhere: tuple[str, ...]
    direct: int
    indirect: int
    uncovered: tuple[str, ...]
    findings: tuple[Told, ...]
    unknown: tuple[str, ...]
    filled: int
    vacant: tuple[int, ...]
    lapsed: tuple[str, ...]


def represented(organ: Organ, today: date, tried: str = "") -> Represented:
    """Return who is represented in an organ on a day; `tried`: a norm of `TRIED` to hold it against too. Five queries.

    The figures are the same for all who may see the organ: seats, parties and agreements in force, never persons.
    """
    found, links = seated(organ.partnership, today, organ), links_of(organ)
    sectors = {each.code: each.name for each in found.sectors}
    parties = found.parties(each.organisation for each in links)
    filled, vacant = found.held(today, organ)
    running = {str(each.basis_id) for each in links if each.basis and in_force(term_fact(each.basis), today)}
    spread = geography(filled, parties, [link_fact(each) for each in links], today, running=running)
    numbers = {str(each.pk): each.number for each in found.seats}
    hold = Held(filled, vacant, parties, sectors, numbers, found)
    cells = hold.matrix()
    rows = _norms(organ.pk)
    through = _through(hold, [each for each in links if _holds(each, hold, running, today)])
    names = {str(each.organisation_id): each.organisation.name for each in found.appointments}
    names |= {str(each.organisation_id): each.organisation.name for each in links}
    return Represented(
        readings=tuple(hold.decided(each, rows) for each in NORM_DIMENSIONS if any(r.dimension == each for r in rows)),
        tried=hold.tried(tried) if tried in TRIED else None,
        sectors=tuple(sectors.values()),
        regions=_region_rows(spread, through, cells, tuple(sectors)),
        elsewhere=tuple(figure(cells.get(("", code), Fraction(0))) for code in (*sectors, "")),
        direct=len(spread.direct),
        indirect=len(spread.indirect),
        uncovered=tuple(regions()[each] for each in spread.uncovered),
        findings=tuple(flag_told(each, regions()) for each in geography_flags(spread, organ=str(organ.pk), on=today)),
        unknown=tuple(names.get(each, each) for each in spread.unknown),
        filled=len(filled),
        vacant=tuple(sorted(numbers[each] for each in vacant)),
        lapsed=tuple(
            each.organisation.name
            for each in links
            if during(each).holds(today) and each.basis is not None and str(each.basis_id) not in running
        ),
    )


@prepared
def _norms(organ: UUID) -> QuerySet[RepresentationNorm]:
    return RepresentationNorm.objects.filter(CURRENT, organ=organ).order_by("dimension", "category", "kind")


def _region_rows(
    spread: Geography,
    through: Mapping[str, tuple[str, ...]],
    cells: Mapping[tuple[str, str], Fraction],
    sectors: Sequence[str],
) -> tuple[RegionRow, ...]:
    def state(code: str) -> str:
        return "direct" if code in spread.direct else "indirect" if code in spread.indirect else "none"

    return tuple(
        RegionRow(
            code,
            regions()[code],
            state(code),
            through.get(code, ()),
            code in split_regions(),
            tuple(figure(cells.get((code, sector), Fraction(0))) for sector in (*sectors, "")),
        )
        for code in spread.regions
    )


def _holds(link: RepresentationLink, hold: Held, running: Collection[str], today: date) -> bool:
    seats = {each.seat.id for each in hold.filled}
    there = bool(seats) if link.seat_id is None else str(link.seat_id) in seats
    return there and during(link).holds(today) and (link.basis_id is None or str(link.basis_id) in running)


def _through(hold: Held, links: Iterable[RepresentationLink]) -> dict[str, tuple[str, ...]]:
    """Return by which seats each region is represented, directly first."""
    found: dict[str, dict[str, None]] = {}
    place = core.placing(core.REGION, hold.parties)
    for holding in hold.filled:
        for party in holding.shares:
            for region in place(holding.seat, party) or {}:
                said = _("plats %(n)s") % {"n": hold.numbers[holding.seat.id]}
                found.setdefault(region, {})[said] = None
    for link in links:
        spoken = hold.parties.get(str(link.organisation_id))
        if spoken is not None and spoken.region:
            told = _("genom plats %(n)s") % {"n": link.seat.number} if link.seat else _("genom organet som helhet")
            found.setdefault(spoken.region, {})[told] = None
    return {region: tuple(said) for region, said in found.items()}
