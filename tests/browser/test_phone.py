"""A question answered on a phone by somebody who has never been here: opened from the mail, read and answered."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from tests import world
from tests.collaborating import Sides, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.outbox.models import Message
from tillit.web.mail.render import rendered

PHONES = pytest.mark.parametrize("size", [(320, 640), (375, 667)], ids=["320 × 640", "375 × 667"])
WORDS_A_SECOND = 200 / 60
"""How fast an unhurried reader reads a text on a screen."""
SECONDS_A_TAP = 2
"""To find what to press, move there and press it, generously."""


@pytest.fixture
def sides(transactional_db):
    return Sides()


@pytest.fixture
def asked(sides):
    """Return a question to an employer, who has no account, about Eli Sund."""
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    return waiting(fresh(made))[0]


class Finger:
    """Somebody with a phone: counts what they tap, how much they type and how far they scroll."""

    def __init__(self, window, size):
        width, height = size
        self.page = window(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
        self.width, self.height = size
        self.taps = self.typed = self.screens = 0

    def open(self, address):
        self.taps += 1
        self.page.goto(address)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, address

    def tap(self, name, role="button"):
        self.taps += 1
        target = self.page.get_by_role("main").get_by_role(role, name=name, exact=True)
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 44, name
        self.screens = max(self.screens, (box["y"] + box["height"]) / self.height)
        target.tap()

    def unfold(self, name):
        self.taps += 1
        self.page.locator("summary", has_text=re.compile(f"^{name}$")).tap()

    def write(self, label, text):
        self.taps += 1
        self.typed += len(text)
        self.page.get_by_label(label, exact=True).fill(text)

    def seconds(self, words):
        """Return how long it takes to read so many words and do what was done."""
        return words / WORDS_A_SECOND + self.taps * SECONDS_A_TAP + self.typed / 3

    def told(self, words):
        return (
            f"{self.width} px: {self.taps} taps, {self.typed} characters, {self.screens:.1f} screens, "
            f"{words} words, about {self.seconds(words):.0f} s"
        )


def address_in_mail(question, person):
    """Return the address that the mail with a question holds, and how many words there are to read in it."""
    mail = Message.objects.get(kind="approval_request", to=person, context__approval=str(question.pk))
    text = rendered(mail, at=now()).text
    (link,) = re.findall(r"https?://\S+/g/\S+", text)
    return urlsplit(link).path, len(text.split())


def words_on(page):
    return len(page.locator("main").inner_text().split())


@PHONES
def test_a_new_user_approves_from_the_mail_in_three_taps_and_under_a_minute(window, sides, asked, size):
    phone = Finger(window, size)
    address, in_mail = address_in_mail(asked, sides.head)
    phone.open(address)
    expect(phone.page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(phone.page.get_by_text("Får Eli Sund delta?")).to_be_in_viewport()
    for said in ("Uppföljningen av hjärtsvikt brister.", "Västerås", "Nordkap Pharma AB", "Lunch: 500,00 kr"):
        expect(phone.page.get_by_role("main")).to_contain_text(said)
    words = in_mail + words_on(phone.page)
    phone.tap("Godkänn")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Tack, svaret är sparat")
    expect(phone.page.get_by_role("status")).to_contain_text("Godkänt av Disa Holm")
    print(f"\napproved, {phone.told(words)}")
    assert phone.taps <= 3
    assert phone.typed == 0
    assert phone.screens <= 3
    assert phone.seconds(words) < 60


@PHONES
def test_a_condition_is_written_on_a_phone_and_an_empty_one_is_told(window, sides, asked, size):
    phone = Finger(window, size)
    phone.open(address_in_mail(asked, sides.head)[0])
    phone.unfold("Godkänn med villkor")
    phone.tap("Godkänn med villkoren")
    expect(phone.page.get_by_role("alert")).to_contain_text("Skriv vilka villkor som gäller.")
    phone.write("Villkor", "Bara förmiddagen.")
    phone.tap("Godkänn med villkoren")
    expect(phone.page.get_by_role("status")).to_contain_text("Villkor: Bara förmiddagen.")
    print(f"\nwith conditions, one of them forgotten first, {phone.told(0)}")
    assert phone.taps <= 6


def test_a_link_that_cannot_be_used_says_why_and_what_to_do(window, sides, asked):
    phone = Finger(window, (320, 640))
    address = address_in_mail(asked, sides.head)[0]
    phone.open(address)
    phone.tap("Godkänn")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Tack, svaret är sparat")
    phone.open(address)
    expect(phone.page.get_by_role("main")).to_contain_text("Länken är redan använd: svaret är givet.")
    phone.open(address[:-5] + "/")
    expect(phone.page.get_by_role("main")).to_contain_text("Öppna den direkt från brevet, hel och hållen.")


def test_a_head_who_is_away_lets_a_colleague_answer(window, let_in, sides, asked):
    deputy = world.person("Gun Alm", organisation=sides.region, unit=sides.clinic)
    head = let_in(sides.head, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    head.goto("/godkanna/")
    head.get_by_role("link", name="Låt någon svara i ditt ställe").tap()
    head.get_by_label("Vem svarar åt dig?").select_option(label="Gun Alm")
    head.get_by_label("Första dagen").fill(localdate().isoformat())
    head.get_by_label("Sista dagen").fill((localdate() + timedelta(days=7)).isoformat())
    head.get_by_role("button", name="Anmäl frånvaron").tap()
    expect(head.get_by_role("main")).to_contain_text("Gun Alm svarar åt dig")
    assert head.evaluate("document.documentElement.scrollWidth") <= 320

    colleague = let_in(deputy)
    colleague.goto("/godkanna/")
    expect(colleague.get_by_role("main")).to_contain_text("i stället för Disa Holm")
    colleague.get_by_role("link", name="Lunch om hjärtsvikt").first.click()
    expect(colleague.get_by_role("main")).to_contain_text("Du svarar i stället för Disa Holm.")
    colleague.get_by_role("main").get_by_role("button", name="Godkänn", exact=True).click()
    expect(colleague.get_by_role("status").first).to_contain_text("Ditt svar är sparat.")
