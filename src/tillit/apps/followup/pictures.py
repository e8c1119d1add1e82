"""Every judgement of an indicator in one place, of what is approved: D1–D5, D2 per reporter, and the line of D15.

Pages, deviations and exports are made of the same pictures, so that they cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tillit.apps.followup.bearings import Bearings
from tillit.apps.followup.models import Indicator, IndicatorVersion, Observation, Reporter
from tillit.apps.followup.series import APPROVED, Point, Series, median_level, own_value, series
from tillit.apps.followup.thresholds import JudgedBy
from tillit.core.indicators.effect_logic import Logic, earliest
from tillit.core.indicators.forecast import Asked, Forecast, forecast
from tillit.core.indicators.judged import DOWN, UP
from tillit.core.indicators.late import GRACE, Report, Reporting, Timing, can_be_judged, timing
from tillit.core.indicators.path import Path
from tillit.core.indicators.periods import Period, period_of
from tillit.core.indicators.rubric import Concord, Rated, Raters, Step, concord, step
from tillit.core.indicators.spc import Change, Charted, change
from tillit.core.indicators.standing import Observed, Standing, standing
from tillit.core.indicators.verdict import Line, line, stated


@dataclass(frozen=True, slots=True)
class Told:
    """What one reporter has sent in, judged by D2. `reporting` is what the rule was given."""

    reporter: Reporter
    reporting: Reporting
    timing: Timing


@dataclass(frozen=True, slots=True)
class Picture:
    """An indicator as it stands on a day. `version` is the one in force, `bearings` its baseline and targets.

    What a rule was given stands beside what it said: `observed` and `standing` (D1), `charted` and `change` (D3),
    `asked` and `forecast` (D4), `rated` and `step`, `raters` and `concord` (D5). None: the rule is not for it. `line`
    is D15's, None for described levels, which have `step` instead. `next_on`: when a series can be judged, None where
    it can already or nobody knows. `segment`: where the latest definition's values begin in `series.points`.
    """

    indicator: Indicator
    version: IndicatorVersion
    versions: tuple[IndicatorVersion, ...]
    reporters: tuple[Reporter, ...]
    series: Series
    bearings: Bearings
    told: tuple[Told, ...] = ()
    segment: int = 0
    observed: Observed | None = None
    standing: Standing | None = None
    charted: Charted | None = None
    change: Change | None = None
    asked: Asked | None = None
    forecast: Forecast | None = None
    rated: Rated | None = None
    step: Step | None = None
    raters: Raters | None = None
    concord: Concord | None = None
    line: Line | None = None
    next_on: date | None = None
    rows: tuple[Observation, ...] = field(default=(), repr=False)

    @property
    def is_qualitative(self) -> bool:
        return self.version.kind == "qualitative"

    @property
    def latest(self) -> Point | None:
        """Return the latest period that has a value or levels, by the version in force."""
        point = self.series.latest
        return point if point is not None and point.version == self.version.number else None

    @property
    def day(self) -> date | None:
        """Return the last day of the period that is judged, None where nothing is reported by the version in force."""
        return self.latest.period.end if self.latest is not None else None

    @property
    def path(self) -> Path | None:
        return self.observed.path if self.observed is not None else None


@dataclass(frozen=True, slots=True)
class Sources:
    """What an indicator's picture is drawn of, read for many at once."""

    versions: tuple[IndicatorVersion, ...]
    reporters: tuple[Reporter, ...]
    rows: tuple[Observation, ...]
    bearings: Mapping[object, Bearings]


def picture(of: Sources, today: date, judged_by: JudgedBy, logic: Logic | None, *, started: bool) -> Picture:
    """Return the picture of one indicator. `judged_by`: thresholds per day; `logic`: the adopted national one.

    `started`: whether the partnership's follow-up has begun.
    """
    version = _in_force(of.versions, today)
    indicator = version.indicator
    bearings = of.bearings.get(version.pk, Bearings())
    whole = series(of.versions, of.reporters, of.rows)
    drawn = Picture(
        indicator,
        version,
        of.versions,
        of.reporters,
        whole,
        bearings,
        _told(of, version, today, judged_by, started=started and not indicator.not_started),
        _segment(whole, version),
        rows=of.rows,
    )
    if drawn.is_qualitative:
        return _levels(drawn, judged_by)
    return _figures(drawn, today, judged_by, logic)


def _in_force(versions: Sequence[IndicatorVersion], today: date) -> IndicatorVersion:
    begun = [each for each in versions if each.starts_on <= today]
    return max(begun or versions, key=lambda each: each.number)


def _segment(of: Series, version: IndicatorVersion) -> int:
    own = [index for index, point in enumerate(of.points) if point.version == version.number]
    return min(own, default=len(of.points))


