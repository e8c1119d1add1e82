"""D8: three readings of which regions are represented, never merged into one figure.

(i) direct: a voting seat is filled by it, by the seat's own region or by the party's; (ii) indirect: a seat that
another holds speaks for it by an agreement; (iii) uncovered: neither.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tillit.core.governance.balance import not_covered_flags
from tillit.core.governance.entities import Party, RepresentationLink
from tillit.core.governance.flags import Flag
from tillit.core.governance.regions import REGIONS
from tillit.core.governance.representation import REGION, Holding


@dataclass(frozen=True, slots=True)
class Geography:
    """Regions by code, in the order of the codes. A region may be both direct and indirect.

    `unknown`: parties on seats or links whose region nobody has stated.
    """

    regions: tuple[str, ...]
    by_seat: tuple[str, ...]
    by_party: tuple[str, ...]
    indirect: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def direct(self) -> tuple[str, ...]:
        """Return the regions with a voting seat, by either way."""
        return tuple(each for each in self.regions if each in self.by_seat or each in self.by_party)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Return the regions that nobody speaks for."""
        return tuple(each for each in self.regions if each not in self.direct and each not in self.indirect)

    @property
    def direct_share(self) -> Fraction:
        """Return the share of the regions that have a seat."""
        return Fraction(len(self.direct), len(self.regions))

    @property
    def covered_share(self) -> Fraction:
        """Return the share of the regions that have a seat or are spoken for."""
        return 1 - Fraction(len(self.uncovered), len(self.regions))


def geography(
    filled: Sequence[Holding],
    parties: Mapping[str, Party],
    links: Iterable[RepresentationLink],
    on: date,
    *,
    running: Collection[str] | None = None,
    regions: Sequence[str] = REGIONS,
) -> Geography:
    """Return which regions the filled seats of one organ represent on a day.

    A link holds while its days do, while somebody sits on its seat (or on any seat of its organ), and while the
    agreement behind it is in force; `running`: ids of the agreements that are, None when that is not asked.
    """
    by_seat = {each.seat.region for each in filled if each.seat.region}
    sitting = [party for each in filled if not each.seat.region for party in each.shares]
    valid = [link.party for link in links if _holds(link, filled, on, running)]
    by_party, lacking = _regions(sitting, parties)
    indirect, unlinked = _regions(valid, parties)
    unknown = tuple(dict.fromkeys((*lacking, *unlinked)))

    def ordered(found: Collection[str | None]) -> tuple[str, ...]:
        return tuple(each for each in regions if each in found)

    return Geography(tuple(regions), ordered(by_seat), ordered(by_party), ordered(indirect), unknown)


def _regions(ids: Iterable[str], parties: Mapping[str, Party]) -> tuple[set[str | None], list[str]]:
    """Return the regions of some parties, and the parties whose region nobody has stated."""
    known = {each: parties[each].region if each in parties else None for each in ids}
    return {region for region in known.values() if region}, [each for each, region in known.items() if region is None]


def _holds(link: RepresentationLink, filled: Sequence[Holding], on: date, running: Collection[str] | None) -> bool:
    if not link.during.holds(on):
        return False
    if link.agreement is not None and running is not None and link.agreement not in running:
        return False
    return any(link.seat == each.seat.id or (link.seat is None and link.organ == each.seat.organ) for each in filled)


def geography_flags(found: Geography, *, organ: str, on: date) -> tuple[Flag, ...]:
    """Return the yellow flag with the names of the regions that nobody speaks for, none when there are none."""
    has = {*found.direct, *found.indirect}
    return not_covered_flags(found.regions, has, organ=organ, dimension=REGION, on=on, unknown=found.unknown)
