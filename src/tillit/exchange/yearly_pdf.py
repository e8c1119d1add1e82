"""The yearly report as a PDF: archivable (PDF/A-3a), accessible (PDF/UA-1), A4 on its side with numbered pages.

typst lays it out from `yearly.typ`, in the fonts that come with Tillit. What people wrote reaches the layout as data
only. The same report gives the same bytes: the document's date is the day of counting.
"""

import json
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from typing import Any

from tillit.exchange.protocol import settable
from tillit.exchange.yearly import FIGURES, MOST_ROWS, Cell, Table, Yearly, note_of, shown, yearly_words


def pdf(report: Yearly) -> bytes:
    """Return the report as a PDF. Tables that only a file for reckoning can hold are left out."""
    import typst

    with as_file(files("tillit.exchange")) as here:
        made = typst.compile(
            here / "yearly.typ",
            root=here,
            font_paths=[here / "protocol" / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"report": json.dumps(settable(_data(report)))},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.combine(report.made_on, time(), UTC),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no PDF")
    return made


def _data(report: Yearly) -> dict[str, Any]:
    say, day = yearly_words(report.lang), report.made_on
    return {
        "lang": report.lang,
        "words": {name: say[name] for name in ("page", "of", "none")},
        "fact": say["column"]["what"],
        "value": say["column"]["says"],
        "day": [day.year, day.month, day.day],
        "title": report.title,
        "period": report.period,
        "facts": [list(pair) for pair in report.facts],
        "notes": list(report.notes),
        "tables": [_table(table, report) for table in report.tables if not table.in_file_only],
    }


def _table(table: Table, report: Yearly) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": note_of(table, report.lang),
        "columns": [
            {"title": column.title, "figures": column.sort in FIGURES, "width": _width(table, place)}
            for place, column in enumerate(table.columns)
        ],
        "rows": [_cells(table, row, report) for row in table.rows[:MOST_ROWS]],
        "foot": _cells(table, table.foot, report),
    }


def _cells(table: Table, row: tuple[Cell, ...], report: Yearly) -> list[str]:
    return [shown(cell.value, table.sort(place, cell), report.lang) for place, cell in enumerate(row)]


def _width(table: Table, place: int) -> float:
    """Return a column's share of the width: text by how long it is, figures alike."""
    if table.columns[place].sort != "text":
        return 1.0
    longest = max((len(str(row[place].value or "")) for row in table.rows), default=0)
    return 1.0 if longest <= 12 else 1.6 if longest <= 24 else 2.6 if longest <= 60 else 4.0
