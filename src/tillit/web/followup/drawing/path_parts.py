"""What a chart of a target path is drawn of: values by period, the path, and the forecast period by period."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.forecast import Asked, Forecast, ForecastParams, forecast
from tillit.core.indicators.path import Path
from tillit.core.indicators.periods import Period
from tillit.web.followup.drawing.figures import places_of


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the forecast says of a period to come: where the line is, and the ends of the interval around it."""

    period: Period
    middle: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator on its way: what was approved, where it should be, and where it seems to go.

    `starts`: indexes at which a new definition begins. `ahead` is empty where a forecast is refused.
    """

    key: str
    name: str
    unit: str
    periods: tuple[Period, ...]
    values: tuple[Decimal | None, ...]
    starts: tuple[int, ...]
    path: Path | None
    ahead: tuple[Ahead, ...] = ()

    @property
    def places(self) -> int:
        """Return how many decimals the values, the baseline and the targets need."""
        ends: list[Decimal | None] = []
        if self.path is not None:
            ends = [self.path.baseline.value if self.path.baseline else None]
            ends += [end for each in self.path.targets for end in (each.value, each.low, each.high)]
        return places_of([*self.values, *ends])

    @property
    def days(self) -> list[date]:
        """Return every day that the picture has to reach."""
        found = [each.end for each in self.periods] + [each.period.end for each in self.ahead]
        if self.path is not None:
            found += [each.day for each in self.path.targets]
            found += [self.path.baseline.day] if self.path.baseline else []
        return found


def ahead(
    asked: Asked | None, found: Forecast | None, first: Period | None, params: ForecastParams
) -> tuple[Ahead, ...]:
    """Return the forecast for each period from the one after the latest until the target's, none where it is refused.

    `first`: the period of the first value that was asked about. Each period is the core's own answer for it.
    """
    if asked is None or found is None or first is None or found.line is None or found.low is None:
        return ()
    return tuple(_each(asked, first, params))


def _each(asked: Asked, first: Period, params: ForecastParams) -> Iterator[Ahead]:
    for index in range(len(asked.values), asked.at + 1):
        there = forecast(replace(asked, at=index), params)
        if there.line is not None and there.low is not None and there.high is not None:
            yield Ahead(first.ahead(index), there.line.forecast, there.low, there.high)
