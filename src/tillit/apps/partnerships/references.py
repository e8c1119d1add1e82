"""The five collaborations that the report looked at, as reference data (R5): cell by cell, with who states it.

A cell that nobody states anything in has no line: "uppgift saknas", never nothing. What has not started is no lack.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tillit.apps.partnerships.template_file import Entry, opened
from tillit.apps.partnerships.template_shape import Text
from tillit.apps.partnerships.templates import template
from tillit.core.governance.areas import AREA_CODES

NAME = "reference.toml"
CELLS = ("form", "financing", "agreements", "organs", "representation", "goals", "follow_up")
"""What is said of each collaboration, in the order that it is shown."""
MARKS = ("D", "D-all", "P", "own")
"""Stated in the report of this one, of most or all of them, on a public page, or read by us."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something stated in a cell. `source`: the public address, "" where the report states it."""

    cell: str
    mark: str
    text: Text
    source: str
    not_started: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A collaboration, its other names, and what is stated of it."""

    code: str
    name: str
    aliases: tuple[str, ...]
    lines: tuple[Said, ...]

    def said(self, cell: str) -> tuple[Said, ...]:
        """Return what is stated in a cell, () when nobody has stated anything."""
        return tuple(each for each in self.lines if each.cell == cell)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the report makes of the collaborations in an area. `rests_on`: (collaboration, cell)."""

    area: str
    insight: Text
    possibility: Text
    idea: Text
    rests_on: tuple[tuple[str, str], ...]
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class References:
    cases: tuple[Reference, ...]
    lessons: tuple[Lesson, ...]


@cache
def references() -> References:
    """Return the collaborations and the lessons.

    :raises BadTemplate: the file that comes with Tillit is wrong
    """
    folder = files("tillit.apps.partnerships").joinpath("data")
    return read_references(folder.joinpath(NAME).read_text("utf-8"), NAME)


def read_references(text: str, name: str) -> References:
    """Return the collaborations and lessons of a file's text.

    :raises BadTemplate: file, place, what is wrong and what would be right
    """
    file = opened(text, name)
    cases = tuple(_case(each) for each in file.rows("cases"))
    known = {f"{each.code}.{line.cell}" for each in cases for line in each.lines}
    lessons = tuple(_lesson(each, known) for each in file.rows("areas"))
    file.closed()
    return References(cases, lessons)


def _case(entry: Entry) -> Reference:
    lines = []
    for each in entry.rows("lines"):
        mark = each.text("mark", one_of=MARKS)
        source = each.text("source", "")
        if bool(source) != (mark == "P"):
            raise each.bad("source", "give the address of what is from a public page, and of nothing else")
        cell = each.text("cell", one_of=CELLS)
        begun = each.truth("not_started", default=False)
        lines.append(Said(cell, mark, Text(**each.words("text")), source, begun))
        each.closed()
    made = Reference(entry.text("code"), entry.text("name"), entry.several("aliases"), tuple(lines))
    entry.closed()
    return made


def _lesson(entry: Entry, known: set[str]) -> Lesson:
    rests = entry.several("rests_on", one_of=sorted(known))
    models = entry.several("templates")
    for code in models:
        if template(code) is None:
            raise entry.bad("templates", f"holds {code!r}, which is no model")
    made = Lesson(
        entry.text("code", one_of=AREA_CODES),
        Text(**entry.words("insight")),
        Text(**entry.words("possibility")),
        Text(**entry.words("idea")),
        tuple((code, cell) for code, _dot, cell in (each.partition(".") for each in rests)),
        models,
    )
    entry.closed()
    return made
