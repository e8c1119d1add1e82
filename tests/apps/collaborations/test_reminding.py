"""Reminders: on which days, to whom, never twice, and called off by what makes them needless."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.collaborating import DAYS, NOW, Sides, approved, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations import reminding
from tillit.apps.collaborations.actions import outcome, submitting
from tillit.apps.collaborations.actions.reminding import Reminded, remind_due
from tillit.apps.collaborations.models import Approval, Collaboration, Participant
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Delegation, Role

pytestmark = pytest.mark.django_db
ASKED = NOW.date()
DUE = ASKED + timedelta(days=7)


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def at_officer(sides):
    return submitted(sides, plan(sides))


@pytest.fixture
def at_head(sides, at_officer):
    """A collaboration that waits for the employer of both participants."""
    judge_all(at_officer, sides)
    yes(waiting(at_officer)[0], sides.officer)
    yes(waiting(at_officer)[0], sides.contact)
    return fresh(at_officer)


def remind(day, hour=9):
    return remind_due(at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC), today=day)


def written(kind):
    return [each.to for each in Message.objects.filter(kind=kind, stopped_at__isnull=True).order_by("written_at", "pk")]


def after(days, since=DUE):
    return since + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-8, ""), (-2, ""), (-1, "before"), (0, "before"), (1, "overdue"), (2, "overdue"), (3, "escalated")],
)
def test_a_question_is_due_for_a_reminder_by_its_day(days, stage):
    assert reminding.stage_of(DUE, ASKED, after(days)) == stage


def test_nobody_is_reminded_the_day_they_were_asked_and_a_change_after_it_was_due_gives_them_a_day():
    assert reminding.stage_of(ASKED, ASKED, ASKED) == ""
    assert reminding.stage_of(DUE, after(5), after(5)) == ""
    assert reminding.stage_of(DUE, after(5), after(6)) == "overdue"
    assert reminding.stage_of(DUE, after(5), after(8)) == "escalated"


@pytest.mark.parametrize(
    ("days", "turn"), [(0, None), (6, None), (7, 0), (20, 0), (21, 1), (35, 2), (77, 5), (90, 5), (91, None)]
)
def test_an_outcome_is_reminded_of_after_a_week_and_then_every_other(days, turn):
    assert reminding.turn_of(DUE, after(days)) == turn


def test_who_may_answer_is_reminded_before_and_after_and_then_others_are_told(sides, at_officer):
    admin = world.person("Gun Alm", organisation=sides.company, roles=("administrator",))
    assert remind(after(-2)) == Reminded()
    assert remind(after(-1)) == Reminded(reminders=1)
    assert remind(after(0)) == Reminded()
    assert remind(after(1)) == Reminded(reminders=1)
    assert written("approval_reminder") == [sides.officer] * 2
    assert remind(after(2)) == Reminded()
    assert remind(after(3)) == Reminded(escalations=2)
    assert set(written("approval_escalation")) == {admin, sides.author}
    assert remind(after(30)) == Reminded()
    assert Act.objects.filter(action="collaborations.reminded").count() == 3
    assert first_broken_link() is None


def test_a_command_that_has_not_run_for_a_week_writes_what_matters_now_and_no_more(sides, at_officer):
    world.person("Gun Alm", organisation=sides.company, roles=("administrator",))
    assert remind(after(9)) == Reminded(reminders=1, escalations=2)
    assert Message.objects.get(kind="approval_reminder").context["stage"] == "overdue"


def test_the_contact_of_the_organisation_is_told_while_they_still_can_be(sides, at_officer):
    assert remind(after(3)) == Reminded(reminders=1, escalations=1)
    assert written("approval_escalation") == [sides.author]
    Message.objects.filter(kind="approval_escalation").delete()
    Role.objects.filter(person=sides.author).update(until=after(1))
    assert remind(after(4)).escalations == 0


def test_where_nobody_can_answer_any_more_others_are_told_at_once(sides, at_officer):
    admin = world.person("Gun Alm", organisation=sides.company, roles=("administrator",))
    Role.objects.filter(person=sides.officer).update(until=after(-2))
    assert remind(after(-1)) == Reminded(escalations=2)
    assert set(written("approval_escalation")) == {admin, sides.author}


def test_a_question_that_nobody_is_left_to_be_told_of_is_counted(sides, at_officer):
    Role.objects.filter(organisation=sides.company).update(until=after(-2))
    assert remind(after(1)) == Reminded(nobody=1)


def test_somebody_away_is_not_reminded_while_another_answers_in_their_place(sides, at_head):
    stand_in = world.person("Gro Ås", organisation=sides.region, unit=sides.clinic)
    Delegation.objects.create(
        organisation=sides.region, giver=sides.head, taker=stand_in, starts_on=ASKED, ends_on=after(10)
    )
    assert remind(after(-1)) == Reminded(reminders=2)
    assert written("approval_reminder") == [stand_in] * 2
    assert {each.context["on_behalf_of"] for each in Message.objects.filter(to=stand_in)} == {str(sides.head.pk)}


def test_who_is_away_is_reminded_when_the_one_in_their_place_may_not_answer_this(sides, at_head):
    """The nurse stands in for the head, but nobody approves their own participation."""
    Delegation.objects.create(
        organisation=sides.region, giver=sides.head, taker=sides.nurse, starts_on=ASKED, ends_on=after(10)
    )
    remind(after(-1))
    to = {each.participant.record_id: each for each in waiting(at_head)}
    told = {str(m.context["approval"]): m.to for m in Message.objects.filter(kind="approval_reminder")}
    assert told == {str(to["p1"].pk): sides.head, str(to["p2"].pk): sides.nurse}


def test_an_answer_calls_its_reminders_off_and_writes_no_more(sides, at_head):
    remind(after(-1))
    first, second = waiting(at_head)
    yes(first, sides.head, at=NOW + timedelta(days=6, hours=5))
    left = Message.objects.filter(kind="approval_reminder", stopped_at__isnull=True)
    assert [each.context["approval"] for each in left] == [str(second.pk)]
    assert remind(after(1)) == Reminded(reminders=1)


def test_a_changed_question_has_its_own_reminders_and_those_before_are_called_off(sides, at_head):
    remind(after(-1))
    before = set(Message.objects.filter(kind="approval_reminder").values_list("key", flat=True))
    assert len(before) == 2
    changed(at_head, sides, lambda draft: draft["about"].update(town="Falun"))
    asked = {str(each.pk): each.version.number for each in waiting(at_head)}
    assert set(asked.values()) == {2}
    assert not Message.objects.filter(key__in=before, stopped_at__isnull=True).exists()
    assert remind(after(-1)).reminders >= len(asked)
    left = Message.objects.filter(kind="approval_reminder", stopped_at__isnull=True)
    assert {each.context["approval"]: each.context["version"] for each in left} == asked


def test_an_organisation_that_has_left_is_not_written_to(sides, at_officer):
    at_officer.parties.filter(organisation=sides.company).update(left_at=NOW)
    assert remind(after(3)) == Reminded()
    at_officer.parties.update(left_at=None)
    type(sides.company).objects.update(left_on=after(0))
    assert remind(after(3)) == Reminded()


def test_the_clock_forward_and_back_writes_nothing_twice(sides, at_officer):
    world.person("Gun Alm", organisation=sides.company, roles=("administrator",))
    days = [after(-1), after(3), after(-1), after(1), after(20), after(0), after(3)]
    counted = [remind(day) for day in days]
    assert sum(each.reminders for each in counted) == 2
    assert sum(each.escalations for each in counted) == 2


def over(sides):
    return approved(sides, plan(sides))


def test_first_the_writer_and_then_all_who_write_are_reminded_of_an_outcome(sides):
    over(sides)
    assert remind(after(6, DAYS[1])) == Reminded()
    assert remind(after(7, DAYS[1])) == Reminded(outcomes=1)
    assert written("outcome_reminder") == [sides.author]
    assert remind(after(8, DAYS[1])) == Reminded()
    assert remind(after(21, DAYS[1])) == Reminded(outcomes=2)
    assert set(written("outcome_reminder")) == {sides.author, sides.officer}
    assert sum(remind(after(days, DAYS[1])).outcomes for days in range(22, 200)) == 2 * 4


def test_what_is_carried_out_ends_the_reminders_and_begins_those_of_the_report(sides):
    made = over(sides)
    remind(after(7, DAYS[1]))
    held = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
    outcome.carry_out(collaboration=made, by=sides.author, acting_for=sides.company, at=held)
    assert Message.objects.get(kind="outcome_reminder").stopped_at == held
    assert remind(date(2026, 4, 28)) == Reminded()
    assert remind(date(2026, 4, 29)) == Reminded(outcomes=1)


def test_an_outcome_is_reported_by_those_who_are_left_when_the_proposer_has_left(sides):
    made = over(sides)
    made.parties.filter(organisation=sides.company).update(left_at=NOW)
    assert remind(after(21, DAYS[1])) == Reminded(outcomes=1)
    assert written("outcome_reminder") == [sides.contact]


def test_nobody_is_reminded_of_what_was_called_off_or_put_off(sides):
    made = over(sides)
    submitting.postpone(collaboration=made, reason="Sjukdom.", by=sides.author, acting_for=sides.company, at=NOW)
    assert remind(after(7, DAYS[1])) == Reminded()


def test_the_other_side_is_reminded_to_close(sides):
    made = over(sides)
    reported_at = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
    Collaboration.objects.filter(pk=made.pk).update(state="reported", state_since=reported_at)
    assert remind(date(2026, 4, 26)) == Reminded()
    assert remind(date(2026, 4, 27)) == Reminded(closings=1)
    assert remind(date(2026, 4, 27)) == Reminded()
    assert written("closing_reminder") == [sides.contact]
    assert sum(remind(date(2026, 4, 27) + timedelta(days=n)).closings for n in range(200)) == 5
    Role.objects.filter(person=sides.contact).update(until=date(2026, 4, 1))
    Message.objects.filter(kind="closing_reminder").delete()
    assert remind(date(2026, 4, 27)) == Reminded(closings=1)
    assert written("closing_reminder") == [sides.head]


def test_many_that_have_been_reminded_of_take_as_many_queries_as_one(sides, at_head):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert remind(after(1)) == Reminded()
        return len(seen)

    remind(after(1))
    few = queries()
    first = Participant.objects.filter(collaboration=at_head)[0]
    for number in range(10, 30):
        them = Participant.objects.create(
            collaboration=at_head, record_id=f"p{number}", employer=sides.region, unit=sides.clinic, side=first.side
        )
        asked = {"kind": "employer", "organisation": sides.region, "unit": sides.clinic, "participant": them}
        version = at_head.versions.get(number=at_head.version)
        Approval.objects.create(collaboration=at_head, version=version, asked_at=NOW, due_on=DUE, **asked)
    assert remind(after(1)) == Reminded(reminders=20)
    assert queries() == few
    assert few <= 16
