"""D2: has what should have been reported come, and in time?

A period is expected when its due day has passed. It is missing when nothing was submitted by then, late from the day
after. What is submitted but not approved waits for its approver, and counts against completeness.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from tillit.core.indicators.judged import (
    DATA_QUALITY,
    GREEN,
    INFO,
    NEUTRAL_CHANGE,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    worst,
)
from tillit.core.indicators.periods import HALF_YEAR, MONTH, QUARTER, TERTIAL, YEAR, Period, whole_periods

GRACE: Mapping[str, int] = MappingProxyType({MONTH: 15, QUARTER: 30, TERTIAL: 30, HALF_YEAR: 45, YEAR: 60})
"""Days from the end of a period until it is due, where the indicator has no number of its own."""
IN_TIME, LATE, MISSING_TWICE, INCOMPLETE, NOT_STARTED, NOTHING_EXPECTED = (
    "in_time",
    "late",
    "missing_twice",
    "incomplete",
    "not_started",
    "nothing_expected",
)


@dataclass(frozen=True, slots=True)
class LateThresholds:
    """Days late above which it is red, completeness below which it is yellow and red, and how many periods count."""

    red_after: int = 30
    in_a_row: int = 2
    complete: Decimal = Decimal(1)
    incomplete: Decimal = Decimal("0.75")
    periods: int = 4


@dataclass(frozen=True, slots=True)
class Report:
    """What came for a period: days of submission and approval, None where that has not happened."""

    period: Period
    submitted: date | None = None
    approved: date | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    """What D2 judges. `since` is the later of the membership's first day and that of the indicator's version.

    `has_started` is a field of partnership and indicator: what has not started is told once and not asked for.
    """

    frequency: str
    since: date
    today: date
    reports: tuple[Report, ...]
    grace_days: int | None = None
    has_started: bool = True


@dataclass(frozen=True, slots=True)
class Timing:
    """How reporting stands. Shares are None where nothing is expected.

    `days_late` is that of the oldest period still without a report, 0 when none is. `waiting` were submitted and not
    approved. `completeness` is over the last four expected periods, `timeliness` over all expected.
    """

    verdict: str
    code: str
    direction: str
    days_late: int = 0
    late: tuple[Period, ...] = ()
    waiting: tuple[Period, ...] = ()
    completeness: Fraction | None = None
    timeliness: Fraction | None = None


def due(period: Period, grace_days: int | None = None) -> date:
    """Return the last day to report a period in time."""
    return period.end + timedelta(days=GRACE[period.frequency] if grace_days is None else grace_days)


def days_late(report: Report, today: date, grace_days: int | None = None) -> int:
    """Return how many days after its due day a report came, or how many have gone by without one; 0 in time."""
    return max(0, ((report.submitted or today) - due(report.period, grace_days)).days)


def lateness(report: Report, today: date, grace_days: int | None = None, red_after: int = 30) -> str:
    """Return the verdict of one period alone: yellow from a day late, red above 30."""
    days = days_late(report, today, grace_days)
    return GREEN if days == 0 else RED if days > red_after else YELLOW


def expected(reporting: Reporting) -> tuple[Period, ...]:
    """Return the periods whose due day is before today, oldest first.

    The reading is ours that a period is expected whole: one that had begun before the membership is not.
    """
    if not reporting.has_started:
        return ()
    periods = whole_periods(reporting.since, reporting.today, reporting.frequency)
    return tuple(each for each in periods if due(each, reporting.grace_days) < reporting.today)


def timing(reporting: Reporting, thresholds: LateThresholds | None = None) -> Timing:
    """Return how reporting stands today (D2): the worst of lateness, periods missing in a row, and completeness.

    The reading is ours that two missing in a row are red while the later of them still has no report: one that has
    come in is late, not missing.
    """
    limits = thresholds or LateThresholds()
    if not reporting.has_started:
        return Timing(INFO, NOT_STARTED, NEUTRAL_CHANGE)
    periods = expected(reporting)
    if not periods:
        return Timing(NOT_ASSESSABLE, NOTHING_EXPECTED, NEUTRAL_CHANGE)
    came = {each.period: each for each in reporting.reports}
    reports = [came.get(each, Report(each)) for each in periods]
    late = [each for each in reports if each.submitted is None]
    days = max((days_late(each, reporting.today, reporting.grace_days) for each in late), default=0)
    missing = [each.submitted is None or days_late(each, reporting.today, reporting.grace_days) > 0 for each in reports]
    completeness = _share([each.approved is not None for each in reports[-limits.periods :]])
    found = {
        MISSING_TWICE: RED if _in_a_row(reports, missing, limits.in_a_row) else GREEN,
        LATE: GREEN if days == 0 else RED if days > limits.red_after else YELLOW,
        INCOMPLETE: RED if completeness < limits.incomplete else YELLOW if completeness < limits.complete else GREEN,
    }
    verdict = worst(found.values())
    code = IN_TIME if verdict == GREEN else next(name for name, each in found.items() if each == verdict)
    return Timing(
        verdict,
        code,
        NEUTRAL_CHANGE if verdict == GREEN else DATA_QUALITY,
        days,
        tuple(each.period for each in late),
        tuple(each.period for each in reports if each.submitted is not None and each.approved is None),
        completeness,
        _share([not each for each in missing]),
    )


def _in_a_row(reports: Sequence[Report], missing: Sequence[bool], count: int) -> bool:
    return len(reports) >= count and all(missing[-count:]) and reports[-1].submitted is None


def _share(holds: Sequence[bool]) -> Fraction:
    return Fraction(sum(holds), len(holds))


def can_be_judged(latest: Period, points: int, needed: int) -> date:
    """Return the end of the period in which an indicator with so many values has as many as it needs.

    The day of the latest period where it already has them.
    """
    return latest.ahead(max(0, needed - points)).end
