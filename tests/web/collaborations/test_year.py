"""The yearly report's addresses: who may read it, that page, Excel and PDF say the same, and the command."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from tests import world
from tests.apps.collaborations.test_year import asked, at, cost, made, reported
from tests.collaborating import Sides
from tests.exchange.test_yearly import letters
from tests.world import let_in
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.register.models import Entry, EntryParty
from tillit.exchange.yearly_xlsx import FIRST
from tillit.web.collaborations.year import yearly_of

pytestmark = pytest.mark.django_db
FILES = ("", "rapport.xlsx", "rapport.pdf")
YEAR = localdate().year


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def busy(sides):
    """Return the two sides with a few collaborations in 2026."""
    one = made(sides, state="reported")
    reported(one, sides, "meets", at_noon("2026-03-12"))
    asked(one, sides.region, sides.contact, "approved", answered="2026-03-20")
    cost(one, "meal", estimated="1234.50", actual="1000")
    cost(one, "venue")
    made(sides, "2026-05-01", state="declined", kind="consultancy")
    made(sides, "2025-05-01")
    return sides


def at_noon(day):
    return at(day, 12)


def address(organisation, year=2026, file="", lang=""):
    return f"{lang}/organisationer/{organisation.pk}/ar/{year}/{file}"


@pytest.mark.parametrize("file", FILES)
def test_those_who_read_the_collaborations_read_them_added_up(client, busy, file):
    auditor = world.person("Ulf Ros", organisation=busy.company, roles=("auditor",))
    for person in (busy.author, busy.officer, auditor):
        assert let_in(client, person).get(address(busy.company, file=file)).status_code == 200
    for person in (busy.contact, busy.head):
        assert let_in(client, person).get(address(busy.region, file=file)).status_code == 200


@pytest.mark.parametrize("file", FILES)
def test_others_do_not_find_it_and_one_without_the_role_may_not(client, busy, file):
    assert client.get(address(busy.company, file=file)).status_code == 302
    assert let_in(client, busy.contact).get(address(busy.company, file=file)).status_code == 404
    assert let_in(client, world.person("Uno Lös")).get(address(busy.company, file=file)).status_code == 404
    assert let_in(client, world.operator().person).get(address(busy.company, file=file)).status_code == 404
    administrator = world.person("Ada Ek", organisation=busy.company, roles=("administrator",))
    assert let_in(client, administrator).get(address(busy.company, file=file)).status_code == 403
    assert let_in(client, busy.officer).post(address(busy.company, file=file)).status_code == 405


def test_what_has_become_part_of_ours_is_read_by_us_and_leads_to_no_list_of_ours(client, busy):
    old = world.company("Gamla AB", merged_into=busy.company, merged_on=date(2026, 1, 1))
    page = let_in(client, busy.officer).get(address(old))
    assert page.status_code == 200
    assert "/samverkan/?" not in page.content.decode()


@pytest.mark.parametrize("year", ["0", "1999", "9999", str(YEAR + 1), "tjugo", "-1", "2026.5"])
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_year_that_cannot_be_is_not_found(client, busy, year, file, lang):
    assert let_in(client, busy.officer).get(address(busy.company, year, file, lang)).status_code == 404


def test_every_number_has_its_table_and_leads_to_the_list_it_counts(client, busy):
    page = let_in(client, busy.officer).get(address(busy.company)).content.decode()
    leads = '<a href="/samverkan/?ar=2026&amp;lage=declined">1</a>'
    assert leads in page
    assert '<a href="/samverkan/?ar=2026">2</a>' in page
    assert [len(client.get(f"/samverkan/?ar=2026{more}").context["lines"]) for more in ("", "&lage=declined")] == [
        2,
        1,
    ]
    for key in ("kinds", "approvals", "costs", "timing"):
        assert f'href="#{key}"' in page
        assert f'id="{key}"' in page
    assert f'href="/organisationer/{busy.region.pk}/"' in page
    assert "style=" not in page


@pytest.mark.parametrize("lang", ["", "/en"])
def test_page_excel_and_pdf_say_the_same_numbers(client, busy, lang):
    page = let_in(client, busy.officer).get(address(busy.company, lang=lang))
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(busy.company, 2026, "rapport.xlsx", lang)).content))
    printed = letters(client.get(address(busy.company, 2026, "rapport.pdf", lang)).content)
    printed = "".join(printed.split())
    report = page.context["report"]
    text = page.content.decode()
    for table, told in zip(report.tables, page.context["tables"], strict=False):
        assert table.title in text
        assert "".join(table.title.split()) in printed
        for row in told.rows:
            for cell in row:
                assert "".join(cell.text.split()) in printed
        if table.key != "summary":
            sheet = book[table.sheet]
            for number, row in enumerate(table.rows, start=FIRST):
                values = [sheet.cell(number, place).value for place in range(1, len(row) + 1)]
                assert values == [_as_read(cell.value, report.lang) for cell in row]
    assert book.worksheets[-1].title == ("Collaborations" if lang else "Samverkan")
    assert book.worksheets[-1].max_row == FIRST + 1


def _as_read(value, lang):
    if value is None:
        return "not known" if lang == "en" else "uppgift saknas"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    return None if value == "" else value


def test_the_collaborations_stand_one_by_one_in_excel(client, busy):
    found = let_in(client, busy.officer).get(address(busy.company, file="rapport.xlsx"))
    assert found["Content-Disposition"] == 'attachment; filename="arsrapport-2026-nordkap-pharma-ab.xlsx"'
    assert found["Cache-Control"] == "no-store"
    sheet = openpyxl.load_workbook(io.BytesIO(found.content))["Samverkan"]
    named = {each.value: place for place, each in enumerate(sheet[3], 1) if each.value != "Rader utan uppgift"}
    first = {name: sheet.cell(FIRST, column).value for name, column in named.items()}
    assert first["Slag"] == "sponsring"
    assert first["Uppskattat"] == 1234.5
    assert first["Avtalat"] == "uppgift saknas"
    assert first["Motparter"] == "Region Fjällmark"
    assert first["Dagar efter sista dagen"] == 2
    assert sheet.cell(FIRST + 1, named["Uppskattat"]).value is None


def test_what_is_published_is_counted_and_what_was_withdrawn_is_not(client, busy):
    for place, found in enumerate(Collaboration.objects.filter(starts_on__year=2026)):
        gone = {"withdrawn_at": at_noon("2026-06-01"), "withdrawn_because": "x", "place": None, "title": ""}
        entry = Entry.objects.create(
            public_id=found.public_id,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            state=found.state,
            published_at=at_noon("2026-05-01"),
            changed_at=at_noon("2026-05-01"),
            **(gone if place else {"place": 1, "title": "x"}),
        )
        EntryParty.objects.create(
            entry=entry, organisation_key=busy.company.pk, name="x", side="company", starts_on=found.starts_on
        )
    tables = let_in(client, busy.officer).get(address(busy.company)).context["tables"]
    openness = next(each for each in tables if each.key == "openness")
    assert [cell.text for cell in openness.rows[0]] == ["Öppen från start", "2", "1"]


def test_the_years_are_links_and_a_year_without_anything_says_so(client, busy):
    page = let_in(client, busy.officer).get(address(busy.company)).content.decode()
    assert f'href="/organisationer/{busy.company.pk}/ar/2025/"' in page
    assert 'aria-current="page">2026</a>' in page
    empty = client.get(address(busy.company, 2001)).content.decode()
    assert "ingen samverkan som började 2001" in empty
    assert "<table" not in empty
    assert client.get(address(busy.company, 2001, "rapport.pdf")).content.startswith(b"%PDF-")


def test_it_is_read_in_english_too(client, busy):
    page = let_in(client, busy.officer).get(address(busy.company, lang="/en")).content.decode()
    for said in ("Yearly report 2026", "Counterparties", "not known", "nine of ten"):
        assert said in page
    for unsaid in ("uppgift saknas", "Motparter", "Redovisat"):
        assert unsaid not in page


def test_the_organisation_s_page_leads_there_for_those_who_may_read_it(client, busy):
    leads = f"/organisationer/{busy.company.pk}/ar/{YEAR}/"
    home = f"/organisationer/{busy.company.pk}/"
    assert leads in let_in(client, busy.author).get(home).content.decode()
    assert leads not in let_in(client, busy.contact).get(home).content.decode()
    administrator = world.person("Ada Ek", organisation=busy.company, roles=("administrator",))
    assert leads not in let_in(client, administrator).get(home).content.decode()


def test_the_page_takes_as_many_queries_however_much_there_is(client, busy, django_assert_num_queries):
    let_in(client, busy.officer).get(address(busy.company))
    with django_assert_num_queries(12):
        client.get(address(busy.company))
    for _number in range(5):
        one = made(busy, state="reported")
        reported(one, busy, "meets", at_noon("2026-03-12"))
        cost(one, "meal", estimated="1")
    with django_assert_num_queries(12):
        client.get(address(busy.company))


def test_the_command_writes_the_same_files(busy, tmp_path):
    target = tmp_path / "rapport.xlsx"
    call_command("year_report", str(busy.company.pk), "2026", "--out", str(target))
    assert openpyxl.load_workbook(target).worksheets[0].cell(1, 1).value == "Årsrapport 2026: Nordkap Pharma AB"
    target = tmp_path / "report.PDF"
    call_command("year_report", busy.region.name, "2025", "--out", str(target), "--language", "en")
    assert "Yearly report 2025: Region Fjällmark" in letters(target.read_bytes())


@pytest.mark.parametrize(
    ("organisation", "year", "out", "told"),
    [
        ("Ingen alls", "2026", "a.xlsx", "no organisation"),
        ("Region Fjällmark", "9999", "a.xlsx", "no report of that year"),
        ("Region Fjällmark", "2026", "a.doc", "must end in"),
        ("Region Fjällmark", "2026", "nowhere/a.pdf", "No such file"),
    ],
)
def test_the_command_says_what_is_wrong(busy, tmp_path, organisation, year, out, told):
    with pytest.raises(CommandError, match=told):
        call_command("year_report", organisation, year, "--out", str(tmp_path / out))


def test_the_report_is_the_same_whoever_reads_it_from_either_way_in(busy):
    one, other = (yearly_of(busy.company, 2026, date(2026, 11, 28), "sv") for _time in range(2))
    assert one == other
