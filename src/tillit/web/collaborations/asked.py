"""What a step of the questions asks in a collaboration, beside what the same step asks of a check.

What the record answers by itself is not asked: the branch, who runs the care, whether an employer has approved, which
papers there are. Whether all participants are in the list is asked where they are written, and they go by their names.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tillit.apps.collaborations.gates import APPROVAL_FACT, settled
from tillit.core.rulebook.facts import Case
from tillit.exchange.guide import Guide, relevant
from tillit.exchange.guide_form import Sheet
from tillit.exchange.guide_page import Field, Line, Page, Rows

ELSEWHERE = ("document", "judgement")
"""Kinds that are rows of their own here: nothing is written of them in the questions."""
_PEOPLE = "participant"
_OWN = ("id", "employer_approval")
"""Columns of a participant that are not asked for: they have a name already, and their employer answers."""
_ROW = re.compile(rf"r\.{_PEOPLE}\.(\d{{1,3}})\.was")


def guide_of(case: Case, employed: Collection[str], as_of: date) -> Guide:
    """Return the guide of a case without what employers answer: of the participants named, by record id."""
    guide = relevant(case, as_of=as_of)
    spots = frozenset(
        (record, name)
        for record, name in guide.matters
        if name != APPROVAL_FACT or record.partition(":")[2] not in employed
    )
    return replace(guide, matters=spots, check=settled(guide.check, employed))


def asked(page: Page, known: Mapping[str, Any], names: Mapping[str, str]) -> Page:
    """Return a step without what the record answers by itself, and with people by their names."""
    lists = (_rows(each, names) for each in page.lists if each.kind not in ELSEWHERE)
    return replace(
        page,
        fields=tuple(each for each in page.fields if each.name not in known),
        extra=tuple(each for each in page.extra if each.name not in known),
        lists=tuple(each for each in lists if each.columns),
    )


def _rows(rows: Rows, names: Mapping[str, str]) -> Rows:
    if rows.kind != _PEOPLE:
        return replace(rows, lines=tuple(replace(each, cells=_cells(each.cells, names)) for each in rows.lines))
    kept = [number for number, column in enumerate(rows.columns) if column[0] not in _OWN]
    return replace(
        rows,
        gates=False,
        columns=tuple(rows.columns[number] for number in kept),
        lines=tuple(_line(each, kept, names) for each in rows.lines if each.was),
        same=tuple(each for each in rows.same if each.name not in _OWN),
    )


def _line(line: Line, kept: Iterable[int], names: Mapping[str, str]) -> Line:
    return replace(line, name=names.get(line.was, line.name), cells=tuple(line.cells[number] for number in kept))


def _cells(cells: Iterable[Field | None], names: Mapping[str, str]) -> tuple[Field | None, ...]:
    return tuple(
        each and replace(each, choices=tuple((value, names.get(value, label)) for value, label in each.choices))
        for each in cells
    )


def unasked(post: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """Return the fields that the page has no place for, as they stood.

    Without them they would be taken for questions that an answer has just opened.
    """
    fields = {f"r.{kind}.here": "1" for kind in (*ELSEWHERE, _PEOPLE)}
    before = {row.was: row.typed.get("employer_approval", "") for row in sheet.listing(_PEOPLE).rows}
    for key, was in post.items():
        if found := _ROW.fullmatch(key):
            fields[f"r.{_PEOPLE}.{found[1]}.employer_approval"] = before.get(was, "")
    return fields
