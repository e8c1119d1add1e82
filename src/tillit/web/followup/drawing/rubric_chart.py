"""Described levels over time (D5): their words on the axis, how raters are distributed, and the middle level.

Levels are ordinal: no mean, no limits. Several raters are bars at each level, as wide as many gave it; the middle
level (the lower of two) is a disc. A missing period breaks the line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.core.indicators.judged import median_low
from tillit.core.indicators.periods import Period
from tillit.core.indicators.rubric import HIGHEST, LEVELS
from tillit.web.followup.drawing.figures import missing, period_word
from tillit.web.followup.drawing.scale import LINE, seldom, unbroken, wide, wrapped
from tillit.web.followup.drawing.shapes import (
    Chart,
    Drawing,
    Head,
    Point,
    Stroke,
    Table,
    Text,
    box,
    disc,
    level,
    polyline,
    text,
)

WIDTH, LEFT, RIGHT, TOP, STEP = 760.0, 196.0, 664.0, 34.0, 50.0
BOTTOM = TOP + STEP * HIGHEST
LETTERS, ROWS = 23, 2


@dataclass(frozen=True, slots=True)
class Rating:
    """A period and the level that each rater gave; none: nothing is approved for it."""

    period: Period
    levels: tuple[int, ...]

    @property
    def middle(self) -> int | None:
        return median_low(self.levels) if self.levels else None


@dataclass(frozen=True, slots=True)
class Ratings:
    """What is drawn: what each level is called, the ratings, the target and the decided lowest level, if any."""

    key: str
    name: str
    labels: Mapping[int, str]
    ratings: tuple[Rating, ...]
    target: int | None = None
    floor: int | None = None

    def called(self, at: int) -> str:
        """Return a level with its word: "3 Nästan alltid"."""
        return f"{at} {self.labels.get(at, '')}".strip()


def rubric_chart(of: Ratings, says: tuple[str, ...]) -> Chart | None:
    """Return the chart with its table, None where nobody has given a level. `says`: what it means."""
    if not any(each.levels for each in of.ratings):
        return None
    strokes = (*_ground(of), *_bars(of), *_middles(of))
    texts = (*_axis(of), *_at_right(of), *_periods(of))
    title = _("%(name)s: nivå per period") % {"name": of.name}
    drawing = Drawing(of.key, f"{WIDTH:.0f}", f"{BOTTOM + 48:.0f}", title, " ".join(says), strokes, texts)
    return Chart(drawing, _table(of), says)


def _y(at: int) -> float:
    return BOTTOM - STEP * at


def _x(of: Ratings, index: int) -> float:
    step = (RIGHT - LEFT - 60) / max(1, len(of.ratings) - 1)
    return RIGHT - 30 if len(of.ratings) == 1 else LEFT + 30 + step * index


def _ground(of: Ratings) -> Iterator[Stroke]:
    for each in LEVELS:
        yield level("grid-line", LEFT, RIGHT, _y(each))
    if of.target is not None:
        yield level("target-line", LEFT, RIGHT, _y(of.target))
    if of.floor is not None:
        yield level("floor-line", LEFT, RIGHT, _y(of.floor) + 4)


def _bars(of: Ratings) -> Iterator[Stroke]:
    """Yield a bar at each level that somebody gave, where more than one rated."""
    most = max(len(each.levels) for each in of.ratings)
    room = min(24.0, (RIGHT - LEFT - 60) / max(1, len(of.ratings) - 1) / 2.4)
    for index, each in enumerate(of.ratings):
        for at, count in sorted(Counter(each.levels).items()) if len(each.levels) > 1 else ():
            half = max(3.0, room * count / most)
            x, y = _x(of, index), _y(at)
            yield box("rater-bar", x - half, x + half, y - 9, y + 9)


def _middles(of: Ratings) -> Iterator[Stroke]:
    points: list[Point | None] = [
        None if each.middle is None else (_x(of, index), _y(each.middle)) for index, each in enumerate(of.ratings)
    ]
    for piece in unbroken(points):
        if len(piece) > 1:
            yield polyline("series", piece)
    for point, each in zip(points, of.ratings, strict=True):
        if point is not None and each.middle is not None:
            yield disc("dot", *point, 5, f"{period_word(each.period)}: {of.called(each.middle)}")


def _axis(of: Ratings) -> Iterator[Text]:
    for each in LEVELS:
        rows = wrapped(of.called(each), LETTERS, ROWS)
        first = _y(each) + 5 - LINE / 2 * (len(rows) - 1)
        for row, said in enumerate(rows):
            yield text("label", LEFT - 10, first + LINE * row, said, "end")


def _at_right(of: Ratings) -> Iterator[Text]:
    if of.target is not None:
        yield text("label", RIGHT + 8, _y(of.target) + 5, _("mål"))
    if of.floor is not None and of.floor != of.target:
        yield text("label", RIGHT + 8, _y(of.floor) + 9, _("lägst tillåtet"))


def _periods(of: Ratings) -> Iterator[Text]:
    words = [period_word(each.period) for each in of.ratings]
    for index in seldom(len(words), RIGHT - LEFT, wide(words) + 14):
        yield text("label", _x(of, index), BOTTOM + 36, words[index], "middle")


def _table(of: Ratings) -> Table:
    """Return the chart as a table: each period with its middle level and how many gave each level."""
    each_level = (Head(of.called(at), figures=True) for at in LEVELS)
    heads = (Head(_("Period")), Head(_("Mittersta nivån")), *each_level)
    rows = []
    for each in of.ratings:
        counted = Counter(each.levels)
        middle = missing() if each.middle is None else of.called(each.middle)
        rows.append((period_word(each.period), middle, *(str(counted[at]) if each.levels else "" for at in LEVELS)))
    if of.target is not None:
        rows.append((_("Målvärde"), of.called(of.target), *("" for _at in LEVELS)))
    if of.floor is not None:
        rows.append((_("Lägst tillåtet"), of.called(of.floor), *("" for _at in LEVELS)))
    return Table(_("Nivåer, med hur många som gav varje"), heads, tuple(rows))
