"""Networks side by side (R20): a small picture each, on one scale, in an order that says nothing of how they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from tillit.core.indicators.periods import Period
from tillit.web.followup.drawing.figures import missing, number, period_word, places_of
from tillit.web.followup.drawing.scale import Scale, upright_scale
from tillit.web.followup.drawing.shapes import Drawing, Head, Table
from tillit.web.followup.drawing.sparkline import EDGE, sparkline

SIZE = (220.0, 90.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several: its name, its picture (None: no value), its latest value and the period of that."""

    name: str
    drawing: Drawing | None
    latest: str
    period: str


@dataclass(frozen=True, slots=True)
class Multiples:
    """Pictures on one scale from `low` to `high`, and the same as a table: a row for each period."""

    panels: tuple[Panel, ...]
    low: str
    high: str
    table: Table


def multiples(periods: Sequence[Period], named: Sequence[tuple[str, Sequence[Decimal | Fraction | None]]]) -> Multiples:
    """Return pictures in the order that is given, on one scale that holds them all. No colour tells one from another.

    :raises ValueError: a series has not a value, or None, for each period
    """
    every = [value for _name, values in named for value in values]
    scale, places = upright_scale(every, SIZE[1] - EDGE, EDGE), places_of(every)
    panels = tuple(_panel(name, values, periods, places, scale) for name, values in named)
    known = [each for each in every if each is not None]
    ends = (number(min(known), places), number(max(known), places)) if known else ("", "")
    heads = (Head(_("Period")), *(Head(name, figures=True) for name, _values in named))
    rows = tuple(
        (
            period_word(period),
            *(missing() if values[at] is None else number(values[at] or 0, places) for _name, values in named),
        )
        for at, period in enumerate(periods)
    )
    return Multiples(panels, *ends, Table(_("Värden per period"), heads, rows))


def _panel(
    name: str, values: Sequence[Decimal | Fraction | None], periods: Sequence[Period], places: int, scale: Scale
) -> Panel:
    if len(values) != len(periods):
        raise ValueError("a value, or None, for each period")
    at = next((index for index in reversed(range(len(values))) if values[index] is not None), None)
    if at is None:
        return Panel(name, None, missing(), "")
    drawing = sparkline(values, scale=scale, size=SIZE)
    return Panel(name, drawing, number(values[at] or 0, places), period_word(periods[at]))
