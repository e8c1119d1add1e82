"""The pages where limits are set: an organisation's own, and everybody's."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from tests import world
from tests.elsewhere import limit
from tests.world import let_in
from tillit.apps.collaborations.models import Limit

pytestmark = pytest.mark.django_db
EVERYBODY = "/organisationer/granser/"


@pytest.fixture
def care():
    return world.region()


def of(organisation):
    return f"/organisationer/{organisation.pk}/granser/"


def who(organisation, *roles):
    return world.person("Cia Berg", organisation=organisation, roles=roles)


def said(**more):
    usual = {"act": "set", "measure": "meals_per_person_year", "most": "12", "valid_from": localdate().isoformat()}
    return {**usual, "source": "Riktlinje 7", **more}


@pytest.mark.parametrize("role", ["administrator", "compliance_officer", "contact_person"])
def test_those_who_look_after_it_set_a_limit_see_it_and_end_it(client, care, role):
    let_in(client, who(care, role))
    assert of(care) in client.get(f"/organisationer/{care.pk}/").text
    assert "Ingen gräns är satt." in client.get(of(care)).text

    told = client.post(of(care), said(measure="fees_per_person_year", most="12 500,50 kr"), follow=True).text

    assert "Gränsen är satt." in told
    assert "Riktlinje 7" in told
    made = Limit.objects.get()
    assert (made.organisation, made.most) == (care, Decimal("12500.50"))
    ends = (localdate() + timedelta(days=3)).isoformat()
    assert ends in client.post(of(care), {"act": f"end-{made.pk}", "on": ends}, follow=True).text
    made.refresh_from_db()
    assert str(made.valid_to) == ends


@pytest.mark.parametrize(
    ("wrong", "place", "says"),
    [
        ({"most": "-1"}, "set-most_error", "negativt"),
        ({"most": "tolv"}, "set-most_error", "Skriv ett tal"),
        ({"most": ""}, "set-most_error", "Utan tal"),
        ({"most": "sNaN"}, "set-most_error", "för stort"),
        ({"measure": "x"}, "set-measure_error", "Välj i listan"),
        ({"source": " "}, "set-source_error", "Det här behövs"),
        ({"valid_from": "i går"}, "set-valid_from_error", "Skriv dagen som"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client, care, wrong, place, says):
    let_in(client, who(care, "contact_person"))
    page = client.post(of(care), said(**{"source": "Min källa", **wrong}))
    assert page.status_code == 422
    assert f'id="{place}"' in page.text
    assert says in page.text
    assert "Min källa" in page.text or "source" in wrong
    assert not Limit.objects.exists()


def test_the_same_day_twice_and_an_end_before_the_beginning_are_told(client, care):
    let_in(client, who(care, "contact_person"))
    client.post(of(care), said())
    assert "redan den dagen" in client.post(of(care), said(most="3")).text
    too_early = {"act": f"end-{Limit.objects.get().pk}", "on": (localdate() - timedelta(days=1)).isoformat()}
    assert client.post(of(care), too_early).status_code == 422


def test_another_organisation_s_limit_is_not_ended_here_and_one_that_is_over_not_again(client, care):
    let_in(client, who(care, "contact_person"))
    foreign = limit("meals_per_person_year", 1, organisation=world.company())
    over = limit("meals_per_person_year", 1, organisation=care, valid_to=localdate())
    for each in (foreign, over):
        assert client.post(of(care), {"act": f"end-{each.pk}", "on": "2030-01-01"}).status_code == 400


@pytest.mark.parametrize("role", ["author", "head_of_operations", "auditor", "participant"])
def test_others_there_set_none_and_have_no_way_to_it(client, care, role):
    let_in(client, who(care, role))
    assert client.get(of(care)).status_code == 403
    assert client.post(of(care), said()).status_code == 403
    assert of(care) not in client.get(f"/organisationer/{care.pk}/").text


def test_outsiders_and_the_operator_set_none_for_it_and_what_is_not_there_is_not_found(client, care):
    for person in (who(world.company(), "administrator"), world.operator().person):
        let_in(client, person)
        assert client.get(of(care)).status_code == 403
    assert client.get(f"/organisationer/{uuid4()}/granser/").status_code == 404
    client.logout()
    assert client.get(of(care)).status_code == 302
    assert client.get(EVERYBODY).status_code == 302


def test_everybody_s_are_the_operator_s(client, care):
    let_in(client, who(care, "administrator"))
    assert client.get(EVERYBODY).status_code == 403
    assert EVERYBODY not in client.get("/organisationer/").text
    let_in(client, world.operator().person)
    assert EVERYBODY in client.get("/organisationer/").text
    assert "Gränsen är satt." in client.post(EVERYBODY, said(measure="share_of_unit_year"), follow=True).text
    assert Limit.objects.get().organisation is None


def test_the_page_takes_as_many_queries_with_many_limits_as_with_few(client, care, django_assert_max_num_queries):
    let_in(client, who(care, "contact_person"))
    for number in range(12):
        limit("meals_per_person_year", 5, organisation=care, valid_from=localdate() - timedelta(days=number))
    client.get(of(care))
    with django_assert_max_num_queries(9):
        client.get(of(care))
