"""The versions of an indicator as they are told: since when, why, by whose decision, and what became different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.apps.followup.models import IndicatorVersion
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.followup.shares import shown
from tillit.web.followup.drawing.figures import with_unit


@dataclass(frozen=True, slots=True)
class VersionTold:
    """A version. `changed`: what differs from the one before, as (what, before, now); `reported`: periods by it."""

    version: IndicatorVersion
    facts: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str, str], ...]
    reported: int


def versions_told(rows: Sequence[IndicatorVersion]) -> tuple[VersionTold, ...]:
    """Return the versions as told, in the order given: the latest first."""
    told = [dict(_facts(each)) for each in rows]
    earlier = [*told[1:], {}]
    return tuple(
        VersionTold(
            row,
            tuple((what, says) for what, says in now.items() if says),
            tuple((what, before.get(what, ""), says) for what, says in now.items() if before and before[what] != says),
            getattr(row, "reported", 0),
        )
        for row, now, before in zip(rows, told, earlier, strict=True)
    )


def _facts(row: IndicatorVersion) -> Iterator[tuple[str, str]]:
    yield _("Definition"), row.definition
    yield _("Slag"), str(INDICATOR_KINDS[row.kind])
    yield _("Vad som är bättre"), str(DIRECTIONS.get(row.direction, ""))
    yield _("Enhet"), row.unit
    yield _("Mäts varje"), str(FREQUENCIES.get(row.frequency, ""))
    yield _("Läggs ihop"), "" if row.kind == "qualitative" else str(AGGREGATIONS[row.aggregation])
    yield _("Täljare"), row.numerator
    yield _("Nämnare"), row.denominator
    yield _("Räknas upp under året"), _("ja") if row.cumulative else ""
    for what, value in ((_("Lägsta möjliga"), row.low), (_("Högsta möjliga"), row.high)):
        figure = shown(row, value)
        yield what, "" if figure is None else with_unit(figure, row.unit)
    yield _("Lägsta nivå som godtas"), "" if row.floor_level is None else str(row.floor_level)
    yield _("Ansvarig"), ", ".join(each for each in (row.owner_role, str(row.owner_party or "")) if each)
    yield _("Källa"), row.source_system
    yield _("Så går det till"), row.method
    yield _("Hur säkert"), row.quality
    yield _("Underlag för"), row.decision_use
