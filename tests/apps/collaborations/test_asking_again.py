"""A question asked again: by whom, when it makes sense, and once a day; and acts on what somebody else has changed."""

from datetime import timedelta

import pytest

from tests import world
from tests.collaborating import NOW, Sides, approved, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.audit.models import Act
from tillit.apps.collaborations.actions import answering, drafting, partaking, submitting
from tillit.apps.collaborations.models import Approval
from tillit.apps.errors import Refused
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Role

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def at_head(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    return fresh(made)


def again(approval, by, acting_for, at=LATER):
    return answering.ask_again(approval=approval, by=by, acting_for=acting_for, at=at)


def no(approval, sides):
    return answering.answer(
        approval=approval, answer="declined", seen_version=1, by=sides.head, at=NOW, reason="Bemanningen."
    )


def test_a_no_is_asked_again_by_either_side_and_once(sides, at_head):
    declined = no(waiting(at_head)[0], sides)
    asked = again(declined, sides.author, sides.company)
    assert (asked.follows, asked.answer, asked.participant) == (declined, "waiting", declined.participant)
    with pytest.raises(Refused, match="Bara ett nej"):
        again(declined, sides.contact, sides.region)
    yes(asked, sides.head, at=LATER)
    assert Approval.objects.filter(follows=declined, answer="approved").exists()


@pytest.mark.parametrize("who", ["reader", "stranger", "other organisation", "left", "other side"])
def test_only_who_writes_for_one_of_the_sides_asks_again(sides, at_head, who):
    declined = no(waiting(at_head)[0], sides)
    outside = world.company("Annat Bolag AB")
    by, acting_for = {
        "reader": (world.person("Liv Ahl", organisation=sides.company, roles=("auditor",)), sides.company),
        "stranger": (world.person("Moa Ek"), sides.company),
        "other organisation": (world.person("Nils Ö", organisation=outside, roles=("author",)), outside),
        "left": (sides.author, sides.company),
        "other side": (sides.author, sides.company),
    }[who]
    if who == "left":
        at_head.parties.filter(organisation=sides.company).update(left_at=NOW)
    if who == "other side":
        at_head.parties.filter(organisation=sides.company).update(side="other", role="joined")
    with pytest.raises(Refused, match="någon av sidorna"):
        again(declined, by, acting_for)
    assert not Approval.objects.filter(follows=declined).exists()


def test_what_waits_is_sent_again_to_those_who_may_answer_now_once_a_day(sides, at_head):
    first = waiting(at_head)[0]
    Role.objects.filter(person=sides.head).update(until=NOW.date())
    sides.clinic.head = None
    sides.clinic.save()
    new = world.person("Ny Chef", organisation=sides.region, unit=sides.clinic)
    world.role(new, sides.region, "head_of_operations", unit=sides.clinic)
    assert again(first, sides.contact, sides.region) == first
    assert Message.objects.filter(to=new, kind="approval_request").count() == 1
    with pytest.raises(Refused, match="redan skickad igen i dag"):
        again(first, sides.author, sides.company, LATER + timedelta(hours=3))
    again(first, sides.author, sides.company, LATER + timedelta(days=1))
    assert Message.objects.filter(to=new, kind="approval_request").count() == 2
    assert Act.objects.filter(action="collaborations.asked_again").count() == 2
    yes(first, new, at=LATER + timedelta(days=1))
    assert not Message.objects.filter(to=new, kind="approval_request", stopped_at__isnull=True).exists()


def test_where_nobody_can_answer_that_is_said(sides, at_head):
    first = waiting(at_head)[0]
    Role.objects.filter(person=sides.head).update(until=NOW.date())
    with pytest.raises(Refused, match="Ingen hos dem kan svara"):
        again(first, sides.author, sides.company)


def test_what_is_answered_or_gone_or_over_is_not_asked_again(sides, at_head):
    given = Approval.objects.get(kind="care_review")
    with pytest.raises(Refused, match="Bara ett nej"):
        again(given, sides.author, sides.company)
    declined = no(waiting(at_head)[0], sides)
    changed(at_head, sides, lambda draft: draft["participant"].pop(0))
    with pytest.raises(Refused, match="Bara ett nej"):
        again(declined, sides.author, sides.company)
    submitting.cancel(collaboration=at_head, reason="Slut.", by=sides.author, acting_for=sides.company, at=LATER)
    with pytest.raises(Refused, match="Bara ett nej"):
        again(Approval.objects.filter(answer="lapsed").first(), sides.author, sides.company)


@pytest.mark.parametrize("act", [submitting.withdraw, submitting.cancel, submitting.postpone])
def test_what_was_changed_since_it_was_read_is_not_ended(sides, act):
    made = submitted(sides, plan(sides))
    read = made.revision
    drafting.save_draft(
        collaboration=made, content=made.draft, revision=read, by=sides.author, acting_for=sides.company, at=NOW
    )
    asked = {"reason": "Sjukdom.", "by": sides.contact, "acting_for": sides.region, "at": LATER}
    with pytest.raises(Refused, match="ändrat under tiden"):
        act(collaboration=made, revision=read, **asked)
    assert fresh(made).state == "submitted"
    act(collaboration=made, revision=fresh(made).revision, **asked)
    assert fresh(made).state != "submitted"


def test_what_was_changed_since_it_was_read_is_not_taken_up_again(sides):
    made = approved(sides, plan(sides))
    asked = {"by": sides.author, "acting_for": sides.company, "at": LATER}
    submitting.postpone(collaboration=made, reason="Sjukdom.", **asked)
    read = fresh(made).revision
    partaking.place_party(
        collaboration=made, party=made.parties.get(organisation=sides.region), unit=sides.clinic, **asked
    )
    with pytest.raises(Refused, match="ändrat under tiden"):
        submitting.resume(collaboration=made, revision=read, **asked)
    submitting.resume(collaboration=made, revision=fresh(made).revision, **asked)
    assert fresh(made).state != "postponed"
