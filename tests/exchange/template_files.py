"""A filled-in template as people send it: made from the real one, changed cell by cell, saved and read back."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.facts import Case
from tillit.exchange import casefile, template
from tillit.exchange.sheets import sheet_name
from tillit.exchange.words import Lang

FIRST = template.FIRST_RECORD


class Filled:
    """The template with a title, a phase and a day, ready to be filled in further."""

    def __init__(self, lang: Lang = "sv") -> None:
        self.lang: Lang = lang
        self.book = load_workbook(io.BytesIO(template.workbook(lang)))
        self.untouched = set(self.book.sheetnames)
        self.form("case.title", "Lunchseminarium om hjärtsvikt")
        self.form("case.phase", "planerad")
        self.form("case.starts_on", date(2026, 3, 12))

    def sheet(self, name: str) -> Worksheet:
        found = self.book[sheet_name(name, vocabulary(), self.lang)]
        assert isinstance(found, Worksheet)
        self.untouched.discard(found.title)
        return found

    def form_cell(self, key: str) -> Cell:
        """Return the answer cell of a question on the first sheet."""
        sheet = self.sheet("collaboration")
        row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 5).value == key)
        return _cell(sheet, row, 2)

    def form(self, key: str, value: object) -> Cell:
        cell = self.form_cell(key)
        cell.value = _any(value)
        return cell

    def column(self, kind: str, key: str) -> int:
        sheet = self.sheet(kind)
        return next(column for column in range(1, 60) if sheet.cell(template.KEYS, column).value == key)

    def cell(self, kind: str, key: str, row: int = FIRST) -> Cell:
        return _cell(self.sheet(kind), row, self.column(kind, key))

    def put(self, kind: str, key: str, value: object, row: int = FIRST) -> Cell:
        """Write a value in the column of a key, as a person types it."""
        cell = self.cell(kind, key, row)
        cell.value = _any(value)
        return cell

    def bytes(self) -> bytes:
        """Return the file; sheets that nobody wrote in are left out, which is quicker and reads the same."""
        for title in self.untouched & set(self.book.sheetnames):
            del self.book[title]
        self.untouched = set()
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def part(self, kind: str) -> str:
        """Return the name of a sheet's part inside the file that `bytes` gives."""
        title = self.sheet(kind).title
        kept = [name for name in self.book.sheetnames if name not in self.untouched]
        return f"xl/worksheets/sheet{kept.index(title) + 1}.xml"

    def read(self) -> Case:
        return casefile.read(self.bytes(), "ärende.xlsx", lang=self.lang)

    def problems(self) -> list[Problem]:
        return problems_of(self.bytes(), "ärende.xlsx", self.lang)

    def problem(self) -> Problem:
        found = self.problems()
        assert len(found) == 1, found
        return found[0]


def problems_of(data: bytes, name: str, lang: Lang = "sv") -> list[Problem]:
    """Return what is wrong with a file that must be refused; every problem names the file."""
    with pytest.raises(BadInput) as caught:
        casefile.read(data, name, lang=lang)
    assert all(problem.file == name for problem in caught.value.problems)
    return list(caught.value.problems)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _any(value: Any) -> Any:
    return value
