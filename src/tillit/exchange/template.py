"""The Excel template of a case, made from the vocabulary, empty or filled in with a case that one has.

Sheets: how to fill it in · the collaboration, one question a row · one sheet per record kind, one record a row ·
judgements · (hidden) the choices behind the drop-down lists. The same case gives the same bytes every time.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from tillit.core.money import as_decimal
from tillit.core.rulebook.facts import Case, Record
from tillit.core.rulebook.model import COLLABORATION, Fact, Kind, Vocabulary
from tillit.exchange.excel_values import EARLIEST_YEAR
from tillit.exchange.sheets import (
    JUDGEMENT,
    LISTS,
    README,
    assessed_facts,
    case_facts,
    columns,
    form_facts,
    list_facts,
    record_kinds,
    sheet_name,
)
from tillit.exchange.template_look import Look
from tillit.exchange.words import Lang, say, words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORM_HEADING = 4
LIST_ANSWERS = (3, 4)
HEADER, KEYS, FIRST_RECORD, LAST_RECORD = 6, 7, 8, 1000
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = "2026-02-01T00:00:00Z"


def workbook(lang: Lang, vocabulary: Vocabulary | None = None) -> bytes:
    """Return the empty template as the bytes of an .xlsx file."""
    return steady_bytes(_made(lang, vocabulary, None)) if vocabulary else _empty(lang)


@cache
def _empty(lang: Lang) -> bytes:
    return steady_bytes(_made(lang, _vocabulary(None), None))


def filled(case: Case, lang: Lang, vocabulary: Vocabulary | None = None) -> bytes:
    """Return the template filled in with a case; read back it is the same case."""
    return steady_bytes(_made(lang, _vocabulary(vocabulary), case))


def _vocabulary(given: Vocabulary | None) -> Vocabulary:
    if given is not None:
        return given
    from tillit.core.rulebook.editions import vocabulary

    return vocabulary()


def _made(lang: Lang, vocabulary: Vocabulary, case: Case | None) -> "Workbook":
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = say("template.readme.title", lang)
    book.properties.creator = "Tillit"
    look = Look(book, sheet_name(LISTS, vocabulary, lang), lang)
    _readme(book.create_sheet(sheet_name(README, vocabulary, lang)), vocabulary, lang, look)
    _form(book.create_sheet(sheet_name(COLLABORATION, vocabulary, lang)), vocabulary, lang, look, case)
    for kind in record_kinds(vocabulary):
        sheet = book.create_sheet(sheet_name(kind.name, vocabulary, lang))
        _records(sheet, kind, vocabulary, lang, look, case)
    _judgements(book.create_sheet(sheet_name(JUDGEMENT, vocabulary, lang)), vocabulary, lang, look, case)
    look.close()
    book.active = 1
    return book


def _readme(sheet: "Worksheet", vocabulary: Vocabulary, lang: Lang, look: Look) -> None:
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 100
    look.title(sheet, 1, 2, say("template.readme.title", lang))
    form = sheet_name(COLLABORATION, vocabulary, lang)
    for number, line in enumerate(words(lang)["template"]["readme"]["lines"], start=1):
        look.text(sheet, number + 2, 1, f"{number}.")
        look.text(sheet, number + 2, 2, line.format(form=form))
        look.fit(sheet, number + 2)
    look.key(sheet, len(words(lang)["template"]["readme"]["lines"]) + 4, 2, "tillit.case/1")


def _form(sheet: "Worksheet", vocabulary: Vocabulary, lang: Lang, look: Look, case: Case | None) -> None:
    for letter, width in zip("ABCDE", (52, 34, 34, 64, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    look.title(sheet, 1, 1, vocabulary.kinds[COLLABORATION].title.in_language(lang))
    look.text(sheet, 2, 1, say("template.form.case_intro", lang), wrap=False, quiet=True)
    for column, name in enumerate(("question", "answer", "unit", "help", "key"), start=1):
        look.heading(sheet, FORM_HEADING, column, say(f"template.form.{name}", lang))
    answers = _form_answers(case)
    row = FORM_HEADING
    for group, asked in _groups(vocabulary).items():
        row += 1
        look.group(sheet, row, 5, say(f"template.group.{group}", lang))
        for key, fact in asked.items():
            row += 1
            _form_row(sheet, row, key, fact, look, _shown(fact, answers.get(key), lang))
    sheet.freeze_panes = f"C{FORM_HEADING + 1}"


def _form_row(sheet: "Worksheet", row: int, key: str, fact: Fact, look: Look, value: object) -> None:
    look.question(sheet, row, 1, fact.question.in_language(look.lang))
    look.answer(sheet, row, 2, fact, value)
    look.text(sheet, row, 3, look.hint(fact), quiet=True)
    look.text(sheet, row, 4, fact.help.in_language(look.lang), quiet=True)
    look.key(sheet, row, 5, key)
    look.fit(sheet, row)


def _groups(vocabulary: Vocabulary) -> dict[str, dict[str, Fact]]:
    """Return the questions of the first sheet by group: the case itself, then what, who, where, paid, papers."""
    groups: dict[str, dict[str, Fact]] = {"case": {}, "what": {}, "who": {}, "where": {}, "paid": {}, "papers": {}}
    for key, fact in form_facts(vocabulary).items():
        groups["case" if key.startswith("case.") else fact.group][key] = fact
    return {group: asked for group, asked in groups.items() if asked}


def _form_answers(case: Case | None) -> dict[str, object]:
    if case is None:
        return {}
    header = {f"case.{name}": getattr(case, name) or None for name in case_facts()}
    return header | {f"{COLLABORATION}.{name}": value for name, value in case.collaboration.values.items()}


def _records(sheet: "Worksheet", kind: Kind, vocabulary: Vocabulary, lang: Lang, look: Look, case: Case | None) -> None:
    listing = case.records.get(kind.name) if case else None
    look.title(sheet, 1, 1, kind.plural.in_language(lang))
    look.text(sheet, 2, 1, say("template.table_intro", lang), wrap=False, quiet=True)
    said = (listing.complete, listing.total) if listing else (None, None)
    for row, (key, fact), value in zip(LIST_ANSWERS, list_facts(kind).items(), said, strict=True):
        look.question(sheet, row, 1, fact.question.in_language(lang))
        look.answer(sheet, row, 2, fact, _shown(fact, value, lang))
        look.key(sheet, row, 3, key)
    asked = columns(kind.name, vocabulary)
    _table(sheet, asked, look, [_row(record, asked, lang) for record in listing.records] if listing else [])
    for row in LIST_ANSWERS:
        look.fit(sheet, row)


def _row(record: Record, asked: Mapping[str, Fact], lang: Lang) -> list[object]:
    values = {"id": record.id, **record.values}
    return [_shown(fact, values.get(key), lang) for key, fact in asked.items()]


def _judgements(sheet: "Worksheet", vocabulary: Vocabulary, lang: Lang, look: Look, case: Case | None) -> None:
    look.title(sheet, 1, 1, sheet_name(JUDGEMENT, vocabulary, lang))
    look.text(sheet, 2, 1, say("template.judgements_intro", lang), wrap=False, quiet=True)
    asked = columns(JUDGEMENT, vocabulary)
    labels = {fact.name: f"{fact.question.in_language(lang)} ({fact.name})" for fact in assessed_facts(vocabulary)}
    rows = [
        [labels[each.fact], each.record, _shown(asked["value"], each.value, lang), each.by, each.on, each.why]
        for each in (case.judgements if case else ())
    ]
    _table(sheet, asked, look, rows, choices={"fact": list(labels.values())})


def _table(
    sheet: "Worksheet",
    asked: Mapping[str, Fact],
    look: Look,
    rows: Iterable[list[object]],
    choices: Mapping[str, list[str]] | None = None,
) -> None:
    """Write questions, keys and records, with drop-downs and formats for the rows that are still to come."""
    for column, (key, fact) in enumerate(asked.items(), start=1):
        look.column(sheet, column, fact, first=column == 1)
        look.heading(sheet, HEADER, column, fact.question.in_language(look.lang))
        look.key(sheet, KEYS, column, key)
        look.validate(sheet, column, FIRST_RECORD, LAST_RECORD, fact, (choices or {}).get(key))
    look.fit(sheet, HEADER)
    for number, row in enumerate(rows, start=FIRST_RECORD):
        for column, (fact, value) in enumerate(zip(asked.values(), row, strict=True), start=1):
            if value is not None:
                look.data(sheet, number, column, fact, value)
    sheet.freeze_panes = f"B{FIRST_RECORD}"


def _shown(fact: Fact, value: object, lang: Lang) -> object:
    """Return a value as it stands in a cell: words for yes, no and choices, numbers and days as such."""
    if isinstance(value, bool):
        return say("value.yes" if value else "value.no", lang)
    if fact.type == "enum" and isinstance(value, str):
        return fact.labels[value].in_language(lang) if value in fact.labels else value
    if fact.type == "decimal" and isinstance(value, int):
        return as_decimal(value)
    if isinstance(value, date) and value.year < EARLIEST_YEAR:
        return value.isoformat()  # Excel has no such day
    return value


def steady_bytes(book: "Workbook") -> bytes:
    """Return a workbook's bytes without the hour it was made: openpyxl stamps it, we stamp a fixed day instead."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.properties.created = book.properties.modified = datetime(2026, 2, 1)  # noqa: DTZ001 - openpyxl takes no zone
    book.save(raw)
    with zipfile.ZipFile(raw) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as steady:
        for name in packed.namelist():
            part = packed.read(name)
            if name == "docProps/core.xml":
                part = _with_fixed_day(part)
            steady.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_fixed_day(core: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _SAVED.encode(), core)