def _figures(of: Picture, today: date, judged_by: JudgedBy, logic: Logic | None) -> Picture:
    path = of.bearings.path(of.version.direction or "neutral")
    latest = of.latest
    first = earliest(logic, of.indicator.node_code) if logic and of.indicator.node_code else None
    day = latest.period.end if latest is not None else today
    observed = Observed(path, latest.value if latest is not None else None, day, first)
    used = judged_by(day)
    found = standing(observed, used["D1"])
    charted = _charted(of, found)
    changed = change(charted, used["D3"]) if charted is not None else None
    asked = _asked(of)
    next_on = _next_on(of, changed, used)
    return replace(
        of,
        observed=observed,
        standing=found,
        charted=charted,
        change=changed,
        asked=asked,
        forecast=forecast(asked, used["D4"]) if asked is not None else None,
        line=line(stated(found, changed, next_on)),
        next_on=next_on,
    )


def _charted(of: Picture, found: Standing) -> Charted | None:
    """Return what D3 looks at: not what is cumulative, whose values are no independent points."""
    if not of.version.spc_enabled or of.version.cumulative or not of.series.points:
        return None
    target = of.bearings.target
    return Charted(
        of.series.values[of.segment :],
        of.version.direction or "neutral",
        target.value if target is not None else None,
        (),
        found.verdict,
    )


def _asked(of: Picture) -> Asked | None:
    """Return what D4 is asked: the values of the definition in force, and the target's period counted from the first
    of them."""
    target, points = of.bearings.target, of.series.points[of.segment :]
    if target is None or target.value is None or not points or of.version.direction not in (UP, DOWN):
        return None
    if of.bearings.baseline is not None and of.bearings.baseline.value == target.value:
        return None
    at = period_of(target.day, of.version.frequency).number - points[0].period.number
    if at < 0:
        return None
    values = tuple(point.value for point in points)
    return Asked(values, target.value, at, of.version.direction, of.version.low, of.version.high)


def _next_on(of: Picture, changed: Change | None, used: Mapping[str, Any]) -> date | None:
    """Return when there are values enough for the rules of D3, None where there are, or where none is drawn."""
    if changed is None or changed.code != "too_few" or not of.series.points:
        return None
    last: Period = of.series.points[-1].period
    return can_be_judged(last, changed.points, used["D3"].fewest)


def _levels(of: Picture, judged_by: JudgedBy) -> Picture:
    latest = of.latest
    if latest is None or not latest.levels:
        return of
    own = [point for point in of.series.points[of.segment :] if point.levels]
    earlier = tuple(level for point in own[:-1] if (level := median_level(point)) is not None)
    level = median_level(latest)
    assert level is not None
    direction = of.version.direction if of.version.direction in (UP, DOWN) else UP
    used = judged_by(latest.period.end)
    rated, raters = Rated(earlier, level, direction, of.version.floor_level), Raters(latest.levels)
    return replace(
        of,
        rated=rated,
        step=step(rated, used["D5"]),
        raters=raters,
        concord=concord(raters, used["D5.raters"]),
    )


def _told(
    of: Sources, version: IndicatorVersion, today: date, judged_by: JudgedBy, *, started: bool
) -> tuple[Told, ...]:
    if not version.frequency:
        return ()
    found = []
    for reporter in of.reporters:
        grace = version.grace_days if version.grace_days is not None else GRACE[version.frequency]
        last = today if reporter.until is None else min(today, reporter.until + timedelta(days=grace))
        since = max(reporter.since, _frequency_since(of.versions, version))
        rows = [row for row in of.rows if row.reporter_id == reporter.pk and row.frequency == version.frequency]
        given = Reporting(version.frequency, since, last, reports(rows), version.grace_days, started)
        found.append(Told(reporter, given, timing(given, judged_by(today)["D2"])))
    return tuple(found)


def _frequency_since(versions: Sequence[IndicatorVersion], version: IndicatorVersion) -> date:
    """Return since when periods are as long as they are now."""
    since = version.starts_on
    for each in sorted(versions, key=lambda one: one.number, reverse=True):
        if each.number > version.number:
            continue
        if each.frequency != version.frequency:
            break
        since = each.starts_on
    return since


def reports(rows: Sequence[Observation]) -> tuple[Report, ...]:
    """Return when each period was first sent in and when what stands was approved, corrected rows read too."""
    sent: dict[int, list[Observation]] = {}
    for row in rows:
        sent.setdefault(row.number, []).append(row)
    found = []
    for number, of in sorted(sent.items()):
        days = [
            row.submitted_on for row in of if row.submitted_on is not None and row.status not in ("draft", "returned")
        ]
        approved = [row.approved_on for row in of if row.approved_on and row.superseded_at is None]
        if days:
            found.append(Report(Period(of[0].frequency, number), min(days), min(approved, default=None)))
    return tuple(found)


def approved_values(rows: Sequence[Observation], before: int | None = None) -> tuple[Decimal, ...]:
    """Return a reporter's approved figures that stand, oldest first; `before`: only of periods with a lower number."""
    kept = sorted(
        (row for row in rows if row.status in APPROVED and row.superseded_at is None),
        key=lambda row: row.number,
    )
    values = (own_value(row) for row in kept if before is None or row.number < before)
    return tuple(value for value in values if value is not None)
