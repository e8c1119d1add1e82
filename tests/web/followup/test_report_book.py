"""A workbook of what is to be reported: filled in as far as it is known, and taken whole or not at all."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now
from openpyxl import Workbook, load_workbook

from tests.partnering import there
from tests.reporting import Reporters
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.locking import lock_periods
from tillit.apps.followup.actions.reporting import save_draft
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Observation
from tillit.core.indicators.periods import period_of
from tillit.exchange.report_book import cell_of

HOME = "/partnerskap/kliniska-provningar/uppfoljning/rapportera"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    return period_of(localdate(), "quarter").ahead(-1)


@pytest.fixture
def ground(ended):
    """The region is asked for two quarters that have ended."""
    made = Reporters()
    for each in made.of.values():
        each.since = ended.ahead(-1).start
        each.save()
    return made


@pytest.fixture
def browser(ground):
    return client_of(ground.contact)


def downloaded(browser):
    return load_workbook(io.BytesIO(browser.get(f"{HOME}.xlsx").content))


def rows_of(book):
    """Return the row of each period."""
    sheet = book.active
    return {sheet.cell(row, 4).value: row for row in range(5, sheet.max_row + 1)}


def uploaded(browser, book, name="rapport.xlsx"):
    if isinstance(book, bytes):
        content = book
    else:
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()
    return browser.post(f"{HOME}/excel/", {"file": SimpleUploadedFile(name, content)})


def test_it_has_a_row_for_each_period_with_what_is_known_and_locks_the_rest(ground, browser, ended):
    ground.observed(ground.of[ground.region], str(ended.ahead(-1)), 7)
    save_draft(slot=Slot(ground.of[ground.region], ended), said=Said(value=Decimal("3.5")), by=ground.contact, at=now())
    book = downloaded(browser)
    sheet, row = book.active, rows_of(book)[str(ended)]
    assert list(rows_of(book)) == [str(ended)]
    assert [sheet.cell(row, place).value for place in (2, 3, 5, 7)] == [
        "Startade prövningar",
        ground.region.name,
        "prövningar",
        "7",
    ]
    value = sheet[cell_of(row, "value")]
    assert (value.value, value.protection.locked, sheet.cell(row, 2).protection.locked) == (3.5, False, True)
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden


def test_what_is_filled_in_is_sent_in_and_what_is_empty_is_not_zero(ground, browser, ended):
    book = downloaded(browser)
    book.active[cell_of(rows_of(book)[str(ended)], "value")] = "1 234,5"
    assert uploaded(browser, book).status_code == 302
    row = Observation.objects.get()
    assert (row.number, row.value, row.status) == (ended.number, Decimal("1234.5"), "submitted")


def test_all_is_taken_or_nothing_and_each_fault_has_its_cell_and_remedy(ground, browser, ended):
    book = downloaded(browser)
    first, second = rows_of(book).values()
    book.active[cell_of(first, "value")] = 3
    book.active[cell_of(second, "value")] = "många"
    answer = uploaded(browser, book)
    assert answer.status_code == 422
    assert [cell for cell, _problem in answer.context["cells"]] == [cell_of(second, "value")]
    assert "går inte att läsa som ett tal" in answer.text
    book.active[cell_of(second, "value")] = 4
    book.active[cell_of(second, "level")] = 2
    answer = uploaded(browser, book)
    assert [cell for cell, _problem in answer.context["cells"]] == [cell_of(second, "level")]
    assert not Observation.objects.exists()


def test_what_is_asked_about_and_what_is_locked_names_the_cell_to_answer_in(ground, browser, ended):
    ground.starts.versions.update(high=5)
    lock_periods(partnership=ground.partnership, through=ended.ahead(-1).end, by=ground.founder, at=now())
    book = downloaded(browser)
    early, late = rows_of(book)[str(ended.ahead(-1))], rows_of(book)[str(ended)]
    book.active[cell_of(late, "value")] = 6
    book.active[cell_of(early, "value")] = 4
    answer = uploaded(browser, book)
    assert [cell for cell, _problem in answer.context["cells"]] == [
        cell_of(early, "reason"),
        cell_of(late, "confirmed"),
    ]
    book.active[cell_of(late, "confirmed")] = "ja"
    book.active[cell_of(late, "comment")] = "Vi har vuxit"
    book.active[cell_of(early, "reason")] = "Semester"
    assert uploaded(browser, book).status_code == 302
    assert Observation.objects.filter(status="submitted").count() == 2


def test_a_file_that_has_grown_old_writes_over_nothing(ground, browser, ended):
    book = downloaded(browser)
    book.active[cell_of(rows_of(book)[str(ended)], "value")] = 9
    ground.sent(3, str(ended), day=localdate())
    answer = uploaded(browser, book)
    assert "Någon annan har skickat in" in answer.text
    assert Observation.objects.get().value == 3


def test_rows_that_are_not_theirs_are_refused(ground, browser, ended):
    book = downloaded(browser)
    row = rows_of(book)[str(ended)]
    book.active[cell_of(row, "value")] = 9
    for key in (f"{ground.of[ground.company].pk}|{ended}|", f"{ground.of[ground.region].pk}|2019-Q1|", "x", None):
        book.active.cell(row, 1).value = key
        answer = uploaded(browser, book)
        assert answer.status_code == 422
        assert [cell for cell, _problem in answer.context["cells"]] == [f"B{row}"]
    assert not Observation.objects.exists()


def test_a_row_that_stands_twice_is_refused(ground, browser, ended):
    book = downloaded(browser)
    sheet, row = book.active, rows_of(book)[str(ended)]
    sheet[cell_of(row, "value")] = 9
    for place in (1, 9):
        sheet.cell(20, place).value = sheet.cell(row, place).value
    assert "två gånger" in uploaded(browser, book).text
    assert not Observation.objects.exists()


@pytest.mark.parametrize("written", ["=1+1", True, "12%", "1e400", "2026-01-01"])
def test_a_cell_is_never_guessed_at(ground, browser, ended, written):
    book = downloaded(browser)
    book.active[cell_of(rows_of(book)[str(ended)], "value")] = written
    assert uploaded(browser, book).status_code == 422
    assert not Observation.objects.exists()


def other_book():
    made = Workbook()
    there(made.active)["A1"] = "Något annat"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Filen är tom"),
        (b"hej", "Inget är inskickat"),
        (b"PK\x03\x04" + b"\x00" * 50, "Inget är inskickat"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "Inget är inskickat"),
        (other_book(), "inte en rapportfil härifrån"),
    ],
)
def test_hostile_and_other_files_are_refused_with_words(browser, content, told):
    answer = uploaded(browser, content)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_file_that_is_too_large_is_refused(browser, settings):
    settings.UPLOAD_LIMIT = 10
    assert "för stor" in uploaded(browser, other_book()).text


def test_an_empty_file_sends_nothing_in(ground, browser):
    assert "Inget är ifyllt" in uploaded(browser, downloaded(browser)).text


def test_text_that_begins_as_a_formula_stays_text(ground, browser, ended):
    ground.starts.name = "=HYPERLINK(1)"
    ground.starts.save()
    cell = downloaded(browser).active.cell(5, 2)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=HYPERLINK(1)", True)


def test_a_level_is_reported_with_its_words_and_an_address(ground, browser):
    reporter = ground.rated()
    year = period_of(localdate(), "year").ahead(-1)
    reporter.since = year.start
    reporter.save()
    ground.observed(reporter, str(year.ahead(-1)), 3)
    book = downloaded(browser)
    row = rows_of(book)[str(year)]
    said = {"level": 2, "narrative": "Sämre än förut."}
    for name, value in said.items():
        book.active[cell_of(row, name)] = value
    answer = uploaded(browser, book)
    assert [cell for cell, _problem in answer.context["cells"]] == [cell_of(row, "evidence")]
    book.active[cell_of(row, "evidence")] = "https://exempel.se/protokoll"
    assert uploaded(browser, book).status_code == 302
    made = Observation.objects.get(level=2)
    assert (made.rater, made.evidence.get().link) == (ground.contact, "https://exempel.se/protokoll")


def test_one_with_nothing_to_report_is_told_so(ground):
    assert "Inget att rapportera nu" in client_of(ground.second).get(f"{HOME}/excel/").text
