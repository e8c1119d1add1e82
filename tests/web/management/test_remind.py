"""`manage remind`: writes what is due today, once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate, now

from tests.collaborating import Sides, plan, submitted
from tillit.apps.collaborations.models import Approval, Version
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Role

pytestmark = pytest.mark.django_db


def told():
    out, wrong = StringIO(), StringIO()
    call_command("remind", stdout=out, stderr=wrong)
    return out.getvalue().strip(), wrong.getvalue().strip()


@pytest.fixture
def overdue():
    sides = Sides()
    submitted(sides, plan(sides))
    Approval.objects.update(due_on=localdate() - timedelta(days=4), asked_at=now() - timedelta(days=9))
    Version.objects.update(made_at=now() - timedelta(days=9))
    return sides


def test_it_says_how_many_and_twice_is_as_once(overdue):
    assert told() == ("questions 1, escalations 1, outcomes 0, closings 0, left 0", "")
    assert told() == ("questions 0, escalations 0, outcomes 0, closings 0, left 0", "")
    assert Message.objects.filter(kind="approval_reminder").count() == 1


def test_a_question_that_nobody_is_left_to_be_told_of_is_told_to_whoever_runs_the_site(overdue):
    Role.objects.filter(organisation=overdue.company).delete()
    assert told()[1].startswith("1 overdue with nobody left to write to")


def test_an_organisation_whose_last_day_has_come_leaves_what_it_is_in(overdue):
    type(overdue.company).objects.filter(pk=overdue.company.pk).update(left_on=localdate())
    assert told() == ("questions 0, escalations 0, outcomes 0, closings 0, left 1", "")
    assert told() == ("questions 0, escalations 0, outcomes 0, closings 0, left 0", "")
    assert Approval.objects.get().answer == "lapsed"
    assert Message.objects.get(kind="decided").to == overdue.contact
