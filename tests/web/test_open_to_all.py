"""What anybody may read names no person and tells no party's own figures, whatever page or file it stands in."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests import world
from tests.web.addresses import Place, address_of, named
from tests.web.followup_place import HIDDEN, OF_COMPANY, OF_PARTIES, OF_REGION

TEXT = ("text/", "application/json", "application/geo+json")
TO_ONE = frozenset({"approvals:link", "accounts:invitation"})
"""Addresses that are a secret of somebody's, and speak to them."""
OPEN_API = ("collaborations", "partnerships/{}/observations")

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Place(tmp_path)


def pages(place, person=None, *, of=""):
    """Yield every page and text that somebody is shown, a visitor where nobody is named; `of`: a room of addresses."""
    client = Client() if person is None else world.let_in(Client(), person)
    for name, parameters in named():
        if name.startswith(of) and name not in TO_ONE:
            found = client.get(address_of(place, name, parameters))
            if found.status_code == 200 and found["Content-Type"].startswith(TEXT):
                yield name, found.getvalue().decode()
    for each in OPEN_API:
        address = f"/api/v1/{each.format(place.partnership.partnership.slug)}"
        yield address, client.get(address).content.decode()


def close(text):
    """Return a text without what parts the figures of a number."""
    return "".join(text.replace("&nbsp;", "").split())


def test_nothing_that_is_open_names_a_person(place):
    names = {each.name for each in place.people.values()} | {place.sides.doctor.name}
    shown = dict(pages(place))
    assert len(shown) > 50
    wrong = [(where, name) for where, text in shown.items() for name in names if name in text]
    assert wrong == []


def test_nobody_outside_is_told_what_is_the_parties_or_what_one_of_them_reports(place):
    company, wrong = place.sides.company.name, []
    for role in (None, "utomstående"):
        shown = dict(pages(place, place.people.get(role), of="followup:"))
        assert len(shown) > 20
        figures = [str(each) for each in (OF_PARTIES, OF_REGION, OF_COMPANY)]
        wrong += [(where, each) for where, text in shown.items() for each in figures if each in close(text)]
        wrong += [(where, HIDDEN) for where, text in shown.items() if HIDDEN in text]
        assert str(OF_REGION + OF_COMPANY) in close(shown["followup:indicator"])
        assert [company in shown[f"followup:{each}"] for each in ("scorecard", "deviations")] == [False] * 2
    assert wrong == []


def test_a_party_is_told_them(place):
    shown = dict(pages(place, place.people["regelansvarig"], of="followup:"))
    assert str(OF_PARTIES) in close(shown["followup:scorecard"])
    assert [str(each) in close(shown["followup:indicator"]) for each in (OF_REGION, OF_COMPANY)] == [True] * 2
    assert place.sides.company.name in shown["followup:deviations"]


def test_open_files_and_the_api_hold_open_indicators_only(place):
    here, client = place.followup, Client()
    office = world.let_in(Client(), place.people["kansli"])
    slug, open_ = here.partnership.slug, {"starts", "answers", "trust"}
    whole = client.get(reverse("followup:data_json", args=[slug])).json()
    assert {each["code"] for each in whole["indicators"]} == open_
    table = client.get(reverse("followup:data_csv", args=[slug])).content.decode("utf-8-sig").splitlines()
    assert {line.partition(",")[0] for line in table[1:]} <= open_
    assert str(OF_REGION + OF_COMPANY) in table[1]
    told = client.get(f"/api/v1/partnerships/{slug}/observations").json()
    assert [each["indicator"] for each in told["items"]] == ["trust"]
    assert office.get(reverse("followup:data_json", args=[slug])).json() == whole
    assert json.dumps(whole).count("hidden") == 0


def test_what_is_the_parties_is_not_found_by_its_address(place):
    for role in (None, "utan roll", "deltagare", "utomstående", "drift"):
        client = Client() if role is None else world.let_in(Client(), place.people[role])
        read, written = of_the_parties(place.followup)
        assert {client.get(address).status_code for address in read} == {404}
        assert {client.get(address).status_code for address in written} == {302 if role is None else 404}
    client = world.let_in(Client(), place.people["kansli"])
    assert {client.get(address).status_code for address in read} == {200}


def of_the_parties(here):
    """Return the addresses of what is the parties': what is read there, and what is written."""
    slug, hidden, reports = here.partnership.slug, here.hidden.pk, (here.hidden_reports.pk, str(here.latest))
    read = {
        "indicator": hidden,
        "indicator_versions": hidden,
        "deviation": here.hidden_deviates.pk,
        "logic_version": here.branch.pk,
        "trial": here.trial.pk,
        "survey": here.survey.pk,
    }
    upkeep = [(name, hidden) for name in ("indicator_upkeep", "indicator_targets", "indicator_reporters")]
    written = [*upkeep, ("report_form", *reports), ("report_correct", *reports)]
    return (
        [reverse(f"followup:{name}", args=[slug, key]) for name, key in read.items()],
        [reverse(f"followup:{name}", args=[slug, *more]) for name, *more in written],
    )
