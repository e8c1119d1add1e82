"""The first sheet: one question a row, its answer, and a key that says which question it is."""

from dataclasses import dataclass

from tillit.core.rulebook.model import COLLABORATION, Fact, Vocabulary
from tillit.exchange.excel import Reading
from tillit.exchange.excel_grid import Cell, Grid
from tillit.exchange.excel_values import folded, nearest, plain, shown
from tillit.exchange.sheets import form_facts, texts
from tillit.exchange.words import both


@dataclass(frozen=True, slots=True)
class _Heading:
    row: int
    answer: int
    key: int


def written(cell: Cell) -> str:
    """Return the text of a cell as it is compared with keys and questions; empty for anything else."""
    text = plain(cell.value)
    return folded(text) if isinstance(text, str) else ""


def is_form(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Tell whether a sheet holds the keys of the first sheet, whatever its name is."""
    known = form_facts(vocabulary)
    return sum(written(cell) in known for row in grid.rows.values() for cell in row.values()) >= 2


def read_form(reading: Reading, grid: Grid, _: str) -> None:
    """Read the case's header and the collaboration's facts; the answer stands under "Svar", the key under "Nyckel"."""
    heading = _heading(grid)
    if heading is None:
        reading.refuse("excel.no_answer_column", reading.row_place(grid, min(grid.rows)))
        return
    known = form_facts(reading.vocabulary)
    seen: dict[str, int] = {}
    for number, row in grid.rows.items():
        if number <= heading.row:
            continue
        answer = row.get(heading.answer, Cell(None))
        key = _key(row, heading, known)
        place = reading.cell_place(grid, number, heading.answer, key or "")
        if key is None:
            _refuse_unknown(reading, row.get(heading.key, Cell(None)), answer, place, known)
        elif key in seen:
            reading.refuse("excel.double_key", place, key=key, other=str(seen[key]))
        else:
            seen[key] = number
            _answer(reading, key, answer, known[key], place)


def _heading(grid: Grid) -> _Heading | None:
    answers, keys = texts(both("template.form.answer")), texts(both("template.form.key"))
    for number, row in grid.rows.items():
        answer = [column for column, cell in row.items() if written(cell) in answers]
        key = [column for column, cell in row.items() if written(cell) in keys]
        if len(answer) == 1 and len(key) == 1:
            return _Heading(number, answer[0], key[0])
    return None


def _key(row: dict[int, Cell], heading: _Heading, known: dict[str, Fact]) -> str | None:
    """Return the key of a row, by the key itself or else by its question in either language."""
    key = written(row.get(heading.key, Cell(None)))
    for candidate in (key, f"{COLLABORATION}.{key}", f"case.{key}"):
        if candidate in known:
            return candidate
    if key:
        return None
    asked = {written(cell) for column, cell in row.items() if column != heading.answer} - {""}
    found = [name for name, fact in known.items() if texts(fact.question) & asked]
    return found[0] if len(found) == 1 else None


def _refuse_unknown(reading: Reading, key: Cell, answer: Cell, place: str, known: dict[str, Fact]) -> None:
    if written(key):
        near = nearest(written(key), list(known))
        reading.refuse("excel.unknown_key", place, key=shown(key.value), nearest=near)
    elif not answer.blank:
        reading.refuse("excel.row_without_key", place)


def _answer(reading: Reading, key: str, answer: Cell, fact: Fact, place: str) -> None:
    section, _, name = key.partition(".")
    reading.places[section, name] = place
    value = reading.value(answer, fact, place)
    reading.raw.setdefault(section, {})
    if value is not None:
        reading.raw[section][name] = value
