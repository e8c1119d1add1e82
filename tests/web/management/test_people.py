"""An operator's commands: ask in the first people, and say who runs the site."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from tests import world
from tillit.apps.accounts.models import User
from tillit.apps.audit.models import Act
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Invitation

pytestmark = pytest.mark.django_db


def told(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().strip()


def asked(organisation, *more):
    person = ["--email", "eva@example.se", "--name", "Eva Fors", "--role", "administrator"]
    return told("invite", "--organisation", str(organisation), *person, *more)


@pytest.mark.parametrize("by", ["number", "pk", "name"])
def test_the_link_is_printed_and_opens_the_invitation(client, by):
    company = world.company(number="5560160680")
    link = asked(getattr(company, by))
    page = client.get(urlsplit(link).path)
    assert page.status_code == 200
    assert "den som driver webbplatsen" in page.text
    assert Invitation.objects.get().organisation == company
    assert Message.objects.get().to.email == "eva@example.se"


def test_roles_may_be_several_and_the_link_english(client):
    link = asked(world.company().pk, "--role", "author", "--language", "en")
    assert "/en/konto/inbjudan/" in link
    assert Invitation.objects.get().roles == ["author", "administrator"]


def test_what_cannot_be_is_told_and_nothing_is_written():
    world.company()
    with pytest.raises(CommandError, match="no organisation: Ingen AB"):
        asked("Ingen AB")
    world.company()
    with pytest.raises(CommandError, match="several organisations"):
        asked("Nordkap Pharma AB")
    with pytest.raises(CommandError, match="email"):
        told("invite", "--organisation", str(world.region().pk), "--email", "x", "--name", "X", "--role", "author")
    assert not Invitation.objects.exists()


def test_an_account_is_made_one_that_runs_the_site_and_back():
    world.user_of(world.person("Eva Fors", "eva@example.se"))
    assert told("operator") == ""
    assert told("operator", "EVA@example.se") == "eva@example.se"
    told("operator", "eva@example.se")
    assert User.objects.get().is_operator
    assert told("operator", "eva@example.se", "--remove") == ""
    assert [act.action for act in Act.objects.all()] == ["accounts.operator_made", "accounts.operator_ended"]
    with pytest.raises(CommandError, match="no account"):
        told("operator", "ingen@example.se")
