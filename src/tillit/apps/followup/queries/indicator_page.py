"""Reads one indicator: its picture, the thresholds it is judged by, its described levels, and each reporter's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tillit.apps.followup.models import Observation, Reporter, RubricLevel
from tillit.apps.followup.pictures import Picture, Told
from tillit.apps.followup.queries.pictures import pictures
from tillit.apps.followup.queries.scorecard import Row, is_followed, row_of
from tillit.apps.followup.thresholds import decided
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Own:
    """A reporter with its own approved figures, in the periods of the whole."""

    reporter: Reporter
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator as somebody may see it. `own`, `told` and `asked_about` are empty where they may not be seen."""

    row: Row
    judged_by: Mapping[str, Any]
    rubric: tuple[RubricLevel, ...]
    own: tuple[Own, ...]
    told: tuple[Told, ...]
    asked_about: tuple[Observation, ...]
    is_followed: bool

    @property
    def picture(self) -> Picture:
        return self.row.picture

    @property
    def labels(self) -> Mapping[int, str]:
        return {each.level: each.label for each in self.rubric}


def indicator_page(partnership: Partnership, sight: Sight, key: UUID, today: date) -> IndicatorPage | None:
    """Return an indicator, None where there is none to see. At most six queries.

    Who has not reported, and what is asked about, is for those in the partnership and those who run or evaluate it.
    """
    judged_by = decided(partnership)
    found = pictures(partnership, today, levels=sight.levels, keys=[key], judged_by=judged_by)
    if not found:
        return None
    of = found[0]
    within = is_within(sight)
    return IndicatorPage(
        row=row_of(of, today),
        judged_by=judged_by(of.day or today),
        rubric=tuple(RubricLevel.objects.filter(version=of.version)) if of.is_qualitative else (),
        own=own_figures(of, sight),
        told=of.told if within else (),
        asked_about=tuple(_asked_about(of)) if within else (),
        is_followed=is_followed(of.indicator, today),
    )


def is_within(sight: Sight) -> bool:
    """Return whether somebody is in a partnership, runs it or evaluates it."""
    return sight.party or sight.office or sight.evaluator


def own_figures(of: Picture, sight: Sight) -> tuple[Own, ...]:
    """Return each reporter's own figures, in the order of the reporters, then by name: never by how they do.

    The readings are ours that a party's own figures are for those within, a network's for all who may know of the
    network, and that where one reporter's may not be seen none are: the whole less the others would tell it.
    """
    if of.is_qualitative or not all(is_seen(each, sight) for each in of.reporters):
        return ()
    ordered = sorted(of.reporters, key=lambda each: (each.order, name_of(each), str(each.pk)))
    return tuple(Own(each, of.series.by_reporter.get(each.pk, ())) for each in ordered)


def is_seen(reporter: Reporter, sight: Sight) -> bool:
    """Return whether a reporter's own figures may be seen."""
    if reporter.organ is not None:
        return sight.sees(reporter.organ.openness, reporter.organ.pk)
    return is_within(sight)


def name_of(reporter: Reporter) -> str:
    """Return what a reporter is called: the organ's or the organisation's name."""
    return reporter.organ.name if reporter.organ is not None else str(reporter.organisation)


def _asked_about(of: Picture) -> list[Observation]:
    """Return the figures that D14 asks about and nobody has confirmed, by period."""
    return [row for row in of.rows if row.held and not row.confirmed and row.superseded_at is None]
