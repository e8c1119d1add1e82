"""Reads the figures of networks side by side, and the open series for those who analyse them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tillit.apps.followup.models import Indicator
from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries.indicator_page import Own, is_seen, name_of
from tillit.apps.followup.queries.pictures import pictures
from tillit.apps.followup.queries.scorecard import is_followed
from tillit.apps.followup.series import Point
from tillit.apps.followup.shares import shown
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Partnership

FEWEST = 2
"""Networks that there have to be for anything to stand side by side."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator with the figures of each network, in the order of the reporters, then by name."""

    picture: Picture
    own: tuple[Own, ...]

    @property
    def indicator(self) -> Indicator:
        return self.picture.indicator


def networks(partnership: Partnership, sight: Sight, today: date) -> tuple[Beside, ...]:
    """Return the indicators that at least two organs report figures of, as somebody may see them. Six queries.

    The readings are ours that a network is an organ that reports, that one which may not be known of is left out
    with its figures, and that where only one would then be left out, the whole may tell its figures: nothing is shown.
    """
    found = []
    for each in pictures(partnership, today, levels=sight.levels):
        organs = [reporter for reporter in each.reporters if reporter.organ is not None]
        hidden = [reporter for reporter in organs if not is_seen(reporter, sight)]
        seen = [reporter for reporter in organs if is_seen(reporter, sight)]
        if each.is_qualitative or len(seen) < FEWEST or len(hidden) == 1 or not is_followed(each.indicator, today):
            continue
        ordered = sorted(seen, key=lambda reporter: (reporter.order, name_of(reporter), str(reporter.pk)))
        own = tuple(Own(reporter, each.series.by_reporter.get(reporter.pk, ())) for reporter in ordered)
        found.append(Beside(each, own))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A period of an open indicator, as it stands in the file. `value` None: missing. `levels`: one for each rater."""

    picture: Picture
    point: Point
    value: Decimal | None

    @property
    def levels(self) -> str:
        return " ".join(map(str, self.point.levels))


def open_pictures(partnership: Partnership, today: date) -> tuple[Picture, ...]:
    """Return the pictures of the indicators that are open to all, whoever asks. Six queries."""
    return pictures(partnership, today, levels=("public",))


def open_rows(found: tuple[Picture, ...]) -> Iterator[OpenRow]:
    """Yield the approved periods of indicators, oldest first within each."""
    for each in found:
        versions = {version.number: version for version in each.versions}
        for point in each.series.points:
            version = versions.get(point.version or 0, each.version)
            yield OpenRow(each, point, shown(version, point.value))
