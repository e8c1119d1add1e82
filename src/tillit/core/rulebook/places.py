"""Dated, sourced tables of places and events (`data/orter/*.toml`): a hit raises a question, never an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from tillit.core.errors import RulebookError
from tillit.core.rulebook.strict import Table


@dataclass(frozen=True, slots=True)
class Row:
    """A place and when it counts: a season by month and day, the days of an event, or all year."""

    names: tuple[str, ...]
    season: tuple[str, str] | None
    starts_on: date | None
    ends_on: date | None
    valid_from: date
    source: str

    def hits(self, name: str, first: date, last: date) -> bool:
        """Return whether the place is this one and any day from `first` to `last` counts."""
        if folded(name) not in self.names or self.valid_from > last:
            return False
        if self.starts_on is not None and self.ends_on is not None:
            return self.starts_on <= last and first <= self.ends_on
        return self.season is None or in_season(self.season, first, last)


def folded(name: str) -> str:
    """Return a name as names are compared: case and space do not matter."""
    return " ".join(name.casefold().split())


def in_season(season: tuple[str, str], first: date, last: date) -> bool:
    """Return whether any day of a period lies in a yearly season from "MM-DD" to "MM-DD", over new year too."""
    start, end = season
    for offset in range(min((last - first).days, 366) + 1):
        day = (first + timedelta(days=offset)).strftime("%m-%d")
        if start <= day <= end if start <= end else (day >= start or day <= end):
            return True
    return False


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of `data/orter/<name>.toml`.

    :raises RulebookError: there is no such table, or a row is wrong
    """
    import tomllib

    file = f"{name}.toml"
    entry = files("tillit.core.rulebook") / "data" / "orter" / file
    if not entry.is_file():
        raise RulebookError(
            file, "file", "there is no such place table.", "Add it under data/orter, or correct the name."
        )
    return load_places(tomllib.loads(entry.read_text(encoding="utf-8")), file)


def load_places(raw: Mapping[str, object], file: str) -> tuple[Row, ...]:
    """Return the rows of a parsed place table.

    :raises RulebookError: a key is unknown or missing; every row needs a source
    """
    top = Table(dict(raw), file, "")
    if top.has("table"):
        top.take("table")
    rows = tuple(_row(each) for each in top.tables("place"))
    top.done()
    return rows


def _row(table_: Table) -> Row:
    names = (table_.text("name"), *table_.texts("aliases"))
    for extra in ("country", "note"):
        if table_.has(extra):
            table_.take(extra)
    season = (table_.text("from"), table_.text("to")) if table_.has("from") else None
    source = table_.table("source")
    row = Row(
        tuple(folded(name) for name in names),
        season,
        table_.day_or_none("starts_on"),
        table_.day_or_none("ends_on"),
        table_.day("valid_from"),
        source.text("title"),
    )
    for extra in ("address", "read_on"):
        if source.has(extra):
            source.take(extra)
    source.done()
    table_.done()
    return row


def listed(rows: Iterable[Row], names: Iterable[str], first: date, last: date) -> bool:
    """Return whether any of the names hits any of the rows in the period."""
    known = tuple(names)
    return any(row.hits(name, first, last) for row in rows for name in known)
