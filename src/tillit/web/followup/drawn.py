"""An indicator's charts, from its picture: figures as people read them, so that 0,43 of a percentage is 43."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries.scorecard import told_by
from tillit.apps.followup.shares import HUNDRED, PERCENT, in_percent
from tillit.core.indicators.forecast import Asked
from tillit.core.indicators.judged import DOWN, IMPROVEMENT, UP, WORSENING
from tillit.core.indicators.path import Path
from tillit.core.indicators.spc import Charted
from tillit.web.followup.drawing.path_chart import path_chart
from tillit.web.followup.drawing.path_parts import Ahead, Course, ahead
from tillit.web.followup.drawing.rubric_chart import Rating, Ratings, rubric_chart
from tillit.web.followup.drawing.shapes import Chart, Drawing
from tillit.web.followup.drawing.sparkline import LEVELS, sparkline
from tillit.web.followup.drawing.xmr_chart import xmr_chart
from tillit.web.followup.drawing.xmr_parts import Series


def unit_of(of: Picture) -> str:
    """Return the unit as a picture writes it: % for percent."""
    unit: str = of.version.unit
    return "%" if unit.strip().casefold() in PERCENT else unit


def read(of: Picture, value: Decimal | None) -> Decimal | None:
    """Return a figure as people read it."""
    return None if value is None else value * _times(of)


def _times(of: Picture) -> Decimal:
    return HUNDRED if in_percent(of.version.aggregation, of.version.unit) else Decimal(1)


def values_of(of: Picture) -> tuple[Decimal | None, ...]:
    """Return the series as people read it, a missing period as None."""
    return tuple(read(of, value) for value in of.series.values)


def small(of: Picture) -> Drawing | None:
    """Return the indicator's small line, None where there is no value."""
    if of.is_qualitative:
        middles = [Rating(point.period, point.levels).middle for point in of.series.points]
        return sparkline(middles, scale=LEVELS)
    signals = of.change.signals if of.change is not None else ()
    better = {UP: "high", DOWN: "low"}.get(of.version.direction)
    kinds = [
        (each.index + of.segment, "neutral" if better is None else IMPROVEMENT if each.side == better else WORSENING)
        for each in signals
    ]
    return sparkline(values_of(of), signals=kinds)


def course_of(of: Picture, judged_by: Mapping[str, Any]) -> Chart | None:
    """Return the chart of the target path with the forecast."""
    points, path = of.series.points, _path(of)
    if of.path is None:
        return None
    says = [told_by("D1", of, of.standing, of.observed)]
    if of.forecast is not None:
        says.append(told_by("D4", of, of.forecast, of.asked))
    return path_chart(
        Course(
            key="bana",
            name=of.indicator.name,
            unit=unit_of(of),
            periods=tuple(point.period for point in points),
            values=values_of(of),
            starts=of.series.starts,
            path=path,
            ahead=_ahead(of, judged_by),
        ),
        says,
    )


def _ahead(of: Picture, judged_by: Mapping[str, Any]) -> tuple[Ahead, ...]:
    if of.asked is None or not of.series.points[of.segment :]:
        return ()
    times = _times(of)
    asked = Asked(
        tuple(read(of, value) for value in of.asked.values),
        of.asked.target * times,
        of.asked.at,
        of.asked.direction,
        read(of, of.asked.low),
        read(of, of.asked.high),
    )
    return ahead(asked, of.forecast, of.series.points[of.segment].period, judged_by["D4"])


def _path(of: Picture) -> Path | None:
    if of.path is None:
        return None
    start = of.path.baseline
    return Path(
        of.path.direction,
        None if start is None else replace(start, value=start.value * _times(of)),
        tuple(
            replace(each, value=read(of, each.value), low=read(of, each.low), high=read(of, each.high))
            for each in of.path.targets
        ),
    )


def xmr_of(of: Picture, judged_by: Mapping[str, Any]) -> Chart | None:
    """Return the chart of values with limits, None where D3 is not for the indicator.

    It has every part, each with the limits of its own; what D3 says is of the latest.
    """
    if of.charted is None:
        return None
    target, points = read(of, of.charted.target), of.series.points
    starts = [each for each in of.series.starts if each < of.segment]
    starts += [of.segment] if 0 < of.segment < len(points) else []
    charted = Charted(values_of(of), of.charted.direction, target, tuple(starts), of.charted.d1)
    periods = tuple(point.period for point in points)
    lead = told_by("D3", of, of.change, of.charted)
    return xmr_chart(Series("granser", of.indicator.name, unit_of(of), periods, charted, judged_by["D3"]), lead)


def levels_of(of: Picture, labels: Mapping[int, str]) -> Chart | None:
    """Return the chart of described levels, None where nobody has rated."""
    target = of.bearings.target
    rated = Ratings(
        "nivaer",
        of.indicator.name,
        labels,
        tuple(Rating(point.period, point.levels) for point in of.series.points),
        target.level if target is not None else None,
        of.version.floor_level,
    )
    says = [told_by("D5", of, of.step, of.rated), told_by("D5.raters", of, of.concord, of.raters)] if of.step else []
    return rubric_chart(rated, tuple(says))
