"""What was approved for an indicator, period by period: each reporter's own figures, and all of them as one (I-18).

A period's whole is there only where it says what it seems to say: a sum lacks its value while any who is asked for it
has not reported, a ratio and a mean are of those that there are, and how many are missing is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from tillit.apps.followup.models import IndicatorVersion, Observation, Reporter
from tillit.core.indicators.judged import median_low
from tillit.core.indicators.periods import Period, period_of
from tillit.core.indicators.rollup import LAST, MEAN, NONE, RATIO, SUM, Part, roll_up

APPROVED = ("approved", "locked")
LONGEST = 1200
"""Periods that a series is drawn over at most: a hundred years of months."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of an indicator as a whole. `value` None: missing. `reported` of `asked` reporters have an approved
    figure. `version`: the number of the version that it was defined by, None where nobody has reported."""

    period: Period
    value: Decimal | None
    reported: int
    asked: int
    version: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """The periods of an indicator from the first that is reported to the last, none left out.

    `starts`: the indexes at which a new definition begins. `earlier`: how many approved periods lie before it, of a
    version with another frequency. `by_reporter`: each reporter's own values in the same periods.
    """

    points: tuple[Point, ...] = ()
    starts: tuple[int, ...] = ()
    earlier: int = 0
    by_reporter: Mapping[object, tuple[Decimal | None, ...]] = field(default_factory=dict)

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        return tuple(each.value for each in self.points)

    @property
    def latest(self) -> Point | None:
        """Return the last point that has a value or levels."""
        return next((each for each in reversed(self.points) if each.value is not None or each.levels), None)


def series(versions: Sequence[IndicatorVersion], reporters: Sequence[Reporter], rows: Iterable[Observation]) -> Series:
    """Return the series of an indicator, oldest first, of rows that stand; what is not approved is left out."""
    if not versions:
        return Series()
    current = max(versions, key=lambda each: each.number)
    approved = [row for row in rows if row.status in APPROVED and row.superseded_at is None]
    kept = [row for row in approved if row.frequency == current.frequency]
    if not kept:
        return Series(earlier=len(approved))
    first = min(row.number for row in kept)
    last = min(max(row.number for row in kept), first + LONGEST - 1)
    by_period: dict[int, list[Observation]] = {}
    for row in kept:
        by_period.setdefault(row.number, []).append(row)
    known = {version.pk: version for version in versions}
    points = tuple(
        _point(Period(current.frequency, number), by_period.get(number, []), known, reporters)
        for number in range(first, last + 1)
    )
    return Series(points, _starts(points), len(approved) - len(kept), _own(kept, reporters, first, last))


def own_value(row: Observation) -> Decimal | None:
    """Return the figure of one observation: a ratio is its numerator through its denominator, None where that is 0."""
    value: Decimal | None = row.value
    if value is None and row.numerator is not None and row.denominator:
        value = row.numerator / row.denominator
    return value


def _point(
    period: Period,
    rows: Sequence[Observation],
    versions: Mapping[UUID, IndicatorVersion],
    reporters: Sequence[Reporter],
) -> Point:
    asked = sum(is_asked(each, period) for each in reporters)
    here = len({row.reporter_id for row in rows})
    if not rows:
        return Point(period, None, 0, asked)
    version = max((versions[row.version_id] for row in rows), key=lambda each: each.number)
    same = [row for row in rows if row.version_id == version.pk]
    if version.kind == "qualitative":
        levels = tuple(sorted(row.level for row in same if row.level is not None))
        return Point(period, None, here, max(asked, here), version.number, levels=levels)
    return _figure(period, same, version, here, max(asked, here))


def _figure(period: Period, rows: Sequence[Observation], version: IndicatorVersion, here: int, asked: int) -> Point:
    if len(rows) == 1 and asked == 1:
        row = rows[0]
        return Point(period, own_value(row), 1, 1, version.number, row.numerator, row.denominator)
    if version.aggregation == NONE or (version.aggregation == SUM and here < asked):
        return Point(period, None, here, asked, version.number)
    found = roll_up([_part(row, version.aggregation) for row in rows], version.aggregation)
    if version.aggregation == SUM and found.left_out:
        return Point(period, None, here, asked, version.number)
    return Point(
        period,
        _decimal(found.value),
        here,
        asked,
        version.number,
        _decimal(found.numerator) if version.aggregation == RATIO else None,
        _decimal(found.denominator) if version.aggregation == RATIO else None,
    )


def _part(row: Observation, aggregation: str) -> Part:
    value = own_value(row) if aggregation in (SUM, MEAN, LAST) else None
    return Part(value, row.numerator, row.denominator, row.n, row.number, row.parts_unknown)


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def is_asked(reporter: Reporter, period: Period) -> bool:
    """Return whether a reporter is asked for a period: it begins no earlier than they do, and ends before they do."""
    return reporter.since <= period.start and (reporter.until is None or period.end < reporter.until)


def version_in(versions: Iterable[IndicatorVersion], period: Period) -> IndicatorVersion | None:
    """Return the version that a period is reported by: the last that has begun when the period begins."""
    begun = [each for each in versions if each.starts_on <= period.start]
    return max(begun, key=lambda each: (each.starts_on, each.number), default=None)


def median_level(point: Point) -> int | None:
    """Return the middle level (the lower of two) of what raters gave, None where nobody did."""
    return median_low(point.levels) if point.levels else None


def ended(day_period: Period) -> Period:
    """Return the period before one that is still going on."""
    return period_of(day_period.start, day_period.frequency).ahead(-1)


def _starts(points: Sequence[Point]) -> tuple[int, ...]:
    """Return where a point has another version than the last that was known before it."""
    found, before = [], None
    for index, point in enumerate(points):
        if point.version is None:
            continue
        if before is not None and point.version != before:
            found.append(index)
        before = point.version
    return tuple(found)


def _own(
    rows: Sequence[Observation], reporters: Sequence[Reporter], first: int, last: int
) -> Mapping[object, tuple[Decimal | None, ...]]:
    values: dict[object, dict[int, Decimal | None]] = {each.pk: {} for each in reporters}
    for row in rows:
        if row.kind == "quantitative" and row.reporter_id in values:
            values[row.reporter_id][row.number] = own_value(row)
    numbers = range(first, last + 1)
    return {key: tuple(of.get(number) for number in numbers) for key, of in values.items()}
