"""The tables of places and events as people read them: every row with when it counts and where that is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Derived
from tillit.exchange.words import words


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: other names, its country, when it counts, the source and from which day the row is used."""

    name: str
    others: str
    country: str
    when: str
    note: str
    source: str
    address: str
    read_on: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """A table of places, the question that it answers and its rows in the order of their names."""

    name: str
    title: str
    question: str
    rows: tuple[PlaceRow, ...]


@cache
def place_tables(lang: str) -> tuple[PlaceTable, ...]:
    """Return every table of places that a fact is looked up in."""
    raw = editions.read_folder(editions.data() / "orter")
    kinds = editions.vocabulary().kinds.values()
    asked = [each for kind in kinds for each in kind.derived.values() if each.how == "table" and each.table]
    return tuple(_table(each, raw[f"{each.table}.toml"], lang) for each in asked)


def _table(derived: Derived, raw: Mapping[str, Any], lang: str) -> PlaceTable:
    name = derived.table or ""
    rows = sorted((_row(each, lang) for each in raw.get("place", [])), key=lambda row: row.name)
    title = words(lang)["place_table"].get(name, name.capitalize())
    return PlaceTable(name, title, derived.question.in_language(lang), tuple(rows))


def _row(raw: Mapping[str, Any], lang: str) -> PlaceRow:
    source = raw["source"]
    return PlaceRow(
        raw["name"],
        ", ".join(raw.get("aliases", [])),
        raw.get("country", ""),
        _when(raw, lang),
        raw.get("note", ""),
        source["title"],
        source.get("address", ""),
        str(source.get("read_on", "")),
        str(raw["valid_from"]),
    )


def _when(raw: Mapping[str, Any], lang: str) -> str:
    if "starts_on" in raw:
        return f"{raw['starts_on']} – {raw['ends_on']}"
    if "from" in raw:
        return f"{_day(raw['from'], lang)} – {_day(raw['to'], lang)}"
    return str(words(lang)["place_table"]["all_year"])


def _day(month_and_day: str, lang: str) -> str:
    month, day = (int(part) for part in month_and_day.split("-"))
    name = str(words(lang)["month"][month - 1])
    return f"{day}\u00a0{name}"
