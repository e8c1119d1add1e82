"""A quarter is reported by three parties in three ways, approved by the office, and stands summed on the scorecard."""

import io
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.reporting import Reporters
from tillit.apps.followup.models import Observation
from tillit.core.indicators.periods import period_of
from tillit.exchange.report_book import cell_of

ADDRESS = "/partnerskap/kliniska-provningar/uppfoljning/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EARLIER = (10, 11, 9, 10)


@pytest.fixture
def ended():
    """Return the latest quarter that has ended."""
    return period_of(localdate(), "quarter").ahead(-1)


@pytest.fixture
def ground(transactional_db, ended, settings, tmp_path):
    """Return a partnership of three parties with a year's approved figures each, which lacks the latest quarter."""
    settings.MEDIA_ROOT = tmp_path
    made = Reporters()
    for reporter in made.of.values():
        reporter.since = ended.ahead(-4).start
        reporter.save()
        for back, value in zip(range(-4, 0), EARLIER, strict=True):
            made.observed(reporter, str(ended.ahead(back)), value)
    return made


@pytest.mark.flow
def test_a_quarter_is_reported_in_three_ways_approved_and_summed(window, let_in, ground, ended, accessible):
    quarter = Quarter(ended)
    by_form = Desk(let_in(ground.contact))
    quarter.a_period_to_come_cannot_be_reported(by_form)
    quarter.by_form_with_a_value_that_is_asked_about(by_form, accessible)
    quarter.by_the_excel_file(Desk(let_in(ground.academic)), accessible)
    quarter.by_another_system_with_a_key(Desk(let_in(ground.officer)), window())
    assert Observation.objects.filter(status="submitted").count() == 3
    quarter.approved_by_the_office(Desk(let_in(ground.second)), accessible)
    quarter.summed_on_the_scorecard(Desk(window()), accessible)


