"""A link that came to somebody else: nothing is answered by one who is signed in as another."""

import pytest
from django.utils.timezone import now

from tests import world
from tests.collaborating import Sides, judge_all, plan, submitted, waiting, yes
from tillit.apps.audit.models import Act
from tillit.apps.collaborations.actions import links
from tillit.apps.collaborations.models import Approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def question(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    return waiting(made)[0]


@pytest.mark.parametrize("who", ["nurse", "author"])
def test_who_is_signed_in_as_another_neither_reads_nor_answers_and_the_link_still_works(client, sides, question, who):
    link = links.make_link(person=sides.head, approvals=[question], at=now())
    address = f"/g/{links.token_of(link)}/"
    world.let_in(client, getattr(sides, who))
    sent = {"answer": "approved", "seen": question.version.number}
    for refused in (client.get(address), client.post(address, sent)):
        assert refused.status_code == 403
        assert "inloggad som någon annan" in refused.content.decode()
        assert "Lunch om hjärtsvikt" not in refused.content.decode()
    assert Approval.objects.get(pk=question.pk).answer == "waiting"
    assert not Act.objects.filter(action="collaborations.link_opened").exists()
    client.logout()
    assert "Tack" in client.post(address, sent).content.decode()


def test_who_is_signed_in_as_the_one_it_is_for_answers_with_it(client, sides, question):
    link = links.make_link(person=sides.head, approvals=[question], at=now())
    world.let_in(client, sides.head)
    sent = {"answer": "approved", "seen": question.version.number}
    assert "Tack" in client.post(f"/g/{links.token_of(link)}/", sent).content.decode()
