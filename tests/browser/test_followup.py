"""How follow-up is begun, in a real browser: a goal that nobody could measure becomes one that can be."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.partnering import Ground
from tillit.apps.followup.models import Goal

VAGUE = "Nationell samordning och ökad kapacitet"
CLEAR = "Hälften av alla prövningar har sin första patient inom 120 dagar"


@pytest.fixture
def ground(transactional_db):
    """Return a partnership just founded, with two parties: nothing is followed up in it yet."""
    made = Ground()
    made.joined(made.region)
    made.joined(made.company)
    return made


@pytest.mark.flow
def test_a_goal_nobody_can_measure_becomes_one_that_can_be(let_in, ground, accessible):
    office = Desk(let_in(ground.founder))
    a_plan_is_begun(office)
    the_vague_goal_is_told_what_it_lacks(office, accessible)
    it_is_written_so_that_it_can_be_seen_whether_it_is_met(office)
    an_indicator_is_added_until_the_goal_can_be_measured(office, accessible)
    goal = Goal.objects.get()
    assert (goal.text, goal.indicators.get().name) == (CLEAR, "Prövningar inom 120 dagar")


def a_plan_is_begun(office):
    office.page.goto("/partnerskap/kliniska-provningar/")
    office.page.get_by_role("link", name="Uppföljning", exact=True).click()
    office.heads("Här finns inget att följa än")
    office.place("Mål")
    office.follow("Skriv ett mål")
    office.heads("Börja på en plan först")
    office.follow("Planer och versioner")
    box = office.unfold("Börja på en plan")
    office.fill(box, **{"Vad heter planen?": "Strategisk plan", "Första dagen som den inte gäller": "31 december"})
    office.press("Börja på en plan", box)
    office.wrong("Skriv dagen som 2026-02-01.")
    expect(office.page.get_by_label("Vad heter planen?")).to_have_value("Strategisk plan")
    expect(office.page.get_by_label("Första dagen som den inte gäller")).to_have_value("31 december")
    box = office.unfold("Börja på en plan")
    office.fill(box, **{"Första dagen som den inte gäller": f"{localdate().year + 5}-01-01"})
    office.press("Börja på en plan", box)
    office.sees("Strategisk plan", "0 mål")


def the_vague_goal_is_told_what_it_lacks(office, accessible):
    office.follow("Skriv ett mål")
    office.fill(**{"Vad ska nås?": VAGUE, "Slag av mål": ["effektmål"]})
    missing = office.page.get_by_role("complementary", name="Går målet att mäta?")
    for said in ("Målet går inte att mäta än: 1 sak saknas.", "Minst en indikator.", "Är det två mål?"):
        expect(missing).to_contain_text(said)
    office.press("Spara målet")
    office.heads(VAGUE)
    office.sees("går inte att mäta än", "Ingen indikator visar om målet är nått.")
    accessible(office.page)


def it_is_written_so_that_it_can_be_seen_whether_it_is_met(office):
    office.follow("Ändra målet")
    expect(office.page.get_by_label("Vad ska nås?")).to_have_value(VAGUE)
    office.fill(**{"Vad ska nås?": CLEAR, "Ansvarig part": ["Region Fjällmark"]})
    missing = office.page.get_by_role("complementary", name="Går målet att mäta?")
    expect(missing.get_by_role("heading", name="Råd om orden")).to_have_count(0)
    office.press("Spara ändringen")
    office.heads(CLEAR)
    office.sees("går inte att mäta än", "Region Fjällmark")
    expect(office.page.get_by_role("heading", name="Råd om orden")).to_have_count(0)


def an_indicator_is_added_until_the_goal_can_be_measured(office, accessible):
    office.follow("Lägg till en indikator")
    expect(office.page.get_by_label("Vilket mål visar den?").locator("option:checked")).to_have_text(CLEAR)
    office.fill(**{"Vad heter indikatorn?": "Prövningar inom 120 dagar", "Nivå": ["nationell"]})
    office.press("Lägg upp indikatorn")
    office.heads("Prövningar inom 120 dagar: 4 saker saknas för att mäta ett mål")
    lacks(office, "M2", "M3", "M4", "M7")
    accessible(office.page)
    what_it_means(office)
    where_it_begins_and_where_it_is_going(office, accessible)
    who_reports_it(office)
    office.follow("Prövningar inom 120 dagar")
    office.follow(CLEAR)
    office.heads(CLEAR)
    expect(office.main.get_by_text("går att mäta", exact=True)).to_be_visible()
    office.sees("mäter målet", "20 prövningar", "60 prövningar", "Inget saknas för att se om målet är nått.")
    accessible(office.page)
    office.place("Mål")
    office.heads("1 av 1 mål går att mäta")


def lacks(office, *codes):
    """What the indicator's page says keeps it from measuring the goal."""
    missing = office.page.get_by_role("region", name="Det som saknas")
    if not codes:
        expect(missing).to_have_count(0)
    for code in codes:
        expect(missing).to_contain_text(code)


