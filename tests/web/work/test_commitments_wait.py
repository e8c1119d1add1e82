"""What an organisation owes in a partnership is among what waits for those who speak for it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.promising import Promises
from tests.web.partnerships.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return Promises()


def owed(here, days, **more):
    today = localdate()
    due = today + timedelta(days=days)
    return here.promise(starts_on=today - timedelta(days=300), due_on=due, **more)


def test_what_is_late_and_what_is_due_in_thirty_days_waits_for_who_speaks(here):
    row = owed(here, -3, text="Lämna siffror")
    owed(here, 30, text="Välj ledamot")
    owed(here, 31, text="Långt fram")
    seen = client_of(here.speaker).get("/arbete/").text
    assert "2 saker väntar på dig." in seen
    assert f"/ataganden/{row.pk}/" in seen
    assert "Åtagande, försenat sedan" in seen
    assert "Välj ledamot" in seen
    assert "Långt fram" not in seen


def test_nobody_else_and_not_what_is_reported(here):
    row = owed(here, -3, text="Lämna siffror")
    author = world.person("Åke Ö", organisation=here.company, roles=("author",))
    for who in (author, here.founder, here.outsider):
        assert "Lämna siffror" not in client_of(who).get("/arbete/").text
    here.reported(row, day=localdate(), due_on=row.due_on)
    assert "Lämna siffror" not in client_of(here.speaker).get("/arbete/").text


def test_the_rest_are_a_number_and_cost_as_much(here, django_assert_max_num_queries):
    for number in range(7):
        owed(here, number)
    browser = client_of(here.speaker)
    with django_assert_max_num_queries(16):
        assert "2 åtaganden till" in browser.get("/arbete/").text
