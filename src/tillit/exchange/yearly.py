"""The yearly report of an organisation as tables in words: one shape that the page, Excel and PDF all write out.

Whoever fills it in has counted already. Here is only how a value is shown, so that the three cannot tell it apart.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tillit.core.money import CENT
from tillit.exchange.words import Lang, day, money, number, whole

Value = str | int | Decimal | date | None
Sort = Literal["text", "count", "days", "money", "day"]
FIGURES = ("count", "days", "money")
"""Sorts that stand to the right, under each other."""
MOST_ROWS = 200
"""Rows of a table on a page or in the PDF, before the rest are left to the Excel file, which has them all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; None is not known, which is never zero. `to`: what it leads to, as who fills it in names it; "" nothing.

    `sort`: where it differs from its column's.
    """

    value: Value
    to: str = ""
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands under it. Money is kronor, days are whole days or half ones."""

    title: str
    sort: Sort = "text"
    broad: bool = False
    """Holds sentences."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name. `foot`: the row of sums, () for none. `in_file_only`: too long for a page to read."""

    key: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()
    note: str = ""
    in_file_only: bool = False

    def sort(self, place: int, cell: Cell) -> Sort:
        """Return the sort of a cell at a place of a row."""
        return cell.sort or self.columns[place].sort


@dataclass(frozen=True, slots=True)
class Yearly:
    """The whole report. `facts`: what, for whom, when and by which rules; `period`: which days it tells of.

    `notes`: how the numbers are to be read. `made_on`: the day that it was counted.
    """

    lang: Lang
    title: str
    period: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    tables: tuple[Table, ...]


def note_of(table: Table, lang: Lang) -> str:
    """Return a table's note, and where the rest is of one that is too long for a page."""
    left_out = len(table.rows) > MOST_ROWS
    more = str(yearly_words(lang)["left_out"]).format(count=len(table.rows)) if left_out else ""
    return " ".join(part for part in (table.note, more) if part)


@cache
def yearly_words(lang: str) -> Mapping[str, Any]:
    """Return every word of the report in a language; any language but English is answered in Swedish."""
    name = "yearly.en.toml" if lang == "en" else "yearly.sv.toml"
    return tomllib.loads(files("tillit.exchange").joinpath(name).read_text("utf-8"))


def shown(value: Value, sort: Sort, lang: Lang) -> str:
    """Return a value as it is read on a page and in the PDF: "1 234,50 kr", "2,5", "2026-02-01", "uppgift saknas"."""
    if value is None:
        return str(yearly_words(lang)["unknown"])
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value, lang)
    if sort == "money":
        return money(_hundredths(Decimal(value)), lang)
    return number(_hundredths(value), lang) if isinstance(value, Decimal) else whole(value, lang)


def _hundredths(value: Decimal) -> int:
    """Return whole hundredths; sums may be larger than any one amount of a case may."""
    return int(value.quantize(CENT).scaleb(2))
