"""A survey is written, opened, answered by five through the link in their mail, closed and read, with few hidden."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from tests import world
from tests.browser.desk import Desk
from tests.partnering import NOW, START, Ground
from tillit.apps.followup.models import SurveyAnswer
from tillit.apps.outbox.models import Message
from tillit.apps.partnerships.models import Appointment
from tillit.web.mail.render import rendered

ADDRESS = "/partnerskap/kliniska-provningar/uppfoljning/"
TITLE, CLAIM = "Tillit i år", "Vi delar uppgifter med varandra i tid"
LEVELS = ("0: Stämmer inte alls", "2", "3", "3", "4: Stämmer helt")
"""What four of the region answer, and last the only one of the company."""


class Seated(Ground):
    """A partnership with a board of six: five from the region, and one alone from the company."""

    def __init__(self):
        super().__init__()
        self.seated = [world.person(f"Ledamot {number}", organisation=self.region) for number in range(1, 6)]
        self.alone = world.person("Ensam Ek", organisation=self.company)
        seats = self.organ(seats=6).seats.order_by("number")
        for seat, person in zip(seats, [*self.seated, self.alone], strict=True):
            organisation = self.company if person is self.alone else self.region
            Appointment.objects.create(
                seat=seat, person=person, organisation=organisation, starts_on=START, recorded_at=NOW
            )


@pytest.fixture
def ground(transactional_db):
    return Seated()


@pytest.mark.flow
def test_a_survey_is_answered_through_the_mail_and_groups_of_few_are_hidden(window, let_in, ground, accessible):
    office = Desk(let_in(ground.founder))
    it_is_written_and_opened(office, accessible)
    anybody = Desk(window(viewport={"width": 320, "height": 640}))
    addresses = [address_in_mail(person) for person in (*ground.seated[:4], ground.alone)]
    for address, level in zip(addresses, LEVELS, strict=True):
        answered(anybody, address, level)
    one_answers_once(anybody, addresses[0])
    it_is_closed_and_read(office, accessible)
    assert SurveyAnswer.objects.count() == 5


def it_is_written_and_opened(office, accessible):
    office.page.goto(ADDRESS)
    office.place("Enkäter")
    box = office.unfold("Ny enkät")
    first, last = localdate(), localdate() + timedelta(days=10)
    office.fill(box, **{"Vad heter enkäten?": TITLE, "Stänger": first.isoformat()})
    office.press("Ny enkät", box)
    office.wrong("Stänger: Enkäten stänger innan den öppnar. Rätta en av dagarna.")
    expect(office.page.get_by_label("Vad heter enkäten?")).to_have_value(TITLE)
    office.fill(Stänger=last.isoformat())
    office.press("Ny enkät")
    office.told("Enkäten är upplagd som utkast.")
    office.follow(TITLE)
    office.deed("Lägg till en enkätfråga", Påstående=CLAIM)
    office.told("Enkätfrågan är tillagd.")
    office.deed("Öppna enkäten")
    office.wrong("Minst fem behöver tillfrågas: färre svar än fem visas aldrig.")
    box = {"Vilka ska tillfrågas?": ["De som sitter i partnerskapets organ"]}
    office.deed("Lägg till tillfrågade", **box)
    office.told("De är med bland de tillfrågade.")
    accessible(office.page)
    office.deed("Öppna enkäten")
    office.told("Enkäten är öppen, och breven är på väg.")
    office.sees("0 av 6", "Resultatet visas när enkäten har stängt.")


def address_in_mail(person):
    """Return the address that somebody's mail holds."""
    mail = Message.objects.get(kind="survey", to=person)
    (link,) = re.findall(r"https?://\S+/enkat/\S+", rendered(mail, at=now()).text)
    return urlsplit(link).path


def answered(desk, address, level):
    desk.page.goto(address)
    desk.heads(TITLE)
    desk.sees("ingen kan se vem som svarat vad")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
    desk.press("Skicka svaret")
    desk.wrong("Inget är besvarat än. Välj en nivå på minst en fråga.")
    asked = desk.page.get_by_role("group", name=f"1. {CLAIM}")
    asked.get_by_text(level, exact=True).click()
    desk.press("Skicka svaret")
    desk.heads("Tack för svaret")


def one_answers_once(desk, address):
    desk.page.goto(address)
    desk.sees("Du har redan svarat. Svaret är inte kopplat till dig, så det går inte att ändra.")
    desk.page.goto(f"{address[:-3]}/")
    desk.sees("Öppna den direkt från brevet, hel och hållen.")


def it_is_closed_and_read(office, accessible):
    office.page.reload()
    office.sees("5 av 6")
    expect(office.page.get_by_role("table")).to_have_count(0)
    office.deed("Stäng enkäten")
    office.told("Enkäten är stängd.")
    table = office.page.get_by_role("region", name="Svar på fråga 1").get_by_role("table")
    expect(table.get_by_role("row", name="Alla").get_by_role("cell")).to_contain_text(
        ["1", "0", "1", "2", "1", "", "5 svar, mitten är 3."]
    )
    hidden = office.page.get_by_text("Visas inte, för att svaren är för få")
    for group in ("region", "företag"):
        expect(hidden).to_contain_text(group)
    expect(table.get_by_role("row")).to_have_count(2)
    accessible(office.page)
