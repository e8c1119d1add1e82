"""For whom a person acts on a day, and as what."""

from datetime import date

import pytest

from tests import world
from tillit.apps.parties.seats import seats_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_a_seat_gathers_the_roles_in_an_organisation_with_their_units(django_assert_num_queries):
    region, company = world.region(), world.company()
    heart = world.unit(region)
    person = world.person("Anna Ek", organisation=region, roles=["participant"])
    world.role(person, region, "head_of_operations", unit=heart)
    world.role(person, company, "auditor")

    with django_assert_num_queries(1):
        company_seat, region_seat = seats_of(person, DAY)
        assert region_seat.organisation_name == "Region Fjällmark"

    assert (company_seat.organisation_id, company_seat.kind) == (company.pk, "company")
    assert region_seat.roles == {("participant", None), ("head_of_operations", heart.pk)}
    assert region_seat.units_of("head_of_operations") == {heart.pk}
    assert region_seat.role_names == {"participant", "head_of_operations"}


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (DAY, None, True),
        (date(2026, 6, 2), None, False),
        (date(2026, 1, 1), DAY, False),
        (date(2026, 1, 1), date(2026, 6, 2), True),
    ],
)
def test_a_role_holds_from_its_first_day_and_not_on_its_end_day(since, until, holds):
    company = world.company()
    person = world.person("Anna Ek")
    world.role(person, company, "author", since=since, until=until)
    assert bool(seats_of(person, DAY)) is holds


def test_an_organisation_that_has_left_has_no_seats():
    company = world.company(left_on=DAY)
    person = world.person("Anna Ek", organisation=company, roles=["author"])
    assert seats_of(person, date(2026, 5, 31))
    assert seats_of(person, DAY) == ()


def test_nobody_has_no_seats_and_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seats_of(None, DAY) == ()
