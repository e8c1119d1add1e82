"""The XmR chart (D3): values with mean and limits, the baseline that these rest on, and signals with their rule.

Limits are written at their lines, to the right of the picture, where no value is. A new definition begins a new part
with limits of its own. Signals are diamonds; which rule made them stands under them, once for each run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from tillit.web.followup.drawing.figures import number, period_word
from tillit.web.followup.drawing.scale import LINE, Scale, roomy, seldom, spread, unbroken, upright_scale, wide
from tillit.web.followup.drawing.shapes import (
    Chart,
    Drawing,
    Point,
    Stroke,
    Text,
    box,
    diamond,
    disc,
    level,
    polyline,
    text,
    upright,
)
from tillit.web.followup.drawing.sparkline import placed
from tillit.web.followup.drawing.xmr_parts import Laid, Part, Run, Series, laid
from tillit.web.followup.drawing.xmr_words import said, table

WIDTH, LEFT, RIGHT, TOP, HIGH = 760.0, 62.0, 606.0, 44.0, 220.0
BOTTOM, INSET = TOP + HIGH, 10.0
CROWDED = 60
"""Above so many values only signals, the latest, and what no line shows have a mark."""
ROW = 22.0
"""How high a row of what the rules are called is."""


def xmr_chart(series: Series, lead: str = "") -> Chart | None:
    """Return the chart with its table, None where there is no value at all. `lead`: what D3 says of the latest."""
    if all(each is None for each in series.charted.values):
        return None
    of = laid(series)
    told = said(of, lead)
    drawing = _drawing(_Plane(of, _scale(of)), " ".join(told))
    return Chart(drawing, table(of), told)


@dataclass(frozen=True, slots=True)
class _Plane:
    """A series and where its values lie."""

    of: Laid
    scale: Scale

    @property
    def points(self) -> list[Point | None]:
        return placed(self.of.values, self.scale, LEFT + INSET, RIGHT - INSET)

    def x(self, index: int) -> float:
        count = len(self.of.values)
        return RIGHT - INSET if count == 1 else LEFT + INSET + (RIGHT - LEFT - 2 * INSET) * index / (count - 1)

    def left(self, part: Part) -> float:
        return LEFT if part.span.start == 0 else (self.x(part.span.start - 1) + self.x(part.span.start)) / 2

    def right(self, part: Part) -> float:
        last = part.span.stop == len(self.of.values)
        return RIGHT if last else (self.x(part.span.stop - 1) + self.x(part.span.stop)) / 2


def _scale(of: Laid) -> Scale:
    ends = [end for part in of.parts if part.limits is not None for end in (part.limits.lower, part.limits.upper)]
    return upright_scale([*of.values, *ends, of.target], BOTTOM, TOP)


def _drawing(plane: _Plane, told: str) -> Drawing:
    rows = list(_rows(plane))
    foot = BOTTOM + ROW * (1 + max((row for _run, row in rows), default=-1))
    strokes = (
        *_ground(plane),
        *_line(plane),
        *_marks(plane),
        *_brackets(plane, rows),
        level("axis", LEFT, RIGHT, BOTTOM),
    )
    texts = (*_ends(plane), *_at_lines(plane), *_rule_names(plane, rows), *_periods(plane, foot + 20))
    title = _("%(name)s: värden med medel och gränser") % {"name": plane.of.of.name}
    return Drawing(plane.of.of.key, f"{WIDTH:.0f}", f"{foot + 30:.0f}", title, told, strokes, texts)


def _ground(plane: _Plane) -> Iterator[Stroke]:
    """Yield the baseline's band, limits and means, the target, and where a new definition begins."""
    for part in plane.of.parts:
        left, right = plane.left(part), plane.right(part)
        if part.limits is not None:
            low, high = plane.scale.at(part.limits.lower), plane.scale.at(part.limits.upper)
            if part.varies:
                until = right if part.base.stop == part.span.stop else plane.x(part.base.stop - 1) + INSET
                yield box("baseline-band", left, min(until, right), high, low)
                kind = "limit preliminary" if part.found.is_preliminary else "limit"
                yield level(kind, left, right, high)
                yield level(kind, left, right, low)
            yield level("mean", left, right, plane.scale.at(part.limits.mean))
        if part.span.start:
            yield upright("version-line", left, TOP - 8, BOTTOM)
    if plane.of.target is not None:
        yield level("target-line", LEFT, RIGHT, plane.scale.at(plane.of.target))


