"""A workbook to report with: one row a period, what is asked in locked cells, what is answered in open ones.

The first column, which does not show, holds the key of each row; a mark in its first cell says that it is such a book.
Read back it comes from anybody, so it is measured first (`excel_grid`), and no cell is guessed at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from tillit.core.errors import Problem
from tillit.exchange.excel_grid import Cell, Grid, column_letter, grids
from tillit.exchange.excel_values import UNKNOWN, Unreadable, decimal, plain, shown, text_of, whole, yes_or_no

MARK = "tillit.report/1"
HEADER, FIRST = 4, 5
"""The rows of the headings and of the first period."""
ASKED = ("indicator", "whose", "period", "unit", "limits", "before", "due")
ANSWERS = (
    "value",
    "numerator",
    "denominator",
    "n",
    "level",
    "narrative",
    "comment",
    "confirmed",
    "reason",
    "evidence",
)
MOST_ROWS = 1000
_WIDE = {"indicator": 34, "whose": 22, "narrative": 40, "comment": 30, "reason": 26, "evidence": 30}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A row to fill in. `asked`: the texts of its locked cells; `answers`: what there is a draft of."""

    key: str
    asked: tuple[str, ...]
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that somebody has written in; `row` as Excel counts it, `answers` without what was left empty."""

    row: int
    key: str
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be read: "J7", and what is wrong with it."""

    cell: str
    problem: Problem


def book(title: str, note: str, headings: Sequence[str], lines: Sequence[Line]) -> bytes:
    """Return the workbook. `headings`: of what is asked and then of what is answered, in the reader's language."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    from tillit.exchange.template import steady_bytes

    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Rapport"
    sheet.cell(1, 1, MARK)
    sheet.cell(1, 2, title).font = Font(name="Calibri", size=16, bold=True)
    sheet.cell(2, 2, note)
    for place, heading in enumerate(headings, start=2):
        head = sheet.cell(HEADER, place, heading)
        head.font, head.alignment = Font(name="Calibri", bold=True), Alignment(wrap_text=True, vertical="bottom")
    for row, line in enumerate(lines, start=FIRST):
        sheet.cell(row, 1, line.key)
        for place, text in enumerate(line.asked, start=2):
            _text(sheet.cell(row, place), text)
        for place, name in enumerate(ANSWERS, start=2 + len(ASKED)):
            box: Any = sheet.cell(row, place)
            _write(box, line.answers.get(name))
            box.protection, box.fill = Protection(locked=False), PatternFill("solid", fgColor="FFFFFBEF")
    for place, name in enumerate((*ASKED, *ANSWERS), start=2):
        sheet.column_dimensions[column_letter(place)].width = _WIDE.get(name, 15)
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"C{FIRST}"
    sheet.protection.sheet = True
    return steady_bytes(made)


def filled(data: bytes) -> tuple[list[Filled], list[Unread]] | None:
    """Return the rows that hold an answer, and the cells that cannot be read; None when it is no such workbook.

    :raises BadInput: it is no Excel file, an old or locked one, or far too large
    """
    grid = next((each for each in grids(data) if _said(each, 1) == MARK), None)
    if grid is None:
        return None
    rows: list[Filled] = []
    unread: list[Unread] = []
    for row in (each for each in grid.rows if each >= FIRST):
        answers = _answers(grid, row, unread)
        if answers:
            rows.append(Filled(row, _said(grid, row), answers))
    return rows[:MOST_ROWS], unread


def _said(grid: Grid, row: int) -> str:
    """Return what the first column says of a row, "" where that is no text: anybody's workbook may be sent in."""
    value = grid.at(row, 1).value
    return value if isinstance(value, str) else ""


def cell_of(row: int, name: str) -> str:
    """Return where an answer stands: "J7"; the first of them where it is none of the answers."""
    place = ANSWERS.index(name) if name in ANSWERS else 0
    return f"{column_letter(2 + len(ASKED) + place)}{row}"


def _answers(grid: Grid, row: int, unread: list[Unread]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ANSWERS:
        place = 2 + len(ASKED) + ANSWERS.index(name)
        cell = grid.at(row, place)
        if cell.blank:
            continue
        try:
            value = _read(cell, name)
        except Unreadable as wrong:
            unread.append(Unread(cell_of(row, name), Problem(wrong.code, "", wrong.told)))
            continue
        if value is not None:
            found[name] = value
    return found


def _read(cell: Cell, name: str) -> object:
    """Return what a cell answers, None where it says that it is not known."""
    if cell.error:
        raise Unreadable("excel.error_value", value=shown(cell.error))
    if cell.uncounted:
        raise Unreadable("excel.formula_without_value", formula=shown(cell.formula))
    value = plain(cell.value)
    if value is None or (isinstance(value, str) and value.casefold() in UNKNOWN):
        return None
    if cell.percent and name in _READERS and isinstance(value, (int, float)):
        raise Unreadable("excel.percent", value=shown(f"{value:.2%}"))
    reader = _READERS.get(name)
    return reader(value) if reader is not None else text_of(cell.value)


def _number(value: object) -> Decimal:
    return Decimal(decimal(value))


_READERS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "value": _number,
        "numerator": _number,
        "denominator": _number,
        "n": whole,
        "level": whole,
        "confirmed": yes_or_no,
    }
)


def _text(cell: object, text: str) -> None:
    """Write text as text: what begins with = is no formula, and stays none when somebody presses Enter in it."""
    import re

    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "?", text)[:32_000]
    cell.value = clean  # type: ignore[attr-defined]
    cell.data_type = "s"  # type: ignore[attr-defined]
    if clean.lstrip(" ").startswith(_FORMULA):
        cell.quotePrefix = True  # type: ignore[attr-defined]


def _write(cell: object, value: object) -> None:
    if isinstance(value, str):
        _text(cell, value)
    elif value is not None:
        cell.value = value  # type: ignore[attr-defined]
