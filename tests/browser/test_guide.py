"""The guided check in a real browser: walked by mouse, by keyboard, without JavaScript, narrow and enlarged."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.walker import GO_ON, Keyboard, Mouse, Walk

LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])
TWENTY = "\n".join(f"läkare-{number}\tvården\tSE\tpå plats\tja\tnej\tja" for number in range(1, 21))


def outcome(page):
    """Return the headline, and how many rules came out as breach, undecided and judge."""
    counts = page.locator(".tally b").all_inner_texts()
    return page.locator("h1").inner_text(), counts[1:4]


def same_as_the_example(page, slug, prefix):
    walked = outcome(page)
    page.goto(f"{prefix}/exempel/{slug}/")
    assert walked == outcome(page)


def begin(page, prefix=""):
    page.goto(f"{prefix}/prova/")
    page.fill("#case-title", "Lunch om hjärtat")
    page.fill("#case-starts_on", "2026-03-12")
    page.check("#q-kind-educational_meeting")
    page.locator(GO_ON).click()


@LANGUAGES
def test_the_lunch_seminar_is_walked_by_keyboard_only(page, prefix):
    hand = Keyboard(page)
    Walk(hand, "lunchseminarium", prefix).all()
    assert hand.clicks == 0
    same_as_the_example(page, "lunchseminarium", prefix)


@LANGUAGES
def test_the_annual_meeting_is_walked_without_javascript(browser, live_server, prefix):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    Walk(WithoutScript(page), "arsmote-sponsring", prefix).all()
    same_as_the_example(page, "arsmote-sponsring", prefix)
    assert context.cookies() == []
    context.close()


class WithoutScript(Mouse):
    """A page without scripts; the tester's own look into it needs none."""


@pytest.mark.parametrize(
    ("prefix", "window"),
    [
        ("", {"viewport": {"width": 320, "height": 640}}),
        ("/en", {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}),
    ],
    ids=["320 pixels", "1280 pixels at 400 %"],
)
def test_the_advisory_board_is_walked_in_a_narrow_window_and_enlarged(browser, live_server, prefix, window):
    context = browser.new_context(base_url=live_server.url, locale="sv-SE", **window)
    page = context.new_page()

    def fits():
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url

    Walk(Mouse(page), "radgivande-grupp", prefix, each=fits).all()
    same_as_the_example(page, "radgivande-grupp", prefix)
    context.close()


def test_a_new_user_prints_a_protocol_of_the_lunch_seminar(page, tmp_path):
    hand = Mouse(page)
    walk = Walk(hand, "lunchseminarium")
    walk.begin()
    walk.questions()
    facts = (hand.clicks, hand.keys)
    walk.judge()
    hand.clicks += 1
    with page.expect_download() as saved:
        page.get_by_role("button", name="Prövningsprotokoll (PDF)").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF-")
    print(f"\nfacts: {facts}, all: {(hand.clicks, hand.keys)}, steps: {walk.steps}")
    assert facts[0] <= 60
    assert hand.clicks <= 120


def test_not_known_anywhere_leads_to_an_honest_answer(page):
    page.goto("/prova/")
    page.fill("#case-title", "Något")
    page.fill("#case-starts_on", "2026-03-12")
    page.locator(GO_ON).click()
    for _ in range(5):
        page.locator(GO_ON).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("uppgifter saknas")
    expect(page.get_by_text("Går inte att avgöra än")).to_be_visible()


def test_going_back_and_changing_never_loses_what_was_typed(page):
    begin(page)
    page.check("#q-arranger-joint")
    page.locator(GO_ON).click()
    page.fill("#q-expected_participants", "40")
    page.check("#r-participant-gate-more")
    page.fill("#r-participant-0-id", "läkare-1")
    page.get_by_role("button", name="Tillbaka").click()
    expect(page.locator("#q-arranger-joint")).to_be_checked()
    page.check("#q-arranger-care")
    page.locator(".way button", has_text="Handlingar").click()
    page.locator(".way button", has_text="Vilka").click()
    expect(page.locator("#q-expected_participants")).to_have_value("40")
    expect(page.locator("#r-participant-0-id")).to_have_value("läkare-1")
    page.locator(".way button", has_text="Vad").first.click()
    expect(page.locator("#q-arranger-care")).to_be_checked()
    page.locator(".way button", has_text="Början").click()
    expect(page.locator("#case-title")).to_have_value("Lunch om hjärtat")


def test_the_browsers_own_back_comes_to_the_step_before(page):
    begin(page)
    page.check("#q-arranger-joint")
    page.locator(GO_ON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vilka deltar?")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad är det för samverkan?")


def test_what_is_typed_wrong_comes_back_with_the_words_and_where_it_is(page):
    begin(page)
    page.locator(GO_ON).click()
    page.fill("#q-expected_participants", "ett tjog")
    page.locator(GO_ON).click()
    expect(page.get_by_role("alert")).to_contain_text("Hur många deltagare väntas")
    expect(page.locator("#q-expected_participants")).to_have_value("ett tjog")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("#q-expected_participants")).to_be_focused()


