"""What a picture is made of. Coordinates are text with a point, whatever the language; `kind` is a class of the sheet.

Nothing here carries a colour: the style sheet gives one, in light, in dark and on paper, and no shape rests on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line, an area or a mark, as the path that draws it. `told` is shown when one points at a mark."""

    kind: str
    d: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the picture; `anchor`: start, middle or end."""

    kind: str
    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture. `title` and `said` are read to who does not see it; with neither, it is beside a text that says all.

    `key` makes its names unique on a page.
    """

    key: str
    width: str
    height: str
    title: str
    said: str
    strokes: tuple[Stroke, ...]
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column; `figures`: that it stands over numbers."""

    text: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The same as a picture, in words and numbers; the first cell of a row is its heading."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def figures(self) -> tuple[bool, ...]:
        """Return for each column whether it holds numbers."""
        return tuple(head.figures for head in self.heads)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its table, and what the picture means in a sentence or some."""

    drawing: Drawing
    table: Table
    says: tuple[str, ...]


def at(value: float) -> str:
    """Return a coordinate, with one decimal."""
    return f"{value:.1f}"


def polyline(kind: str, points: Sequence[Point]) -> Stroke:
    return Stroke(kind, "M" + "L".join(f"{at(x)} {at(y)}" for x, y in points))


def level(kind: str, start: float, end: float, y: float) -> Stroke:
    return Stroke(kind, f"M{at(start)} {at(y)}H{at(end)}")


def upright(kind: str, x: float, top: float, bottom: float) -> Stroke:
    return Stroke(kind, f"M{at(x)} {at(top)}V{at(bottom)}")


def area(kind: str, points: Iterable[Point]) -> Stroke:
    return Stroke(kind, "M" + "L".join(f"{at(x)} {at(y)}" for x, y in points) + "Z")


def box(kind: str, left: float, right: float, top: float, bottom: float) -> Stroke:
    return area(kind, ((left, top), (right, top), (right, bottom), (left, bottom)))


def disc(kind: str, x: float, y: float, radius: float, told: str = "") -> Stroke:
    twice = at(2 * radius)
    turn = f"a{at(radius)} {at(radius)} 0 1 0"
    return Stroke(kind, f"M{at(x - radius)} {at(y)}{turn} {twice} 0{turn} -{twice} 0Z", told)


def diamond(kind: str, x: float, y: float, reach: float, told: str = "") -> Stroke:
    step = at(reach)
    return Stroke(kind, f"M{at(x - reach)} {at(y)}l{step} -{step} {step} {step} -{step} {step}Z", told)


def square(kind: str, x: float, y: float, reach: float) -> Stroke:
    return box(kind, x - reach, x + reach, y - reach, y + reach)


def text(kind: str, x: float, y: float, said: str, anchor: str = "start") -> Text:
    return Text(kind, at(x), at(y), anchor, said)
