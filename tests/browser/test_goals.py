"""Goals in a real browser: what is missing is listed while one types, and what parties say is kept."""

import pytest
from playwright.sync_api import expect

from tests.following import Followed
from tests.partnering import NOW, START
from tillit.apps.followup.models import GoalConsent, StrategicPlan

ROOT = "/partnerskap/kliniska-provningar/uppfoljning/"


@pytest.mark.flow
def test_what_is_missing_comes_while_one_types_and_a_party_says_what_it_thinks(let_in, transactional_db, accessible):
    ground = Followed()
    ground.joined(ground.company)
    StrategicPlan.objects.create(
        partnership=ground.partnership,
        version=2,
        level=ground.levels["national"],
        title="Nästa plan",
        starts_on=START,
        ends_on="2031-01-01",
        created_at=NOW,
    )
    page = let_in(ground.founder)
    page.goto(f"{ROOT}mal/nytt/")
    missing = page.get_by_role("complementary", name="Går målet att mäta?")
    expect(missing.get_by_text("Minst en indikator.")).to_be_visible()
    expect(missing.get_by_text("Råd om orden")).to_be_hidden()
    words = page.get_by_label("Vad ska nås?")
    words.press_sequentially("Stärka samordningen och öka kapaciteten")
    expect(missing.get_by_text("Texten kan vara två mål i ett.")).to_be_visible()
    expect(words).to_be_focused()
    accessible(page)
    words.fill("Alla regioner har startat en prövning")
    expect(missing.get_by_text("Råd om orden")).to_be_hidden()
    page.get_by_role("button", name="Spara målet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alla regioner har startat en prövning")
    accessible(page)
    said_by(let_in(ground.officer), page.url)


def said_by(page, address):
    page.goto(address)
    page.get_by_text("Säg vad ni tycker om målet").first.click()
    page.get_by_label("Hur ställer ni er?").select_option(label="stödjer")
    page.get_by_role("button", name="Säg vad ni tycker om målet").click()
    expect(page.get_by_text("1 part stödjer.")).to_be_visible()
    assert GoalConsent.objects.get().stance == "supports"
