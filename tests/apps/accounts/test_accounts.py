"""Every account has its person, and becomes nobody else's by an address that is not shown to be its own."""

import pytest
from allauth.account.models import EmailAddress

from tests import world
from tillit.apps.accounts.actions import follow_address, give_person, keep_hsa_id, open_account
from tillit.apps.accounts.models import Person, User

pytestmark = pytest.mark.django_db
HSA = "SE5560160680-1A2B"


def user(email="eva@example.se", name="Eva Fors"):
    return User.objects.create_user(email, name=name)


def test_a_new_account_has_a_confirmed_address_and_a_person():
    made = open_account(email="Eva@example.se", name="Eva Fors", password="x", language="en")
    assert EmailAddress.objects.get(user=made).verified
    assert (made.person.name, made.person.email, made.person.language) == ("Eva Fors", "Eva@example.se", "en")


def test_somebody_known_by_a_confirmed_address_is_the_same_person():
    known = world.person("E. Fors", "EVA@example.se")
    assert give_person(user=user(), verified=True) == known
    known.refresh_from_db()
    assert known.name == "Eva Fors"


def test_an_address_that_nobody_has_confirmed_makes_nobody_somebody_else():
    known = world.person("E. Fors", "eva@example.se")
    made = give_person(user=user(), verified=False)
    assert made != known
    assert made.email == ""
    known.refresh_from_db()
    assert known.user is None


def test_somebody_who_has_an_account_is_not_given_another():
    known = world.person("E. Fors", "eva@example.se")
    world.user_of(known)
    second = user("annan@example.se")
    second.email = "EVA@example.se"
    assert give_person(user=second, verified=True) != known


def test_asking_twice_gives_the_same_person_and_a_name_is_made_up_of_the_address():
    nameless = user(name="")
    assert give_person(user=nameless, verified=True) == give_person(user=nameless, verified=True)
    assert Person.objects.get().name == "eva"


def test_the_person_follows_the_account_s_address_unless_another_has_it():
    person = world.person("Eva Fors", "eva@example.se")
    account = world.user_of(person)
    account.email = "ny@example.se"
    followed = follow_address(user=account)
    assert followed is not None
    assert followed.email == "ny@example.se"
    world.person("Dan Gran", "dan@example.se")
    account.email = "Dan@example.se"
    assert follow_address(user=account) is None


def test_an_hsa_id_is_kept_when_it_is_one_and_nobody_else_has_it():
    eva, dan = world.person("Eva Fors"), world.person("Dan Gran")
    assert keep_hsa_id(person=eva, told=HSA.lower())
    assert Person.objects.get(pk=eva.pk).hsa_id == HSA
    assert not keep_hsa_id(person=eva, told=HSA)
    assert not keep_hsa_id(person=dan, told=HSA)
    assert not keep_hsa_id(person=dan, told="121212-1212")
    assert Person.objects.get(pk=dan.pk).hsa_id == ""
