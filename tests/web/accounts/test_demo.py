"""In the demonstration, on this computer, one press signs in as somebody made up. Elsewhere there is no such page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import world
from tillit.apps.accounts.models import Person
from tillit.apps.outbox.actions import call_off
from tillit.apps.parties.actions.invitations import invite, withdraw_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    person = world.person("Anna Ek", organisation=world.company(), roles=["author", "compliance_officer"])
    world.user_of(person)
    return person


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


def press(person):
    return reverse("accounts:demo_sign_in", args=[person.pk])


@pytest.mark.usefixtures("_demo")
def test_everybody_made_up_is_listed_with_what_they_do_and_one_press_is_enough(client, anna, django_assert_num_queries):
    world.person("Utan Konto", organisation=world.region())
    with django_assert_num_queries(2):
        page = client.get("/demo/").text
    assert "Nordkap Pharma AB: handläggare, regelansvarig" in page
    assert "Utan Konto" not in page
    assert 'href="/demo/"' in client.get("/").text
    client.post(press(anna))
    assert "Anna Ek" in client.get("/konto/").text


@pytest.mark.usefixtures("_demo")
def test_a_link_alone_signs_nobody_in(client, anna):
    assert client.get(press(anna)).status_code == 405
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("loopback", ["127.0.0.1", "::1", "127.8.8.8"])
@pytest.mark.usefixtures("_demo")
def test_every_loopback_address_is_this_computer(client, anna, loopback):
    assert client.get("/demo/", REMOTE_ADDR=loopback).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "", "nonsense"])
@pytest.mark.usefixtures("_demo")
def test_from_another_computer_there_is_no_demo(client, anna, address):
    for answer in (
        client.get("/demo/", REMOTE_ADDR=address),
        client.get("/demo/post/", REMOTE_ADDR=address),
        client.post(press(anna), REMOTE_ADDR=address),
    ):
        assert answer.status_code == 404
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
@pytest.mark.usefixtures("_demo")
def test_through_a_proxy_there_is_no_demo_though_the_proxy_is_here(client, anna, header):
    assert client.post(press(anna), headers={header: "for=127.0.0.1"}).status_code == 404


def test_outside_the_demo_there_is_none_on_this_computer_either(client, anna):
    for answer in (client.get("/demo/"), client.get("/demo/post/"), client.post(press(anna))):
        assert answer.status_code == 404
    assert client.get("/konto/").status_code == 302
    assert 'href="/demo/"' not in client.get("/").text


@pytest.mark.usefixtures("_demo")
def test_nobody_real_and_nobody_without_an_account_is_signed_in_as(client, anna):
    Person.objects.filter(pk=anna.pk).update(made_up=False)
    assert client.post(press(anna)).status_code == 404
    assert client.post(press(world.person("Utan Konto"))).status_code == 404


@pytest.mark.usefixtures("_demo")
def test_the_mailbox_shows_what_would_have_been_mailed_with_links_that_work(client):
    asked = invite(
        organisation=world.region(), email="ny@example.se", name="Ny", roles=["author"], by=None, at=timezone.now()
    )
    page = client.get("/demo/post/").text
    assert "Inbjudan att arbeta i Tillit för Region Fjällmark" in page
    assert 'href="' in page.split("Öppna länken")[1]
    withdraw_invitation(invitation=asked, by=None, at=timezone.now())
    call_off(at=timezone.now(), keys=[f"invitation:{asked.pk}"])
    assert "Behövs inte längre" in client.get("/demo/post/").text


@pytest.mark.usefixtures("_demo")
def test_an_empty_mailbox_says_so(client):
    assert "Inget mejl än" in client.get("/demo/post/").text
