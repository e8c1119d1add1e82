"""The target path (D1) with what was measured, and the forecast (D4) as a line in a band, until the target's day.

It lies by days. The highest and the lowest value are written at the left, milestones, target and forecast at the right
or at their marks; days under the picture where there is room for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from tillit.core.indicators.path import GEOMETRIC, STEP
from tillit.web.followup.drawing.figures import Value, number, period_word
from tillit.web.followup.drawing.path_parts import Course
from tillit.web.followup.drawing.path_words import path_on, range_on, table
from tillit.web.followup.drawing.scale import LINE, Scale, roomy, spread, unbroken, upright_scale, wide
from tillit.web.followup.drawing.shapes import (
    Chart,
    Drawing,
    Point,
    Stroke,
    Text,
    area,
    box,
    disc,
    level,
    polyline,
    square,
    text,
    upright,
)

WIDTH, LEFT, RIGHT, TOP, HIGH = 760.0, 62.0, 606.0, 44.0, 220.0
BOTTOM = TOP + HIGH
CROWDED, STEPS = 60, 24


@dataclass(frozen=True, slots=True)
class _Plane:
    of: Course
    along: Scale
    up: Scale

    def point(self, day: date, value: Value) -> Point:
        return self.along.at(day.toordinal()), self.up.at(value)

    @property
    def points(self) -> list[Point | None]:
        pairs = zip(self.of.periods, self.of.values, strict=True)
        return [None if value is None else self.point(period.end, value) for period, value in pairs]


def path_chart(of: Course, says: Sequence[str]) -> Chart | None:
    """Return the chart with its table, None where there is neither a value nor a path. `says`: what it means."""
    if all(each is None for each in of.values) and not (of.path and of.path.targets and of.path.baseline):
        return None
    plane = _plane(of)
    strokes = (*_ground(plane), *_ahead(plane), *_path(plane), *_line(plane), level("axis", LEFT, RIGHT, BOTTOM))
    texts = (*_ends(plane), *_at_right(plane), *_days(plane))
    title = _("%(name)s: uppmätt och målbana") % {"name": of.name}
    drawing = Drawing(of.key, f"{WIDTH:.0f}", f"{BOTTOM + 36:.0f}", title, " ".join(says), strokes, texts)
    return Chart(drawing, table(of), tuple(says))


def _plane(of: Course) -> _Plane:
    days = of.days
    first, last = min(days).toordinal(), max(days).toordinal()
    along = Scale(Fraction(first), Fraction(max(last, first + 1)), LEFT + 10, RIGHT - 10)
    ends: list[Value | None] = [*of.values, *(end for each in of.ahead for end in (each.low, each.high))]
    if of.path is not None:
        ends += [of.path.baseline.value] if of.path.baseline else []
        ends += [end for each in of.path.targets for end in (each.value, each.low, each.high)]
    return _Plane(of, along, upright_scale(ends, BOTTOM, TOP))


def _ground(plane: _Plane) -> Iterator[Stroke]:
    """Yield the ranges that are aimed for, and where a new definition begins."""
    path = plane.of.path
    if path is not None and range_on(path, min(plane.of.days)):
        left = LEFT
        for target in path.targets:
            right = plane.along.at(target.day.toordinal())
            ends = range_on(path, target.day)
            assert ends is not None
            yield box("range-band", left, right, plane.up.at(ends[1]), plane.up.at(ends[0]))
            left = right
    for start in plane.of.starts:
        yield upright("version-line", plane.along.at(plane.of.periods[start].start.toordinal()), TOP - 8, BOTTOM)


def _path(plane: _Plane) -> Iterator[Stroke]:
    """Yield the path from baseline to target as a broken line, with a square at each milestone and the target."""
    path = plane.of.path
    if path is None or path.baseline is None:
        return
    points, before = [plane.point(path.baseline.day, path.baseline.value)], path.baseline.day
    for target in path.targets:
        if target.value is None:
            continue
        corner = plane.point(target.day, target.value)
        if target.interpolation == STEP:
            points.append((corner[0], points[-1][1]))
        elif target.interpolation == GEOMETRIC:
            points.extend(_bent(plane, before, target.day))
        points.append(corner)
        before = target.day
    if len(points) > 1:
        yield polyline("target-path", points)
    for target in path.targets:
        if target.value is not None:
            yield square("target-mark", *plane.point(target.day, target.value), 4.5)
    yield square("baseline-mark", *points[0], 4.5)


def _bent(plane: _Plane, first: date, last: date) -> Iterator[Point]:
    for step in range(1, STEPS):
        day = date.fromordinal(first.toordinal() + (last - first).days * step // STEPS)
        value = path_on(plane.of.path, day)
        if value is not None:
            yield plane.point(day, value)


def _ahead(plane: _Plane) -> Iterator[Stroke]:
    """Yield the forecast's band and line; of one period only, the interval as an upright line."""
    steps = plane.of.ahead
    if not steps:
        return
    highs = [plane.point(each.period.end, each.high) for each in steps]
    lows = [plane.point(each.period.end, each.low) for each in steps]
    middles = [plane.point(each.period.end, each.middle) for each in steps]
    if len(steps) > 1:
        yield area("forecast-band", [*highs, *reversed(lows)])
        yield polyline("forecast-line", middles)
    yield upright("forecast-end", highs[-1][0], highs[-1][1], lows[-1][1])


