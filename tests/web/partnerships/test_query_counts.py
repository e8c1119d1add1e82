"""Every page of a partnership asks at most ten times, session and user included, and as often however much it holds."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from bench.partnership_world import fill
from tillit.apps.partnerships.models import Commitment

MOST = 10
OPEN = {
    "": (7, 10),
    "avtal/": (4, 7),
    "avtal/{agreement}/": (5, 8),
    "tackning/": (7, 10),
    "fornyelse/": (4, 7),
    "fornyelse.ics": (4, 7),
    "parter/": (2, 5),
    "aktor/{party}/": (7, 10),
    "bli-aktor/": (1, 4),
    "bli-aktor/?slag=company&roll=main_party": (7, 10),
    "organ/": (6, 9),
    "representation/{organ}/": (7, 10),
    "mandat/": (5, 8),
    "ataganden/": (7, 10),
    "ataganden/?sida=2": (7, 10),
    "ataganden/{commitment}/": (4, 7),
    "ataganden/{of_class}/": (5, 8),
}
"""Pages for all, with what a visitor and somebody who is signed in cost."""
FOR_PARTY = {"organ/{organ}/": 10, "ataganden.ics": 7, "avtal/{agreement}/underskrift/": 7}
FOR_OFFICE = (
    "organ/{organ}/",
    "kansli/",
    "organ/nytt/",
    "organ/{organ}/skota/",
    "organ/{organ}/platser/",
    "representation/{organ}/skota/",
    "ataganden/nytt/",
    "ataganden/{commitment}/andra/",
    "avtal/nytt/",
    "avtal/{agreement}/skota/",
    "avtal/{agreement}/fil/",
    "parter/skota/",
)
SIZES = ((6, 3), (60, 60))
"""Parties and commitments."""


@pytest.fixture(params=SIZES, ids=("little", "much"))
def said(request, db):
    parties, commitments = request.param
    found = fill(1, parties, commitments, localdate())
    Commitment.objects.update(openness="public")  # of few, none might be
    return found


def client(said, who):
    browser = Client()
    if who:
        browser.cookies[settings.SESSION_COOKIE_NAME] = said["cookies"][who].partition("=")[2]
    return browser


def asked(browser, said, page):
    """Return how often a page asks, None for a page of what is not there."""
    place = said["places"][0]
    if not all(value for key, value in place.items() if f"{{{key}}}" in page):
        return None
    address = f"/partnerskap/{place['slug']}/{page.format(**place)}"
    browser.get(address)  # what is read once in a process is read now
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return len(queries)


@pytest.mark.parametrize(("who", "column"), [("", 0), ("party", 1), ("office", 1)])
def test_a_page_for_all_asks_as_often_however_much_there_is(said, who, column):
    browser = client(said, who)
    found = {page: asked(browser, said, page) for page in OPEN}
    assert {page: n for page, n in found.items() if n not in (None, OPEN[page][column])} == {}
    assert max(number[column] for number in OPEN.values()) <= MOST


def test_a_page_for_a_party_asks_as_often_however_much_there_is(said):
    browser = client(said, "party")
    assert {page: asked(browser, said, page) for page in FOR_PARTY} == FOR_PARTY


def test_a_page_of_the_office_asks_at_most_ten_times(said):
    browser = client(said, "office")
    found = {page: asked(browser, said, page) for page in FOR_OFFICE}
    assert {page: n for page, n in found.items() if n is not None and n > MOST} == {}
