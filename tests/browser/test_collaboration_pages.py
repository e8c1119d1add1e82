"""The pages of a collaboration, of approvals and of signing in: without JavaScript, by assistive technology, narrow."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from tests.browser.people import session_of
from tests.collaborating import Sides, approved, begun, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.collaborations.actions import links, outcome

LOOKS = pytest.mark.parametrize(
    ("prefix", "scheme", "width"),
    [("", "light", 320), ("/en", "dark", 1280)],
    ids=["Swedish, light, narrow", "English, dark, wide"],
)
IN_ENGLISH = ("/deltagare/", "/lamna-in/", "/fragor/betalt/", "/utfall/", "/bedom/", "/godkanna/", "/inbjudningar/")
"""The pages that are looked at in English too: one of each sort. Each takes a second and a half."""
STEPS = ("vad", "vilka", "var", "betalt", "handlingar")


@pytest.fixture
def sides(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Sides()


@pytest.fixture
def addresses(sides):
    """Return every page, by who opens it: a draft's, one being answered, a changed one and one carried out."""
    done = approved(sides, plan(sides))
    changed(done, sides, lambda content: content["about"].update(benefit_patient="Lika uppföljning."))
    done = fresh(done)
    for each in waiting(done):
        yes(each, sides.officer if each.kind == "company_check" else sides.contact)
    outcome.carry_out(collaboration=fresh(done), by=sides.author, acting_for=sides.company, at=now())
    asked, draft = submitted(sides, plan(sides)), begun(sides, plan(sides))
    written = f"/samverkan/{draft.public_id}"
    return {
        "author": [
            "/samverkan/",
            "/samverkan/ny/",
            *(f"{written}/{page}/" for page in ("om", "deltagare", "kostnader", "parter", "handlingar", "lamna-in")),
            *(f"{written}/fragor/{step}/" for step in STEPS),
            f"{written}/avsluta/",
            f"/samverkan/{asked.public_id}/",
            f"/samverkan/{done.public_id}/utfall/",
            f"/samverkan/{done.public_id}/deltagare/",
            f"/samverkan/{done.public_id}/version/2/",
        ],
        "officer": [
            "/godkanna/",
            f"/godkanna/{waiting(asked)[0].pk}/",
            f"/samverkan/{asked.public_id}/bedom/",
        ],
        "nurse": ["/inbjudningar/"],
    }


def unfold(page):
    for folded in page.locator("main details").all():
        folded.evaluate("each => each.open = true")


@LOOKS
def test_axe_finds_nothing_with_everything_unfolded(
    window, let_in, accessible, sides, addresses, prefix, scheme, width
):
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 640}}
    for who, pages in addresses.items():
        page = let_in(getattr(sides, who), **look)
        for address in pages:
            if prefix and not address.endswith(IN_ENGLISH):
                continue
            page.goto(prefix + address)
            for folded in page.locator("main details").all():
                folded.evaluate("each => each.open = true")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            accessible(page)
    page = window(**look)
    page.goto(f"{prefix}/konto/logga-in/")
    accessible(page)


def test_axe_finds_nothing_on_a_question_by_a_link_its_answer_and_its_refusals(window, accessible, sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    link = links.make_link(person=sides.head, approvals=waiting(made)[:1], at=now())
    page = window(color_scheme="dark", viewport={"width": 320, "height": 640})
    page.goto(f"/g/{links.token_of(link)}/")
    page.locator("summary", has_text="Avböj").click()
    accessible(page)
    page.get_by_role("button", name="Avböj med skälet").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv varför.")
    accessible(page)
    page.get_by_label("Varför?").fill("Inte den veckan.")
    page.get_by_role("button", name="Avböj med skälet").click()
    expect(page.get_by_role("status")).to_contain_text("Inte den veckan.")
    accessible(page)
    page.goto(f"/g/{links.token_of(link)}/")
    accessible(page)


def test_without_javascript_a_plan_is_written_handed_in_and_approved(browser, live_server, sides):
    made = begun(sides, plan(sides))

    def opened(person):
        context = browser.new_context(base_url=live_server.url, locale="sv-SE", java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session_of(person), "url": live_server.url}])
        return context.new_page()

    author = opened(sides.author)
    author.goto(f"/samverkan/{made.public_id}/kostnader/")
    author.locator("summary", has_text="Kostnad 2").click()
    author.get_by_label("Vad", exact=True).nth(1).fill("Lokal")
    author.get_by_label("Uppskattat").nth(1).fill("1 200,50")
    author.get_by_role("button", name="Spara kostnaderna").click()
    author.get_by_role("link", name="Reglernas frågor").click()
    author.get_by_role("button", name="Spara och fortsätt").click()
    author.goto(f"/samverkan/{made.public_id}/lamna-in/")
    author.get_by_role("main").get_by_role("button", name="Lämna in").click()
    expect(author.get_by_role("main")).to_contain_text("1 200,50 kr")
    expect(author.get_by_role("main")).to_contain_text("Väntar på företagets kontroll.")

    judge_all(made, sides)
    officer = opened(sides.officer)
    officer.goto("/godkanna/")
    officer.get_by_label("Godkänn").check()
    officer.get_by_role("button", name="Godkänn de valda").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Ingen fråga väntar på dig")
    for page in (author, officer):
        page.context.close()
