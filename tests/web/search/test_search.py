"""One search: each finds what they may read, and nothing else."""

import pytest

from tests import world
from tests.collaborating import NOW, Sides, begun, plan, submitted
from tests.partnering import Ground
from tests.world import let_in
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.register.actions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


def found(client, sought, prefix=""):
    page = client.get(f"{prefix}/sok/", {"q": sought})
    assert page.status_code == 200
    return {group.name: [line.title for line in group.lines] for group in page.context["groups"]}


def test_a_visitor_finds_rules_examples_and_what_is_open_and_no_more(client, sides, django_assert_max_num_queries):
    made = submitted(sides, plan(sides))
    assert found(client, "hjärtsvikt").keys() <= {"Exempel", "Regler"}
    Collaboration.objects.filter(pk=made.pk).update(state="closed")
    publish(collaboration=Collaboration.objects.get(pk=made.pk), at=NOW, today=NOW.date())
    with django_assert_max_num_queries(4):
        groups = found(client, "hjärtsvikt lunch")
    assert groups["Öppna registret"] == ["Lunch om hjärtsvikt"]
    assert "Regler" in found(client, "alkohol")
    assert client.get("/sok/").cookies == {}


def test_an_organisation_finds_its_own_by_title_party_participant_and_id_and_others_do_not(client, sides):
    made = submitted(sides, plan(sides))
    let_in(client, sides.contact)
    for sought in ("hjärtsvikt", "Nordkap", "eli sund", made.public_id.lower(), "LUNCH västerås"):
        assert found(client, sought)["Vår samverkan"] == ["Lunch om hjärtsvikt"], sought
    assert "Vår samverkan" not in found(client, "lunch middag")
    stranger = world.person("Ola Vik", organisation=world.company("Annat AB"), roles=("compliance_officer",))
    let_in(client, stranger)
    assert "Vår samverkan" not in found(client, "hjärtsvikt")
    assert found(client, "Nordkap") == {"Organisationer": ["Nordkap Pharma AB"]}


def test_a_draft_is_found_by_the_proposer_only(client, sides):
    begun(sides, plan(sides))
    assert found(let_in(client, sides.author), "hjärtsvikt")["Vår samverkan"] == ["Lunch om hjärtsvikt"]
    assert "Vår samverkan" not in found(let_in(client, sides.contact), "hjärtsvikt")


def test_a_participant_finds_what_they_take_part_in_once_the_employer_is_asked(client, sides):
    made = submitted(sides, plan(sides))
    let_in(client, sides.nurse)
    assert "Det du deltar i" not in found(client, "hjärtsvikt")
    Collaboration.objects.filter(pk=made.pk).update(state="care_reviewed")
    assert found(client, "hjärtsvikt")["Det du deltar i"] == ["Lunch om hjärtsvikt"]


def test_nothing_found_nothing_asked_and_odd_input_are_told_plainly(client):
    assert "Inget passar ”qqqzz”." in client.get("/sok/?q=qqqzz").content.decode()
    assert "Skriv ett eller flera ord" in client.get("/sok/").content.decode()
    assert client.get("/sok/", {"q": "\x00" + "x" * 5000}).status_code == 200
    assert client.get("/sok/", {"q": "<script>"}).content.decode().count("<script>") == 0
    assert "Search" in client.get("/en/sok/?q=alcohol").content.decode()


def test_few_queries_for_one_who_is_signed_in(client, sides, django_assert_max_num_queries):
    submitted(sides, plan(sides))
    let_in(client, sides.author)
    with django_assert_max_num_queries(14):
        found(client, "hjärtsvikt")


def test_partnerships_are_found_by_name_and_alias_by_those_who_may_know_of_them(client):
    closed = Ground(name="Slutna prövningar", openness="parties")
    closed.partnership.aliases.create(name="Gamla Swetrial")
    assert found(client, "slutna") == {}
    let_in(client, closed.founder)
    assert found(client, "swetrial")["Partnerskap"] == ["Slutna prövningar"]
    assert found(client, "gamla prövningar")["Partnerskap"] == ["Slutna prövningar"]
    let_in(client, closed.outsider)
    assert "Partnerskap" not in found(client, "slutna")


def test_the_five_collaborations_and_the_models_are_found_by_every_name_they_have(client):
    assert found(client, "atmp sverige")["Partnerskap"] == ["ATMP Sweden"]
    page = client.get("/sok/", {"q": "svb"}).text
    assert "Aktiebolag med särskild vinstutdelningsbegränsning (svb)" in page
    assert "/partnerskap/jamforelse/#medtech4health" in page
    assert next(iter(found(client, "consortium", "/en").values())) == ["Consortium agreement"]
