"""What the rules find in a partnership on a day: of each indicator D1–D5, D2 and D14 per reporter, and two of D15's
lines. Nothing is written here.

Readings:
- A figure is judged by the thresholds that held on the day it is about, the end of its period: what is decided later
  counts for later figures, so nothing is judged anew when thresholds change. D2 is about today.
- D15 combines what D1 and D3 tell already. It is a deviation of its own only where it says what they do not: that the
  process as it is cannot meet the target.
- What has too few values, or no forecast, is told by the line and the chart and is no deviation; nor is an indicator
  that nobody has set a target for on purpose, or one of which nothing has fallen due.
- What has not started is told once, of the partnership or of the indicator, and asked for nothing else.
- A value that its reporter has confirmed is not asked about again (D14).
- What is told of one reporter, that it is late or what its figure looks like, is for those within, however open the
  indicator is: as on the indicator's page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tillit.apps.followup.models import Indicator, Observation, Reporter
from tillit.apps.followup.pictures import Picture, approved_values
from tillit.apps.followup.series import APPROVED, own_value
from tillit.apps.followup.thresholds import JudgedBy
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators import late, quality, rubric, standing as d1, verdict
from tillit.core.indicators.deviation import Deviation, deviation
from tillit.core.indicators.judged import DATA_QUALITY, NEUTRAL
from tillit.core.indicators.late import Reporting
from tillit.core.indicators.quality import Reported
from tillit.core.indicators.verdict import stated

ALL_LEVELS = ("public", "parties", "organ")
OF_ITS_OWN = (verdict.CANNOT_REACH, verdict.OUTSIDE_SYSTEM)
UNTOLD = {("D2", late.NOTHING_EXPECTED), ("D5", rubric.NO_EARLIER), ("D14", quality.TOO_FEW)}


@dataclass(frozen=True, slots=True)
class Found:
    """A deviation that a rule finds, of which indicator if any, and who may see it."""

    deviation: Deviation
    indicator: Indicator | None
    openness: str


def of_partnership_not_started(partnership: Partnership, today: date) -> Found | None:
    """Return that the follow-up of a partnership has not begun, told once."""
    asked = Reporting("", partnership.starts_on, today, (), None, has_started=False)
    made = deviation("D2", asked, subject=f"partnership:{partnership.pk}", day=today)
    return Found(made, None, partnership.openness) if made is not None else None


def of_indicator(picture: Picture, today: date, judged_by: JudgedBy) -> Iterator[Found]:
    """Yield what the rules find of an indicator that is not closed."""
    indicator = picture.indicator
    for rule, judged, day, dimensions in _judged(picture, today):
        made = deviation(
            rule,
            judged,
            subject=f"indicator:{indicator.pk}",
            day=day,
            thresholds=judged_by(day)[rule],
            dimensions=dimensions,
        )
        if made is not None and _is_told(made, picture):
            yield Found(made, indicator, _openness(indicator, dimensions))


def _openness(indicator: Indicator, dimensions: Mapping[str, str]) -> str:
    return max(indicator.openness, "parties" if "reporter" in dimensions else "public", key=ALL_LEVELS.index)


Given = tuple[str, Any, date, Mapping[str, str]]


def _judged(picture: Picture, today: date) -> Iterator[Given]:
    if picture.indicator.not_started:
        asked = Reporting(picture.version.frequency, picture.version.starts_on, today, (), None, has_started=False)
        yield "D2", asked, today, {}
        return
    for each in picture.told:
        yield "D2", each.reporting, today, {"reporter": str(each.reporter.pk)}
    latest = picture.latest
    if picture.rated is not None and picture.raters is not None and latest is not None:
        yield "D5", picture.rated, latest.period.end, {}
        yield "D5.raters", picture.raters, latest.period.end, {}
    if picture.observed is not None:
        yield from _of_figures(picture)
    for reporter in picture.reporters:
        yield from _of_quality(picture, reporter)


def _of_figures(picture: Picture) -> Iterator[Given]:
    assert picture.observed is not None
    assert picture.standing is not None
    day = picture.observed.day
    yield "D1", picture.observed, day, {}
    if picture.charted is not None:
        yield "D3", picture.charted, day, {}
    if picture.asked is not None:
        yield "D4", picture.asked, day, {}
    yield "D15", stated(picture.standing, picture.change, picture.next_on), day, {}


def _of_quality(picture: Picture, reporter: Reporter) -> Iterator[Given]:
    """Yield what D14 looks at: a reporter's latest approved figure by the version in force, if not confirmed."""
    rows = [row for row in picture.rows if row.reporter_id == reporter.pk and row.version_id == picture.version.pk]
    approved = [row for row in rows if row.status in APPROVED and row.superseded_at is None]
    latest = max(approved, key=lambda row: row.number, default=None)
    value = own_value(latest) if latest is not None and not latest.confirmed else None
    if latest is None or value is None:
        return
    reported = Reported(
        approved_values(rows, latest.number),
        value,
        _revised(latest, rows),
        None,
        picture.version.low,
        picture.version.high,
    )
    yield "D14", reported, latest.ends_on, {"reporter": str(reporter.pk)}


def _revised(latest: Observation, rows: list[Observation]) -> Any:
    old = next((row for row in rows if row.pk == latest.supersedes_id), None)
    return own_value(old) if old is not None and old.approved_on is not None else None


def _is_told(made: Deviation, picture: Picture) -> bool:
    """Return whether a finding is a deviation and not only a line or a chart that says less than it will."""
    if made.rule == "D15":
        return made.code in OF_ITS_OWN
    if made.rule in ("D3", "D4"):
        return made.direction != DATA_QUALITY
    if made.code == d1.NO_TARGET:
        return picture.version.direction != NEUTRAL
    if made.code == d1.NO_VALUE:
        return any(each.timing.code != late.NOTHING_EXPECTED for each in picture.told)
    return (made.rule, made.code) not in UNTOLD
