"""My work: what waits for somebody, what they wait for, what is coming; in as many queries however much it is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from tests import world
from tests.collaborating import NOW, Sides, approved, begun, changed, fresh, judge_all, plan, submitted, waiting, yes
from tests.world import let_in
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.queries.waiting import waiting_for
from tillit.apps.collaborations.queries.work import awaited_by, coming_for, tasks_of
from tillit.apps.parties.models import Delegation

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def sides():
    return Sides()


def at_employers(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    return fresh(made)


def acts(person, organisation, roles, today=TODAY):
    return [each.act for each in tasks_of(person, organisation, roles, today)]


def test_signing_in_leads_to_my_work_and_the_page_says_when_nothing_waits(client, sides):
    page = let_in(client, sides.author).get("/arbete/")
    assert "Inget väntar på dig just nu." in page.content.decode()
    nobody = world.person("Uno Lös")
    assert let_in(client, nobody).get("/arbete/").status_code == 200
    client.logout()
    assert client.get("/arbete/").headers["Location"].endswith("?next=/arbete/")


def test_a_head_sees_the_questions_and_the_author_sees_whom_it_waits_for(client, sides):
    made = at_employers(sides)
    text = let_in(client, sides.head).get("/arbete/").content.decode()
    assert "2 saker väntar på dig." in text
    assert "arbetsgivarens godkännande: Eli Sund" in text
    assert "försenad, skulle besvaras 2026-03-09" in text
    text = let_in(client, sides.author).get("/arbete/").content.decode()
    assert "Inget väntar på dig just nu." in text
    assert "Eli Sund, Region Fjällmark" in text
    assert f"/samverkan/{made.public_id}/" in text


def test_what_is_mine_to_answer_is_not_also_said_to_wait_for_others(sides):
    at_employers(sides)
    mine = waiting_for(sides.head, TODAY)
    roles = {"head_of_operations"}
    assert awaited_by(sides.head, sides.region, roles, TODAY, but=[each.id for each in mine]) == ()
    assert len(awaited_by(sides.contact, sides.region, {"contact_person"}, TODAY, but=[])) == 2


def test_each_state_gives_its_task_to_the_one_whose_it_is(sides):
    made = begun(sides, plan(sides))
    writer, officer = (sides.author, sides.company, {"author"}), (sides.officer, sides.company, {"compliance_officer"})
    assert acts(*writer) == ["hand_in"]
    assert acts(*officer) == []
    over = made.ends_on + timedelta(days=1)
    for state, act in (("approved", "carry_out"), ("carried_out", "report"), ("postponed", "resume")):
        Collaboration.objects.filter(pk=made.pk).update(state=state, draft_differs=False, version=1)
        assert acts(*writer, today=over) == [act]
    Collaboration.objects.filter(pk=made.pk).update(state="approved")
    assert acts(*writer) == []
    Collaboration.objects.filter(pk=made.pk).update(draft_differs=True)
    assert acts(*writer) == ["hand_in_change"]
    assert acts(sides.contact, sides.region, {"contact_person"}) == ["hand_in_change"]
    for state in ("declined", "cancelled", "closed"):
        Collaboration.objects.filter(pk=made.pk).update(state=state)
        assert acts(*writer, today=over) == []


def test_a_reported_outcome_waits_for_the_side_that_did_not_report_it(sides):
    made = approved(sides, plan(sides))
    Collaboration.objects.filter(pk=made.pk).update(state="reported")
    assert acts(sides.contact, sides.region, {"contact_person"}) == ["close"]
    assert acts(sides.officer, sides.company, {"compliance_officer"}) == []
    assert acts(sides.author, sides.region, {"author"}) == []


def test_a_participant_without_a_role_sees_the_invitation_and_waits_for_the_employer(client, sides):
    made = at_employers(sides)
    day = localdate() + timedelta(days=3)
    Collaboration.objects.filter(pk=made.pk).update(starts_on=day, ends_on=day)
    text = let_in(client, sides.nurse).get("/arbete/").content.decode()
    assert "Inbjudan: säg om du kommer" in text
    assert "Eli Sund, Region Fjällmark" in text
    assert "Fia Dahl" not in text
    assert "du deltar" in text
    Collaboration.objects.filter(pk=made.pk).update(state="submitted")
    assert "Lunch om hjärtsvikt" not in client.get("/arbete/").content.decode()


def test_what_is_coming_is_within_thirty_days_and_no_draft(sides):
    made = approved(sides, plan(sides))
    roles, day = {"author"}, made.starts_on
    for today, shown in (
        (day - timedelta(days=31), 0),
        (day - timedelta(days=30), 1),
        (day, 1),
        (day.replace(day=15), 0),
    ):
        assert len(coming_for(sides.author, sides.company, roles, today)) == shown
    Collaboration.objects.filter(pk=made.pk).update(state="draft")
    assert coming_for(sides.author, sides.company, roles, day) == ()
    assert coming_for(sides.author, sides.company, {"participant"}, day) == ()


def test_one_who_stands_in_for_somebody_sees_the_questions_in_their_place(sides):
    at_employers(sides)
    stand_in = world.person("Gun Ek", organisation=sides.region)
    assert waiting_for(stand_in, TODAY) == ()
    Delegation.objects.create(
        organisation=sides.region, giver=sides.head, taker=stand_in, starts_on=TODAY, ends_on=TODAY
    )
    assert {each.on_behalf_of for each in waiting_for(stand_in, TODAY)} == {"Disa Holm"}
    assert waiting_for(stand_in, TODAY + timedelta(days=1)) == ()


def test_a_head_of_a_unit_above_and_one_of_the_whole_answer_where_nobody_is_nearer(sides):
    at_employers(sides)
    above = world.unit(sides.region, "Medicin", head=world.person("Hedda Ö", organisation=sides.region))
    whole = world.person("Ivar Å", organisation=sides.region, roles=("head_of_operations",))
    assert waiting_for(above.head, TODAY) == () == waiting_for(whole, TODAY)
    sides.head.roles.all().delete()
    assert len(waiting_for(whole, TODAY)) == 2
    sides.clinic.parent = above
    sides.clinic.save()
    assert len(waiting_for(above.head, TODAY)) == 2
    assert waiting_for(whole, TODAY) == ()


def test_what_an_organisation_was_asked_before_a_merger_waits_for_the_one_it_became(sides):
    at_employers(sides)
    larger = world.region("Region Norr", county_code="25")
    contact = world.person("Jon Ä", organisation=larger, roles=("head_of_operations",))
    sides.region.merged_into, sides.region.merged_on = larger, TODAY
    sides.region.save()
    assert len(waiting_for(contact, TODAY)) == 2
    assert waiting_for(contact, TODAY - timedelta(days=1)) == ()


def test_a_question_about_oneself_is_never_ones_own_to_answer(sides):
    at_employers(sides)
    sides.clinic.head = sides.nurse
    sides.clinic.save()
    assert [each.about for each in waiting_for(sides.nurse, TODAY)] == ["Fia Dahl"]


def test_few_queries_however_much_waits(client, sides, django_assert_max_num_queries):
    made = at_employers(sides)
    question = waiting(made)[0]
    for number in range(60):
        participant = question.participant
        participant.pk, participant.record_id, participant.person = None, f"x{number}", None
        participant.label = f"Någon {number}"
        participant.save()
        Approval.objects.create(
            collaboration=made,
            kind="employer",
            organisation=sides.region,
            unit=sides.clinic,
            participant=participant,
            version=question.version,
            asked_at=now(),
        )
    sides.clinic.head = sides.head
    sides.clinic.save()
    let_in(client, sides.head)
    with django_assert_max_num_queries(13):
        assert "57 frågor till" in client.get("/arbete/").content.decode()
    with django_assert_max_num_queries(8):
        assert "62 frågor väntar på dig" in client.get("/godkanna/").content.decode()


def test_a_change_is_told_as_asked_again(client, sides):
    made = approved(sides, plan(sides))
    changed(
        made,
        sides,
        lambda draft: draft.update(leg=[{"id": "l1", "traveller": "p1", "flight": False, "gap_hours": "2.0"}]),
    )
    assert [each.again for each in waiting_for(sides.officer, TODAY)] == [True]
