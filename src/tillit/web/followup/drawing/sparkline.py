"""A line of an indicator's values, small enough for a row of a table, and several side by side on one scale."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.rubric import HIGHEST, LOWEST
from tillit.web.followup.drawing.scale import Scale, unbroken, upright_scale
from tillit.web.followup.drawing.shapes import Drawing, Point, Stroke, diamond, disc, polyline

Values = Sequence[Decimal | Fraction | int | None]
WIDTH, HEIGHT, EDGE = 128.0, 36.0, 6.0
LEVELS = Scale(Fraction(LOWEST), Fraction(HIGHEST), HEIGHT - EDGE, EDGE)
"""Described levels lie where they lie, also when only some of them occur."""


def sparkline(
    values: Values,
    *,
    signals: Collection[tuple[int, str]] = (),
    scale: Scale | None = None,
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> Drawing | None:
    """Return a small line of values, None where there is not one. A missing value breaks it.

    `signals`: indexes with the kind of their mark (improvement, worsening, neutral). It has no title: it stands beside
    a text that says the same.
    """
    if all(each is None for each in values):
        return None
    width, height = size
    along = scale or upright_scale(values, height - EDGE, EDGE)
    points = placed(values, along, EDGE, width - EDGE)
    strokes: list[Stroke] = []
    strokes.extend(
        polyline("series", part) if len(part) > 1 else disc("dot lone", *part[0], 2.4) for part in unbroken(points)
    )
    for index, kind in signals:
        if (point := points[index]) is not None:
            strokes.append(diamond(f"signal {kind}", *point, 3.6))
    latest = next(each for each in reversed(points) if each is not None)
    if not any(points[index] == latest for index, _kind in signals):
        strokes.append(disc("dot", *latest, 3))
    return Drawing("", f"{width:.0f}", f"{height:.0f}", "", "", tuple(strokes))


def placed(values: Values, scale: Scale, left: float, right: float) -> list[Point | None]:
    """Return where values lie, one step apart; a single one at the end, where the latest is."""
    step = (right - left) / max(1, len(values) - 1)
    first = right if len(values) == 1 else left
    return [None if each is None else (first + step * at, scale.at(each)) for at, each in enumerate(values)]
