"""The filled-in Excel template as a case: every sheet, every cell, and the place of everything.

Excel's own traps are told here, cell by cell; what remains is a plain dict that is judged like any other case.
Both kinds of problem are told at once, so that a person corrects the file once.
"""

from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import COLLABORATION, Fact, Vocabulary
from tillit.core.rulebook.read_case import read_case
from tillit.exchange.excel_grid import Cell, Grid, column_letter, grids
from tillit.exchange.excel_values import Unreadable, nearest, read_value, shown
from tillit.exchange.places import Path
from tillit.exchange.sheets import JUDGEMENT, LISTS, README, SKIPPED, sheet_name, sheet_of
from tillit.exchange.words import Lang, say


class Reading:
    """A case on its way out of an Excel file: what is read so far, where it stood, and what stood in the way."""

    def __init__(self, vocabulary: Vocabulary, lang: Lang) -> None:
        self.vocabulary, self.lang = vocabulary, lang
        self.raw: dict[str, Any] = {"schema": "tillit.case/1"}
        self.problems: list[Problem] = []
        self.places: dict[Path, str] = {}

    def refuse(self, code: str, place: str, **args: str) -> None:
        self.problems.append(Problem(code, place, args))

    def cell_place(self, grid: Grid, row: int, column: int, key: str = "") -> str:
        """Return "bladet Deltagare, rad 5, kolumn C (mode)"."""
        place = say("place.cell", self.lang, sheet=grid.name, row=str(row), column=column_letter(column))
        return f"{place} ({key})" if key else place

    def row_place(self, grid: Grid, row: int) -> str:
        return say("place.row", self.lang, sheet=grid.name, row=str(row))

    def place(self, path: Path) -> str:
        """Return where something stands: its cell, else its row with its key, else its sheet."""
        if path in self.places:
            return self.places[path]
        for end in range(len(path) - 1, 0, -1):
            if path[:end] in self.places:
                return f"{self.places[path[:end]]} ({'.'.join(str(step) for step in path[end:])})"
        name = str(path[0]) if path else "case"
        sheet = COLLABORATION if name == "case" else name
        known = sheet in self.vocabulary.kinds or sheet == JUDGEMENT
        where = sheet_name(sheet, self.vocabulary, self.lang) if known else name
        key = ".".join(str(step) for step in path)
        return say("place.sheet", self.lang, sheet=where) + (f" ({key})" if key else "")

    def value(self, cell: Cell, fact: Fact, place: str) -> object:
        """Return what a cell says of a fact, or None where it says nothing or cannot be trusted."""
        if cell.covered_by:
            self.refuse("excel.merged", place, area=cell.covered_by)
        elif cell.error:
            self.refuse("excel.error_value", place, value=cell.error)
        elif cell.uncounted:
            self.refuse("excel.formula_without_value", place, formula=shown(cell.formula))
        else:
            try:
                return read_value(cell.value, fact, percent=cell.percent, lang=self.lang)
            except Unreadable as unreadable:
                self.refuse(unreadable.code, place, **unreadable.told)
        return None


def excel_case(data: bytes, vocabulary: Vocabulary, lang: Lang) -> Case:
    """Return the case in a filled-in template.

    :raises BadInput: with every problem of every sheet
    """
    reading = Reading(vocabulary, lang)
    read_sheets(reading, grids(data))
    if not {"case", COLLABORATION, *vocabulary.kinds} & set(reading.raw) and not reading.problems:
        raise BadInput([Problem("excel.not_template")])
    told = {problem.place for problem in reading.problems}
    try:
        case = read_case(reading.raw, vocabulary, place=reading.place)
    except BadInput as bad:
        reading.problems += [problem for problem in bad.problems if problem.place not in told]
    if reading.problems:
        raise BadInput(reading.problems)
    return case


def read_sheets(reading: Reading, sheets: list[Grid]) -> None:
    """Read every sheet into `reading`; one that nobody knows but that holds something is a problem."""
    from tillit.exchange.excel_form import read_form
    from tillit.exchange.excel_table import kind_by_keys, read_table

    taken: dict[str, str] = {}
    for grid in sheets:
        if grid.name.lstrip().startswith(SKIPPED) or not grid.rows:
            continue
        meant = sheet_of(grid.name, reading.vocabulary) or kind_by_keys(grid, reading.vocabulary)
        if meant in (README, LISTS):
            continue
        place = say("place.sheet", reading.lang, sheet=grid.name)
        if meant is None:
            near = nearest(
                grid.name, [sheet_name(name, reading.vocabulary, reading.lang) for name in reading.vocabulary.kinds]
            )
            reading.refuse("excel.unknown_sheet", place, nearest=near)
        elif meant in taken:
            reading.refuse("excel.double_sheet", place, other=taken[meant])
        else:
            taken[meant] = grid.name
            (read_form if meant == COLLABORATION else read_table)(reading, grid, meant)
