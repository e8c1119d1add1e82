"""The button that asks again, and pages that end what somebody else has changed meanwhile."""

import pytest

from tests import world
from tests.collaborating import NOW, Sides, fresh, judge_all, plan, submitted, waiting, yes
from tests.world import let_in
from tillit.apps.collaborations.actions import answering, drafting
from tillit.apps.collaborations.models import Approval
from tillit.apps.outbox.models import Message

pytestmark = pytest.mark.django_db


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


def address(made, approval):
    return f"/samverkan/{made.public_id}/svar/{approval.pk}/fraga-igen/"


def test_a_press_asks_a_no_again_and_says_so(client, sides, at_head):
    first = waiting(at_head)[0]
    declined = answering.answer(
        approval=first, answer="declined", seen_version=1, by=sides.head, at=NOW, reason="Bemanningen."
    )
    page = let_in(client, sides.author).get(f"/samverkan/{at_head.public_id}/").content.decode()
    assert address(at_head, declined) in page
    answered = client.post(address(at_head, declined), follow=True).content.decode()
    assert "Frågan är skickad igen." in answered
    assert address(at_head, declined) not in answered
    assert Approval.objects.get(follows=declined).answer == "waiting"


def test_what_waits_is_sent_again_and_a_second_press_is_told(client, sides, at_head):
    first = waiting(at_head)[0]
    let_in(client, sides.contact).post(address(at_head, first))
    assert "redan skickad igen" in client.post(address(at_head, first), follow=True).content.decode()
    assert Message.objects.filter(key__startswith=f"approval:{first.pk}:again:").count() == 1


def test_who_only_reads_sees_no_button_and_cannot_press_it(client, sides, at_head):
    auditor = world.person("Liv Ahl", organisation=sides.company, roles=("auditor",))
    first = waiting(at_head)[0]
    page = let_in(client, auditor).get(f"/samverkan/{at_head.public_id}/")
    assert "fraga-igen" not in page.content.decode()
    assert client.post(address(at_head, first)).status_code == 403


def test_a_question_of_another_collaboration_is_not_found_here(client, sides, at_head):
    other = submitted(sides, plan(sides))
    assert let_in(client, sides.author).post(address(other, waiting(at_head)[0])).status_code == 404


def test_what_was_changed_since_the_page_was_opened_is_not_ended_unread(client, sides, at_head):
    page = let_in(client, sides.contact).get(f"/samverkan/{at_head.public_id}/avsluta/").content.decode()
    assert f'name="revision" value="{at_head.revision}"' in page
    drafting.save_draft(
        collaboration=at_head,
        content=at_head.draft,
        revision=at_head.revision,
        by=sides.author,
        acting_for=sides.company,
        at=NOW,
    )
    sent = {"act": "cancel", "reason": "Sjukdom.", "revision": str(at_head.revision)}
    refused = client.post(f"/samverkan/{at_head.public_id}/avsluta/", sent)
    assert refused.status_code == 422
    assert "ändrat under tiden" in refused.content.decode()
    assert "Sjukdom." in refused.content.decode()
    sent["revision"] = str(fresh(at_head).revision)
    assert client.post(f"/samverkan/{at_head.public_id}/avsluta/", sent).status_code == 302
    assert fresh(at_head).state == "cancelled"
