"""A whole collaboration in a real browser, played by four people of two organisations, each at their own window."""

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from tests.browser.people import PASSWORD, with_password
from tests.browser.planning import TITLE, Author, Judge
from tests.collaborating import Sides, plan, submitted
from tillit.apps.register.actions import publish_due

NOTHING_WAITS, ONE_WAITS, TWO_WAIT = "Ingen fråga väntar på dig", "En fråga väntar på dig", "2 frågor väntar på dig"


@pytest.fixture
def sides(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Sides()


@pytest.mark.flow
def test_four_people_take_a_collaboration_from_draft_to_closed(window, let_in, sides):
    play = Play(window, let_in, sides)
    play.handed_in()
    play.checked_and_reviewed()
    play.employers_say_yes_in_one_go()
    play.a_journey_reopens_two_answers()
    play.reported()
    play.closed_by_the_other_side()
    play.open_to_everybody()


class Play:
    """The windows of those who play, and what each of them does and sees."""

    def __init__(self, window, let_in, sides):
        self.window, self.sides = window, sides
        self.author, self.address = window(), ""
        self.writes = Author(self.author, sides, localdate().isoformat())
        self.officer, self.contact, self.head = map(let_in, (sides.officer, sides.contact, sides.head))

    def handed_in(self):
        page = self.author
        page.goto("/samverkan/ny/")
        page.get_by_label("E-postadress").fill(with_password(self.sides.author).email)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Logga in", exact=True).click()
        self.writes.begin()
        self.writes.about()
        self.writes.to("Till samverkan")
        page.get_by_role("link", name="Läs igenom och lämna in").click()
        sees(page, "regler väntar på uppgifter")
        self.writes.press("Lämna in")
        expect(page.get_by_role("alert")).to_contain_text("Slaget av samverkan saknas.")
        page.go_back()
        page.go_back()
        page.get_by_role("link", name="Skriv", exact=True).click()
        self.writes.rest_of_the_plan()
        self.address = page.url
        page.get_by_role("link", name="Läs igenom och lämna in").click()
        sees(page, "regler väntar på någons bedömning")
        self.writes.press("Lämna in")
        sees(page, "Väntar på företagets kontroll.")

    def checked_and_reviewed(self):
        opens_the_question(self.officer)
        approves(self.officer)
        expect(self.officer.get_by_role("alert")).to_contain_text("Det här måste en människa bedöma")
        self.officer.get_by_role("link", name="Bedöm det som en människa ska bedöma").click()
        assert Judge(self.officer).judge_all() > 10
        opens_the_question(self.officer)
        approves(self.officer)
        sees(self.officer, "Godkänt av Bo Lind")
        opens_the_question(self.contact)
        approves(self.contact)
        sees(self.contact, "Godkänt av Cia Berg")
        self.author.goto(self.address)
        sees(self.author, "Väntar på deltagarnas arbetsgivare.")

    def employers_say_yes_in_one_go(self):
        self.head.goto("/godkanna/")
        expect(heading(self.head)).to_have_text(TWO_WAIT)
        for box in self.head.get_by_label("Godkänn").all():
            box.check()
        self.head.get_by_role("button", name="Godkänn de valda").click()
        expect(heading(self.head)).to_have_text(NOTHING_WAITS)
        self.author.goto(self.address)
        sees(self.author, "Godkänd av alla som ska svara.")

    def a_journey_reopens_two_answers(self):
        page = self.author
        page.get_by_role("link", name="Skriv", exact=True).click()
        self.writes.travel("tåget")
        sees(page, "Det finns en ändring som inte är inlämnad.")
        page.get_by_role("link", name="Lämna in ändringen").click()
        opened = page.get_by_role("region", name="De här svaren öppnas på nytt").get_by_role("listitem")
        expect(opened).to_have_text(["företagets kontroll: Nordkap Pharma AB", "arbetsgivarens godkännande: Eli Sund"])
        page.get_by_label("Varför ändras planen?").fill("Eli reser med tåg.")
        self.writes.press("Lämna in ändringen")
        sees(page, "Väntar på företagets kontroll.")

        self.contact.goto("/godkanna/")
        expect(heading(self.contact)).to_have_text(NOTHING_WAITS)
        for asked in (self.officer, self.head):
            asked.goto("/godkanna/")
            expect(heading(asked)).to_have_text(ONE_WAITS)
            sees(asked, "ändrad sedan förra svaret")
            asked.get_by_role("link", name=TITLE).click()
            expect(asked.get_by_role("region", name="Det här är nytt sedan förra svaret")).to_contain_text("Resa tåget")
            if asked is self.officer:
                asked.get_by_role("link", name="Bedöm det som en människa ska bedöma").click()
                assert Judge(asked).judge_all() == 1
                opens_the_question(asked)
            approves(asked)
            sees(asked, "Godkänt av")
        page.goto(self.address)
        sees(page, "Godkänd av alla som ska svara.")

    def reported(self):
        page = self.author
        page.get_by_role("link", name="Den är genomförd").click()
        self.writes.press("Den är genomförd")
        sees(page, "Genomförd. Utfallet ska redovisas.")
        page.get_by_role("link", name="Redovisa utfallet").click()
        self.writes.press("Redovisa utfallet")
        expect(page.get_by_role("alert")).to_contain_text("Det är inte sagt för: Eli Sund, Fia Dahl.")
        self.writes.outcome(there=self.sides.nurse, away=self.sides.doctor, cost="245,50")
        page.goto(f"{self.address}utfall/")
        page.get_by_role("link", name="Lägg till handlingarna").click()
        self.writes.paper()
        page.goto(f"{self.address}utfall/")
        self.writes.press("Redovisa utfallet")
        sees(page, "Utfallet är redovisat. Den andra sidan avslutar.")

    def closed_by_the_other_side(self):
        self.contact.goto(self.address)
        sees(self.contact, "245,50 kr")
        self.contact.get_by_role("link", name="Avsluta eller skicka tillbaka").click()
        self.contact.get_by_role("button", name="Det stämmer, avsluta").click()
        sees(self.contact, "Avslutad.")

    def open_to_everybody(self):
        publish_due(at=now(), today=localdate())
        anybody = self.window()
        anybody.goto("/oppet/")
        anybody.get_by_role("link", name=TITLE).click()
        for text in ("Nordkap Pharma AB · Region Fjällmark", "1 person deltog av 2 inbjudna", "245,50 kr", "Avslutad"):
            sees(anybody, text)
        for name in ("Eli Sund", "Alva Ek"):
            expect(anybody.get_by_role("main")).not_to_contain_text(name)


@pytest.mark.flow
def test_a_no_with_its_reason_is_read_by_the_one_who_asked(let_in, sides):
    made = submitted(sides, plan(sides))
    officer, author = let_in(sides.officer), let_in(sides.author)
    opens_the_question(officer)
    officer.get_by_text("Avböj", exact=True).click()
    officer.get_by_role("button", name="Avböj med skälet").click()
    expect(officer.get_by_role("alert")).to_contain_text("Skriv varför.")
    officer.get_by_label("Varför?").fill("Ingen budget i år.")
    officer.get_by_role("button", name="Avböj med skälet").click()
    sees(officer, "Skäl: Ingen budget i år.")

    author.goto("/samverkan/")
    author.get_by_role("link", name=TITLE).click()
    assert author.url.endswith(f"/samverkan/{made.public_id}/")
    expect(author.locator(".lead")).to_have_text("Avböjd. Ingen budget i år.")
    expect(author.get_by_role("link", name="Skriv", exact=True)).to_have_count(0)


def heading(page):
    return page.get_by_role("heading", level=1)


def sees(page, text):
    expect(page.get_by_role("main")).to_contain_text(text)


def opens_the_question(page):
    page.goto("/godkanna/")
    page.get_by_role("link", name=TITLE).click()


def approves(page):
    page.get_by_role("main").get_by_role("button", name="Godkänn", exact=True).click()
