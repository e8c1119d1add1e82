"""Warnings counted across collaborations, on the pages: who reads them, and how somebody goes on."""

import pytest

from tests.collaborating import Sides, judge_all, plan, submitted, waiting, yes
from tests.elsewhere import limit, other
from tests.world import let_in
from tillit.apps.collaborations.models import Acknowledgement, Assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


def test_one_who_takes_part_reads_of_themselves_and_not_of_the_others(client, sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    limit("meals_per_person_year", 0)
    address = f"/samverkan/{made.public_id}/"
    both = ("Eli Sund bjuds på måltider", "Fia Dahl bjuds på måltider")
    for reader, sees in ((sides.nurse, (True, False)), (sides.doctor, (False, True)), (sides.head, (True, True))):
        text = let_in(client, reader).get(address).text
        assert tuple(each in text for each in both) == sees


def test_a_warning_is_gone_on_from_with_a_reason_on_the_page_where_things_are_judged(client, sides):
    other(sides, sides.nurse)
    made = submitted(sides, plan(sides))
    address = f"/samverkan/{made.public_id}/"
    let_in(client, sides.contact)
    assert f'href="{address}bedom/"' in client.get(address).text
    assert "Eli Sund är anmäld till något annat" in client.get(f"{address}bedom/").text
    (kept,) = Assessment.objects.latest("made_at").warnings
    key = f"{kept['code']}:{kept['subject']}"
    assert client.post(f"{address}bedom/", {"caution": key, f"reason.{key}": " "}).status_code == 422
    assert client.post(f"{address}bedom/", {"caution": key, f"reason.{key}": "Olika tider."}).status_code == 302
    assert Acknowledgement.objects.get().reason == "Olika tider."
    assert "Olika tider." in client.get(address).text
