"""An Excel file as sheets of cells that remember what they are: value, formula, error, percent, merged.

The file comes from anybody, so it is measured before openpyxl sees it: how much it unpacks to, how many cells it
has, how far its merged areas reach.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tillit.core.errors import BadInput, Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_UNPACKED = 100_000_000
MOST_CELLS = 100_000
MOST_PARTS = 2_000
_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value as Excel last saw it, and what one must know to trust it."""

    value: object
    formula: str = ""
    uncounted: bool = False
    error: str = ""
    percent: bool = False
    covered_by: str = ""

    @property
    def blank(self) -> bool:
        text = self.value.strip() if isinstance(self.value, str) else self.value
        return text in (None, "") and not self.uncounted and not self.error and not self.covered_by


EMPTY = Cell(None)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name and the cells that hold something, by row and then by column, counted from 1."""

    name: str
    rows: dict[int, dict[int, Cell]]

    def at(self, row: int, column: int) -> Cell:
        return self.rows.get(row, {}).get(column, EMPTY)


def _in_rows(cells: dict[tuple[int, int], Cell]) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column] = cell
    return rows


def column_letter(number: int) -> str:
    """Return the letter of a column counted from 1, as Excel shows it."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def grids(data: bytes) -> list[Grid]:
    """Return the sheets of an Excel file that hold something.

    :raises BadInput: no Excel file, an old or a locked one, or one far too large
    """
    _measure(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            counted = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            written = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
            return [
                _grid(counted[name], written[name])
                for name in counted.sheetnames
                if hasattr(counted[name], "merged_cells")
            ]
    except BadInput:
        raise
    except RecursionError:
        raise _refused("excel.damaged") from None
    except Exception:  # noqa: BLE001 - openpyxl answers a damaged file with whatever its insides trip on
        raise _refused("excel.damaged") from None


def _refused(code: str, **args: str) -> BadInput:
    return BadInput([Problem(code, "", args)])


def _measure(data: bytes) -> None:
    if data.startswith(_OLE_HEAD):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise _refused("excel.locked" if locked else "excel.old")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _measure_parts(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise _refused("excel.damaged") from None


def _measure_parts(packed: zipfile.ZipFile) -> None:
    names = set(packed.namelist())
    if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:200]:
        raise _refused("excel.opendocument")
    if not any(name.lower().startswith("xl/") for name in names):
        raise _refused("excel.not_excel")
    if any(name.lower().endswith("workbook.bin") for name in names):
        raise _refused("excel.binary")
    if len(packed.infolist()) > MOST_PARTS or sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise _refused("excel.too_large", limit=str(MOST_UNPACKED // 1_000_000))
    cells = 0
    for part in packed.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            for block in _blocks(packed, part):
                cells += len(_CELL.findall(block)) + sum(_area(found) for found in _MERGED.finditer(block))
                if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                    raise _refused("excel.damaged")
                if cells > MOST_CELLS:
                    raise _refused("excel.too_many_cells", limit=str(MOST_CELLS))


def _blocks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in blocks that end between tags; a part that unpacks to more than it says is refused."""
    with packed.open(part) as stream:
        rest, seen = b"", 0
        while block := stream.read(_BLOCK):
            seen += len(block)
            if seen > MOST_UNPACKED:
                raise _refused("excel.too_large", limit=str(MOST_UNPACKED // 1_000_000))
            block = rest + block
            cut = max(block.rfind(b"<"), 0)
            rest = block[cut:]
            if len(rest) > 4 * _BLOCK:  # no text in a cell is that long
                raise _refused("excel.damaged")
            yield block[:cut]
        yield rest


def _area(found: re.Match[bytes]) -> int:
    if found[3] is None:
        return 1
    wide = _number(found[3]) - _number(found[1]) + 1
    return abs(wide) * (abs(int(found[4]) - int(found[2])) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(counted: "Worksheet", written: "Worksheet") -> Grid:
    cells = {}
    for (row, column), cell in counted._cells.items():
        source: Any = written._cells.get((row, column), cell)
        made = _cell(cell, source)
        if not made.blank or made.formula:
            cells[row, column] = made
    _cover(counted, cells)
    return Grid(counted.title, _in_rows(cells))


def _cell(cell: Any, source: Any) -> Cell:
    kind, value = getattr(cell, "data_type", "n"), cell.value
    formula = ""
    if getattr(source, "data_type", "") == "f":
        formula = str(getattr(source.value, "text", None) or source.value or "=")
    if kind == "e" and value == "#VALUE!" and not formula and _is_for_days(cell):
        kind, value = "s", "########"  # what Excel shows of a number that is no day
    return Cell(
        value=None if kind == "e" else value,
        formula=formula,
        uncounted=bool(formula) and value is None and kind != "str",
        error=str(value) if kind == "e" else "",
        percent="%" in str(getattr(cell, "number_format", "")),
    )


def _is_for_days(cell: Any) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(str(getattr(cell, "number_format", ""))))


def _cover(sheet: "Worksheet", cells: dict[tuple[int, int], Cell]) -> None:
    """Mark the cells that lie under another one, where that one holds something."""
    for area in sheet.merged_cells.ranges:
        if (area.min_row, area.min_col) not in cells:
            continue
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                if (row, column) != (area.min_row, area.min_col):
                    cells[row, column] = Cell(None, covered_by=area.coord)