def _line(plane: _Plane) -> Iterator[Stroke]:
    points, cuts = plane.points, [0, *plane.of.starts, len(plane.of.values)]
    for start, stop in pairwise(cuts):
        for piece in unbroken(points[start:stop]):
            if len(piece) > 1:
                yield polyline("series", piece)
    known = [(at, point) for at, point in enumerate(points) if point is not None]
    for index, point in known:
        if len(known) <= CROWDED or index == known[-1][0]:
            value = plane.of.values[index]
            assert value is not None
            told = f"{period_word(plane.of.periods[index])}: {number(value, plane.of.places)}"
            yield disc("dot", *point, 4, told)


def _ends(plane: _Plane) -> Iterator[Text]:
    """Yield the unit, and at the left the highest and the lowest value that was measured."""
    yield text("label", 4, 18, plane.of.unit)
    known = sorted({each for each in plane.of.values if each is not None}, reverse=True)
    ends = [known[0], known[-1]] if len(known) > 1 else known
    for value, y in zip(ends, spread([plane.up.at(each) for each in ends], LINE, TOP, BOTTOM - 4), strict=True):
        yield text("label soft", LEFT - 8, y + 5, number(value, plane.of.places), "end")
    begun = (plane.along.at(plane.of.periods[start].start.toordinal()) for start in plane.of.starts)
    for x in roomy(begun, wide([_("ny definition")]) + 8):
        yield text("label soft", x + 5, TOP - 8, _("ny definition"))


def _at_right(plane: _Plane) -> Iterator[Text]:
    lines = list(_lines(plane.of))
    ys = spread([plane.up.at(value) for value, _word in lines], LINE, TOP, BOTTOM)
    for (_value, word), y in zip(lines, ys, strict=True):
        yield text("label", RIGHT + 8, y + 5, word)


def _lines(of: Course) -> Iterator[tuple[Value, str]]:
    """Yield what stands at the right end of the picture: the target, and where the forecast ends."""
    places, target = of.places, of.path.targets[-1] if of.path is not None and of.path.targets else None
    if of.ahead:
        end = of.ahead[-1]
        yield end.high, _("högst %(value)s") % {"value": number(end.high, places + 1)}
        yield end.middle, _("prognos %(value)s") % {"value": number(end.middle, places + 1)}
        yield end.low, _("lägst %(value)s") % {"value": number(end.low, places + 1)}
    if target is not None and target.value is not None:
        yield target.value, _("mål %(value)s") % {"value": number(target.value, places)}
    if target is not None and target.low is not None and target.high is not None:
        yield target.high, _("mål, högst %(value)s") % {"value": number(target.high, places)}
        yield target.low, _("mål, lägst %(value)s") % {"value": number(target.low, places)}


def _days(plane: _Plane) -> Iterator[Text]:
    """Yield days under the picture, the most telling first, as many as there is room for."""
    taken: list[tuple[float, float]] = []
    for x, word in _wanted(plane):
        half = wide([word]) / 2 + 6
        middle = min(max(x, half), WIDTH - half)
        if all(end <= middle - half or middle + half <= start for start, end in taken):
            taken.append((middle - half, middle + half))
            yield text("label", middle, BOTTOM + 22, word, "middle")


def _wanted(plane: _Plane) -> Iterator[tuple[float, str]]:
    path = plane.of.path
    if path is not None and path.targets:
        yield plane.along.at(path.targets[-1].day.toordinal()), path.targets[-1].day.isoformat()
    if path is not None and path.baseline is not None:
        yield plane.along.at(path.baseline.day.toordinal()), path.baseline.day.isoformat()
    known = [period for period, value in zip(plane.of.periods, plane.of.values, strict=True) if value is not None]
    for period in [*known[-1:], *known[:1]]:
        yield plane.along.at(period.end.toordinal()), period_word(period)
    for target in path.targets[:-1] if path is not None else ():
        yield plane.along.at(target.day.toordinal()), target.day.isoformat()
