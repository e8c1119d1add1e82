"""Somebody who is asked in gets in by the link, once, and nobody else does."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from tests import world
from tests.web.accounts.conftest import PASSWORD
from tests.world import let_in
from tillit.apps.accounts.models import Person, User
from tillit.apps.parties.actions.invitations import accept_invitation, invite, withdraw_invitation
from tillit.apps.parties.models import Invitation, Role
from tillit.web.accounts.invitation_links import address_of

pytestmark = pytest.mark.django_db
CHOICE = {"name": "Nils Ny", "password": PASSWORD}


@pytest.fixture
def asked(db):
    region = world.region()
    boss = world.person("Bo Al", organisation=region, roles=["administrator"])
    return invite(
        organisation=region,
        unit=world.unit(region),
        email="Nils.Ny@example.se",
        name="Nils Ny",
        roles=["contact_person", "participant"],
        by=boss,
        at=timezone.now(),
    )


def test_somebody_new_reads_what_it_is_and_gets_an_account_with_the_roles(client, asked):
    link = address_of(asked.pk)
    page = client.get(link).text
    for told in ("Region Fjällmark, Hjärtkliniken", "Bo Al", "deltagare", "nils.ny@example.se", 'value="Nils Ny"'):
        assert told in page
    answer = client.post(link, CHOICE)
    assert answer.status_code == 302
    assert "Nils Ny" in client.get("/konto/").text
    user = User.objects.get(email="nils.ny@example.se")
    assert {role.role for role in user.person.roles.all()} == {"contact_person", "participant"}
    assert {role.unit for role in user.person.roles.all()} == {asked.unit}
    assert user.person.employments.get().organisation == asked.organisation
    again = Client()
    assert again.post("/konto/logga-in/", {"login": user.email, "password": PASSWORD}).status_code == 302
    assert again.get("/konto/").status_code == 200


def test_the_person_written_to_is_the_one_who_gets_the_account(client, asked):
    written_to = Person.objects.get(email="nils.ny@example.se")
    client.post(address_of(asked.pk), CHOICE)
    assert Person.objects.get(email="nils.ny@example.se") == written_to
    assert Person.objects.filter(name="Nils Ny").count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "", "password": PASSWORD}, "Det här behövs."),
        ({"name": "Nils Ny", "password": "kort"}, "minst 12 tecken"),
        ({"name": "Nils Ny", "password": "nils.ny@example.se"}, "alltför likt"),
    ],
)
def test_a_slip_is_told_and_uses_nothing_up(client, asked, given, told):
    answer = client.post(address_of(asked.pk), given)
    assert answer.status_code == 422
    assert told in answer.text
    assert not User.objects.filter(email="nils.ny@example.se").exists()
    assert client.post(address_of(asked.pk), CHOICE).status_code == 302


def test_a_link_works_once(client, asked):
    client.post(address_of(asked.pk), CHOICE)
    answer = Client().get(address_of(asked.pk))
    assert answer.status_code == 410
    assert "redan använd" in answer.text
    assert Client().post(address_of(asked.pk), CHOICE).status_code == 410


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_has_run_out_or_is_withdrawn_says_so(client, asked, method):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = getattr(client, method)(address_of(asked.pk), CHOICE)
    assert answer.status_code == 410
    assert "har gått ut" in answer.text
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    withdraw_invitation(invitation=asked, by=asked.invited_by, at=timezone.now())
    answer = getattr(client, method)(address_of(asked.pk), CHOICE)
    assert answer.status_code == 410
    assert "återkallad" in answer.text
    assert not User.objects.exists()


def test_a_link_that_was_changed_is_no_link(client, asked):
    link = address_of(asked.pk)
    other = invite(
        organisation=world.company(), email="a@example.se", name="A", roles=["author"], by=None, at=timezone.now()
    )
    swapped = link.replace(asked.pk.hex, other.pk.hex)
    assert swapped != link
    for changed in (link[:-3] + "xx/", swapped, "/konto/inbjudan/nonsense/"):
        answer = client.get(changed)
        assert answer.status_code == 404
        assert "Länken går inte att läsa" in answer.text


def test_somebody_with_an_account_signs_in_first_and_comes_back(client, asked):
    world.user_of(Person.objects.get(email="nils.ny@example.se"))
    page = client.get(address_of(asked.pk)).text
    assert "Adressen har redan ett konto" in page
    assert f"?next={quote(address_of(asked.pk))}" in page
    assert client.post(address_of(asked.pk), CHOICE).status_code == 200
    assert User.objects.filter(email="nils.ny@example.se").count() == 1
    assert Invitation.objects.get(pk=asked.pk).accepted_at is None


def test_somebody_signed_in_accepts_by_a_press_and_acts_for_it_at_once(client, asked):
    person = Person.objects.get(email="nils.ny@example.se")
    world.role(person, world.company(), "author")
    let_in(client, person)
    assert "Anta inbjudan" in client.get(address_of(asked.pk)).text
    assert not Role.objects.filter(organisation=asked.organisation, person=person).exists()
    client.post(address_of(asked.pk))
    assert client.get("/konto/").context["request"].actor.organisation == asked.organisation


def test_somebody_else_is_told_for_whom_it_is_and_gets_nothing(client, asked):
    other = world.person("Eva Fors")
    let_in(client, other)
    for answer in (client.get(address_of(asked.pk)), client.post(address_of(asked.pk))):
        assert answer.status_code == 403
        assert "nils.ny@example.se" in answer.text
        assert "Logga ut och fortsätt" in answer.text
    assert not other.roles.exists()
    assert Invitation.objects.get(pk=asked.pk).accepted_at is None


def test_one_who_has_the_place_already_gets_it_no_second_time(asked):
    person = Person.objects.get(email="nils.ny@example.se")
    accept_invitation(invitation=asked, by=person, at=timezone.now())
    again = invite(
        organisation=asked.organisation,
        unit=asked.unit,
        email=person.email,
        name="Nils Ny",
        roles=["participant", "auditor"],
        by=None,
        at=timezone.now(),
    )
    accept_invitation(invitation=again, by=person, at=timezone.now())
    assert person.employments.count() == 1
    assert sorted(role.role for role in person.roles.all()) == ["auditor", "contact_person", "participant"]


def test_the_english_link_is_read_in_english(client, asked):
    page = client.get(address_of(asked.pk, "en")).text
    assert "You are invited" in page
