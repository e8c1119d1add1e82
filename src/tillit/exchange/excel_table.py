"""A sheet of records, one a row: the key row says what each column is, wherever the columns or the row were moved."""

import re
from collections.abc import Mapping

from tillit.core.rulebook.model import COLLABORATION, Fact, Kind, Vocabulary
from tillit.exchange.excel import Reading
from tillit.exchange.excel_form import is_form, written
from tillit.exchange.excel_grid import Cell, Grid
from tillit.exchange.excel_values import nearest, shown
from tillit.exchange.sheets import JUDGEMENT, SKIPPED, assessed_facts, columns, list_facts, texts

MOST_RECORDS = 5_000
_SUM = re.compile(r"=\s*(?:SUM|SUMMA|SUBTOTAL|DELSUMMA|AGGREGATE)\s*\(", re.IGNORECASE)


def kind_by_keys(grid: Grid, vocabulary: Vocabulary) -> str | None:
    """Return which sheet a renamed one is, by the keys that it holds, or None where that is not plain."""
    if is_form(grid, vocabulary):
        return COLLABORATION
    scores: dict[str, int] = {}
    for name in (*vocabulary.kinds, JUDGEMENT):
        if name != COLLABORATION:
            known = columns(name, vocabulary)
            row = _header_row(grid, known)
            scores[name] = 0 if row is None else len(_keys_in(grid.rows[row], known))
    best = max(scores.values(), default=0)
    found = [name for name, score in scores.items() if score == best]
    return found[0] if best >= 3 and len(found) == 1 else None


def read_table(reading: Reading, grid: Grid, name: str) -> None:
    """Read the records of a sheet and what it says of the list as a whole."""
    known = columns(name, reading.vocabulary)
    header = _header_row(grid, known)
    if header is None:
        reading.refuse("excel.no_header", reading.row_place(grid, min(grid.rows)))
        return
    if name != JUDGEMENT:
        _read_list_answers(reading, grid, header, reading.vocabulary.kinds[name])
    where = _columns(reading, grid, header, known)
    numbers = [number for number in grid.rows if number > header and _holds_something(grid.rows[number], grid, header)]
    if len(numbers) > MOST_RECORDS:
        reading.refuse("excel.too_many_rows", reading.row_place(grid, numbers[MOST_RECORDS]), limit=str(MOST_RECORDS))
        return
    records = [_record(reading, grid, number, (name, index), where, known) for index, number in enumerate(numbers)]
    if name == JUDGEMENT:
        records = [_judgement(reading, record) for record in records]
    if records:
        reading.raw[name] = records


def _keys_in(row: Mapping[int, Cell], known: Mapping[str, Fact]) -> dict[int, str]:
    """Return which columns of a row hold a known key."""
    found = {}
    for column, cell in row.items():
        key = written(cell).rpartition(".")[2]
        if key in known:
            found[column] = key
    return found


def _questions_in(row: Mapping[int, Cell], known: Mapping[str, Fact]) -> dict[int, str]:
    asked = {text: key for key, fact in known.items() for text in texts(fact.question)}
    return {column: asked[written(cell)] for column, cell in row.items() if written(cell) in asked}


def _header_row(grid: Grid, known: Mapping[str, Fact]) -> int | None:
    """Return the row that holds the most keys, or where all keys were deleted, the most questions."""
    for read in (_keys_in, _questions_in):
        scores = {number: len(read(row, known)) for number, row in grid.rows.items()}
        best = max(scores.values(), default=0)
        if best:
            return next(number for number, score in scores.items() if score == best)
    return None


def _columns(reading: Reading, grid: Grid, header: int, known: Mapping[str, Fact]) -> dict[int, str]:
    """Return the key of each column; an unknown column or a key that stands twice is a problem where it holds data."""
    row = grid.rows[header]
    found = _keys_in(row, known) or _questions_in(row, known)
    above = _questions_in(grid.rows.get(header - 1, {}), known)
    where: dict[int, str] = {}
    for column in sorted({column for number, cells in grid.rows.items() if number >= header for column in cells}):
        own = row.get(column, Cell(None))
        key = found.get(column) or ("" if written(own) else above.get(column, ""))
        place = reading.cell_place(grid, header, column)
        if key and key in where.values():
            reading.refuse("excel.double_column", place, key=key)
        elif key:
            where[column] = key
        elif not str(own.value or "").lstrip().startswith(SKIPPED) and _has_data(grid, header, column):
            title = own.value or grid.at(header - 1, column).value
            near = nearest(written(own), list(known)) if written(own) else ""
            code = "excel.unknown_column" if title else "excel.column_without_header"
            reading.refuse(code, place, column=shown(title or ""), nearest=near)
    return where


