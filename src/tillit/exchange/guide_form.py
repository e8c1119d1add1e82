"""What stands in the fields of a step of the guided check: as somebody typed it, or as the case has it.

Names of fields: `case.title`, `q.arranger`, `r.meal.gate`, `r.meal.total`, `r.meal.paste`, `r.meal.all.occasion`,
`r.meal.0.was` (the id the row had), `r.meal.0.id`, `r.meal.0.occasion`. Any other name is not read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import COLLABORATION, Fact
from tillit.exchange.guide import CHILDREN
from tillit.exchange.guide_typed import header, typed
from tillit.exchange.sheets import columns, observed_facts
from tillit.exchange.words import Lang

GATES = ("none", "all", "more", "unknown")
"""What can be said of a list: there are none, all are here, more will come, nobody knows yet."""
MOST_ROWS = 40
"""How many rows of a list can be changed on the page; a longer list is kept whole and changed in a file."""
_ROW = re.compile(r"r\.([a-z_]+)\.(\d{1,3})\.([a-z_]+)")

Plain = dict[str, Any]
Posted = Mapping[str, str]


@dataclass(slots=True)
class Row:
    """A record's fields; `was` is the id that it had when the page was made, empty for a new one."""

    was: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        return not self.was and not any(text.strip() for text in self.typed.values())


@dataclass(slots=True)
class Listing:
    """The fields of a kind's records; `gate` is None where the page does not ask about the list as a whole."""

    kind: str
    gate: str | None = None
    total: str = ""
    rows: list[Row] = field(default_factory=list)
    paste: str = ""
    same: dict[str, str] = field(default_factory=dict)
    every: bool = False


@dataclass(slots=True)
class Sheet:
    """Every field of a step."""

    header: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)

    def listing(self, kind: str) -> Listing:
        return self.listings.setdefault(kind, Listing(kind))


def posted(post: Posted) -> Sheet:
    """Return the fields that a browser sent."""
    sheet = Sheet()
    sheet.header = {name: post[f"case.{name}"] for name in header() if f"case.{name}" in post}
    own = observed_facts(vocabulary().kinds[COLLABORATION])
    sheet.answers = {name: post[f"q.{name}"] for name in own if f"q.{name}" in post}
    rows: dict[str, dict[int, Row]] = {}
    for key, text in post.items():
        found = _ROW.fullmatch(key)
        if found and found[1] in CHILDREN:
            row = rows.setdefault(found[1], {}).setdefault(int(found[2]), Row())
            _put(row, found[1], found[3], text)
    for kind in CHILDREN:
        if f"r.{kind}.here" in post or kind in rows:
            listing = sheet.listing(kind)
            gate = post.get(f"r.{kind}.gate")
            listing.gate = gate if gate in GATES else None
            listing.total, listing.paste = post.get(f"r.{kind}.total", ""), post.get(f"r.{kind}.paste", "")
            listing.every = f"r.{kind}.every" in post
            listing.rows = [row for _, row in sorted(rows.get(kind, {}).items())][: 3 * MOST_ROWS]
            known = columns(kind, vocabulary())
            listing.same = {name: post[f"r.{kind}.all.{name}"] for name in known if f"r.{kind}.all.{name}" in post}
    return sheet


def _put(row: Row, kind: str, name: str, text: str) -> None:
    if name == "was":
        row.was = text
    elif name in columns(kind, vocabulary()):
        row.typed[name] = text


def of_case(plain: Plain, lang: Lang) -> Sheet:
    """Return every field as the case has it; what it does not know is empty."""
    sheet = Sheet()
    head = plain.get("case", {})
    sheet.header = {name: typed(head.get(name), fact, lang) for name, fact in header().items()}
    if sheet.header["ends_on"] == sheet.header["starts_on"]:
        sheet.header["ends_on"] = ""
    own = observed_facts(vocabulary().kinds[COLLABORATION])
    known = plain.get(COLLABORATION, {})
    sheet.answers = {name: typed(known.get(name), fact, lang) for name, fact in own.items()}
    for kind in CHILDREN:
        listing = sheet.listing(kind)
        records = plain.get(kind, [])
        said = plain.get("records", {}).get(kind, {})
        listing.gate = gate_of(said, len(records))
        total = said.get("total")
        listing.total = "" if total is None or (said.get("complete") and total == len(records)) else str(total)
        facts = columns(kind, vocabulary())
        listing.rows = [_row(record, facts, lang) for record in records]
    return sheet


def _row(record: Plain, facts: Mapping[str, Fact], lang: Lang) -> Row:
    own = str(record["id"])
    return Row(own, {name: typed(record.get(name), fact, lang) for name, fact in facts.items()})


def gate_of(said: Mapping[str, Any], listed: int) -> str:
    """Return what has been said of a list as one of the gates."""
    complete = said.get("complete")
    if complete is True:
        return "all" if listed or said.get("total") else "none"
    return "more" if complete is False else "unknown"
