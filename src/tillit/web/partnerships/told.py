"""What a page of a partnership tells as tables, in the shape that page and PDF both write out, so they say the same.

The shape is that of the yearly report: a heading, facts, tables of cells, and notes on how to read them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tillit.apps.partnerships.models import Level
from tillit.apps.partnerships.models.words import LEVEL_WORDS
from tillit.exchange.yearly import FIGURES, MOST_ROWS, Cell, Column, Table, Value, Yearly, note_of, shown
from tillit.exchange.yearly_pdf import pdf


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the page has it; `href` is "" where it leads nowhere."""

    text: str
    href: str
    figures: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page has it: rows of cells, of which the first is the row's heading."""

    key: str
    title: str
    note: str
    headings: tuple[ShownCell, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    foot: tuple[ShownCell, ...] = ()


def table(
    key: str,
    title: str,
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[Value | Cell]],
    note: str = "",
) -> Table:
    """Return a table; a heading that is text stands over text."""
    heads = tuple(Column(each) if isinstance(each, str) else each for each in columns)
    cells = tuple(tuple(each if isinstance(each, Cell) else Cell(each) for each in row) for row in rows)
    return Table(key, title, title, heads, cells, note=note)


def shown_tables(told: Yearly, address: Callable[[str], str]) -> tuple[ShownTable, ...]:
    """Return the tables as a page has them; `address` says where a cell leads, "" for nowhere."""

    def cells(each: Table, row: tuple[Cell, ...]) -> tuple[ShownCell, ...]:
        found = []
        for place, cell in enumerate(row):
            sort = each.sort(place, cell)
            href = address(cell.to) if cell.to else ""
            found.append(ShownCell(shown(cell.value, sort, told.lang), href, sort in FIGURES))
        return tuple(found)

    return tuple(
        ShownTable(
            each.key,
            each.title,
            note_of(each, told.lang),
            tuple(ShownCell(column.title, "", column.sort in FIGURES) for column in each.columns),
            tuple(cells(each, row) for row in each.rows[:MOST_ROWS]),
        )
        for each in told.tables
    )


def as_pdf(told: Yearly, name: str) -> HttpResponse:
    """Return the same as a PDF to keep, with a file name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf(told), content_type="application/pdf", headers=headers)


def until(end: date | None) -> str:
    """Return the last day of something as it is said; `end` is the first day that it no longer holds."""
    if end is None:
        return _("tills vidare")
    return _("t.o.m. %(day)s") % {"day": (end - timedelta(days=1)).isoformat()}


def level_word(level: Level) -> str:
    """Return what a level is called: its own name, in the reader's language where it has kept the usual one."""
    usual = LEVEL_WORDS.get(level.code)
    return str(usual or level.name)


def source(*texts: str) -> str:
    """Return where a line is stated, the first that says it; it is not hidden that nobody has."""
    return next((each for each in texts if each), _("uppgift saknas"))


def yes_no(said: bool) -> str:
    return _("ja") if said else _("nej")
