"""How follow-up is begun, in a real browser: a goal that nobody could measure becomes one that can be, and an effect
logic's gaps are found, closed and adopted."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.partnering import Ground
from tillit.apps.followup.models import EffectLogic, Goal

ADDRESS = "/partnerskap/kliniska-provningar/uppfoljning/"
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
    office.wrong("Värde då (prövningar)")
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


@pytest.mark.flow
def test_the_gaps_of_an_effect_logic_are_found_closed_and_it_is_adopted(window, let_in, ground, accessible):
    office = Desk(let_in(ground.founder))
    a_draft_is_begun_with_the_benefit(office)
    it_cannot_be_adopted_and_is_told_why(office)
    a_chain_is_built_to_the_benefit(office)
    an_edge_that_goes_back_is_found_and_marked_as_feedback(office, accessible)
    it_is_adopted(office, accessible)
    assert EffectLogic.objects.get().status == "adopted"
    visitor = Desk(window())
    visitor.page.goto(ADDRESS)
    visitor.place("Effektlogik")
    visitor.heads("Kedjan håller, med 3 saker att se över")
    visitor.follow("Från förfrågan till nytta, version 1")
    visitor.sees("A1 En väg in för förfrågningar", "återkoppling till", "Styrelsen, § 5")
    expect(visitor.page.get_by_role("button", name="Fastställ utkastet")).to_have_count(0)
    accessible(visitor.page)


def a_draft_is_begun_with_the_benefit(office):
    office.page.goto(ADDRESS)
    office.place("Effektlogik")
    office.heads("Ingen effektlogik finns än")
    office.press("Lägg upp utkastet")
    office.wrong("Rubrik: Det här behövs. Fyll i fältet.")
    office.fill(Rubrik="Från förfrågan till nytta")
    office.press("Lägg upp utkastet")
    office.told("Utkastet finns.")
    office.follow("Från förfrågan till nytta, version 1")
    office.follow("Arbeta med utkastet")
    office.follow("Nytt steg som börjar en kedja")
    office.fill(**{"Vad är det?": ["samhällsnytta"], "Steget, i en mening": "Patienter får nya behandlingar"})
    office.fill(**{"Vem svarar för det? Roll": "kanslichef", "Part": "Region Ingenstans"})
    office.press("Lägg till steget")
    office.wrong("Ingen eller flera organisationer heter så.")
    expect(office.page.get_by_label("Steget, i en mening")).to_have_value("Patienter får nya behandlingar")
    office.fill(Part="Region Fjällmark")
    office.press("Lägg till steget")
    office.told("Steget är tillagt.")


def it_cannot_be_adopted_and_is_told_why(office):
    office.follow("Från förfrågan till nytta")
    office.heads("1 sak hindrar att utkastet fastställs")
    blocks = office.page.get_by_role("region", name="Hindrar att utkastet fastställs")
    expect(blocks).to_contain_text("Ingen aktivitet leder till L1 Patienter får nya behandlingar.")
    office.deed("Fastställ utkastet", Beslut="Styrelsen, § 5")
    office.wrong("Effektlogiken kan inte fastställas än. Ingen aktivitet leder till L1 Patienter får nya behandlingar.")
    expect(office.page.get_by_label("Beslut", exact=True)).to_have_value("Styrelsen, § 5")
    assert EffectLogic.objects.get().status == "draft"


def a_chain_is_built_to_the_benefit(office):
    office.follow("Arbeta med utkastet")
    office.follow("Nytt steg som börjar en kedja")
    office.fill(**{"Vad är det?": ["aktivitet"], "Steget, i en mening": "En väg in för förfrågningar"})
    office.fill(**{"Vem svarar för det? Roll": "kanslichef"})
    office.press("Lägg till steget")
    office.follow("hela utkastet")
    office.follow("A1")
    onward(office, "prestation", "Svar inom fem dagar", "tolv")
    office.wrong("Månader innan det syns: Skriv ett helt antal månader, högst 600.")
    box = office.page.get_by_role("region", name="Nytt steg som det här leder till")
    expect(box.get_by_label("Steget, i en mening")).to_have_value("Svar inom fem dagar")
    office.fill(box, **{"Månader innan det syns": "12"})
    office.press("Lägg till steget", box)
    office.told("Steget och kopplingen är tillagda.")
    open_step(office, "P1")
    onward(office, "effekt på kort sikt", "Fler förfrågningar blir prövningar", "6")
    open_step(office, "K1")
    how = {"Leder till": ["L1 Patienter får nya behandlingar"], "Hur leder det ena till det andra?": "De är med i dem."}
    office.deed("Låt det leda till ett steg som finns", **how)
    office.told("Kopplingen är tillagd.")


def open_step(office, code):
    """Open a step from the outline of the whole draft."""
    office.follow("Från förfrågan till nytta")
    office.follow("Arbeta med utkastet")
    office.follow(code)


def onward(office, kind, text, months):
    box = office.page.get_by_role("region", name="Nytt steg som det här leder till")
    office.fill(box, **{"Vad är det?": [kind], "Steget, i en mening": text, "Vem svarar för det? Roll": "kanslichef"})
    why = {"Hur leder det ena till det andra?": "Det ena ger det andra.", "Månader innan det syns": months}
    office.fill(box, **why)
    office.press("Lägg till steget", box)


def an_edge_that_goes_back_is_found_and_marked_as_feedback(office, accessible):
    open_step(office, "L1")
    back = {"Leder till": ["A1 En väg in för förfrågningar"], "Hur leder det ena till det andra?": "Ryktet sprids."}
    office.deed("Låt det leda till ett steg som finns", **back)
    open_step(office, "L1")
    office.page.go_back()
    blocks = office.page.get_by_role("region", name="Hindrar att utkastet fastställs")
    expect(blocks).to_contain_text(
        "Kopplingen från L1 Patienter får nya behandlingar till A1 En väg in för förfrågningar går"
    )
    expect(blocks).to_contain_text("Kedjan går runt:")
    accessible(office.page)
    office.main.get_by_role("link", name="L1 → A1").click()
    office.fill(Återkoppling=True)
    office.press("Spara", office.page.get_by_role("region", name="Varför det ena leder till det andra"))
    office.told("Ändringen är sparad.")


def it_is_adopted(office, accessible):
    office.follow("Från förfrågan till nytta")
    expect(office.page.get_by_role("region", name="Hindrar att utkastet fastställs")).to_contain_text("inget hindrar")
    accessible(office.page)
    ahead = (localdate() + timedelta(days=1)).isoformat()
    office.deed("Fastställ utkastet", Beslut="Styrelsen, § 5", Beslutsdag=ahead)
    office.wrong("Beslutsdag: Dagen ligger i framtiden. Välj den dag då beslutet togs.")
    expect(office.page.get_by_label("Beslut", exact=True)).to_have_value("Styrelsen, § 5")
    office.deed("Fastställ utkastet", Beslutsdag=localdate().isoformat())
    office.told("Versionen är fastställd och ändras inte längre.")
