"""A partnership's first page tells how follow-up goes, with the figures of the pages that it leads to."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from tests import world
from tests.partnering import there
from tests.reporting import Reporters
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.deviations import evaluate
from tillit.apps.followup.models import Deviation, DeviationEvent, IndicatorVersion, RubricLevel
from tillit.apps.followup.queries.deviations import Wanted, deviation_list
from tillit.apps.followup.queries.glance import glance, glance_told
from tillit.apps.followup.queries.goals import goal_board
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import AgreementParty, Partnership
from tillit.apps.partnerships.queries.overview import overview

pytestmark = pytest.mark.django_db
PAGE = "/partnerskap/kliniska-provningar/"
WRITTEN = {
    "low": 0,
    "high": 1000,
    "owner_role": "kanslichef",
    "source_system": "Registret",
    "method": "Räknas",
    "decision_use": "Styrelsen ändrar resurser",
    "spc_enabled": False,
}


class Ground(Reporters):
    """A partnership with goals of every openness, of which one can be measured, and one with levels in words."""

    def __init__(self):
        super().__init__()
        self.network = self.organ("Nätverket", level="network")
        logic = self.logic()
        self.edge(
            self.node(logic, "A1", "activity"),
            self.node(logic, "M1", "short_effect"),
            mechanism="Det ena ger det andra",
        )
        logic.status, logic.adopted_on, logic.decision = "adopted", date(2026, 2, 1), "Styrelsen § 5"
        logic.save()
        for number, openness in enumerate(("public", "public", "parties", "organ")):
            goal = self.goal(
                f"Högst {100 - number} dagar från ansökan till första patient i slutet av 2028.",
                openness=openness,
                owner_party=self.region,
                owner_role="kanslichef",
                owner_organ=self.network if openness == "organ" else None,
            )
            if number != 1:
                row = self.indicator(f"days-{number}", goal=goal, node="M1", openness=openness, **WRITTEN)
                IndicatorVersion.objects.filter(indicator=row).update(owner_party=self.region)
                self.path(row, "12.5", date(2025, 12, 31), 24, date(2028, 12, 31))
                self.observed(self.reporter(row, self.region), "2026-Q1", 3)
        self.goal("Samordna", status="closed", closing_reason="Slut", ends_on=date(2026, 7, 1))
        trust = self.indicator("trust", kind="qualitative", goal=self.goal("Parterna litar på varandra: nivå 3 av 4."))
        for level in range(5):
            RubricLevel.objects.create(version=trust.versions.get(), level=level, label=f"{level}", descriptor="Så")

    def judged(self):
        self.partnership.status = "running"
        self.partnership.save()
        evaluate(partnership=self.partnership, today=localdate(), at=now())


@pytest.fixture
def ground():
    return Ground()


def sights(ground):
    return (
        Sight(),
        Sight(party=True),
        Sight(party=True, organs=frozenset({ground.network.pk})),
        Sight(office=True),
        Sight(evaluator=True),
    )


def seen(ground, sight):
    whole = overview(ground.partnership, sight, localdate(), beside=glance_told)
    return glance(whole.beside, sight)


def test_the_figures_are_those_of_the_pages_they_lead_to(ground):
    ground.judged()
    gone = there(Deviation.objects.filter(rule="D1").first())
    DeviationEvent.objects.create(deviation=gone, at=now(), what="gone")
    Deviation.objects.filter(rule="D1").exclude(pk=gone.pk).update(
        openness="organ", dimensions={"organ": str(ground.network.pk)}
    )
    Deviation.objects.filter(rule="D2").exclude(openness="public").update(status="closed")
    told = set()
    for sight in sights(ground):
        board = goal_board(ground.partnership, sight, localdate())
        groups = [each.counted for each in board.groups]
        found = seen(ground, sight)
        assert (found.goals.measurable, found.goals.goals) == (
            sum(each.measurable for each in groups),
            sum(each.goals for each in groups),
        ), sight
        assert found.deviations == deviation_list(ground.partnership, sight, Wanted()).counts, sight
        told.add((found.goals.measurable, found.goals.goals, found.deviations.red))
    assert len(told) > 2
    assert all(measurable for measurable, _goals, _red in told)


def test_a_visitor_reads_how_many_goals_can_be_measured_and_what_deviates(ground, client):
    ground.judged()
    found = seen(ground, Sight())
    page = client.get(PAGE).text
    assert f"{found.goals.measurable} av {found.goals.goals} mål går att mäta." in page
    assert found.deviations.red
    assert f"{found.deviations.red} röd" in page
    assert f'href="{PAGE}uppfoljning/"' in page


def test_what_has_not_started_is_said_so_and_never_green(ground, client):
    ground.partnership.not_started = True
    ground.partnership.save()
    page = client.get(PAGE).text
    assert "Uppföljningen har inte startat." in page
    assert "Ingen röd eller gul avvikelse" not in page


def test_a_partnership_without_goals_says_that_there_are_none(db, client):
    Reporters()
    assert "Inga mål är upplagda, eller öppna för dig." in client.get(PAGE).text


def test_one_who_is_only_asked_to_sign_reads_nothing_of_it(ground):
    Partnership.objects.update(openness="parties")
    agreement = ground.partnership.agreements.create(
        title="Avtal",
        type="main_agreement",
        level=ground.levels["national"],
        valid_from=date(2026, 2, 1),
        created_at=now(),
    )
    who = world.person("Nils Ny", organisation=world.company("Nytt AB"), roles=("contact_person",))
    AgreementParty.objects.create(agreement=agreement, organisation=who.roles.get().organisation, recorded_at=now())
    page = client_of(who).get(PAGE)
    assert page.status_code == 200
    assert "mål går att mäta" not in page.text


@pytest.mark.parametrize("who", ["", "contact", "founder"])
def test_the_page_asks_as_often_however_much_is_followed(ground, who):
    ground.judged()
    browser = client_of(getattr(ground, who)) if who else Client()
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    for number in range(20):
        each = ground.indicator(f"more-{number}", goal=ground.goal(f"Mål {number}"))
        ground.series(each, "2025-Q1", [1, 2])
    ground.judged()
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    assert len(few) == len(many) <= 10