def what_it_means(office):
    box = office.page.get_by_role("region", name="Vad den betyder")
    office.fill(
        box,
        **{
            "Vad mäts, så att två räknar lika?": "Prövningar vars första patient är med inom 120 dagar från ansökan.",
            "Vad är bättre?": ["högre är bättre"],
            "Enhet": "prövningar",
            "När flera rapporterar, hur läggs det ihop?": ["summa"],
            "Ansvarig part": ["Region Fjällmark"],
            "Ansvarig roll": "prövningschef",
            "Varifrån hämtas siffrorna?": "Prövningsregistret",
            "Hur går det till?": "Räknas ur registret den sista dagen i kvartalet.",
            "Vilket beslut tas på siffrorna?": "Var det behövs fler prövningsenheter.",
        },
    )
    more = office.unfold("Mer", box)
    office.fill(more, **{"Högsta möjliga värde": "tusen"})
    office.press("Spara definitionen", box)
    office.wrong("Högsta möjliga värde: Skriv ett tal, till exempel 12 eller 33,5.")
    expect(box.get_by_label("Högsta möjliga värde")).to_have_value("tusen")
    expect(box.get_by_label("Ansvarig roll")).to_have_value("prövningschef")
    office.fill(box, **{"Högsta möjliga värde": "1 000"})
    office.press("Spara definitionen", box)
    office.told("Definitionen är sparad.")
    office.heads("Prövningar inom 120 dagar: 2 saker saknas för att mäta ett mål")
    lacks(office, "M3", "M4")


def where_it_begins_and_where_it_is_going(office, accessible):
    year = localdate().year
    office.follow("Skriv hur det var när ni började och vilken dag. Vet ingen det: skriv varför.")
    box = office.page.get_by_role("region", name="Utgångsvärde")
    office.fill(box, **{"Värde då (prövningar)": "20,1234567", "Vilken dag gäller det?": f"{year - 1}-12-31"})
    office.press("Spara utgångsvärdet", box)
    office.wrong("Värde då (prövningar): Talet har fler än sex decimaler. Avrunda det.")
    expect(box.get_by_label("Värde då (prövningar)")).to_have_value("20,1234567")
    expect(box.get_by_label("Vilken dag gäller det?")).to_have_value(f"{year - 1}-12-31")
    accessible(office.page)
    office.fill(box, **{"Värde då (prövningar)": "20"})
    office.press("Spara utgångsvärdet", box)
    office.told("Utgångsvärdet är sparat.")
    lacks(office, "M4")
    box = office.page.get_by_role("region", name="Delmål och mål")
    office.fill(box, **{"Vilken dag ska det vara nått?": f"{year + 4}-12-31", "Målvärde (prövningar)": "sextio"})
    office.press("Spara målvärdet", box)
    office.wrong("Målvärde (prövningar): Skriv ett tal, till exempel 12 eller 33,5.")
    expect(box.get_by_label("Målvärde (prövningar)")).to_have_value("sextio")
    office.fill(box, **{"Målvärde (prövningar)": "60"})
    office.press("Spara målvärdet", box)
    office.told("Målvärdet är sparat.")
    lacks(office)


def who_reports_it(office):
    office.page.get_by_role("navigation", name="Indikatorns sidor").get_by_role(
        "link", name="Vem som rapporterar"
    ).click()
    office.fill(**{"Vem rapporterar?": ["Region Fjällmark"]})
    office.press("Lägg till rapportören")
    office.told("Rapportören är tillagd.")
    office.heads("Prövningar inom 120 dagar: har det som behövs för att mäta ett mål")
