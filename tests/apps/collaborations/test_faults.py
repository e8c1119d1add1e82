"""Two at once, a link used twice, a clock that is set, an organisation that leaves: nothing lost, nothing twice.

Two at once are two processes on the same database: on SQLite too, where threads would share the test's memory.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import world
from tests.apart import Apart
from tests.collaborating import NOW, Sides, approved, begun, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations.actions import links, partaking
from tillit.apps.collaborations.models import Approval, ApprovalLink
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Role

BY_ANSWER = """
from datetime import datetime, UTC
from django.db import transaction
from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.actions import answering, links
from tillit.apps.collaborations.models import Approval, ApprovalLink
from tillit.apps.errors import Refused
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
def by_page(approval, person):
    answering.answer(
        approval=Approval.objects.get(pk=approval), answer="approved", seen_version=1,
        by=Person.objects.get(pk=person), at=AT,
    )
def by_link(approval, link):
    links.answer_by_link(
        token=links.token_of(ApprovalLink.objects.get(pk=link)), approval=Approval.objects.get(pk=approval),
        answer_given="approved", seen_version=1, at=AT,
    )
"""
FIRST = """
with transaction.atomic():
    {act}
    tell("inside")
    wait()
tell("answered")
"""
SECOND = """
tell("ready")
wait()
tell("begins")
try:
    {act}
    tell("answered")
except Refused as why:
    tell(why.message)
