"""A collaboration written on its pages: begun, told about, people, questions, costs, parties, and handed in."""

import json

import pytest

from tests import world
from tests.collaborating import NOW, Sides, approved, begun, fresh, plan
from tests.world import let_in
from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.actions import outcome
from tillit.apps.collaborations.models import Collaboration
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return Sides()


def about(made, **more):
    said = {
        "revision": fresh(made).revision,
        "title": "Möte om hjärtat",
        "starts_on": "2026-04-14",
        "ends_on": "2026-04-14",
        "purpose": "Lära av varandra.",
        "benefit_care": "Kunskap.",
        "benefit_company": "Frågor.",
        "openness": "public",
    }
    return said | more


def test_it_is_begun_with_another_organisation_and_told_about(client, sides):
    let_in(client, sides.author)
    sent = {"title": "Möte om hjärtat", "starts_on": "2026-04-14", "other": "Region Fjällmark"}
    made_answer = client.post("/samverkan/ny/", sent)
    made = Collaboration.objects.get()
    assert made_answer["Location"].endswith(f"/samverkan/{made.public_id}/om/")
    assert {each.organisation.name for each in made.parties.all()} == {"Nordkap Pharma AB", "Region Fjällmark"}

    assert (
        client.post(f"/samverkan/{made.public_id}/om/", about(made, town="Åre", starts_at="11:30")).status_code == 302
    )

    said = fresh(made).draft["about"]
    assert (said["town"], said["starts_at"], said["purpose"]) == ("Åre", "11:30", "Lära av varandra.")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Det här behövs"),
        ({"starts_on": "14/4"}, "Skriv dagen som"),
        ({"other": "Finns inte AB"}, "Ingen eller flera"),
        ({"other": "Nordkap Pharma AB"}, "inte er egen"),
        ({"ends_on": "2026-04-13"}, "före den första"),
    ],
)
def test_what_cannot_be_begun_is_told_and_nothing_is_made(client, sides, wrong, says):
    sent = {"title": "Möte", "starts_on": "2026-04-14", "other": "Region Fjällmark"} | wrong
    refused = let_in(client, sides.author).post("/samverkan/ny/", sent)
    assert refused.status_code == 422
    assert says in refused.content.decode()
    assert not Collaboration.objects.exists()


def test_a_check_made_without_an_account_becomes_a_collaboration(client, sides):
    case = json.dumps(dump_case(examples.case_of("lunchseminarium-haller")))
    let_in(client, sides.author)
    page = client.post("/samverkan/ny/", {"case": case}).content.decode()
    assert "Lunchseminarium om hjärtsvikt, utan kuponger" in page
    sent = {"title": "Lunch", "starts_on": "2026-03-12", "other": "Region Fjällmark", "case": case}
    assert client.post("/samverkan/ny/", sent).status_code == 302
    draft = Collaboration.objects.get().draft
    assert len(draft["participant"]) == 18
    assert "judgement" not in draft
    assert client.post("/samverkan/ny/", sent | {"case": "{"}).status_code == 422


def test_only_those_who_write_begin(client, sides):
    assert let_in(client, sides.head).get("/samverkan/ny/").status_code == 403
    client.logout()
    assert client.get("/samverkan/ny/").status_code == 302


