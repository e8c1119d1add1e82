"""Nothing is deleted, and a name can be taken away everywhere (I-27)."""

import ast
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from tests import world
from tests.house import tree
from tests.partnering import START
from tests.promising import DUE, Promises, moment
from tillit.apps.accounts.models import Person, User
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import acts_of, first_broken_link
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Employment, Invitation, Role
from tillit.apps.partnerships.actions.erasing import erase_person_name
from tillit.apps.partnerships.actions.reporting import Occasion, report_occurrence, waive_occurrence
from tillit.apps.partnerships.models import AgreementParty, Appointment, CommitmentEvent, Partnership, Steward

pytestmark = pytest.mark.django_db
NAME = "Signe Ålund"
AFTER = date(2026, 7, 2)


@pytest.fixture
def ground():
    return Promises()


@pytest.fixture
def signe(ground):
    """Somebody who has done all there is to do for a party, and has left."""
    who = world.person(NAME, "signe@example.se", organisation=ground.company, roles=("contact_person",))
    world.user_of(who)
    one = ground.promise(text=f"{NAME} lämnar rapport")
    report_occurrence(
        occasion=Occasion(commitment=one, due_on=DUE),
        by=who,
        at=moment(DUE),
        acting_for=ground.company,
        note=f"Det gjorde jag, {NAME}.",
    )
    two = ground.promise()
    waive_occurrence(
        occasion=Occasion(commitment=two, due_on=DUE), decision=f"Beslut av {NAME}", by=ground.office, at=moment(DUE)
    )
    agreement = ground.partnership.agreements.create(
        type="main_agreement",
        level=ground.levels["national"],
        title="Avtal",
        valid_from=START,
        term_mode="until_further_notice",
        created_at=moment(DUE),
    )
    AgreementParty.objects.create(
        agreement=agreement,
        organisation=ground.company,
        signatory=NAME,
        capacity=f"VD {NAME}",
        authority=f"Fullmakt för {NAME} 2026-01-02",
        source=f"Brev från {NAME}",
        signed_on=START,
        recorded_at=moment(DUE),
        recorded_by=who,
    )
    Appointment.objects.create(
        seat=ground.organ(seats=1).seats.get(),
        person=who,
        organisation=ground.company,
        starts_on=START,
        ends_on=DUE,
        decision=f"Stämman valde {NAME}",
        recorded_at=moment(DUE),
    )
    Invitation.objects.create(
        organisation=ground.company,
        email=who.email,
        name=NAME,
        invited_at=moment(START),
        expires_at=moment(DUE),
        accepted_at=moment(START),
        accepted_by=who,
    )
    Role.objects.filter(person=who).update(until=DUE)
    Employment.objects.filter(person=who).update(until=DUE)
    return who


def erased(person, role="tidigare kontaktperson", at=None):
    return erase_person_name(person=person, role=role, by=None, at=at or moment(AFTER))


def everything():
    """Return every value of every row of every table."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            yield from ((model._meta.label, name, str(value)) for name, value in row.items())


def test_no_row_tells_the_name_or_the_address_afterwards(ground, signe):
    assert any(NAME in value for _table, _column, value in everything())
    erased(signe)
    told = [place for *place, value in everything() if NAME in value or "signe@example.se" in value]
    assert told == []


def test_what_was_done_stays_and_is_the_roles(ground, signe):
    before = {
        model: model._default_manager.count() for model in (CommitmentEvent, AgreementParty, Appointment, Act, Person)
    }
    erased(signe)
    assert before == {model: model._default_manager.count() - (model is Act) for model in before}
    event = CommitmentEvent.objects.get(recorded_by=signe)
    assert event.recorded_by == Person.objects.get(name="tidigare kontaktperson")
    assert event.note == "Det gjorde jag, tidigare kontaktperson."
    row = AgreementParty.objects.get()
    assert (row.signatory, row.authority) == (
        "tidigare kontaktperson",
        "Fullmakt för tidigare kontaktperson 2026-01-02",
    )
    assert CommitmentEvent.objects.get(verdict="waived").decision == "Beslut av tidigare kontaktperson"


def test_the_ledger_holds_and_tells_the_role(ground, signe):
    key = CommitmentEvent.objects.get(recorded_by=signe).commitment_id
    erased(signe)
    assert first_broken_link() is None
    assert [each.by for each in acts_of(key) if each.action == "partnerships.occurrence_reported"] == [
        "tidigare kontaktperson"
    ]


def test_the_account_goes_and_a_mail_that_waits_is_called_off(ground, signe):
    message = outbox.write(key="k", kind="invitation", to=signe, context={}, at=moment(DUE))
    erased(signe)
    assert not User.objects.filter(email="signe@example.se").exists()
    assert Message.objects.get(pk=message.pk).stopped_at is not None


def test_a_name_within_another_word_is_left_alone(ground, signe):
    Partnership.objects.update(purpose=f"{NAME}sson, {NAME}s metod och {NAME}.")
    erased(signe, role="tidigare ledamot")
    assert Partnership.objects.get().purpose == f"{NAME}sson, tidigare ledamots metod och tidigare ledamot."


def test_nobody_who_is_still_there_is_erased(ground, signe):
    Steward.objects.create(partnership=ground.partnership, person=signe, role="evaluator", since=START)
    with pytest.raises(Refused, match="Avsluta det först"):
        erased(signe)
    for each in (ground.office, ground.speaker):
        with pytest.raises(Refused, match="Avsluta det först"):
            erased(each)
    assert Person.objects.get(pk=signe.pk).name == NAME


def test_a_role_has_to_be_named(ground, signe):
    with pytest.raises(Refused) as refused:
        erased(signe, role=" ")
    assert refused.value.field == "role"


def test_the_command_takes_a_key_or_an_address(ground, signe, capsys):
    with pytest.raises(CommandError, match="nobody"):
        call_command("erase_person", "ingen@example.se", role="tidigare ledamot")
    with pytest.raises(CommandError, match="Avsluta"):
        call_command("erase_person", str(ground.office.pk), role="tidigare ledamot")
    call_command("erase_person", "signe@example.se", role="tidigare ledamot")
    assert capsys.readouterr().out.strip() == str(signe.pk)
    assert Person.objects.get(pk=signe.pk).name == "tidigare ledamot"


def test_no_act_on_a_partnership_deletes_anything():
    """I-27. Areas and clauses of an agreement that nobody has signed yet are part of a draft, and may be rewritten."""
    files = [(path.name, tree.parsed(path)) for path in tree.python(tree.SOURCE / "apps" / "partnerships")]
    calls = [(name, node) for name, tree_ in files for node in ast.walk(tree_) if isinstance(node, ast.Call)]
    found = [
        f"{name}: {ast.unparse(call)[:60]}"
        for name, call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"delete", "_raw_delete"}
    ]
    assert [line for line in found if not line.startswith(("clauses.py", "agreements.py"))] == []


def test_what_is_recorded_cannot_go_with_what_it_hangs_on():
    recorded = {"CommitmentEvent", "Evidence", "AgreementParty", "Membership", "Appointment", "MandateItem"}
    for model in apps.get_app_config("partnerships").get_models():
        if model.__name__ in recorded:
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey):
                    assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"
