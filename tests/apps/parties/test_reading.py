"""What pages read of organisations and people, and in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from tests import world
from tillit.apps.parties import access, queries
from tillit.apps.parties.models import Delegation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def found(**asked):
    return [row.name for row in queries.organisation_rows(**asked).rows]


@pytest.fixture
def some():
    world.region("Region Östermark", county_code="05", number=world.number(4))
    pharma = world.company("Nordkap Pharma AB", number=world.number(5), county_code="01")
    pharma.aliases.create(name="Åkerbär Läkemedel AB", valid_to=TODAY)
    world.company("Ängsblom Medtech AB", branch="medtech")
    return pharma


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Nordkap Pharma AB", "Region Östermark", "Ängsblom Medtech AB"]),
        ({"search": "östermark"}, ["Region Östermark"]),
        ({"search": "ÄNGSBLOM ab"}, ["Ängsblom Medtech AB"]),
        ({"search": "åkerbär"}, ["Nordkap Pharma AB"]),
        ({"search": world.number(5)}, ["Nordkap Pharma AB"]),
        ({"search": f"{world.number(5)[:6]}-{world.number(5)[6:]}"}, ["Nordkap Pharma AB"]),
        ({"search": "nordkap östermark"}, []),
        ({"search": "%"}, []),
        ({"kind": "region"}, ["Region Östermark"]),
        ({"county": "01"}, ["Nordkap Pharma AB"]),
        ({"kind": "region", "county": "01"}, []),
    ],
)
def test_organisations_are_found_by_name_other_name_number_kind_and_county(some, asked, names):
    assert sorted(found(**asked)) == sorted(names)


def test_a_name_that_is_no_longer_used_says_what_was_found(some):
    assert queries.organisation_rows(search="åkerbär").rows[0].also == "Åkerbär Läkemedel AB"
    assert queries.organisation_rows(search="nordkap").rows[0].also == ""


def test_the_list_is_read_page_by_page_in_a_few_queries(django_assert_num_queries):
    for n in range(7):
        world.company(f"Bolag {n}")
    with django_assert_num_queries(2):
        last = queries.organisation_rows(page=99, size=3)
    assert (last.page, last.pages, last.total, [row.name for row in last.rows]) == (3, 3, 7, ["Bolag 6"])
    assert queries.organisation_rows(page=-4, size=3).page == 1
    with django_assert_num_queries(3):
        queries.organisation_rows(search="bolag")


def test_an_organisation_is_meant_by_its_number_its_name_or_another_name_it_goes_by(some):
    for text in (" nordkap  pharma ab", world.number(5), f"{world.number(5)[:6]}-{world.number(5)[6:]}"):
        assert queries.organisation_named(text) == some
    assert str(queries.organisation_named("ängsblom medtech ab")) == "Ängsblom Medtech AB"
    assert queries.organisation_named("Åkerbär Läkemedel AB") is None  # a name that it had
    some.aliases.create(name="NKP")
    assert queries.organisation_named("nkp") == some
    world.company("Nordkap Pharma AB")
    assert queries.organisation_named("Nordkap Pharma AB") is None  # two have it


def test_a_page_about_an_organisation_is_read_in_five_queries(some, django_assert_num_queries):
    association = world.organisation("Branschen", "trade_association")
    some.memberships.create(association=association, since=date(2020, 1, 1))
    some.memberships.create(association=world.organisation("Förr", "trade_association"), until=TODAY)
    world.company("Dotter AB", parent=some)
    with django_assert_num_queries(5):
        page = queries.organisation_page(some, TODAY)
    assert [each.name for each in page.children] == ["Dotter AB"]
    assert [each.name for each in page.memberships] == ["Branschen"]
    assert [(each.name, each.until) for each in page.aliases] == [("Åkerbär Läkemedel AB", TODAY)]
    assert (page.number[6], page.county) == ("-", "Stockholms län")
    assert [each.name for each in queries.organisation_page(association, TODAY).members] == ["Nordkap Pharma AB"]


def test_units_stand_below_those_they_belong_to(django_assert_num_queries):
    care = world.region()
    clinic = world.unit(care, "Kliniken", head=world.person("Berit"))
    world.unit(care, "Avdelningen", parent=clinic)
    world.unit(care, "Öronkliniken")
    with django_assert_num_queries(1):
        rows = queries.unit_rows(care)
    assert [(row.name, row.depth, row.head) for row in rows] == [
        ("Kliniken", 0, "Berit"),
        ("Avdelningen", 1, ""),
        ("Öronkliniken", 0, ""),
    ]


def test_people_are_read_with_their_work_and_roles_in_three_queries(django_assert_num_queries):
    care = world.region()
    clinic = world.unit(care, "Kliniken")
    anna = world.person("Anna", organisation=care, unit=clinic, roles=["author", "auditor"])
    world.user_of(anna)
    gone = world.person("Gone", organisation=care)
    gone.employments.update(until=TODAY)
    with django_assert_num_queries(3):
        (row,) = queries.people_of(care, TODAY)
    assert (row.name, row.has_account, [job.unit for job in row.employments]) == ("Anna", True, ["Kliniken"])
    assert [role.what for role in row.roles] == ["granskare", "handläggare"]


def test_colleagues_absences_and_procurements_are_read_in_few_queries(django_assert_num_queries):
    care = world.region()
    anna = world.person("Anna", organisation=care)
    bo = world.person("Bo", organisation=care)
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=1)}
    Delegation.objects.create(organisation=care, giver=anna, taker=bo, **days)
    Delegation.objects.create(
        organisation=care, giver=anna, taker=bo, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)
    )
    buy = care.procurements.create(
        subject="Pumpar", opened_on=date(2026, 1, 1), closed_on=TODAY
    )  # the day itself is in
    buy.bidders.add(world.company())
    with django_assert_num_queries(4):
        assert queries.colleagues_of(anna, care, TODAY) == (bo,)
        (absence,) = queries.absences(TODAY, giver=anna)
        (row,) = queries.procurement_rows(care, TODAY)
    assert (absence.taker, absence.begun) == ("Bo", True)
    assert queries.absences(TODAY, taker=bo) == (absence,)
    assert queries.absences(TODAY, taker=anna) == ()
    assert (row.bidders, row.open) == (("Nordkap Pharma AB",), True)


def test_invitations_that_wait_are_listed(django_assert_num_queries):
    care = world.region()
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    sent = {"roles": ["author"], "invited_at": now, "expires_at": now}
    care.invitations.create(email="a@example.se", name="A", **sent)
    care.invitations.create(email="b@example.se", name="B", withdrawn_at=now, **sent)
    with django_assert_num_queries(1):
        (row,) = queries.invitation_rows(care, now)
    assert (row.name, row.roles, row.expired) == ("A", ("handläggare",), True)


# ---------------------------------------------------------------- who may


def test_only_its_administrators_administer_an_organisation_and_operators_look_after_it():
    care, other = world.region(), world.company()
    anna = world.person("Anna", organisation=care, roles=["administrator"])
    drift = world.operator().person
    assert access.organisation_to_administer(care.pk, anna, TODAY) == care
    assert not access.organisation_to_look_after(care.pk, anna, TODAY).operator
    assert access.organisation_to_look_after(care.pk, drift, TODAY).operator
    for refused in (
        lambda: access.organisation_to_administer(other.pk, anna, TODAY),
        lambda: access.organisation_to_administer(care.pk, drift, TODAY),
        lambda: access.organisation_to_look_after(other.pk, anna, TODAY),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    with pytest.raises(Http404):
        access.organisation_to_see(anna.pk)


def test_the_ledger_is_for_auditors_and_administrators_and_goes_on_with_a_merger():
    small = world.provider("Lilla vården AB")
    large = world.provider("Stora vården AB")
    auditor = world.person("Greta", organisation=large, roles=["auditor"])
    author = world.person("Sara", organisation=small, roles=["author"])
    assert access.ledger_to_read(large.pk, auditor, TODAY) == large
    for who in (auditor, author):
        with pytest.raises(PermissionDenied):
            access.ledger_to_read(small.pk, who, TODAY)
    small.merged_into, small.merged_on = large, TODAY
    small.save()
    assert access.ledger_to_read(small.pk, auditor, TODAY) == small
    assert not access.may_read_ledger(author, small, TODAY)


def test_nothing_of_one_organisation_is_reached_through_another():
    care, other = world.region(), world.company()
    unit = world.unit(other)
    sara = world.person("Sara", organisation=other, roles=["author"])
    bought = world.region("Region Annan", county_code="01").procurements.create(subject="P", opened_on=TODAY)
    absence = Delegation.objects.create(
        organisation=other, giver=sara, taker=world.person("Bo"), starts_on=TODAY, ends_on=TODAY
    )
    for reach in (
        lambda: access.unit_of(care, unit.pk),
        lambda: access.person_of(care, sara.pk),
        lambda: access.role_of(care, sara, sara.roles.get().pk),
        lambda: access.employment_of(care, sara, sara.employments.get().pk),
        lambda: access.procurement_of(care, bought.pk),
        lambda: access.own_absence(absence.taker, absence.pk),
    ):
        with pytest.raises(Http404):
            reach()
    assert access.unit_of(other, unit.pk) == unit
    assert access.person_of(other, sara.pk) == sara