def test_twenty_pasted_participants_are_understood_or_refused_with_the_row_named(page):
    begin(page)
    page.locator(GO_ON).click()
    page.check("#r-participant-gate-all")
    page.locator("summary", has_text="Excel").click()
    bad = TWENTY.replace("läkare-7\tvården", "läkare-7\tvårdcentralen")
    page.fill("#r-participant-paste", bad)
    page.locator('button[value="paste:participant"]').click()
    expect(page.get_by_role("alert")).to_contain_text("Rad 7, Vilken sida hör personen till?")
    expect(page.locator("#r-participant-paste")).to_have_value(bad)
    page.fill("#r-participant-paste", TWENTY)
    page.locator('button[value="paste:participant"]').click()
    expect(page.get_by_text("20 rader lästes in")).to_be_visible()
    expect(page.locator("#r-participant-19-id")).to_have_value("läkare-20")


def test_the_answer_grows_while_one_answers_and_what_is_being_typed_is_left_alone(page):
    begin(page)
    page.locator(".way button", has_text="betalas").click()
    expect(page.locator("#r-meal-gate-none")).to_be_visible()
    page.check("#q-industry_offers_meal-no")
    expect(page.locator("#r-meal-gate-none")).to_have_count(0)
    expect(page.locator("#hittills")).to_contain_text("onödig")
    page.check("#q-industry_offers_meal-yes")
    expect(page.locator("#r-meal-gate-none")).to_be_visible()
    page.check("#r-leg-gate-all")
    page.select_option("#r-leg-0-flight", "no")
    page.locator("#r-leg-0-id").press_sequentially("tåget till Lund", delay=15)
    page.wait_for_timeout(400)
    expect(page.locator("#r-leg-0-id")).to_have_value("tåget till Lund")
    expect(page.locator("#r-leg-0-flight")).to_have_value("no")


def test_the_unfinished_check_is_taken_home_and_continued(page, tmp_path):
    begin(page)
    page.check("#q-arranger-joint")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Spara som fil").click()
    file = tmp_path / "sparad.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["collaboration"]["arranger"] == "joint"
    page.goto("/prova/")
    page.set_input_files("#id_file", file)
    page.get_by_role("button", name="Pröva filen").click()
    page.get_by_role("button", name="Ändra planen").click()
    expect(page.locator("#q-arranger-joint")).to_be_checked()


def test_several_records_are_judged_in_one_go_and_a_finding_leads_back_to_its_step(page):
    page.goto("/exempel/lunchseminarium/")
    page.fill("#j-by", "verksamhetschef")
    page.locator('label:has(input[name="j.v.meal.moderate_assessed"][value="no"])').click()
    page.locator('textarea[name="j.w.meal.moderate_assessed"]').fill("Tre rätter är för mycket.")
    page.get_by_role("button", name="Spara bedömningarna").last.click()
    expect(page.get_by_text("Tre rätter är för mycket.").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Ändra i steget Vad som betalas")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad bjuds och vad betalas?")


@pytest.mark.parametrize(("prefix", "scheme"), [("", "light"), ("/en", "dark")])
def test_axe_finds_nothing_on_any_step_or_state(page, accessible, prefix, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{prefix}/prova/")
    page.locator(GO_ON).click()
    accessible()  # the first page, with errors
    begin(page, prefix)
    accessible()
    page.check("#q-company_branch-pharma")
    page.locator(GO_ON).click()
    page.check("#r-participant-gate-all")
    page.fill("#r-participant-0-works_in", "Atlantis")
    page.locator("details:has(#r-participant-paste) summary").click()
    accessible()
    page.fill("#r-participant-paste", TWENTY.replace("läkare-7\tvården", "läkare-7\tx"))
    page.locator(GO_ON).click()
    accessible()  # errors in a row and in what was pasted
    page.fill("#r-participant-0-works_in", "")
    page.fill("#r-participant-paste", TWENTY.replace("på plats", "på distans"))
    page.locator(GO_ON).click()
    accessible()  # twenty rows
    page.locator(".way button").nth(3).click()
    page.check("#q-industry_offers_meal-yes")
    page.check("#r-meal-gate-more")
    page.wait_for_timeout(300)
    for folded in page.locator("main details").all():
        folded.evaluate("each => each.open = true")
    accessible()  # many lists, another kind's column, everything unfolded
    page.fill("#r-meal-0-id", "lunch")
    page.locator(".way button").last.click()
    for folded in page.locator("main details").all():
        folded.evaluate("each => each.open = true")
    page.locator('label:has(input[name="j.v.collaboration.useful_to_all_assessed"][value="yes"])').click()
    accessible()
    page.locator(".judging .row > button.button").click()
    accessible()  # a judgement without who and why