"""


@pytest.fixture
def sides():
    return Sides()


def at_care(sides):
    """A collaboration that two people may review."""
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    return fresh(made)


def at_head(sides):
    made = at_care(sides)
    yes(waiting(made)[0], sides.contact)
    return fresh(made)


def both(apart, first, second):
    """Let the second begin while the first has written and not ended; return what the second was told."""
    one = apart.talking(BY_ANSWER + FIRST.format(act=first))
    two = apart.talking(BY_ANSWER + SECOND.format(act=second))
    two.says("ready")
    one.says("inside")
    two.on()
    two.says("begins")
    one.on()
    assert one.ends() == "answered"
    return two.ends()


# ---- two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(sides, tmp_path):
    made = at_care(sides)
    (question,) = waiting(made)
    apart = Apart(tmp_path)
    told = both(
        apart, f"by_page('{question.pk}', '{sides.contact.pk}')", f"by_page('{question.pk}', '{sides.head.pk}')"
    )
    assert told == "Cia Berg har redan svarat: godkänt."
    assert apart.rows("SELECT count(*) FROM audit_act WHERE action = 'collaborations.now_care_reviewed'") == [(1,)]
    acts = "SELECT count(*) FROM audit_act WHERE action = 'collaborations.answered_approved'"
    assert apart.rows(acts) == [(2,)]  # the company's before, and this one
    asked = "SELECT count(*) FROM outbox_message WHERE kind = 'approval_request' AND stopped_at IS NULL"
    assert apart.rows(asked) == [(2,)]  # the head, of each of two participants
    assert apart.rows("SELECT count(*) FROM outbox_message WHERE kind = 'participant_invitation'") == [(2,)]
    assert apart.manage("verify_ledger").returncode == 0


@pytest.mark.django_db(transaction=True)
def test_the_last_two_answers_at_once_approve_once(sides, tmp_path):
    made = at_head(sides)
    first, second = waiting(made)
    apart = Apart(tmp_path)
    told = both(apart, f"by_page('{first.pk}', '{sides.head.pk}')", f"by_page('{second.pk}', '{sides.head.pk}')")
    assert told == "answered"
    assert apart.rows("SELECT state FROM collaborations_collaboration") == [("approved",)]
    assert apart.rows("SELECT count(*) FROM audit_act WHERE action = 'collaborations.now_approved'") == [(1,)]
    told_of = "SELECT count(*) FROM outbox_message WHERE kind = 'decided' AND key LIKE '%:approved:%'"
    assert apart.rows(told_of) == [(2,)]  # one contact on each side
    assert apart.manage("verify_ledger").returncode == 0


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_used_twice_at_once_answers_once(sides, tmp_path):
    made = at_head(sides)
    question = waiting(made)[0]
    link = links.make_link(person=sides.head, approvals=[question], at=NOW)
    apart = Apart(tmp_path)
    told = both(apart, *[f"by_link('{question.pk}', '{link.pk}')"] * 2)
    assert "redan använd" in told
    answered = "SELECT count(*) FROM collaborations_approval WHERE kind = 'employer' AND answer = 'approved'"
    assert apart.rows(answered) == [(1,)]
    told_of = f"SELECT count(*) FROM outbox_message WHERE key LIKE 'answer:{question.pk}:%'"
    assert apart.rows(told_of) == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_link_and_a_page_at_once_answer_once(sides, tmp_path):
    made = at_head(sides)
    question = waiting(made)[0]
    link = links.make_link(person=sides.head, approvals=[question], at=NOW)
    told = both(
        Apart(tmp_path), f"by_page('{question.pk}', '{sides.head.pk}')", f"by_link('{question.pk}', '{link.pk}')"
    )
    assert told == "Disa Holm har redan svarat: godkänt."


# ---- a link used twice, or by another


def by_link(link, question, at=NOW, answer="approved"):
    return links.answer_by_link(
        token=links.token_of(link), approval=question, answer_given=answer, seen_version=1, at=at, reason="Nej."
    )


@pytest.mark.django_db
def test_a_used_link_answers_nothing_more_and_changes_no_answer(sides):
    question = waiting(at_head(sides))[0]
    link = links.make_link(person=sides.head, approvals=[question], at=NOW)
    by_link(link, question)
    with pytest.raises(Refused, match="redan använd"):
        by_link(link, question, answer="declined")
    assert Approval.objects.get(pk=question.pk).answer == "approved"


@pytest.mark.django_db
def test_a_link_answers_only_what_it_was_made_for(sides):
    first, second = waiting(at_head(sides))
    link = links.make_link(person=sides.head, approvals=[first], at=NOW)
    with pytest.raises(Refused, match="annan fråga"):
        by_link(link, second)
    assert ApprovalLink.objects.get().used_at is None


@pytest.mark.django_db
def test_a_link_of_somebody_who_may_no_longer_answer_answers_nothing(sides):
    question = waiting(at_head(sides))[0]
    link = links.make_link(person=sides.head, approvals=[question], at=NOW)
    Role.objects.filter(person=sides.head).update(until=NOW.date())
    with pytest.raises(Refused, match="inte ställd till dig"):
        by_link(link, question)
    assert ApprovalLink.objects.get().used_at is None


@pytest.mark.django_db
def test_whoever_holds_the_link_answers_as_the_one_it_was_written_to_and_that_is_in_the_ledger(sides):
    """Forwarded, and not signed in: nobody can tell. So it is told that it was by a link, and whose."""
    question = waiting(at_head(sides))[0]
    link = links.make_link(person=sides.head, approvals=[question], at=NOW)
    links.opened(link=link, at=NOW)
    given = by_link(link, question)
    assert (given.answered_by, given.by_link) == (sides.head, True)
    act = Act.objects.get(action="collaborations.answered_approved", subject_key=str(question.pk))
    assert (act.by, act.detail["by_link"]) == (sides.head, True)
    assert Act.objects.get(action="collaborations.link_opened").by == sides.head


# ---- the clock


@pytest.mark.django_db
def test_a_clock_that_is_set_forward_and_back_keeps_a_link_and_makes_no_second(sides):
    question = waiting(at_head(sides))[0]
    link = links.link_for(person=sides.head, approval=question, at=NOW)
    ahead, back = NOW + timedelta(days=links.DAYS), NOW - timedelta(days=40)
    with pytest.raises(Refused, match="för gammal"):
        links.link_of(links.token_of(link), at=ahead)
    assert links.link_of(links.token_of(link), at=back) == link
    assert links.link_for(person=sides.head, approval=question, at=back) == link
    assert by_link(link, question, at=back).answered_at == back
    assert first_broken_link() is None


@pytest.mark.django_db
def test_a_clock_set_back_asks_nobody_twice_and_lets_a_collaboration_go_on(sides):
    made = at_care(sides)
    before = set(Message.objects.values_list("key", flat=True))
    yes(waiting(made)[0], sides.contact, at=NOW - timedelta(days=3))
    for each in waiting(made):
        assert each.due_on == NOW.date() + timedelta(days=4)
        yes(each, sides.head, at=NOW - timedelta(days=4))
    assert fresh(made).state == "approved"
    keys = list(Message.objects.values_list("key", flat=True))
    assert before < set(keys)
    assert len(keys) == len(set(keys))
    assert first_broken_link() is None


@pytest.mark.django_db
def test_mail_written_under_a_clock_that_was_ahead_goes_when_its_time_comes_and_once(sides):
    made = at_care(sides)
    yes(waiting(made)[0], sides.contact, at=NOW + timedelta(hours=3))
    ahead = Message.objects.filter(written_at=NOW + timedelta(hours=3)).count()
    assert ahead
    now = {message.pk for message in outbox.claim(at=NOW + timedelta(hours=1), most=100)}
    for message in Message.objects.filter(pk__in=now):
        outbox.sent(message, NOW + timedelta(hours=1))
    later = {message.pk for message in outbox.claim(at=NOW + timedelta(hours=3), most=100)}
    assert not now & later
    assert len(later) == ahead


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), date(2026, 3, 28)),  # winter time: an hour ahead
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29)),  # 02:00 becomes 03:00
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 30)),  # summer time: two hours ahead
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # 02:30 for the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),  # and again
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_the_day_of_an_act_is_the_wall_s_when_the_clocks_change(moment, day):
    assert day_of(moment) == day


@pytest.mark.django_db
def test_an_answer_is_due_seven_days_of_the_wall_later_also_over_a_change_of_the_clocks(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    # 23:30 UTC of the 23rd is the 24th in Stockholm; the clocks change on the 29th.
    yes(waiting(made)[0], sides.officer, at=datetime(2026, 3, 23, 23, 30, tzinfo=UTC))
    assert waiting(made)[0].due_on == date(2026, 3, 31)


@pytest.mark.django_db
def test_a_link_lasts_as_many_hours_over_a_change_of_the_clocks(sides):
    question = waiting(at_head(sides))[0]
    made_at = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
    link = links.make_link(person=sides.head, approvals=[question], at=made_at)
    last = made_at + timedelta(days=14)
    assert links.link_of(links.token_of(link), at=last - timedelta(seconds=1)) == link
    with pytest.raises(Refused, match="för gammal"):
        links.link_of(links.token_of(link), at=last)


# ---- an organisation that leaves


def with_another_region(sides):
    """A collaboration with two regions, that waits for both; the second has nobody who takes part."""
    made = submitted(sides, plan(sides))
    other = world.region("Region Norrvik", county_code="25")
    contact = world.person("Gro Ås", organisation=other, roles=("contact_person",))
    partaking.add_party(
        collaboration=made, organisation=other, by=sides.author, acting_for=sides.company, at=NOW, contact=contact
    )
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    return fresh(made), other, contact


def leaves(made, organisation, at=NOW + timedelta(days=1)):
    partaking.leave(collaboration=made, organisation=organisation, reason="Vi slutar.", by=None, at=at)


@pytest.mark.django_db
def test_what_an_organisation_was_asked_lapses_and_the_others_are_told_and_go_on(sides):
    made, other, contact = with_another_region(sides)
    assert {each.organisation for each in waiting(made)} == {sides.region, other}
    leaves(made, other)
    assert [each.organisation for each in waiting(made)] == [sides.region]
    assert not Message.objects.filter(kind="approval_request", to=contact, stopped_at__isnull=True).exists()
    told = Message.objects.filter(kind="party_left")
    assert {each.to for each in told} == {sides.contact, sides.author}
    assert {each.context["reason"] for each in told} == {"Vi slutar."}
    yes(waiting(made)[0], sides.contact)
    for each in waiting(made):
        yes(each, sides.head)
    assert fresh(made).state == "approved"
    assert first_broken_link() is None


@pytest.mark.django_db
def test_the_last_that_is_waited_for_leaves_and_the_collaboration_goes_on_by_itself(sides):
    made, other, _contact = with_another_region(sides)
    yes(next(each for each in waiting(made) if each.organisation == sides.region), sides.contact)
    assert fresh(made).state == "company_checked"
    leaves(made, other)
    assert fresh(made).state == "care_reviewed"
    assert {each.kind for each in waiting(made)} == {"employer"}


@pytest.mark.django_db
def test_what_an_organisation_has_answered_stays_when_it_leaves_and_it_is_never_asked_again(sides):
    made, other, contact = with_another_region(sides)
    given = yes(next(each for each in waiting(made) if each.organisation == other), contact)
    leaves(made, other)
    changed(made, sides, lambda draft: draft["about"].update(town="Falun"))
    assert Approval.objects.get(pk=given.pk).answer == "approved"
    assert not Approval.objects.filter(organisation=other, answer="waiting").exists()


@pytest.mark.django_db
def test_an_employer_that_has_left_is_not_asked_of_its_people_who_stand_in_the_way_until_they_are_gone(sides):
    made, other, contact = with_another_region(sides)
    clinic = world.unit(other, "Hjärtat")
    guest = world.person("Ida Ny", organisation=other, unit=clinic)
    head = world.person("Olof Ek", organisation=other)
    world.role(head, other, "head_of_operations")

    def with_a_guest(draft):
        draft["participant"].append(sides.placed("p3", guest) | {"employer": str(other.pk), "unit": str(clinic.pk)})

    changed(made, sides, with_a_guest)
    judge_all(made, sides)
    for _each in range(8):
        able = {"company_check": [sides.officer], "care_review": [sides.contact, contact], "employer": [sides.head]}
        for each in waiting(made):
            for person in able[each.kind]:
                if each.organisation in (sides.company, sides.region) or person == contact:
                    try:
                        yes(each, person)
                        break
                    except Refused:
                        continue
    assert [(each.kind, each.organisation) for each in waiting(made)] == [("employer", other)]
    leaves(made, other)
    assert waiting(made) == []
    assert fresh(made).state == "care_reviewed"
    changed(made, sides, lambda draft: draft["participant"].pop())
    judge_all(made, sides)
    for _each in range(4):
        for each in waiting(made):
            yes(each, {"company_check": sides.officer, "care_review": sides.contact, "employer": sides.head}[each.kind])
    assert fresh(made).state == "approved"


@pytest.mark.django_db
def test_an_approved_collaboration_is_called_off_when_a_side_is_empty_and_the_rest_are_told(sides):
    made = approved(sides, plan(sides))
    leaves(made, sides.region)
    assert (fresh(made).state, fresh(made).state_reason) == ("cancelled", "Vi slutar.")
    assert {each.answer for each in Approval.objects.all()} == {"approved"}
    told = Message.objects.filter(kind="decided", key__contains=":cancelled:")
    assert [each.to for each in told] == [sides.author]


@pytest.mark.django_db
def test_what_has_been_carried_out_stays_when_an_organisation_leaves(sides):
    made = approved(sides, plan(sides))
    type(made).objects.filter(pk=made.pk).update(state="carried_out")
    leaves(made, sides.region)
    assert fresh(made).state == "carried_out"
    assert {each.to for each in Message.objects.filter(kind="party_left")} == {sides.author}


@pytest.mark.django_db
def test_an_organisation_leaves_what_it_is_in_when_its_day_comes_and_not_before_and_once(sides):
    made = submitted(sides, plan(sides))
    ended = begun(sides, plan(sides))
    type(ended).objects.filter(pk=ended.pk).update(state="closed")
    day = NOW.date() + timedelta(days=10)
    type(sides.region).objects.filter(pk=sides.region.pk).update(left_on=day)
    at = NOW + timedelta(days=10)
    assert partaking.follow_departures(at=at, today=day - timedelta(days=1)) == 0
    assert partaking.follow_departures(at=at, today=day) == 1
    assert partaking.follow_departures(at=at, today=day) == 0
    assert fresh(made).state == "cancelled"
    assert fresh(ended).parties.get(organisation=sides.region).left_at is None
