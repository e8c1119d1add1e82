"""A block copied from Excel, read as rows of records: understood whole, or refused with row and column named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tillit.core.errors import Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import Fact
from tillit.core.text import personal_number_in
from tillit.exchange.excel_values import folded, shown
from tillit.exchange.guide_form import Listing, Row
from tillit.exchange.guide_save import Slip
from tillit.exchange.guide_typed import read, typed
from tillit.exchange.sheets import SKIPPED, columns, texts
from tillit.exchange.words import Lang, problem_text, say

LARGEST = 200_000
"""Signs; a thousand participants are a quarter of it."""
MOST = 1_000
TOLD = 20
"""How many problems are told at once."""


@dataclass(slots=True)
class Pasted:
    """What a block came to: rows to put in, or what stands in the way."""

    rows: list[Row] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)


def pasted(listing: Listing, order: Sequence[str], lang: Lang) -> Pasted:
    """Return the rows of the block that stands in a listing's field.

    `order` is what the columns are where the block has no row of headings; a block as wide as the Excel template's
    sheet is read in the template's order.
    """
    found = Pasted()
    key = f"r.{listing.kind}.paste"
    known = columns(listing.kind, vocabulary())
    lines = [(number, cells) for number, cells in enumerate(_cells(listing.paste[:LARGEST]), 1) if any(cells)]
    if len(lines) > MOST or len(listing.paste) > LARGEST:
        _refuse(found, key, "", Problem("guide.too_many_rows", "", {"limit": str(MOST)}), lang)
    if found.slips or not lines:
        return found
    headings = _headings(lines[0][1], known)
    if headings is not None:
        keys = _columns(found, key, lines[0][1], headings, lang)
        lines = lines[1:]
        if not lines:
            _refuse(found, key, "", Problem("guide.paste_only_headings"), lang)
    else:
        wide = max(len(cells) for _, cells in lines) > len(order)
        keys = list(known) if wide else list(order)
    for number, cells in lines:
        if len(found.slips) < TOLD:
            _row(found, key, number, cells, keys, known, lang)
    del found.slips[TOLD:]
    return found


def _cells(text: str) -> Iterator[list[str]]:
    """Yield each line's cells; Excel puts a tab between them, and quotes round a cell that holds a line break."""
    separator = "\t" if "\t" in text else ";" if ";" in text else "\t"
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cells = [cell.strip().removeprefix('"').removesuffix('"').strip() for cell in line.split(separator)]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _headings(cells: Sequence[str], known: dict[str, Fact]) -> list[str | None] | None:
    """Return the key of each heading where the row is one, None for a heading that is not known."""
    names = {folded(key): key for key in known} | {
        text: key for key, fact in known.items() for text in texts(fact.question)
    }
    found = [names.get(folded(cell)) for cell in cells]
    hits = sum(key is not None for key in found)
    filled = sum(bool(cell) for cell in cells)
    return found if hits and 2 * hits >= filled else None


def _columns(
    found: Pasted, key: str, cells: Sequence[str], headings: Sequence[str | None], lang: Lang
) -> list[str | None]:
    for position, (cell, heading) in enumerate(zip(cells, headings, strict=True)):
        if heading is None and cell and not cell.startswith(SKIPPED):
            _refuse(found, key, "", Problem("guide.paste_unknown", "", {"name": shown(cell)}), lang)
        elif heading is not None and heading in headings[:position]:
            _refuse(found, key, "", Problem("guide.paste_twice", "", {"name": shown(cell)}), lang)
    return list(headings)


def _row(
    found: Pasted,
    key: str,
    number: int,
    cells: Sequence[str],
    keys: Sequence[str | None],
    known: dict[str, Fact],
    lang: Lang,
) -> None:
    line = say("guide.place.line", lang, row=str(number))
    if len(cells) > len(keys):
        told = {"found": str(len(cells)), "wanted": str(len(keys))}
        _refuse(found, key, line, Problem("guide.paste_too_wide", line, told), lang)
        return
    row = Row()
    for cell, name in zip(cells, keys, strict=False):
        if name is None:
            if personal_number_in(cell):
                _refuse(found, key, line, Problem("case.personal_number", line), lang)
            continue
        fact = known[name]
        place = say("guide.place.row", lang, row=str(number), column=fact.question.in_language(lang))
        value, problem = read(cell, fact, lang, place)
        if problem is not None:
            _refuse(found, key, place, problem, lang)
        else:
            row.typed[name] = typed(value, fact, lang)
    if not row.blank:
        found.rows.append(row)


def _refuse(found: Pasted, key: str, place: str, problem: Problem, lang: Lang) -> None:
    found.slips.append(Slip(key, place, problem_text(problem, lang)))


def put_in(listing: Listing, rows: Sequence[Row]) -> None:
    """Put pasted rows among those that are there: one with the id of a row fills it in, any other is added."""
    by_id = {row.typed.get("id", row.was).strip(): row for row in listing.rows if not row.blank}
    listing.rows = [row for row in listing.rows if not row.blank]
    for row in rows:
        there = by_id.get(row.typed.get("id", "").strip()) if row.typed.get("id", "").strip() else None
        if there is None:
            listing.rows.append(row)
        else:
            there.typed |= {name: text for name, text in row.typed.items() if text}
    listing.paste = ""
