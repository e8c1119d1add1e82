"""Goals and indicators are found by their words by those who may open their pages, and by nobody else."""

import pytest
from django.test import Client

from tests import world
from tests.following import Followed
from tests.partnering import NOW, START
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.models import Goal, StrategicPlan
from tillit.apps.partnerships.models import AgreementParty, Appointment, Partnership, Seat, Steward

pytestmark = pytest.mark.django_db
GROUP = "Mål och indikatorer"
ROOT = "/partnerskap/kliniska-provningar/uppfoljning/"


def plan_of(here, **more):
    usual = {"level": here.levels["national"], "title": "Plan", "starts_on": START, "ends_on": here.plan.ends_on}
    return StrategicPlan.objects.create(partnership=here.partnership, **{**usual, "created_at": NOW, **more})


class Ground(Followed):
    """A partnership with a goal and an indicator of every openness, an organ's own, drafts and a hidden plan."""

    def __init__(self):
        super().__init__()
        self.joined(self.company)
        self.network = self.organ("Nätverket", level="network", seats=1)
        self.sitter = world.person("Siv Sits", organisation=world.company("Sitt AB"), roles=("contact_person",))
        seat = Seat.objects.get(organ=self.network)
        who = {"person": self.sitter, "organisation": self.company, "role": "ordinary"}
        Appointment.objects.create(seat=seat, **who, starts_on=START, recorded_at=NOW)
        self.evaluator = world.person("Eva Evaluerar")
        Steward.objects.create(partnership=self.partnership, person=self.evaluator, role="evaluator", since=START)
        for openness in ("public", "parties", "organ"):
            self.goal(f"Vindkraft {openness}", openness=openness)
            own = self.goal(f"Vindkraft nätverkets {openness}", openness=openness, owner_organ=self.network)
            self.indicator(openness, f"Vindkraft indikator {openness}", openness=openness)
            self.indicator(f"own-{openness}", f"Vindkraft egen {openness}", openness=openness, goal=own)
        for plan in (plan_of(self, organ=self.network, openness="parties"), plan_of(self, version=2)):
            said = {"text": f"Vindkraft i {plan.pk}", "kind": "effect", "level": self.levels["national"]}
            Goal.objects.create(plan=plan, **said, starts_on=START, created_at=NOW)


@pytest.fixture
def here(db):
    return Ground()


def clients(here):
    yield "visitor", Client()
    for name in ("outsider", "officer", "sitter", "founder", "evaluator"):
        yield name, client_of(getattr(here, name))


def found(client, sought="vindkraft"):
    groups = client.get("/sok/", {"q": sought}).context["groups"]
    return {line.href: line.title for each in groups if each.name == GROUP for line in each.lines}


def pages(here):
    for goal in Goal.objects.all():
        yield f"{ROOT}mal/{goal.pk}/"
    for row in here.partnership.indicators.all():
        yield f"{ROOT}indikatorer/{row.pk}/"


@pytest.mark.parametrize("openness", ["public", "parties"])
def test_what_is_found_is_what_can_be_opened(here, openness, monkeypatch):
    monkeypatch.setattr("tillit.web.search.found.FIRST", 100)
    Partnership.objects.update(openness=openness)
    for name, client in clients(here):
        opens = {page for page in pages(here) if client.get(page).status_code == 200}
        assert set(found(client)) == opens, name
    assert bool(found(Client())) == (openness == "public")


def test_one_who_is_only_asked_to_sign_finds_nothing_of_what_is_not_open(here):
    Partnership.objects.update(openness="parties")
    asked = here.partnership.agreements.create(
        title="Avtal", type="main_agreement", level=here.levels["national"], valid_from=START, created_at=NOW
    )
    AgreementParty.objects.create(agreement=asked, organisation=here.outsider.roles.get().organisation, recorded_at=NOW)
    assert found(client_of(here.outsider)) == {}


def test_every_word_is_asked_for_and_what_is_found_says_where(here):
    assert list(found(Client(), "VINDKRAFT indikator").values()) == ["Vindkraft indikator public"]
    page = Client().get("/sok/", {"q": "vindkraft indikator"}).content.decode()
    assert "indikator · Kliniska prövningar" in page or "indikator, Kliniska prövningar" in page
    assert found(Client(), "vindkraft solkraft") == {}


def test_more_than_fit_are_told_of(here):
    page = client_of(here.founder).get("/sok/", {"q": "vindkraft"}).content.decode()
    assert "Det finns fler. Skriv fler ord för att hitta rätt." in page
