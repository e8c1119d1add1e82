"""Series from CSV files: what a person may write, what is refused with its row, and nothing guessed."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tillit.core.errors import BadInput
from tillit.exchange import scale
from tillit.exchange.figures import as_number, told
from tillit.exchange.series import read_series
from tillit.exchange.words import LANGUAGES, problem_lines


def read(tmp_path, text):
    file = tmp_path / "serie.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_series(file)


def refused(tmp_path, text):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    return caught.value.problems


def numbers(*values):
    return tuple(None if value is None else Decimal(value) for value in values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("value\n1\n2.5\n-3\n", ("1", "2.5", "-3")),
        ("value\r\n1\r\n2\r\n", ("1", "2")),
        ("\ufeffvalue\n1\n2", ("1", "2")),
        (" Value \n 1 \n2\n\n\n", ("1", "2")),
        ("value\n1\n\n3\n", ("1", None, "3")),
        ('value\n1\n""\n', ("1", None)),
        ("period;value\n2026-Q1;1\n2026-Q2;\n2026-Q3;3\n", ("1", None, "3")),
        ("value\tperiod\n1\t2026\n2\t2028\n3\t2029\n", ("1", None, "2", "3")),
        ("period,value\n2026-03,1\n2026-06,2\n2026-12,3\n", ("1", "2", None, "3")),
        ("period,value\n2026-01-31,1\n2026-02-28,2\n2026-04-30,3\n", ("1", "2", None, "3")),
        ("period,value\n2026-01-05,1\n2026-01-12,2\n2026-01-26,3\n", ("1", "2", None, "3")),
        ("period,value\n1,1\n2,2\n4,3\n", ("1", "2", None, "3")),
        ("period,value\nvår,1\nhöst,2\n", ("1", "2")),
        ("period,value\n,1\n,2\n", ("1", "2")),
        ('text,value\n"a, b",1\nc,2\n', ("1", "2")),
    ],
)
def test_what_a_series_can_look_like(tmp_path, text, values):
    assert read(tmp_path, text).values == numbers(*values)


def test_rows_keep_their_numbers_where_periods_are_skipped(tmp_path):
    found = read(tmp_path, "period,value\n2026,1\n2029,2\n2030,3\n")
    assert [(index, row.number, row.line) for index, row in found.by_index.items()] == [(0, 1, 2), (3, 2, 3), (4, 3, 4)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "series.empty", ""),
        ("\n\n", "series.empty", ""),
        ("value\n", "series.no_values", ""),
        ("value\n\n\n", "series.no_values", ""),
        ("värde\n1\n", "series.no_value_column", ""),
        ("1\n2\n3\n", "series.no_value_column", ""),
        ("value,value\n1,2\n", "series.column_twice", ""),
        ("value\n49,6\n", "series.decimal_comma", "rad 2 i filen (värde nr 1)"),
        ('period,value\n2026,"49,6"\n', "series.decimal_comma", "rad 2 i filen (värde nr 1)"),
        ("period;value\n2026;1\n2027;1 049,6\n", "series.decimal_comma", "rad 3 i filen (värde nr 2)"),
        ("value\n1\nsaknas\n", "series.not_a_number", "rad 3 i filen (värde nr 2)"),
        ("value\n1e5\n", "series.not_a_number", "rad 2 i filen (värde nr 1)"),
        ("value\nnan\n", "series.not_a_number", "rad 2 i filen (värde nr 1)"),
        ("value\n" + "1" * 30 + "\n", "series.number_too_long", "rad 2 i filen (värde nr 1)"),
        ("period,value\n2026,1,2,3\n", "series.decimal_comma", "rad 2 i filen (värde nr 1)"),
        ("period,value\n2026,1,x\n", "series.too_many_cells", "rad 2 i filen (värde nr 1)"),
        ("period,value\n2026,1\n2027\n2028,1\n", "series.too_few_cells", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2026,1\n\n2028,1\n", "series.too_few_cells", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2026,1\n,2\n", "series.no_period", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2026,1\n2027-Q1,2\n", "series.mixed_periods", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2026-Q1,1\nsen,2\n", "series.mixed_periods", "rad 3 i filen (värde nr 2)"),
        ("period,value\nsen,1\n2026-Q1,2\n", "series.mixed_periods", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2026,1\n2026,2\n", "series.period_twice", "rad 3 i filen (värde nr 2)"),
        ("period,value\nvår,1\nvår,2\n", "series.period_twice", "rad 3 i filen (värde nr 2)"),
        ("period,value\n2027,1\n2026,2\n", "series.period_order", "rad 3 i filen (värde nr 2)"),
        ("period,value\n1,1\n2,2\n999999999,3\n", "series.too_many_periods", "rad 4 i filen (värde nr 3)"),
        ('value\n"1\n', "series.not_csv", "rad 2 i filen (värde nr 1)"),
        ("value\nÅ\n".encode("latin-1"), "file.not_utf8", "rad 2, kolumn 1"),
        (b"PK\x03\x04rest", "series.excel", ""),
    ],
)
def test_what_cannot_be_used_is_refused_in_its_row(tmp_path, text, code, place):
    problems = refused(tmp_path, text)
    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]
    assert problems[0].file == str(tmp_path / "serie.csv")
    for lang in LANGUAGES:
        assert all("…" not in line for line in problem_lines(BadInput(problems), lang))


def test_every_row_that_is_wrong_is_told_at_once(tmp_path):
    assert [problem.place[:5] for problem in refused(tmp_path, "value\nx\n1\ny\n")] == ["rad 2", "rad 4"]


def test_a_near_name_is_named(tmp_path):
    assert refused(tmp_path, "period,valu\n1,1\n")[0].args["nearest"] == "value"


def test_more_rows_than_are_counted_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tillit.exchange.series.MOST", 3)
    assert read(tmp_path, "value\n1\n2\n3\n").values == numbers(1, 2, 3)
    assert refused(tmp_path, "value\n1\n2\n3\n4\n")[0].code == "series.too_many_rows"


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tillit.exchange.series.LARGEST_FILE", 10)
    assert refused(tmp_path, "value\n1\n2\n3\n4\n")[0].code == "series.too_large"
    with pytest.raises(BadInput, match=r"file\.missing"):
        read_series(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("names", "text", "index"),
    [
        (["2026-Q1", "2026-Q2"], "2028-Q1", 8),
        (["2026-Q1", "2026-Q2"], "2026-03", None),
        (["2026-03", "2026-06"], "2027-03", 4),
        (["2026-03", "2026-06"], "2027-04", None),
        (["0", "1"], "16", 16),
        (["2026", "2027"], "2030", 4),
        (["2026-01-31", "2026-02-28"], "2026-12-31", 11),
        (["2026-01-05", "2026-01-12"], "2026-01-26", 3),
        (["2026"], "2030", 4),
        (["vår", "höst"], "vår", None),
    ],
)
def test_another_period_is_found_on_the_same_scale(names, text, index):
    assert scale.scale_of(names).index_of(text) == index


def test_without_a_column_periods_are_numbered_from_0():
    assert scale.Scale(scale.ROWS, (0, 1)).index_of("16") == 16
    assert scale.Scale(scale.ROWS, (0, 1)).index_of("2026-Q1") is None


@given(st.text(max_size=60))
def test_whatever_the_file_holds_the_answer_is_a_series_or_a_refusal(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("fuzz", numbered=True) / "a.csv"
    file.write_bytes(("value\n" + text).encode("utf-8", "surrogatepass"))
    with contextlib.suppress(BadInput):
        assert read_series(file).rows


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (Decimal("128.58333"), "128,5833", "128.5833"),
        (Decimal(50), "50", "50"),
        (Decimal("-3.0626"), "−3,0626", "−3.0626"),
        (Decimal("1234.5"), "1\u00a0234,5", "1,234.5"),
        (Decimal("-0.00001"), "0", "0"),
        (Decimal("0.99999"), "1", "1"),
    ],
)
def test_figures_in_a_text(value, sv, en):
    assert (told(value, "sv"), told(value, "en")) == (sv, en)


def test_figures_for_programs():
    assert (as_number(Decimal("2.5")), as_number(3), as_number(None)) == (2.5, 3, None)
    assert isinstance(as_number(Decimal("3.0")), int)