def _has_data(grid: Grid, header: int, column: int) -> bool:
    return any(number > header and not row.get(column, Cell(None)).blank for number, row in grid.rows.items())


def _holds_something(row: Mapping[int, Cell], grid: Grid, header: int) -> bool:
    def own(column: int) -> bool:
        return str(grid.at(header, column).value or "").lstrip().startswith(SKIPPED)

    return any(not cell.blank and not own(column) for column, cell in row.items())


def _read_list_answers(reading: Reading, grid: Grid, header: int, kind: Kind) -> None:
    """Read "is the list whole" and "how many in all", above the records: the cell that is neither question nor key."""
    asked = list_facts(kind)
    for number, row in grid.rows.items():
        if number >= header:
            break
        hits = {
            key for cell in row.values() for key, fact in asked.items() if written(cell) in {key, *texts(fact.question)}
        }
        if len(hits) != 1:
            continue
        key = hits.pop()
        labels = {key, *texts(asked[key].question)}
        answers = {column: cell for column, cell in row.items() if written(cell) not in labels and not cell.blank}
        name = key.rpartition(".")[2]
        if len(answers) > 1:
            reading.refuse("excel.two_answers", reading.row_place(grid, number), question=key)
        for column, cell in list(answers.items())[:1]:
            place = reading.cell_place(grid, number, column, key)
            reading.places["records", kind.name, name] = place
            value = reading.value(cell, asked[key], place)
            if value is not None and len(answers) == 1:
                reading.raw.setdefault("records", {}).setdefault(kind.name, {})[name] = value


def _record(
    reading: Reading,
    grid: Grid,
    number: int,
    path: tuple[str, int],
    where: Mapping[int, str],
    known: Mapping[str, Fact],
) -> dict[str, object]:
    """Return what a row says; every cell's place is kept, filled or not."""
    reading.places[path] = reading.row_place(grid, number)
    record: dict[str, object] = {}
    for column, key in where.items():
        cell = grid.at(number, column)
        place = reading.cell_place(grid, number, column, key)
        reading.places[(*path, key)] = place
        if _SUM.match(cell.formula):
            reading.refuse("excel.sum_row", place)
            continue
        value = None if cell.blank else reading.value(cell, known[key], place)
        if value is not None:
            record[key] = value
    return record


def _judgement(reading: Reading, record: dict[str, object]) -> dict[str, object]:
    """Return a judgement with its fact and its record as a case file names them."""
    fact, about = record.get("fact"), record.get("record")
    if isinstance(fact, str):
        record["fact"] = _fact_named(fact, reading.vocabulary)
    if isinstance(about, str):
        record["record"] = _record_named(about, reading.vocabulary)
    elif isinstance(fact, str):
        homes = {found.record for found in assessed_facts(reading.vocabulary) if found.name == record["fact"]}
        if homes == {COLLABORATION}:
            record["record"] = COLLABORATION
    return record


def _fact_named(text: str, vocabulary: Vocabulary) -> str:
    """Return the key of a judgement word, from "question (key)", the key alone or the question alone."""
    in_brackets = re.search(r"\(([a-z0-9_]+)\)\s*$", text)
    wanted = in_brackets[1] if in_brackets else " ".join(text.casefold().split()).rstrip(" ?:*")
    for fact in assessed_facts(vocabulary):
        if wanted in {fact.name, *texts(fact.question)}:
            return fact.name
    return text


def _record_named(text: str, vocabulary: Vocabulary) -> str:
    """Return "kind:id" from that, from "Måltid: lunch", "Meal lunch", or the collaboration's own name."""
    for kind in vocabulary.kinds.values():
        names = sorted(
            {kind.name, *texts(kind.title), *texts(kind.plural), kind.sheet.casefold()}, key=len, reverse=True
        )
        for name in names:
            if kind.name == COLLABORATION and text.casefold().strip() == name:
                return COLLABORATION
            if found := re.fullmatch(rf"{re.escape(name)}\s*[:\s]\s*(.+)", text, re.IGNORECASE):
                return f"{kind.name}:{found[1].strip()}"
    return text
