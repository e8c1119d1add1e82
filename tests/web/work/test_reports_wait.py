"""What is to be reported is among what waits for one, the first few of it."""

import pytest
from django.utils.timezone import localdate

from tests.reporting import Reporters
from tests.web.partnerships.conftest import client_of
from tillit.core.indicators.periods import period_of

pytestmark = pytest.mark.django_db


def test_what_is_late_waits_for_who_speaks_for_the_party_and_nobody_else(django_assert_max_num_queries):
    ground = Reporters()
    for each in ground.of.values():
        each.since = period_of(localdate(), "quarter").ahead(-2).start
        each.save()
    browser = client_of(ground.contact)
    seen = browser.get("/arbete/")
    assert "Startade prövningar" in seen.text
    assert "sen" in seen.text
    assert "Startade prövningar" not in client_of(ground.outsider).get("/arbete/").text
    for number in range(12):
        ground.reporter(ground.indicator(f"i{number}", f"Nummer {number}"), since=each.since)
    seen = browser.get("/arbete/")
    assert len(seen.context["reports"]) == 5
    assert "rapporter till" in seen.text
    with django_assert_max_num_queries(18):
        browser.get("/arbete/")
