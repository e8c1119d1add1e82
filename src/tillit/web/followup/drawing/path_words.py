"""What a chart of a target path says in its table: the same numbers as in the picture."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.core.indicators.judged import RANGE
from tillit.core.indicators.path import Path, band, expected, has_path
from tillit.web.followup.drawing.figures import Value, missing, number, period_word
from tillit.web.followup.drawing.path_parts import Course
from tillit.web.followup.drawing.shapes import Head, Table


def path_on(path: Path | None, day: date) -> Value | None:
    """Return the path's value on a day, None where there is none."""
    if path is None or path.baseline is None or not path.targets or day < path.baseline.day or path.direction == RANGE:
        return None
    return expected(path, day) if has_path(path, day) else None


def range_on(path: Path | None, day: date) -> tuple[Decimal, Decimal] | None:
    """Return the range that counts on a day, None where the path is none."""
    if path is None or path.direction != RANGE or not path.targets:
        return None
    found = band(path, day)
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


def table(of: Course) -> Table:
    """Return the chart as a table: baseline, what was measured, milestones, target and forecast, by day."""
    heads = (
        Head(_("När")),
        Head(_("Vad")),
        Head(_("Värde"), figures=True),
        Head(_("Ska vara"), figures=True),
        Head(_("Från"), figures=True),
        Head(_("Till"), figures=True),
    )
    rows = sorted(_rows(of), key=lambda each: each[:2])
    return Table(_("Värden, målbana och prognos"), heads, tuple(row for _day, _order, row in rows))


def _rows(of: Course) -> Iterator[tuple[date, int, tuple[str, ...]]]:
    path, places = of.path, of.places
    if path is not None and path.baseline is not None:
        start = path.baseline
        yield start.day, 0, (start.day.isoformat(), _("Baslinje"), number(start.value, places), "", "", "")
    for period, value in zip(of.periods, of.values, strict=True):
        said = missing() if value is None else number(value, places)
        meant, inside = path_on(path, period.end), range_on(path, period.end)
        ends = ("", "") if inside is None else (number(inside[0], places), number(inside[1], places))
        should = "" if meant is None else number(meant, places + 1)
        yield period.end, 1, (period_word(period), _("Uppmätt"), said, should, *ends)
    for step in of.ahead:
        middle, low, high = (number(each, places + 1) for each in (step.middle, step.low, step.high))
        yield step.period.end, 3, (period_word(step.period), _("Prognos"), middle, "", low, high)
    if path is not None:
        for target in path.targets:
            what = _("Målvärde") if target is path.targets[-1] else _("Delmål")
            aimed = "" if target.value is None else number(target.value, places)
            ends = ("", "") if target.low is None else (number(target.low, places), number(target.high or 0, places))
            yield target.day, 2, (target.day.isoformat(), what, "", aimed, *ends)
