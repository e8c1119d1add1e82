"""Who asks for a page, and for whom they act."""

from datetime import date
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import path

from tests import world
from tests.world import let_in
from tillit.apps.accounts.models import User
from tillit.project.urls import urlpatterns as ours
from tillit.web.accounts.acting import acting_as, signed_in


@signed_in
def mine(request):
    held = sorted(request.actor.roles)
    return HttpResponse(f"{request.actor.person} · {request.actor.organisation} · {held}")


@acting_as("author", "auditor")
def write(request):
    return HttpResponse(str(request.actor.acting_for))


@acting_as()
def anything(request):
    return HttpResponse("in")


@signed_in
def heads(request):
    unit = UUID(request.GET["unit"]) if "unit" in request.GET else None
    return HttpResponse(str(request.actor.holds("head_of_operations", unit)))


def open_to_all(request):
    return HttpResponse("open")


urlpatterns = [
    path("mitt/", mine),
    path("skriv/", write),
    path("nagot/", anything),
    path("enhet/", heads),
    path("oppen/", open_to_all),
    *ours,
]


pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def anna():
    return world.person("Anna Ek", organisation=world.company(), roles=["author"])


def test_a_visitor_is_led_to_sign_in_and_back(client):
    answer = client.get("/mitt/?sida=2")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/?next=/mitt/%3Fsida%3D2")


def test_an_htmx_request_sends_the_whole_page_to_sign_in(client):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/regler/"}
    answer = client.get("/mitt/", headers=headers)
    assert answer["HX-Redirect"].endswith("/?next=/regler/")


def test_somebody_signed_in_acts_for_their_only_organisation(client, anna):
    assert let_in(client, anna).get("/mitt/").text == "Anna Ek · Nordkap Pharma AB · ['author']"


def test_who_acts_costs_one_query_beside_session_and_user(client, anna, django_assert_num_queries):
    let_in(client, anna)
    with django_assert_num_queries(3):
        client.get("/mitt/")


def test_a_visitor_costs_no_query_and_gets_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/oppen/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_page_that_tells_who_asks_is_kept_by_nobody(client, anna):
    answer = let_in(client, anna).get("/mitt/")
    assert "no-store" in answer["Cache-Control"]


def test_the_right_role_opens_and_another_does_not(client, anna):
    assert let_in(client, anna).get("/skriv/").text == "Nordkap Pharma AB"
    other = world.person("Bo Al", organisation=world.region(), roles=["participant"])
    assert let_in(client, other).get("/skriv/").status_code == 403


def test_one_who_acts_for_nobody_gets_in_but_not_where_an_organisation_is_needed(client):
    let_in(client, world.person("Cia Dal"))
    assert client.get("/mitt/").text == "Cia Dal · None · []"
    assert client.get("/nagot/").status_code == 403


def test_a_role_that_has_ended_or_not_begun_is_none(client):
    company = world.company()
    person = world.person("Dan Gran", organisation=company)
    world.role(person, company, "author", until=date(2026, 1, 1))
    world.role(person, company, "auditor", since=date(2999, 1, 1))
    assert let_in(client, person).get("/nagot/").status_code == 403


def test_an_account_without_a_person_is_refused(client):
    client.force_login(
        User.objects.create_user("ensam@example.se"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get("/mitt/").status_code == 403


def test_a_role_in_a_unit_holds_there_only(client):
    region = world.region()
    heart, lung = world.unit(region), world.unit(region, "Lungkliniken")
    person = world.person("Eva Fors", organisation=region)
    world.role(person, region, "head_of_operations", unit=heart)
    let_in(client, person)
    assert client.get("/enhet/", {"unit": heart.pk}).text == "True"
    assert client.get("/enhet/", {"unit": lung.pk}).text == "False"
    assert client.get("/enhet/").text == "False"