def test_two_who_write_at_once_are_told_and_what_was_typed_stays(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    client.post(f"/samverkan/{made.public_id}/om/", about(made))
    late = client.post(f"/samverkan/{made.public_id}/om/", about(made, revision=made.revision, purpose="Mitt syfte."))
    assert late.status_code == 422
    assert "Någon annan har ändrat" in late.content.decode()
    assert "Mitt syfte." in late.content.decode()
    assert fresh(made).draft["about"]["purpose"] == "Lära av varandra."


def test_people_are_known_by_their_address_and_never_by_name(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    care = str(sides.region.pk)
    sent = {
        "revision": made.revision,
        "r.1.id": "p1",
        "r.1.name": "Någon annan stavning",
        "r.1.email": sides.nurse.email.upper(),
        "r.1.employer": care,
        "r.2.name": "Gun Al",
        "r.2.email": "gun.al@example.se",
        "r.2.employer": care,
        "r.3.name": "en sjuksköterska",
    }
    assert client.post(f"/samverkan/{made.public_id}/deltagare/", sent).status_code == 302
    rows = fresh(made).draft["participant"]
    gun = Person.objects.get(email="gun.al@example.se")
    assert [each["person"] for each in rows] == [str(sides.nurse.pk), str(gun.pk), ""]
    assert [each["id"] for each in rows] == ["p1", "p3", "p4"]
    assert rows[0]["facts"]["mode"] == "on_site"
    assert rows[1]["facts"]["side"] == "care"
    assert Person.objects.get(pk=sides.nurse.pk).name == "Eli Sund"


def test_a_row_that_cannot_be_is_told_and_all_rows_stay(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    sent = {"revision": made.revision, "r.1.name": "Gun Al", "r.2.email": "inte en adress"}
    refused = client.post(f"/samverkan/{made.public_id}/deltagare/", sent)
    assert refused.status_code == 422
    assert "saknar namn eller roll" in refused.content.decode()
    assert "Gun Al" in refused.content.decode()
    assert len(fresh(made).draft["participant"]) == 2


def test_costs_take_swedish_amounts_and_empty_is_not_zero(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    address = f"/samverkan/{made.public_id}/kostnader/"
    sent = {"revision": made.revision, "r.1.label": "Lokal", "r.1.category": "venue", "r.1.estimated": "1 234,50 kr"}
    assert client.post(address, sent).status_code == 302
    (row,) = fresh(made).draft["cost"]
    assert (row["estimated"], row["committed"], row["actual"]) == ("1234.50", "", "")
    wrong = client.post(address, sent | {"revision": fresh(made).revision, "r.1.estimated": "mycket"})
    assert wrong.status_code == 422
    assert "mycket är inget belopp" in wrong.content.decode()
    assert fresh(made).draft["cost"] == [row]


def test_the_rulebook_s_questions_are_answered_into_the_draft(client, sides):
    made = begun(sides, plan(sides))
    let_in(client, sides.author)
    address = f"/samverkan/{made.public_id}/fragor/betalt/"
    page = client.get(address)
    assert page.status_code == 200
    assert "price_per_person" in page.content.decode()
    sent = {
        "revision": made.revision,
        "go": "next",
        "r.meal.here": "1",
        "r.meal.gate": "all",
        "r.meal.order": "occasion,price_per_person",
        "r.meal.0.was": "lunch",
        "r.meal.0.id": "lunch",
        "r.meal.0.occasion": "lunch",
        "r.meal.0.price_per_person": "199,00",
    }
    answered = client.post(address, sent)
    assert answered.status_code in (200, 302)
    draft = fresh(made).draft
    assert draft["meal"][0]["price_per_person"] == "199.00"
    assert draft["about"] == made.draft["about"]
    assert "company_branch" in draft["collaboration"]
    assert [each["person"] for each in draft["participant"]] == [each["person"] for each in made.draft["participant"]]
    wrong = client.post(address, sent | {"revision": fresh(made).revision, "r.meal.0.price_per_person": "dyrt"})
    assert wrong.status_code == 422
    assert fresh(made).draft == draft
    assert client.get(f"/samverkan/{made.public_id}/fragor/finns-inte/").status_code == 404


@pytest.mark.parametrize("slug", ["vad", "vilka", "var", "betalt", "handlingar"])
def test_every_step_of_the_questions_opens(client, sides, slug):
    made = begun(sides, plan(sides))
    assert let_in(client, sides.author).get(f"/samverkan/{made.public_id}/fragor/{slug}/").status_code == 200


def test_a_party_comes_in_once_and_is_placed_in_its_unit(client, sides):
    made = begun(sides, plan(sides))
    other = world.company("Annat AB")
    let_in(client, sides.author)
    address = f"/samverkan/{made.public_id}/parter/"
    assert client.post(address, {"act": "add", "organisation": "Annat AB"}).status_code == 302
    assert client.post(address, {"act": "add", "organisation": "Annat AB"}).status_code == 422
    assert made.parties.filter(organisation=other).count() == 1
    care = made.parties.get(organisation=sides.region)
    client.post(address, {"act": "place", "party": care.pk, "unit": ""})
    assert made.parties.get(pk=care.pk).unit is None
    client.post(address, {"act": "place", "party": care.pk, "unit": str(sides.clinic.pk)})
    assert made.parties.get(pk=care.pk).unit == sides.clinic


def test_who_was_there_is_said_when_it_has_been_carried_out(client, sides):
    made = approved(sides, plan(sides))
    after = NOW.replace(month=4, day=15)
    outcome.carry_out(collaboration=made, by=sides.author, acting_for=sides.company, at=after)
    page = let_in(client, sides.author).get(f"/samverkan/{made.public_id}/deltagare/").content.decode()
    assert "Närvaro" in page
    rows = fresh(made).draft["participant"]
    sent = {"revision": fresh(made).revision}
    for number, (each, person) in enumerate(zip(rows, (sides.nurse, sides.doctor), strict=True), start=1):
        sent |= {
            f"r.{number}.id": each["id"],
            f"r.{number}.name": person.name,
            f"r.{number}.email": person.email,
            f"r.{number}.employer": each["employer"],
            f"r.{number}.unit": each["unit"],
            f"r.{number}.attendance": "present",
        }
    assert client.post(f"/samverkan/{made.public_id}/deltagare/", sent).status_code == 302
    assert {each["attendance"] for each in fresh(made).draft["participant"]} == {"present"}
