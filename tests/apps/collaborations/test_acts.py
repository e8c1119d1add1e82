"""A collaboration from draft to closed, through its acts: who is asked, what a change re-opens, what is refused."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.collaborating import (
    NOW,
    Sides,
    approved,
    begun,
    changed,
    fresh,
    judge_all,
    plan,
    submitted,
    waiting,
    yes,
)
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.collaborations.actions import answering, drafting, outcome, partaking, submitting
from tillit.apps.collaborations.facts import case_of
from tillit.apps.collaborations.models import Approval, Collaboration, Judgement, Version
from tillit.apps.collaborations.whole import whole_of
from tillit.apps.errors import Refused
from tillit.apps.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def content(sides):
    return plan(sides)


def test_each_is_asked_in_turn_and_the_last_answer_approves(sides, content):
    collaboration = submitted(sides, content)
    assert collaboration.state == "submitted"
    assert [(each.kind, each.organisation_id) for each in waiting(collaboration)] == [
        ("company_check", sides.company.pk)
    ]
    assert judge_all(collaboration, sides) == []

    yes(waiting(collaboration)[0], sides.officer)
    assert fresh(collaboration).state == "company_checked"
    assert [each.kind for each in waiting(collaboration)] == ["care_review"]

    yes(waiting(collaboration)[0], sides.contact)
    assert fresh(collaboration).state == "care_reviewed"
    assert [each.participant.record_id for each in waiting(collaboration)] == ["p1", "p2"]

    for each in waiting(collaboration):
        yes(each, sides.head)
    assert fresh(collaboration).state == "approved"
    assert fresh(collaboration).outcome == "meets"
    assert first_broken_link() is None


def test_a_check_is_not_passed_while_something_is_to_be_judged(sides, content):
    collaboration = submitted(sides, content)
    with pytest.raises(Refused, match="bedöma"):
        yes(waiting(collaboration)[0], sides.officer)
    assert [each.answer for each in Approval.objects.all()] == ["waiting"]


def test_a_stop_cannot_be_passed(sides, content):
    content["collaboration"]["companions_allowed"] = True
    with pytest.raises(Refused, match="bryter mot reglerna"):
        submitted(sides, content)
    assert Collaboration.objects.get().state == "draft"
    assert not Version.objects.exists()


def test_what_is_missing_is_said_and_nothing_is_written(sides, content):
    content["about"]["benefit_care"] = " "
    with pytest.raises(Refused, match="nytta saknas") as refused:
        submitted(sides, content)
    assert refused.value.field == "benefit_care"
    assert not Version.objects.exists()


def test_a_change_reopens_exactly_the_approvals_that_it_touches(sides, content):
    collaboration = approved(sides, content)

    def by_train(draft):
        draft["leg"] = [{"id": "l1", "traveller": "p1", "flight": False, "gap_hours": "2.0"}]

    changed(collaboration, sides, by_train)

    assert [(each.kind, each.participant and each.participant.record_id) for each in waiting(collaboration)] == [
        ("company_check", None),
        ("employer", "p1"),
    ]
    assert all(each.follows_id for each in waiting(collaboration))
    assert fresh(collaboration).state == "submitted"


def test_a_change_that_no_approval_rests_on_reopens_none(sides, content):
    collaboration = approved(sides, content)
    for each in fresh(collaboration).draft["cost"]:
        assert each["estimated"] == "500.00"
    changed(collaboration, sides, lambda draft: draft["cost"][0].update(actual="480.00"))
    assert waiting(collaboration) == []
    assert fresh(collaboration).state == "approved"


def test_a_judgement_of_a_record_that_has_changed_lapses_and_the_others_stand(sides, content):
    collaboration = approved(sides, content)
    before = Judgement.objects.filter(lapsed_at__isnull=True).count()
    changed(collaboration, sides, lambda draft: draft["meal"][0].update(price_per_person="300.00"))
    gone = Judgement.objects.filter(lapsed_because="changed")
    assert {each.record for each in gone} == {"meal:lunch"}
    assert Judgement.objects.filter(lapsed_at__isnull=True).count() == before - gone.count()


def test_nobody_approves_their_own_participation(sides, content):
    content["participant"][0]["person"] = str(sides.head.pk)
    collaboration = submitted(sides, content)
    judge_all(collaboration, sides)
    yes(waiting(collaboration)[0], sides.officer)
    yes(waiting(collaboration)[0], sides.contact)
    with pytest.raises(Refused, match="eget deltagande"):
        yes(waiting(collaboration)[0], sides.head)


def test_a_question_is_answered_by_those_it_is_put_to_and_once(sides, content):
    collaboration = submitted(sides, content)
    judge_all(collaboration, sides)
    question = waiting(collaboration)[0]
    with pytest.raises(Refused, match="inte ställd till dig"):
        yes(question, sides.contact)
    yes(question, sides.officer)
    with pytest.raises(Refused, match="Bo Lind har redan svarat"):
        yes(question, sides.officer)


def test_what_was_read_before_a_change_is_not_approved_unread(sides, content):
    collaboration = submitted(sides, content)
    judge_all(collaboration, sides)
    question = waiting(collaboration)[0]
    changed(collaboration, sides, lambda draft: draft["about"].update(purpose="Något annat."))
    with pytest.raises(Refused, match="ändrats sedan du läste"):
        answering.answer(approval=question, answer="approved", seen_version=1, by=sides.officer, at=NOW)


def test_a_no_from_the_employer_keeps_the_person_out_and_not_the_collaboration(sides, content):
    collaboration = submitted(sides, content)
    judge_all(collaboration, sides)
    yes(waiting(collaboration)[0], sides.officer)
    yes(waiting(collaboration)[0], sides.contact)
    first, second = waiting(collaboration)
    answering.answer(approval=first, answer="declined", seen_version=1, by=sides.head, at=NOW, reason="Bemanningen.")
    yes(second, sides.head)
    assert fresh(collaboration).state == "care_reviewed"
    assert (
        case_of(whole_of(fresh(collaboration))).listing("participant").records[0].values["employer_approval"] is False
    )

    changed(collaboration, sides, lambda draft: draft["participant"].pop(0))
    for each in waiting(collaboration):
        yes(each, {"company_check": sides.officer, "care_review": sides.contact}[each.kind])
    for each in waiting(collaboration):
        yes(each, sides.contact)
    assert fresh(collaboration).state == "approved"


def test_a_no_from_a_side_declines_with_its_reason_and_takes_every_question_back(sides, content):
    collaboration = submitted(sides, content)
    answering.answer(
        approval=waiting(collaboration)[0],
        answer="declined",
        seen_version=1,
        by=sides.officer,
        at=NOW,
        reason="Ingen budget.",
    )
    assert (fresh(collaboration).state, fresh(collaboration).state_reason) == ("declined", "Ingen budget.")
    assert waiting(collaboration) == []
    with pytest.raises(Refused):
        submitting.submit(collaboration=collaboration, by=sides.author, acting_for=sides.company, at=NOW)


def test_two_who_write_the_same_draft_are_told(sides, content):
    collaboration = begun(sides, content)
    first = collaboration.revision
    draft = collaboration.draft
    drafting.save_draft(
        collaboration=collaboration, content=draft, revision=first, by=sides.author, acting_for=sides.company, at=NOW
    )
    with pytest.raises(Refused, match="Någon annan har ändrat"):
        drafting.save_draft(
            collaboration=collaboration,
            content=draft,
            revision=first,
            by=sides.author,
            acting_for=sides.company,
            at=NOW,
        )


def test_a_personal_number_is_refused_and_nothing_is_kept(sides, content):
    content["about"]["purpose"] = "Gäller 19" + "121212-1212"
    with pytest.raises(Refused, match="ersonnummer"):
        begun(sides, content)
    assert not Collaboration.objects.exists()


def test_the_outcome_is_reported_by_one_side_and_closed_by_the_other(sides, content, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collaboration = approved(sides, content)
    after = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="börjar"):
        outcome.carry_out(collaboration=collaboration, by=sides.author, acting_for=sides.company, at=NOW)
    outcome.carry_out(collaboration=collaboration, by=sides.author, acting_for=sides.company, at=after)
    with pytest.raises(Refused, match="vilka som var där"):
        outcome.report(collaboration=collaboration, by=sides.author, acting_for=sides.company, at=after)
    draft = fresh(collaboration).draft
    draft["participant"][0]["attendance"] = "present"
    draft["participant"][1]["attendance"] = "absent"
    draft["cost"][0]["actual"] = "245.00"
    partaking.add_paper(
        collaboration=fresh(collaboration),
        sort="agreement",
        title="Överenskommelse",
        file=SimpleUploadedFile("avtal.txt", "Vi är överens.".encode()),
        by=sides.author,
        acting_for=sides.company,
        at=after,
    )
    drafting.save_draft(
        collaboration=collaboration,
        content=draft,
        revision=fresh(collaboration).revision,
        by=sides.author,
        acting_for=sides.company,
        at=after,
    )
    try:
        outcome.report(
            collaboration=collaboration, by=sides.author, acting_for=sides.company, at=after, reason="Utfall"
        )
    except Refused as why:
        pytest.fail(str(why.message))
    assert fresh(collaboration).state == "reported"
    assert str(fresh(collaboration).actual_total) == "245.00"
    assert [each.record_id for each in fresh(collaboration).participants.filter(attendance="absent")] == ["p2"]
    with pytest.raises(Refused, match="andra sidan"):
        outcome.close(collaboration=collaboration, by=sides.officer, acting_for=sides.company, at=after)
    outcome.close(collaboration=collaboration, by=sides.contact, acting_for=sides.region, at=after)
    assert fresh(collaboration).state == "closed"


def test_a_collaboration_is_called_off_when_a_side_is_empty_and_answers_stay(sides, content):
    collaboration = submitted(sides, content)
    judge_all(collaboration, sides)
    yes(waiting(collaboration)[0], sides.officer)
    partaking.leave_everything(organisation=sides.region, reason="Regionen lämnar Tillit.", by=None, at=NOW)
    assert fresh(collaboration).state == "cancelled"
    assert waiting(collaboration) == []
    assert Approval.objects.filter(kind="company_check", answer="approved").count() == 1


def test_those_who_may_answer_are_written_to_once(sides, content):
    collaboration = submitted(sides, content)
    mail = Message.objects.filter(kind="approval_request")
    assert [each.to_id for each in mail] == [sides.officer.pk]
    judge_all(collaboration, sides)
    assert Message.objects.filter(kind="approval_request").count() == 1
    yes(waiting(collaboration)[0], sides.officer)
    assert {each.to_id for each in mail.all()} == {sides.officer.pk, sides.contact.pk, sides.head.pk}
