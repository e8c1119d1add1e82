"""Limits and events in a real browser, on a telephone: typed, wrong, put right, and nothing for axe to object to."""

import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests import world
from tests.collaborating import DAYS, Sides, begun, plan
from tests.elsewhere import other
from tillit.apps.collaborations.models import Event

PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def sides(transactional_db):
    return Sides()


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_limit_is_set_put_right_and_ended(let_in, accessible, sides):
    page = let_in(world.person("Ada Ö", organisation=sides.region, roles=("administrator",)), **PHONE)
    page.goto(f"/organisationer/{sides.region.pk}/")
    page.get_by_role("link", name="Gränser").click()
    page.get_by_label("Gräns för").select_option(label="måltider per person och år")
    page.get_by_label("Källa").fill("Regionens riktlinje 2026:4")
    page.get_by_role("button", name="Sätt gränsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Utan tal finns ingen gräns.")
    accessible(page)
    page.get_by_label("Högst", exact=True).fill("1")
    page.get_by_role("button", name="Sätt gränsen").click()
    expect(page.get_by_role("heading", name="Högst 1: måltider per person och år")).to_be_visible()
    accessible(page)
    fits(page)
    page.locator("summary", has_text="Låt den sluta gälla").click()
    page.get_by_role("button", name="Låt den sluta gälla").click()
    expect(page.get_by_text("Gäller inte längre")).to_be_visible()
    assert localdate().isoformat() in page.get_by_role("main").inner_text()


def test_an_event_is_chosen_and_the_page_tells_who_else_is_there(let_in, accessible, sides):
    made = begun(sides, plan(sides))
    meeting = Event.objects.create(name="Hjärtdagarna", town="Västerås", starts_on=DAYS[0], ends_on=DAYS[1])
    other(sides, company=world.company("Annat AB"), event=meeting, state="submitted")
    page = let_in(sides.author, **PHONE)
    page.goto(f"/samverkan/{made.public_id}/")
    page.get_by_role("link", name="Evenemang").click()
    accessible(page)
    fits(page)
    page.get_by_role("button", name=re.compile("Välj.*Hjärtdagarna")).click()
    expect(page.get_by_text("En annan samverkan hör dit.")).to_be_visible()
    expect(page.get_by_text("Ett annat företag är med i evenemanget Hjärtdagarna.")).to_be_visible()
    accessible(page)
    fits(page)
