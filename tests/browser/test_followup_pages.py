"""The pages of follow-up: on a phone, by keyboard, without JavaScript, by assistive technology in light and dark."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.following import Followed
from tillit.apps.followup.models import Observation
from tillit.core.indicators.periods import period_of
from tillit.demo.fill import FOUNDED
from tillit.demo.followup import begin_following, consent, judge
from tillit.demo.followup_asked import ask_and_list
from tillit.demo.followup_figures import measure
from tillit.demo.followup_logic import draw_logic
from tillit.demo.partnership import found_example
from tillit.demo.people import settle

ADDRESS = "/partnerskap/kliniska-provningar/uppfoljning/"
NAME = "Dagar till första patient"
PHONE = {"width": 320, "height": 640}
LOOKS = pytest.mark.parametrize(
    ("prefix", "scheme", "width"),
    [("", "light", 320), ("/en", "dark", 1280)],
    ids=["Swedish, light, narrow", "English, dark, wide"],
)
IN_ENGLISH = ("", "mal", "effektlogik", "indikatorer", "rapportera", "enkater", "avvikelser", "trosklar")
"""The rooms whose pages are looked at in English too, to the one that is read; each page takes two seconds."""
FIGURES = 12


@pytest.fixture
def followed(transactional_db):
    """Return the made-up partnership of the demonstration, followed up for two years, and its office."""
    at = now()
    example = found_example(settle(at=at - FOUNDED), began=at - FOUNDED, now=at)
    following = begin_following(example)
    consent(following)
    draw_logic(following)
    measure(following)
    ask_and_list(following)
    judge(following)
    return example.partnership, following.second


@pytest.fixture
def measured(transactional_db):
    """Return an indicator with three years of quarters on its way to a target."""
    made = Followed()
    made.joined(made.region)
    row = made.indicator("days", NAME, unit="dagar", direction="down", aggregation="mean", spc_enabled=True)
    last = period_of(localdate(), "quarter").ahead(-1)
    values = [130 - 2 * step + (step % 3) for step in range(FIGURES)]
    made.series(row, str(last.ahead(1 - FIGURES)), values, n=10)
    before = last.ahead(-FIGURES).end
    made.path(row, 132, before, 80, before + timedelta(days=2000))
    return row


def pages(partnership):
    """Return the main pages of follow-up, each sort once, as the office finds them."""
    kept = {
        "mal": partnership.plans.get(status="adopted", organ=None).goals.first(),
        "effektlogik": partnership.logics.filter(status="adopted").first(),
        "enkater": partnership.surveys.filter(status="closed").first(),
        "provningar": partnership.trials.first(),
        "avvikelser": partnership.deviations.filter(rule="D1").first(),
    }
    figures = partnership.indicators.filter(versions__kind="quantitative", versions__spc_enabled=True).first()
    levels = partnership.indicators.filter(versions__kind="qualitative").first()
    past = Observation.objects.filter(reporter__indicator=figures).latest("ends_on")
    written = f"indikatorer/{figures.pk}/andra/"
    return [
        "",
        "plan/",
        "natverk/",
        "trosklar/",
        "rapportera/",
        "rapportera/godkanna/",
        f"rapportera/{past.reporter_id}/{period_of(past.ends_on, past.frequency)}/",
        *(f"{room}/" for room in kept),
        *(f"{room}/{row.pk}/" for room, row in kept.items()),
        "indikatorer/",
        "indikatorer/bibliotek/",
        f"indikatorer/{figures.pk}/",
        f"indikatorer/{levels.pk}/",
        written,
        f"{written}mal/",
        f"{written}rapportorer/",
        f"indikatorer/{levels.pk}/andra/nivaer/",
    ]


@LOOKS
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen_with_everything_unfolded(
    let_in, accessible, followed, prefix, scheme, width
):
    partnership, office = followed
    page = let_in(office, color_scheme=scheme, viewport={"width": width, "height": 640})
    for tail in pages(partnership):
        if prefix and (tail.split("/")[0] not in IN_ENGLISH or tail.count("/") > 2):
            continue
        answer = page.goto(f"{prefix}{ADDRESS}{tail}")
        assert answer.status == 200, tail
        for folded in page.locator("main details").all():
            folded.evaluate("each => each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tail
        accessible(page)


def test_without_javascript_the_scorecard_and_an_indicator_are_read_on_a_phone(browser, live_server, measured):
    context = browser.new_context(
        base_url=live_server.url, locale="sv-SE", java_script_enabled=False, viewport=PHONE, has_touch=True
    )
    desk = Desk(context.new_page())
    desk.page.goto(ADDRESS)
    expect(desk.page.get_by_role("row", name=f"{NAME} Senast 110 dagar")).to_be_visible()
    fits(desk.page)
    desk.page.get_by_label("Nivå").select_option(label="nationell")
    desk.press("Visa")
    desk.page.get_by_role("row", name=NAME).get_by_role("link").tap()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text(f"{NAME}: ")
    fits(desk.page)
    desk.sees("Utgångsvärde: 132 dagar", "Målvärde: 80 dagar")
    charts = desk.page.get_by_role("figure")
    expect(charts).to_have_count(2)
    for chart in charts.all():
        expect(chart.get_by_role("img")).to_be_visible()
        expect(chart.get_by_role("table")).to_be_hidden()
        chart.get_by_text("Visa som tabell").tap()
        assert chart.get_by_role("table").get_by_role("row").count() > FIGURES
    fits(desk.page)
    context.close()


def test_charts_and_their_tables_are_reached_and_read_by_keyboard(window, measured):
    page = window(viewport=PHONE)
    page.goto(f"{ADDRESS}indikatorer/{measured.pk}/")
    charts = page.get_by_role("figure")
    for chart in charts.all():
        picture = chart.get_by_role("group").first
        tab_to(page, picture)
        scrolled_by_keyboard(page, picture)
        fold = chart.locator("summary")
        tab_to(page, fold)
        page.keyboard.press("Enter")
        table = chart.locator("details").get_by_role("group")
        tab_to(page, table)
        expect(table).to_be_in_viewport()
        scrolled_by_keyboard(page, table)
    page.goto(ADDRESS)
    tab_to(page, page.get_by_role("row", name=NAME).get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{NAME}: ")


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def tab_to(page, target):
    """Press Tab until the target has focus; it has to be among the next thirty that do, and be seen to have it."""
    for _press in range(30):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            break
    expect(target).to_be_focused()
    assert target.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def scrolled_by_keyboard(page, box):
    """What is wider than its box is moved by the arrows; what is not fits in it."""
    wide = box.evaluate("each => each.scrollWidth > each.clientWidth + 1")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("([each, wide]) => (each.scrollLeft > 0) === wide", arg=[box.element_handle(), wide])
