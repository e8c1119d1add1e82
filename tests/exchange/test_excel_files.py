"""Files that call themselves Excel: old ones, locked ones, damaged ones, and those that unpack to a mountain."""

import io
import zipfile

import pytest

from tests.exchange.template_files import FIRST, Filled, problems_of
from tillit.exchange import casefile, excel_grid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def repacked(data: bytes, part: str, change) -> bytes:
    """Return an .xlsx with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, change(inside) if name == part else inside)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE, "excel.old"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "excel.locked"),
        (b"PK\x03\x04 and then nothing", "excel.damaged"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "excel.opendocument"),
        (packed(word__document_dot_xml=b"<w/>"), "excel.not_excel"),
        (packed(xl__workbook_dot_bin=b""), "excel.binary"),
        (packed(xl__workbook_dot_xml=b"<workbook/>"), "excel.damaged"),
        (packed(xl__workbook_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "excel.damaged"),
    ],
)
def test_what_is_no_usable_excel_file_is_refused(data, code):
    assert [problem.code for problem in problems_of(data, "a.xlsx")] == [code]


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_half_a_file_is_refused(share):
    data = Filled().bytes()
    assert problems_of(data[: int(len(data) * share)], "a.xlsx")[0].code == "excel.damaged"


def test_a_workbook_of_somebody_elses_is_refused():
    filled = Filled()
    for sheet in filled.book.worksheets:
        sheet.delete_rows(1, 100)
    assert problems_of(filled.bytes(), "a.xlsx")[0].code == "excel.not_template"


def test_a_mountain_in_a_small_file_is_refused(monkeypatch):
    monkeypatch.setattr(excel_grid, "MOST_UNPACKED", 2_000_000)
    data = packed(xl__worksheets__sheet1_dot_xml=b" " * 3_000_000)
    assert len(data) < 10_000
    assert problems_of(data, "a.xlsx")[0].code == "excel.too_large"


def test_a_part_that_lies_about_its_size_is_refused():
    data = bytearray(packed(xl__worksheets__sheet1_dot_xml=b" " * 3_000_000))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert problems_of(bytes(data), "a.xlsx")[0].code == "excel.damaged"


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(excel_grid, "MOST_CELLS", 50)
    assert problems_of(Filled().bytes(), "a.xlsx")[0].code == "excel.too_many_cells"


def test_a_merged_area_over_the_whole_sheet_is_refused():
    def change(inside: bytes) -> bytes:
        return inside.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    filled = Filled()
    data = repacked(filled.bytes(), filled.part("collaboration"), change)
    assert problems_of(data, "a.xlsx")[0].code == "excel.too_many_cells"


def test_cells_with_a_prefix_are_counted_too():
    assert len(excel_grid._CELL.findall(b'<x:c r="A1"/><c r="B1"/><c><cols><col/></c>')) == 3


def test_a_cell_in_the_last_corner_of_a_sheet_costs_nothing():
    filled = Filled()
    filled.put("participant", "id", "p1")
    filled.sheet("participant").cell(FIRST - 1, 16384).value = "#"
    filled.sheet("participant").cell(1_048_576, 16384).value = "min"
    assert len(filled.read().records["participant"].records) == 1


def test_a_formula_with_a_saved_value_is_read():
    filled = Filled()
    cell = filled.put("meal", "price_per_person", "=120+125")

    def saved(inside: bytes) -> bytes:
        formula = f'r="{cell.coordinate}"'.encode()
        start = inside.index(formula)
        return inside[:start] + inside[start:].replace(b"<v></v>", b"<v>245</v>", 1)

    data = repacked(filled.bytes(), filled.part("meal"), saved)
    assert casefile.read(data, "a.xlsx").records["meal"].records[0].values["price_per_person"] == 24500


def test_a_formula_that_gave_an_empty_text_is_empty():
    filled = Filled()
    filled.put("participant", "id", "p1")
    cell = filled.put("participant", "works_in", '=IF(1=1,"","")')

    def saved(inside: bytes) -> bytes:
        return inside.replace(f'<c r="{cell.coordinate}"'.encode(), f'<c t="str" r="{cell.coordinate}"'.encode())

    data = repacked(filled.bytes(), filled.part("participant"), saved)
    assert "works_in" not in casefile.read(data, "a.xlsx").records["participant"].records[0].values


def test_a_workbook_that_counts_its_days_from_1904_gives_the_same_days():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    filled = Filled()
    filled.book.epoch = CALENDAR_MAC_1904
    assert filled.read().starts_on.isoformat() == "2026-03-12"
