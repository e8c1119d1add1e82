"""The yearly report as an Excel workbook: first what it is, then one table a sheet, numbers and days as such.

Texts that people wrote are text, whatever they begin with: no cell is a formula. The same report gives the same bytes.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from tillit.exchange.excel_grid import column_letter
from tillit.exchange.template import steady_bytes
from tillit.exchange.template_look import Look
from tillit.exchange.yearly import FIGURES, Cell, Sort, Table, Yearly, yearly_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

HEADER, FIRST = 3, 4
"""The rows of the headings and of the first values on a sheet of one table."""
_FORMATS: dict[Sort, str] = {"money": "#,##0.00", "count": "#,##0", "days": "0.#", "day": "yyyy-mm-dd", "text": "@"}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_000
"""Excel holds no more characters in a cell than a little above this."""
_NARROW, _BROAD, _SENTENCE, _NOTE, _LINE = 16, 60, 40, 115, 17.0


def xlsx(report: Yearly) -> bytes:
    """Return the report as the bytes of an .xlsx file, every table in it, also those that no page shows."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _NOT_IN_XML.sub("?", report.title)
    book.properties.creator = "Tillit"
    book.properties.language = report.lang
    look = Look(book, "lists", report.lang)
    _first(_Page(book, yearly_words(report.lang)["table"]["summary"]["sheet"], look), report)
    for table in report.tables[1:]:
        _table(_Page(book, table.sheet, look), table)
    return steady_bytes(book)


class _Page:
    """A sheet that is written from the top."""

    def __init__(self, book: "Workbook", name: str, look: Look) -> None:
        self.sheet: Worksheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip())
        self.look, self.words = look, yearly_words(look.lang)

    def write(self, row: int, column: int, cell: Cell, sort: Sort = "text", *, bold: bool = False) -> None:
        """Write a value as what it is. Text is text, never a formula, and what is not known says so."""
        there = self.sheet.cell(row, column)
        value = str(self.words["unknown"]) if cell.value is None else cell.value
        wraps = isinstance(value, str) and len(value) > _SENTENCE
        there.font, there.alignment = _look(right=sort in FIGURES, wraps=wraps, bold=bold)
        if isinstance(value, str):
            there.value = _NOT_IN_XML.sub("?", value)[:_LONGEST]
            there.data_type = "s"
            if value.lstrip(" ").startswith(_FORMULA):
                there.quotePrefix = True  # and it stays text when somebody stands in the cell and presses Enter
        else:
            there.value = value
            there.number_format = _FORMATS[sort]

    def cells(self, row: int, table: Table, cells: tuple[Cell, ...], *, bold: bool = False) -> None:
        for place, cell in enumerate(cells):
            self.write(row, place + 1, cell, table.sort(place, cell), bold=bold)

    def headings(self, row: int, table: Table) -> None:
        for column, heading in enumerate(table.columns, start=1):
            self.look.heading(self.sheet, row, column, heading.title)


@cache
def _look(*, right: bool, wraps: bool, bold: bool) -> "tuple[Font, Alignment]":
    from openpyxl.styles import Alignment, Font

    placed = Alignment(horizontal="right" if right else "left", vertical="top", wrap_text=wraps)
    return Font(name="Calibri", bold=bold), placed


def _first(page: _Page, report: Yearly) -> None:
    """Write what the report is, the numbers in short, and how they are to be read."""
    sheet, row = page.sheet, HEADER
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 62, 62
    page.look.title(sheet, 1, 1, _NOT_IN_XML.sub("?", report.title))
    sheet.cell(1, 1).data_type = "s"
    for name, text in report.facts:
        page.look.question(sheet, row, 1, name)
        page.write(row, 2, Cell(text))
        page.look.fit(sheet, row)
        row += 1
    row += 1
    for table in report.tables[:1]:
        page.headings(row, table)
        for each in table.rows:
            row += 1
            page.cells(row, table, each)
        row += 2
    for note in report.notes:
        page.write(row, 1, Cell(note))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = _LINE * (1 + len(note) // _NOTE)
        row += 1
    sheet.freeze_panes = f"A{HEADER}"


def _table(page: _Page, table: Table) -> None:
    sheet = page.sheet
    page.look.title(sheet, 1, 1, table.title)
    page.look.text(sheet, 2, 1, table.note, wrap=False, quiet=True)
    page.headings(HEADER, table)
    for column in range(len(table.columns)):
        sheet.column_dimensions[column_letter(column + 1)].width = _width(table, column)
    page.look.fit(sheet, HEADER)
    last = HEADER + len(table.rows)
    for row, cells in enumerate(table.rows, start=FIRST):
        page.cells(row, table, cells)
    if not table.rows:
        page.write(FIRST, 1, Cell(str(page.words["none"])))
    elif table.foot:
        page.cells(last + 1, table, table.foot, bold=True)
    if table.rows:
        sheet.auto_filter.ref = f"A{HEADER}:{column_letter(len(table.columns))}{last}"
    sheet.freeze_panes = f"B{FIRST}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"


def _width(table: Table, place: int) -> int:
    """Return how wide a column is, in characters: as its longest text and its heading's longest word need."""
    column = table.columns[place]
    texts = [str(row[place].value or "") for row in table.rows] if column.sort == "text" else []
    longest = max((len(text) for text in texts), default=0)
    word = max(len(each) for each in column.title.split())
    return min(_BROAD, max(_NARROW, longest + 2, word + 3))