def _line(plane: _Plane) -> Iterator[Stroke]:
    """Yield the line of the values, broken where one is missing and where a new definition begins."""
    for part in plane.of.parts:
        for piece in unbroken(plane.points[part.span.start : part.span.stop]):
            if len(piece) > 1:
                yield polyline("series", piece)


def _marks(plane: _Plane) -> Iterator[Stroke]:
    points = plane.points
    latest = max(at for at, each in enumerate(points) if each is not None)
    for index, point in enumerate(points):
        value = plane.of.values[index]
        if point is None or value is None:
            continue
        told = f"{period_word(plane.of.of.periods[index])}: {number(value, plane.of.places)}"
        run = plane.of.run_of(index)
        if run is not None:
            yield diamond(f"signal {run.kind}", *point, 6.5, f"{told}, {run.word}")
        elif len(points) <= CROWDED or index == latest or _stands_alone(points, index):
            yield disc("dot", *point, 4, told)


def _stands_alone(points: list[Point | None], index: int) -> bool:
    """Return whether a value has none beside it, so that no line shows it."""
    return all(each is None for each in (*points[max(0, index - 1) : index], *points[index + 1 : index + 2]))


def _rows(plane: _Plane) -> Iterator[tuple[Run, int]]:
    """Yield each run with the row under the picture where there is room for its name."""
    ends: list[float] = []
    for run in sorted(plane.of.runs, key=lambda each: each.first):
        middle, half = (plane.x(run.first) + plane.x(run.last)) / 2, wide([run.word]) / 2 + 6
        row = next((at for at, end in enumerate(ends) if end <= middle - half), len(ends))
        ends[row : row + 1] = [middle + half]
        yield run, row


def _brackets(plane: _Plane, rows: list[tuple[Run, int]]) -> Iterator[Stroke]:
    for run, row in rows:
        y = BOTTOM + 6 + ROW * row
        yield level(f"bracket {run.kind}", plane.x(run.first) - 5, plane.x(run.last) + 5, y)


def _rule_names(plane: _Plane, rows: list[tuple[Run, int]]) -> Iterator[Text]:
    for run, row in rows:
        middle = (plane.x(run.first) + plane.x(run.last)) / 2
        yield text(f"label strong {run.kind}", middle, BOTTOM + 20 + ROW * row, run.word, "middle")


def _ends(plane: _Plane) -> Iterator[Text]:
    """Yield the unit, and at the left the highest and the lowest value."""
    yield text("label", 4, 18, plane.of.of.unit)
    known = sorted({each for each in plane.of.values if each is not None}, reverse=True)
    ends = [known[0], known[-1]] if len(known) > 1 else known
    for value, y in zip(ends, spread([plane.scale.at(each) for each in ends], LINE, TOP, BOTTOM - 4), strict=True):
        yield text("label soft", LEFT - 8, y + 5, number(value, plane.of.places), "end")
    for x in roomy((plane.left(part) for part in plane.of.parts[1:]), wide([_("ny definition")]) + 8):
        yield text("label soft", x + 5, TOP - 8, _("ny definition"))


def _at_lines(plane: _Plane) -> Iterator[Text]:
    """Yield what each line is, at its right end and never on another."""
    lines = list(_lines(plane.of))
    ys = spread([plane.scale.at(value) for value, _word in lines], LINE, TOP, BOTTOM)
    for (_value, word), y in zip(lines, ys, strict=True):
        yield text("label", RIGHT + 8, y + 5, word)


def _lines(of: Laid) -> Iterator[tuple[Fraction | Decimal, str]]:
    limits, places = of.latest.limits, of.places + 1
    if limits is not None:
        if of.latest.varies:
            yield limits.upper, _("övre gräns %(value)s") % {"value": number(limits.upper, places)}
        yield limits.mean, _("medel %(value)s") % {"value": number(limits.mean, places)}
        if of.latest.varies:
            yield limits.lower, _("nedre gräns %(value)s") % {"value": number(limits.lower, places)}
    if of.target is not None:
        yield of.target, _("mål %(value)s") % {"value": number(of.target)}


def _periods(plane: _Plane, y: float) -> Iterator[Text]:
    words = [period_word(each) for each in plane.of.of.periods]
    for index in seldom(len(words), RIGHT - LEFT, wide(words) + 14):
        yield text("label", plane.x(index), y, words[index], "middle")
