"""An effect logic in a real browser: begun from its end, its gaps told in words, closed step by step, and adopted."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.partnering import Ground
from tillit.apps.followup.models import EffectLogic

ADDRESS = "/partnerskap/kliniska-provningar/uppfoljning/"


@pytest.fixture
def ground(transactional_db):
    """Return a partnership just founded, with one party: nothing is followed up in it yet."""
    made = Ground()
    made.joined(made.region)
    return made


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
