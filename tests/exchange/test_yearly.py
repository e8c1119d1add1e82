"""The yearly report as Excel and as PDF: what is written is what is read, and no text is ever a formula."""

import io
import re
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pikepdf
import pytest

from tillit.exchange.words import LANGUAGES
from tillit.exchange.yearly import (
    MOST_ROWS,
    Cell,
    Column,
    Sort,
    Table,
    Value,
    Yearly,
    note_of,
    shown,
    yearly_words,
)
from tillit.exchange.yearly_pdf import pdf
from tillit.exchange.yearly_xlsx import FIRST, HEADER, xlsx

NASTY = ("=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "#let x = 1 *fet* $x$", "a\x00b\x1fc", "中文 😀", "x" * 40_000)


def table(key="costs", rows=(), **more):
    columns = (
        Column("Slag"),
        Column("Rader", "count"),
        Column("Uppskattat", "money"),
        Column("Dagar", "days"),
        Column("Sista dag", "day"),
    )
    made = tuple(tuple(each if isinstance(each, Cell) else Cell(each) for each in row) for row in rows)
    return Table(key, f"Tabell {key}", f"Blad {key}", columns, made, **more)


ROWS = (
    ("måltid", 1234, Decimal("1234.50"), Decimal("2.5"), date(2026, 3, 2)),
    ("lokal", 0, None, 4, None),
)
SUMMARY = Table(
    "summary",
    "I korthet",
    "Sammanfattning",
    (Column("Vad"), Column("Antal", "count")),
    (
        (Cell("Samverkan"), Cell(17)),
        (Cell("Utfall"), Cell(Decimal("99.10"), sort="money")),
        (Cell("Okänt"), Cell(None)),
    ),
)


def report(lang="sv", tables=None, title="Årsrapport 2026: Nordkap Pharma AB"):
    foot = (Cell("Alla"), Cell(1234), Cell(Decimal("1234.50")), Cell(""), Cell(""))
    return Yearly(
        lang=lang,
        title=title,
        period="Samverkan som började 2026.",
        made_on=date(2026, 11, 28),
        facts=(("Organisation", "Nordkap Pharma AB"), ("Prövad mot", "Samverkansregler 3.0")),
        notes=("Uppgift saknas räknas aldrig som noll.",),
        tables=(SUMMARY, table(rows=ROWS, foot=foot), table("empty")) if tables is None else tables,
    )


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def letters(content):
    """Return every text that a PDF's own structure can be read as, by the fonts' tables of letters."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return "".join(words_of(page) for page in opened.pages)


def words_of(page):
    fonts = {name: letters_of(font) for name, font in page.Resources.Font.items()}
    told, here = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            here = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for each in pieces:
                if isinstance(each, pikepdf.String):
                    raw = bytes(each)
                    told += [here.get(raw[at : at + 2].hex(), "?") for at in range(0, len(raw), 2)]
        elif str(operator) == "ET":
            told.append(" ")
    return "".join(told)


def letters_of(font):
    """Return what each two-byte sign of a font stands for."""
    plain = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", plain, re.DOTALL):
        for sign, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[sign.lower()] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", plain, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            begins = int.from_bytes(bytes.fromhex(letter), "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + step:04x}"] = chr(begins + step)
    return found


def test_both_languages_have_the_same_words():
    def keys(words, path=""):
        if not isinstance(words, dict):
            return {path}
        return {found for name, inner in words.items() for found in keys(inner, f"{path}.{name}")}

    swedish, english = (yearly_words(lang) for lang in LANGUAGES)
    assert keys(swedish) == keys(english)
    for path in keys(swedish):
        one, other = swedish, english
        for step in path.strip(".").split("."):
            one, other = one[step], other[step]
        assert re.findall(r"{\w+}", str(one)) == re.findall(r"{\w+}", str(other)), path
        assert len(one) == len(other) or isinstance(one, str)


def test_the_first_sheet_says_what_for_whom_and_by_which_edition():
    first = sheets(xlsx(report())).worksheets[0]
    told = [[cell.value for cell in row if cell.value is not None] for row in first.iter_rows()]
    assert first.title == "Sammanfattning"
    for row in (["Årsrapport 2026: Nordkap Pharma AB"], ["Prövad mot", "Samverkansregler 3.0"], ["Samverkan", 17]):
        assert row in told
    assert ["Uppgift saknas räknas aldrig som noll."] in told


def test_numbers_and_days_are_numbers_and_days_and_headings_stay_in_sight():
    sheet = sheets(xlsx(report()))["Blad costs"]
    assert [cell.value for cell in sheet[HEADER]] == ["Slag", "Rader", "Uppskattat", "Dagar", "Sista dag"]
    assert [cell.value for cell in sheet[FIRST]] == ["måltid", 1234, 1234.5, 2.5, datetime(2026, 3, 2)]  # noqa: DTZ001
    assert [cell.value for cell in sheet[FIRST + 1]] == ["lokal", 0, "uppgift saknas", 4, "uppgift saknas"]
    assert [cell.value for cell in sheet[FIRST + 2]][:3] == ["Alla", 1234, 1234.5]
    assert sheet[FIRST][2].number_format == "#,##0.00"
    assert sheet[FIRST][4].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == f"B{FIRST}"
    assert sheet.auto_filter.ref == f"A{HEADER}:E{FIRST + 1}"


def test_a_table_without_rows_says_so():
    assert sheets(xlsx(report()))["Blad empty"].cell(FIRST, 1).value == "Inget att redovisa."


@pytest.mark.parametrize("text", NASTY)
def test_what_somebody_wrote_is_text_whatever_it_begins_with(text):
    made = report(tables=(SUMMARY, table(rows=[(text, 1, None, None, None)])), title=f"Årsrapport: {text[:100]}")
    content = xlsx(made)
    cell = sheets(content)["Blad costs"].cell(FIRST, 1)
    assert cell.data_type == "s"
    assert cell.value[:1].strip() in text
    assert all(each.data_type != "f" for sheet in sheets(content) for row in sheet.iter_rows() for each in row)
    assert pdf(made).startswith(b"%PDF-")


def test_a_year_without_anything_is_a_file_too():
    nil = report(tables=())
    assert [sheet.title for sheet in sheets(xlsx(nil))] == ["Sammanfattning"]
    assert pdf(nil).startswith(b"%PDF-")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(lang):
    assert xlsx(report(lang)) == xlsx(report(lang))
    assert pdf(report(lang)) == pdf(report(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_tagged_a4_and_says_its_language_and_title(lang):
    with pikepdf.open(io.BytesIO(pdf(report(lang)))) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == lang
        assert [round(float(side)) for side in opened.pages[0].MediaBox[2:]] == [842, 595]
        with opened.open_metadata() as about:
            assert about["dc:title"] == "Årsrapport 2026: Nordkap Pharma AB"
            assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("3", "A", "1")


def test_the_pdf_holds_every_number_and_its_pages_are_numbered():
    text = letters(pdf(report())).replace("\u00a0", " ")
    for each in ("17", "99,10", "1 234,50", "2,5", "2026-03-02", "uppgift saknas", "Inget att redovisa."):
        assert each in text, each
    assert "Sida 1 av 1" in text


def test_a_long_table_says_in_the_pdf_that_the_rest_is_in_excel_which_has_it_all():
    many = table(rows=[(f"rad {number}", number, None, None, None) for number in range(MOST_ROWS + 1)])
    made = report(tables=(SUMMARY, many))
    assert note_of(many, "sv") == "Filen i Excel har alla 201."
    assert note_of(many, "en") == "The Excel file has all 201."
    assert sheets(xlsx(made))["Blad costs"].cell(FIRST + MOST_ROWS, 1).value == "rad 200"
    assert "rad 200" not in letters(pdf(made))


def test_a_table_for_the_file_only_is_in_no_pdf():
    made = report(tables=(SUMMARY, table(rows=[("hemlig rad", 1, None, None, None)], in_file_only=True)))
    assert sheets(xlsx(made))["Blad costs"].cell(FIRST, 1).value == "hemlig rad"
    assert "hemlig" not in letters(pdf(made))


def test_values_are_shown_as_each_language_writes_them():
    values: tuple[tuple[Value, Sort], ...] = (
        (None, "money"),
        (0, "count"),
        (Decimal("1234.5"), "money"),
        (Decimal("2.5"), "days"),
        ("x", "money"),
    )
    in_swedish = ["uppgift saknas", "0", "1\u00a0234,50\u00a0kr", "2,5", "x"]
    assert [shown(value, sort, "sv") for value, sort in values] == in_swedish
    assert [shown(value, sort, "en") for value, sort in values] == ["not known", "0", "SEK\u00a01,234.50", "2.5", "x"]
    assert shown(Decimal(10) ** 13, "money", "sv").startswith("10\u00a0000\u00a0000")


def test_no_word_is_read_as_markup_of_the_layout():
    content = pdf(report(tables=(table(rows=[("#strong[x] *y*", 1, None, None, None)]),)))
    assert "#strong[x] *y*" in letters(content)
