"""People are asked in by an act that writes the mail, and each step is on the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.outbox.models import Message
from tillit.apps.parties.actions.invitations import LASTS, accept_invitation, invite, withdraw_invitation
from tillit.apps.parties.models import Invitation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def company():
    return world.company()


@pytest.fixture
def boss(company):
    return world.person("Bo Al", organisation=company, roles=["administrator"])


def ask(company, boss=None, *, at=AT, **said):
    given = {"email": "eva@example.se", "name": "Eva Fors", "roles": ["author"]} | said
    return invite(organisation=company, by=boss, at=at, **given)


def test_the_mail_is_written_and_the_ledger_holds_no_address(company, boss):
    invitation = ask(company, boss)
    letter = Message.objects.get(kind="invitation")
    assert (letter.to.email, letter.context) == ("eva@example.se", {"invitation": str(invitation.pk)})
    act = Act.objects.get(action="parties.invited")
    assert (act.by, act.acting_for, act.detail) == (boss, str(company.pk), {"roles": ["author"]})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "eva"}, "email"),
        ({"email": ""}, "email"),
        ({"name": " "}, "name"),
        ({"name": "Eva 121212-1212"}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["author", "emperor"]}, "roles"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(company, said, field):
    with pytest.raises(Refused) as refused:
        ask(company, **said)
    assert refused.value.field == field
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_a_unit_of_another_organisation_is_refused(company):
    with pytest.raises(Refused, match="annan organisation"):
        ask(company, unit=world.unit(world.region()))


def test_an_organisation_that_has_left_asks_nobody_in_and_takes_nobody_in(company):
    invitation = ask(company)
    company.left_on = AT.date()
    company.save()
    with pytest.raises(Refused, match="deltar inte"):
        ask(company, email="ny@example.se")
    with pytest.raises(Refused, match="deltar inte"):
        accept_invitation(invitation=invitation, by=world.person("Eva Fors", email="x@example.se"), at=AT)


def test_an_address_is_asked_once_at_a_time_whatever_its_case(company):
    ask(company)
    with pytest.raises(Refused, match="öppen inbjudan"):
        ask(company, email="EVA@example.se")
    assert Invitation.objects.count() == 1


def test_one_that_has_run_out_or_is_withdrawn_leaves_room_for_another(company):
    first = ask(company)
    second = ask(company, at=AT + LASTS)
    first.refresh_from_db()
    assert first.withdrawn_at == AT + LASTS
    withdraw_invitation(invitation=second, by=None, at=AT + LASTS)
    assert ask(company, at=AT + LASTS).withdrawn_at is None


def test_it_can_be_accepted_until_it_runs_out_and_not_then(company):
    invitation = ask(company)
    eva = Message.objects.get().to
    with pytest.raises(Refused, match="gått ut"):
        accept_invitation(invitation=invitation, by=eva, at=AT + LASTS)
    accept_invitation(invitation=invitation, by=eva, at=AT + LASTS - timedelta(seconds=1))
    assert eva.roles.get().since == (AT + LASTS).date()
    assert Act.objects.get(action="parties.invitation_accepted").by == eva


def test_it_is_accepted_once_and_only_by_whom_it_is_for(company):
    invitation = ask(company)
    eva = Message.objects.get().to
    with pytest.raises(Refused, match="annan e-postadress"):
        accept_invitation(invitation=invitation, by=world.person("Dan Gran"), at=AT)
    accept_invitation(invitation=invitation, by=eva, at=AT)
    with pytest.raises(Refused, match="redan använd"):
        accept_invitation(invitation=invitation, by=eva, at=AT)
    assert eva.roles.count() == 1


def test_what_is_accepted_is_not_withdrawn_and_what_is_withdrawn_is_so_once(company, boss):
    invitation = ask(company, boss)
    withdraw_invitation(invitation=invitation, by=boss, at=AT)
    withdraw_invitation(invitation=invitation, by=boss, at=AT + timedelta(days=1))
    assert Act.objects.filter(action="parties.invitation_withdrawn").count() == 1
    with pytest.raises(Refused, match="återkallad"):
        accept_invitation(invitation=invitation, by=Message.objects.get().to, at=AT)
    other = ask(company, boss, email="dan@example.se")
    accept_invitation(invitation=other, by=Message.objects.get(to__email="dan@example.se").to, at=AT)
    with pytest.raises(Refused, match="redan antagen"):
        withdraw_invitation(invitation=other, by=boss, at=AT)
