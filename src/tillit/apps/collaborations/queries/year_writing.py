"""How the yearly report's tables are written: words by code, columns, counts that lead to a list."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from tillit.apps.collaborations.queries.year_rows import Costs
from tillit.core.process.content import AMOUNTS
from tillit.core.rulebook.editions import vocabulary
from tillit.exchange.words import Lang
from tillit.exchange.yearly import Cell, Column, Sort, Table, Value, yearly_words

Row = Sequence[Value | Cell]
ALL = "all"
"""Leads to the list of the year's collaborations."""


def in_state(state: str) -> str:
    """Return what leads to the list of the year's collaborations in a state."""
    return f"state:{state}"


def one(public_id: str) -> str:
    """Return what leads to a collaboration."""
    return f"collaboration:{public_id}"


def who(key: object) -> str:
    """Return what leads to an organisation."""
    return f"organisation:{key}"


def table_of(key: str) -> str:
    """Return what leads to another table."""
    return f"table:{key}"


class Writer:
    """Makes tables in a language, and so knows the words of their columns."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.words = yearly_words(lang)

    def say(self, group: str, name: str) -> str:
        """Return the words of a code, the code itself where there are none."""
        return str(self.words[group].get(name, name))

    def columns(self, *named: str | tuple[str, Sort]) -> tuple[Column, ...]:
        """Return columns by their names; a name alone is text."""
        pairs = (each if isinstance(each, tuple) else (each, "text") for each in named)
        return tuple(Column(self.say("column", name), sort) for name, sort in pairs)

    def table(
        self,
        key: str,
        columns: Sequence[Column],
        rows: Iterable[Row],
        *,
        foot: Row = (),
        in_file_only: bool = False,
        **args: Any,
    ) -> Table:
        """Return a table; values become cells that lead nowhere."""
        said = self.words["table"][key]
        return Table(
            key=key,
            title=said["title"],
            sheet=said["sheet"],
            columns=tuple(columns),
            rows=tuple(_cells(row) for row in rows),
            foot=_cells(foot),
            note=said["note"].format(**args),
            in_file_only=in_file_only,
        )


def _cells(row: Row) -> tuple[Cell, ...]:
    return tuple(each if isinstance(each, Cell) else Cell(each) for each in row)


def sums(costs: Costs) -> list[Decimal | int | None]:
    """Return estimated, committed and actual, each followed by the number of lines that say nothing."""
    return [value for name in AMOUNTS for value in (getattr(costs, name).total, getattr(costs, name).unknown)]


SUMS: tuple[tuple[str, Sort], ...] = tuple(pair for name in AMOUNTS for pair in ((name, "money"), ("unknown", "count")))


def label_of(kind: str, fact: str, code: str, lang: Lang) -> str:
    """Return what a choice is called; one that the rulebook does not have is told as it stands."""
    known = vocabulary().kinds[kind].facts[fact].labels.get(code)
    return known.in_language(lang) if known is not None else code


def kind_word(code: str, write: Writer) -> str:
    """Return what a kind of collaboration is called."""
    return label_of("collaboration", "kind", code, write.lang) if code else str(write.words["without_kind"])
