"""A series of figures from a CSV file: a header row, a column `value`, and `period` where the periods have names.

An empty cell is a missing period, and so is one that the column `period` skips. Rows are counted from 1 below the
header. Nothing is guessed: a decimal comma, a period that comes twice and a cell with a word are told with their row.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tillit.core.errors import BadInput, Problem
from tillit.core.money import decimal_of
from tillit.core.rulebook.reading import nearest
from tillit.core.text import nfc
from tillit.exchange.casefile import LARGEST_FILE, bytes_of, text_of
from tillit.exchange.scale import MOST, ROWS, Scale, scale_of
from tillit.exchange.words import Lang, say

VALUE, PERIOD = "value", "period"
LONGEST_NUMBER, LONGEST_SHOWN = 24, 60
_COMMA = re.compile(r"[-+\u2212]?[0-9 \u00a0]+,[0-9]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its number from 1, its line in the file, its period as written, and its value."""

    number: int
    line: int
    period: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """The rows of a file and where each stands among its periods, skipped ones counted."""

    rows: tuple[Row, ...]
    scale: Scale

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """Return one value per period, None where it is missing."""
        found = self.by_index
        return tuple(found[at].value if at in found else None for at in range(self.scale.indexes[-1] + 1))

    @property
    def by_index(self) -> dict[int, Row]:
        """Return the rows by their index among the periods."""
        return dict(zip(self.scale.indexes, self.rows, strict=True))


def read_series(path: str | Path, lang: Lang = "sv") -> Series:
    """Return the series in a CSV file.

    :raises BadInput: with every problem found, each with the file's name, its row and what to do
    """
    data = bytes_of(path)
    try:
        if len(data) > LARGEST_FILE:
            raise _refused("series.too_large", limit=str(LARGEST_FILE // 1_000_000))
        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise _refused("series.excel")
        return _series(text_of(data, lang), lang)
    except BadInput as bad:
        raise bad.in_file(str(path)) from None


def _series(text: str, lang: Lang) -> Series:
    cells = _cells(nfc(text).removeprefix("\ufeff"), lang)
    if not cells:
        raise _refused("series.empty")
    names = _header(cells[0][1])
    problems: list[Problem] = []
    rows = tuple(_rows(names, cells[1:], lang, problems))
    if problems:
        raise BadInput(problems)
    if not any(row.value is not None for row in rows):
        raise _refused("series.no_values")
    named = PERIOD in names and any(row.period for row in rows)
    return Series(rows, _scale(rows, lang) if named else Scale(ROWS, tuple(range(len(rows)))))


def _cells(text: str, lang: Lang) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV text with the line that each ends on, without empty lines at the end."""
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in (";", "\t") if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            found.append((reader.line_num, row))
            if len(found) > MOST + 1:
                raise _refused("series.too_many_rows", limit=str(MOST))
    except csv.Error:
        raise BadInput([Problem("series.not_csv", _place(reader.line_num, len(found), lang))]) from None
    while found and not found[-1][1]:
        found.pop()
    return found


def _header(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    if VALUE not in names:
        near = next((found for name in names if (found := nearest(name, (VALUE,)))), "")
        raise _refused("series.no_value_column", given=", ".join(names)[:LONGEST_SHOWN], nearest=near)
    twice = next((name for name in (VALUE, PERIOD) if names.count(name) > 1), None)
    if twice:
        raise _refused("series.column_twice", name=twice)
    return names


def _rows(
    names: Sequence[str], cells: Sequence[tuple[int, list[str]]], lang: Lang, problems: list[Problem]
) -> Iterator[Row]:
    """Yield the rows that can be read; what is wrong with the others goes to `problems`."""
    column, period = names.index(VALUE), names.index(PERIOD) if PERIOD in names else None
    for number, (line, found) in enumerate(cells, 1):
        row = [cell.strip() for cell in found] or [""] * (len(names) == 1)  # the only cell of an empty line is empty
        shown = row[column][:LONGEST_SHOWN] if column < len(row) else ""
        try:
            _fits(row, names)
            yield Row(number, line, "" if period is None else row[period], _number(row[column]))
        except ValueError as error:
            problems.append(_problem(str(error), _place(line, number, lang), given=shown))


def _fits(row: Sequence[str], names: Sequence[str]) -> None:
    """Raise ValueError with a code when a row has other cells than the header."""
    column = names.index(VALUE)
    if len(row) > len(names):
        split = [*row[column : column + 2], ""]
        raise ValueError(
            "series.decimal_comma" if _COMMA.fullmatch(f"{split[0]},{split[1]}") else "series.too_many_cells"
        )
    if len(row) < len(names):
        raise ValueError("series.too_few_cells")


def _number(text: str) -> Decimal | None:
    """Return the number in a cell, None for an empty one; raise ValueError with a code for anything else."""
    if not text:
        return None
    if len(text) > LONGEST_NUMBER:
        raise ValueError("series.number_too_long")
    try:
        return decimal_of(text)
    except ValueError:
        raise ValueError("series.decimal_comma" if _COMMA.fullmatch(text) else "series.not_a_number") from None


def _scale(rows: Sequence[Row], lang: Lang) -> Scale:
    try:
        return scale_of([row.period for row in rows])
    except ValueError as error:
        code, at = error.args
        row = rows[at]
        given = {"given": row.period[:LONGEST_SHOWN], "limit": str(MOST)}
        raise BadInput([_problem(code, _place(row.line, row.number, lang), **given)]) from None


def _problem(fault: str, place: str, **args: str) -> Problem:
    return Problem(fault, place, args)


def _place(line: int, number: int, lang: Lang) -> str:
    """Return where a row is: its line in the file, and its number below the header, which is what answers count."""
    return say("place.value", lang, line=str(line), number=str(number))


def _refused(code: str, **args: str) -> BadInput:
    return BadInput([Problem(code, "", args)])
