"""A question answered on its page, several at once, and by a link without an account."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.collaborating import NOW, Sides, changed, fresh, judge_all, plan, submitted, waiting, yes
from tests.world import let_in
from tillit.apps.audit.models import Act
from tillit.apps.collaborations.actions import links
from tillit.apps.collaborations.models import Approval, ApprovalLink
from tillit.apps.outbox.models import Message
from tillit.web.mail.render import rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def at_employer(sides):
    """A collaboration that waits for the employer of both participants."""
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    return fresh(made)


def posted(approval, answer, **more):
    return {"answer": answer, "seen": approval.version.number, **more}


def test_the_page_tells_what_one_needs_and_a_press_approves(client, sides, at_employer):
    first = waiting(at_employer)[0]
    page = let_in(client, sides.head).get(f"/godkanna/{first.pk}/")
    text = page.content.decode()
    for said in ("Lunch om hjärtsvikt", "Eli Sund", "2026-04-14", "Nordkap Pharma AB", "bjuds på måltid", "500,00"):
        assert said in text

    answered = client.post(f"/godkanna/{first.pk}/", posted(first, "approved"))

    assert answered.status_code == 302
    assert Approval.objects.get(pk=first.pk).answer == "approved"
    assert "godkänt" in client.get(f"/godkanna/{first.pk}/").content.decode().lower()


def test_a_no_without_a_reason_is_told_and_nothing_is_answered(client, sides, at_employer):
    first = waiting(at_employer)[0]
    refused = let_in(client, sides.head).post(f"/godkanna/{first.pk}/", posted(first, "declined"))
    assert refused.status_code == 422
    assert "Skriv varför" in refused.content.decode()
    assert Approval.objects.get(pk=first.pk).answer == "waiting"


def test_conditions_are_kept_with_the_answer(client, sides, at_employer):
    first = waiting(at_employer)[0]
    let_in(client, sides.head).post(
        f"/godkanna/{first.pk}/", posted(first, "conditions", conditions="Bara förmiddagen.")
    )
    assert (Approval.objects.get(pk=first.pk).answer, Approval.objects.get(pk=first.pk).conditions) == (
        "conditions",
        "Bara förmiddagen.",
    )


def test_what_was_read_before_a_change_is_not_approved_and_the_change_is_shown(client, sides, at_employer):
    yes(waiting(at_employer)[0], sides.head)
    changed(
        at_employer, sides, lambda draft: draft["participant"][0]["facts"].update(mode="remote", meal_offered=False)
    )
    question = Approval.objects.get(answer="waiting", participant__record_id="p1")

    refused = let_in(client, sides.head).post(f"/godkanna/{question.pk}/", {"answer": "approved", "seen": 1})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "återtagen" in text or "ändrats sedan du läste" in text
    assert "nytt sedan förra svaret" in text
    assert "på distans" in text


def test_a_question_of_others_is_not_found(client, sides, at_employer):
    question = waiting(at_employer)[0]
    assert let_in(client, sides.officer).get(f"/godkanna/{question.pk}/").status_code == 404
    assert client.get("/godkanna/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_participant_reads_the_answer_and_cannot_give_it(client, sides, at_employer):
    question = waiting(at_employer)[0]
    page = let_in(client, sides.nurse).get(f"/godkanna/{question.pk}/")
    assert page.status_code == 200
    assert 'name="answer"' not in page.content.decode()
    assert client.post(f"/godkanna/{question.pk}/", posted(question, "approved")).status_code == 422


def test_several_are_approved_at_once(client, sides, at_employer):
    both = waiting(at_employer)
    let_in(client, sides.head)
    assert "2 frågor väntar" in client.get("/godkanna/").content.decode()
    client.post("/godkanna/", {"approve": [f"{each.pk}:{each.version.number}" for each in both]})
    assert fresh(at_employer).state == "approved"
    assert "Ingen fråga väntar" in client.get("/godkanna/").content.decode()


def test_nobody_signed_out_sees_questions(client, at_employer):
    assert client.get("/godkanna/").status_code == 302


def link_of(sides, approval):
    made = links.make_link(person=sides.head, approvals=[approval], at=now())
    return f"/g/{links.token_of(made)}/"


def test_a_link_answers_once_without_an_account_and_every_opening_is_in_the_ledger(client, sides, at_employer):
    first = waiting(at_employer)[0]
    address = link_of(sides, first)
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert Act.objects.filter(action="collaborations.link_opened").count() == 1

    answered = client.post(address, posted(first, "approved"))

    assert "Tack" in answered.content.decode()
    given = Approval.objects.get(pk=first.pk)
    assert (given.answer, given.by_link, given.answered_by) == ("approved", True, sides.head)
    again = client.post(address, posted(first, "approved"))
    assert again.status_code == 410
    assert "redan använd" in again.content.decode()


def test_a_link_that_is_forged_or_too_old_or_replaced_says_what_to_do(client, sides, at_employer):
    first = waiting(at_employer)[0]
    address = link_of(sides, first)
    assert client.get("/g/forged:token/").status_code == 410
    link_of(sides, first)
    assert "ersatt av en nyare" in client.get(address).content.decode()
    ApprovalLink.objects.update(expires_at=NOW + timedelta(days=1), made_at=NOW)
    newest = ApprovalLink.objects.get(withdrawn_at__isnull=True)
    assert "för gammal" in client.get(f"/g/{links.token_of(newest)}/").content.decode()


def test_the_mail_of_somebody_without_an_account_holds_one_link_however_often_it_is_made(sides, at_employer):
    mail = Message.objects.get(
        kind="approval_request", to=sides.head, context__approval=str(waiting(at_employer)[0].pk)
    )
    first, second = rendered(mail, at=now()), rendered(mail, at=now())
    assert "Får Eli Sund delta?" in first.text
    assert "Svara senast" in first.text
    assert [line for line in first.text.splitlines() if "/g/" in line] == [
        line for line in second.text.splitlines() if "/g/" in line
    ]
    assert ApprovalLink.objects.count() == 1


def test_a_person_says_whether_they_come_and_takes_the_meeting_home(client, sides, at_employer):
    let_in(client, sides.nurse)
    page = client.get("/inbjudningar/").content.decode()
    assert "Lunch om hjärtsvikt" in page
    own = at_employer.participants.get(record_id="p1")
    client.post("/inbjudningar/", {"do": f"yes:{own.pk}"})
    assert at_employer.participants.get(record_id="p1").attendance == "registered"
    file = client.get(f"/inbjudningar/{own.pk}/mote.ics")
    assert b"DTSTART;VALUE=DATE:20260414" in file.content
    other = at_employer.participants.get(record_id="p2")
    assert client.post("/inbjudningar/", {"do": f"yes:{other.pk}"}).status_code == 404
    assert client.get(f"/inbjudningar/{other.pk}/mote.ics").status_code == 404


def test_every_mail_that_acts_ask_for_has_words(sides, at_employer):
    yes(waiting(at_employer)[0], sides.head)
    kinds = set()
    for message in Message.objects.filter(stopped_at__isnull=True):
        kinds.add(message.kind)
        assert rendered(message, at=now()).subject
    assert kinds == {"approval_request", "decided", "participant_invitation"}