class Quarter:
    """The quarter that is reported, and what each of those who report and approve does and sees."""

    def __init__(self, ended):
        self.ended = ended
        year, _dash, part = str(ended).partition("-Q")
        self.word = f"kvartal {part} {year}"
        self.line = f"Startade prövningar, {self.word}"

    def a_period_to_come_cannot_be_reported(self, desk):
        desk.page.goto(ADDRESS)
        desk.place("Rapportera")
        desk.heads("En uppgift att rapportera")
        coming = desk.page.get_by_role("region", name="Kommande år")
        coming.get_by_role("link").first.click()
        opens = self.ended.ahead(2).start.isoformat()
        desk.sees(f"Perioden är inte slut. Den går att rapportera från {opens}.")
        expect(desk.page.get_by_role("button", name="Skicka in")).to_have_count(0)

    def by_form_with_a_value_that_is_asked_about(self, desk, accessible):
        desk.follow("Rapportera")
        desk.follow(self.line)
        desk.heads(self.line)
        value = desk.page.get_by_label("Värde, i prövningar")
        expect(value).to_have_value("")
        desk.fill(Kommentar="Två nya enheter.", **{"Värde, i prövningar": "hundra"})
        desk.press("Skicka in")
        desk.wrong("Värde, i prövningar: Skriv ett tal, till exempel 12 eller 33,5.")
        expect(value).to_have_value("hundra")
        desk.fill(**{"Värde, i prövningar": "0,1234567"})
        desk.press("Skicka in")
        desk.wrong("Talet har för många siffror: högst tolv före kommat och sex efter.")
        expect(value).to_have_value("0,1234567")
        expect(desk.page.get_by_label("Kommentar", exact=True)).to_have_value("Två nya enheter.")
        assert not Observation.objects.filter(number=self.ended.number).exists()
        desk.fill(Kommentar="", **{"Värde, i prövningar": "100"})
        desk.press("Skicka in")
        desk.wrong("Värdet är omkring 10 eller 100 gånger större eller mindre än de tidigare: fel enhet?")
        desk.wrong("Det är sparat som utkast så länge.")
        expect(value).to_have_value("100")
        accessible(desk.page)
        desk.fill(**{"Stämmer värdet ändå?": True})
        desk.press("Skicka in")
        desk.wrong("Kommentar: Skriv varför värdet stämmer. Den som godkänner ser det.")
        expect(desk.page.get_by_role("group", name="Stämmer värdet ändå?").get_by_role("checkbox")).to_be_checked()
        desk.fill(Kommentar="Två nya enheter har öppnat.")
        desk.press("Skicka in")
        desk.told("Inskickat. Kansliet godkänner.")
        desk.heads("Inget att rapportera nu")
        expect(desk.page.get_by_role("region", name="Väntar på att kansliet godkänner")).to_contain_text(self.line)

    def by_the_excel_file(self, desk, accessible):
        desk.page.goto(ADDRESS)
        desk.place("Rapportera")
        desk.follow("Rapportera med Excel")
        desk.sees("Filen har en rad att fylla i.")
        with desk.page.expect_download() as saved:
            desk.follow("Hämta rapportfilen")
        book = load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes()))
        value = cell_of(5, "value")
        sheet = book.worksheets[0]
        assert sheet.cell(5, 2).value == "Startade prövningar"
        assert str(sheet.cell(5, 7).value).split()[0] == "10", "the figure of the quarter before stands beside"
        sheet[value] = "många"
        self.uploaded(desk, book)
        desk.wrong(f"Cell {value}")
        desk.wrong("går inte att läsa som ett tal")
        accessible(desk.page)
        sheet[value] = 12
        self.uploaded(desk, book)
        desk.told("1 rapport är inskickad.")
        expect(desk.page.get_by_role("region", name="Väntar på att kansliet godkänner")).to_contain_text(self.line)

    @staticmethod
    def uploaded(desk, book):
        out = io.BytesIO()
        book.save(out)
        file = {"name": "rapport.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}
        desk.page.get_by_label("Den ifyllda filen").set_input_files(file)
        desk.press("Skicka in")

    def by_another_system_with_a_key(self, desk, system):
        desk.page.goto(ADDRESS)
        desk.place("Rapportera")
        desk.follow("Nycklar för andra system")
        desk.press("Gör en nyckel")
        desk.wrong("Vilket system ska använda den?: Det här behövs. Fyll i fältet.")
        desk.fill(**{"Vilket system ska använda den?": "Prövningsregistret"})
        desk.press("Gör en nyckel")
        made = desk.page.get_by_role("status", name="Nyckeln för Prövningsregistret")
        secret, address = made.locator("code").all_inner_texts()

        def sent(period, value):
            body = {"observations": [{"indicator": "starts", "period": str(period), "value": value}]}
            return system.request.post(address, data=body, headers={"Authorization": f"Bearer {secret}"})

        ahead = sent(self.ended.ahead(1), "13")
        assert (ahead.status, ahead.json()["problems"][0]["place"]) == (422, "observations[0].period")
        assert sent(self.ended, "tretton").status == 422
        answer = sent(self.ended, "13")
        assert (answer.status, answer.json()["observations"][0]["status"]) == (200, "submitted")
        desk.page.goto(f"{ADDRESS}rapportera/nycklar/")
        desk.sees("Prövningsregistret", f"senast använd {localdate().isoformat()}")
        expect(desk.main).not_to_contain_text(secret)

    def approved_by_the_office(self, desk, accessible):
        desk.page.goto(ADDRESS)
        desk.place("Rapportera")
        desk.follow("Godkänn och lås")
        desk.heads("3 uppgifter väntar på att godkännas")
        waits = desk.page.get_by_role("region", name="Väntar på dig")
        asked = waits.get_by_role("listitem").filter(has_text="att titta på").first
        for said in ("100", "Region Fjällmark", "inskickat av Rut Region", "Två nya enheter har öppnat."):
            expect(asked).to_contain_text(said)
        accessible(desk.page)
        desk.press("Godkänn alla utan frågetecken")
        desk.told("Godkänt.")
        desk.heads("En uppgift väntar på att godkännas")
        desk.deed("Återlämna", waits)
        desk.wrong("Vad behöver rättas?: Det här behövs. Fyll i fältet.")
        desk.press("Godkänn", waits)
        desk.told("Godkänt.")
        desk.heads("Inget väntar på att godkännas")

    def summed_on_the_scorecard(self, desk, accessible):
        desk.page.goto(ADDRESS)
        row = desk.page.get_by_role("row", name="Startade prövningar")
        expect(row).to_contain_text("125 prövningar")
        expect(row).to_contain_text(self.word)
        accessible(desk.page)
        row.get_by_role("link", name="Startade prövningar").click()
        expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Startade prövningar")
        for folded in desk.page.get_by_text("Visa som tabell").all():
            folded.click()
        expect(desk.page.get_by_role("row", name=self.word).first).to_contain_text("125")
        accessible(desk.page)
