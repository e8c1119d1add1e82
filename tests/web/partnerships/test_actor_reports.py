"""What a party reports stands on its page and in its PDF: how often, when next, and to those within what is late."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.partnering import there
from tests.reporting import Reporters
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.queries.calendar import due_of
from tillit.apps.followup.queries.duties import duties, duties_told
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.queries.actor import actor_page
from tillit.core.indicators.periods import QUARTER, period_of

pytestmark = pytest.mark.django_db
ROOT = "/partnerskap/kliniska-provningar/"


@pytest.fixture
def ground():
    return Reporters()


def page(ground, client=None, who=None):
    return (client or Client()).get(f"{ROOT}aktor/{(who or ground.region).pk}/")


def rows(answer):
    """Return the table of what is reported, as texts."""
    found = next(each for each in answer.context["tables"] if each.key == "rapporterar")
    return [[cell.text for cell in row] for row in found.rows]


def test_a_party_reads_what_it_reports_how_often_when_next_and_what_is_late(ground):
    for number in range(1, 4):
        ended = period_of(localdate(), QUARTER).ahead(-number)
        if number != 2:
            ground.observed(ground.of[ground.region], str(ended), 3)
    due = [each for each in due_of_region(ground) if each.state in ("open", "coming") and each.days_left >= 0]
    answer = page(ground, client_of(ground.contact))
    assert "Det ni rapporterar" in answer.text
    told = rows(answer)
    assert [each[:2] for each in told] == [["Startade prövningar", "kvartal"]]
    assert told[0][3] == due[0].due.isoformat()
    late = [each for each in due_of_region(ground) if each.state == "late"]
    assert late
    assert str(len(late)) in told[0][4] or "kvartal" in told[0][4]
    assert f"{ROOT}uppfoljning/indikatorer/{ground.starts.pk}/" in answer.text
    assert client_of(ground.contact).get(answer.context["pdf"]).content.startswith(b"%PDF")


def due_of_region(ground):
    return due_of(Q(pk=ground.of[ground.region].pk), localdate())


def test_the_calendar_and_the_page_say_the_same(ground):
    ground.sent(3, "2026-Q1")
    sight = Sight(office=True)
    found = there(actor_page(ground.partnership, ground.region.pk, sight, localdate(), beside=duties_told))
    told = duties(found.beside, ground.partnership, ground.region, sight, localdate())
    late = tuple(each.period for each in due_of_region(ground) if each.state == "late")
    assert [tuple(each.period for each in one.late or ()) for one in told] == [late]


def test_what_is_late_is_for_those_within(ground):
    assert "Försenat" not in page(ground).text
    assert len(rows(page(ground))[0]) == 4
    assert "Försenat" in page(ground, client_of(ground.founder)).text


def test_what_one_may_not_know_of_is_not_among_what_is_reported(ground):
    hidden = ground.indicator("hidden", "Dold indikator", openness="parties")
    ground.reporter(hidden, ground.region)
    own = ground.indicator("own", "Organets egen", openness="organ")
    ground.reporter(own, ground.region)
    assert "Dold indikator" not in page(ground).text
    assert "Dold indikator" in page(ground, client_of(ground.contact)).text
    assert "Organets egen" not in page(ground, client_of(ground.contact)).text
    assert "Organets egen" in page(ground, client_of(ground.founder)).text


def test_only_what_is_asked_for_today_is_told(ground):
    closed = ground.indicator("closed", "Avslutad")
    ground.reporter(closed, ground.region)
    closed.closed_on = localdate()
    closed.save()
    ground.reporter(ground.indicator("before", "Förr"), ground.region, until=date(2021, 1, 1))
    ground.reporter(ground.indicator("later", "Sedan"), ground.region, date(2100, 1, 1))
    ground.reporter(ground.indicator("others", "Andras"), ground.company)
    assert [each[0] for each in rows(page(ground))] == ["Startade prövningar"]


def test_what_has_not_started_is_asked_for_nothing(ground):
    ground.partnership.not_started = True
    ground.partnership.save()
    answer = page(ground, client_of(ground.contact))
    assert rows(answer)[0][3:] == ["har inte startat", "–"]
    assert "Uppföljningen har inte börjat, så ingenting frågas efter än." in answer.text


def test_an_indicator_without_a_frequency_is_told_with_what_is_not_known(ground):
    ground.reporter(ground.indicator("rare", "Utan takt", frequency=""), ground.region)
    assert rows(page(ground))[1][1] == "uppgift saknas"


def test_a_party_without_reports_is_told_so(ground):
    assert rows(page(ground, who=ground.university)) != []
    ground.joined(ground.patients)
    assert rows(page(ground, who=ground.patients)) == []


def test_the_page_asks_no_more_often_for_it(ground):
    browser = client_of(ground.contact)
    page(ground, browser)
    with CaptureQueriesContext(connection) as few:
        page(ground, browser)
    for number in range(12):
        each = ground.indicator(f"more-{number}", f"Mer {number}", goal=ground.goal(f"Mål {number}"))
        ground.series(each, "2025-Q1", [1, 2, 3, 4])
    with CaptureQueriesContext(connection) as many:
        assert len(rows(page(ground, browser))) == 13
    assert len(few) == len(many) <= 10


def test_one_who_considers_joining_reads_that_reports_are_agreed_for_each_indicator(ground):
    answer = Client().get(f"{ROOT}bli-aktor/?slag=company&roll=main_party")
    assert "bestäms för varje indikator, när ni är med" in answer.text
