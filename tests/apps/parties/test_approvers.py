"""Who may answer for whom on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import world
from tillit.apps.parties.models import Delegation
from tillit.apps.parties.queries import Approver, answers_for, approvers_of, has_role, holders_of, is_administrator

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def care():
    return world.region()


@pytest.fixture
def clinic(care):
    return world.unit(care, "Medicinkliniken")


@pytest.fixture
def ward(care, clinic):
    return world.unit(care, "Avdelning 3", parent=clinic)


def away(organisation, giver, taker, *, starts=TODAY, ends=TODAY, **fields):
    return Delegation.objects.create(
        organisation=organisation, giver=giver, taker=taker, starts_on=starts, ends_on=ends, **fields
    )


def test_the_units_own_head_approves(care, clinic):
    clinic.head = world.person("Berit Chef", organisation=care)
    world.role(world.person("Nils Chef", organisation=care), care, "head_of_operations")
    assert approvers_of(clinic, care, TODAY) == (Approver(clinic.head),)


def test_where_no_head_is_named_the_units_heads_of_operations_approve(care, clinic):
    anna, bo = world.person("Anna", organisation=care), world.person("Bo", organisation=care)
    world.role(bo, care, "head_of_operations", unit=clinic)
    world.role(anna, care, "head_of_operations", unit=clinic)
    assert approvers_of(clinic, care, TODAY) == (Approver(anna), Approver(bo))


def test_a_ward_without_anybody_is_answered_for_by_the_clinic_and_then_by_the_organisation(care, clinic, ward):
    assert approvers_of(ward, care, TODAY) == ()
    top = world.person("Topp", organisation=care, roles=["head_of_operations"])
    assert approvers_of(ward, care, TODAY) == approvers_of(None, care, TODAY) == (Approver(top),)
    clinic.head = world.person("Klinikchef", organisation=care)
    clinic.save()
    ward.refresh_from_db()
    assert approvers_of(ward, care, TODAY) == (Approver(clinic.head),)


def test_a_head_who_no_longer_works_there_approves_nothing(care, clinic):
    clinic.head = world.person("Berit Chef", organisation=care)
    clinic.head.employments.update(until=TODAY)
    assert approvers_of(clinic, care, TODAY - timedelta(days=1)) == (Approver(clinic.head),)
    assert approvers_of(clinic, care, TODAY) == ()


def test_a_substitute_answers_on_the_days_of_the_absence_and_no_others(care, clinic):
    clinic.head = world.person("Berit Chef", organisation=care)
    deputy = world.person("Vera Vikarie", organisation=care)
    away(care, clinic.head, deputy, starts=TODAY, ends=TODAY + timedelta(days=4))
    both = (Approver(clinic.head), Approver(deputy, on_behalf_of=clinic.head))
    assert approvers_of(clinic, care, TODAY) == approvers_of(clinic, care, TODAY + timedelta(days=4)) == both
    assert approvers_of(clinic, care, TODAY - timedelta(days=1)) == (Approver(clinic.head),)
    assert approvers_of(clinic, care, TODAY + timedelta(days=5)) == (Approver(clinic.head),)


def test_a_substitute_does_not_pass_it_on_and_an_ended_absence_counts_no_more(care, clinic):
    clinic.head = world.person("Berit Chef", organisation=care)
    deputy, third = world.person("Vera Vikarie", organisation=care), world.person("Tore Tredje", organisation=care)
    absence = away(care, clinic.head, deputy)
    away(care, deputy, third)
    assert third not in [each.person for each in approvers_of(clinic, care, TODAY)]
    absence.ended_at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    absence.save()
    assert approvers_of(clinic, care, TODAY) == (Approver(clinic.head),)


def test_an_absence_in_one_organisation_says_nothing_about_another(care, clinic):
    clinic.head = world.person("Berit Chef", organisation=care)
    away(world.company(), clinic.head, world.person("Vera Vikarie"))
    assert approvers_of(clinic, care, TODAY) == (Approver(clinic.head),)


def test_holders_of_a_role_are_those_of_the_organisation_and_of_the_unit(care, clinic, ward):
    whole = world.person("Anna", organisation=care, roles=["contact_person"])
    of_clinic = world.person("Bo", organisation=care)
    world.role(of_clinic, care, "contact_person", unit=clinic)
    assert holders_of(care, ["contact_person"], TODAY) == (Approver(whole),)
    assert holders_of(care, ["contact_person"], TODAY, unit=ward) == (Approver(whole), Approver(of_clinic))


def test_who_approves_is_read_in_a_few_queries(care, clinic, ward, django_assert_num_queries):
    world.person("Topp", organisation=care, roles=["head_of_operations"])
    ward.refresh_from_db()
    with django_assert_num_queries(5):  # two units' roles, the ward's clinic, the organisation's roles, who is away
        approvers_of(ward, care, TODAY)
    with django_assert_num_queries(2):
        holders_of(care, ["head_of_operations"], TODAY)


def test_a_role_counts_from_its_first_day_until_its_last_which_is_not_in(care):
    anna = world.person("Anna")
    world.role(anna, care, "administrator", since=TODAY, until=TODAY + timedelta(days=1))
    assert [is_administrator(anna, care, TODAY + timedelta(days=by)) for by in (-1, 0, 1)] == [False, True, False]


def test_a_role_in_a_unit_counts_there_and_below_and_nowhere_else(care, clinic, ward):
    anna = world.person("Anna")
    world.role(anna, care, "author", unit=clinic)
    assert has_role(anna, care, ["author"], TODAY, unit=ward)
    assert not has_role(anna, care, ["author"], TODAY)
    assert not has_role(anna, care, ["author"], TODAY, unit=world.unit(care, "Ögonkliniken"))


def test_nobody_has_a_role_for_an_organisation_that_has_left(care):
    anna = world.person("Anna", organisation=care, roles=["administrator"])
    care.left_on = TODAY
    assert is_administrator(anna, care, TODAY - timedelta(days=1))
    assert not is_administrator(anna, care, TODAY)


def test_what_has_become_part_of_another_is_answered_for_by_that(care):
    old = world.organisation("Gamla kommunen", "municipality", merged_into=care, merged_on=TODAY)
    anna = world.person("Anna", organisation=care, roles=["head_of_operations"])
    left = world.person("Bo", organisation=old, roles=["head_of_operations"])
    assert approvers_of(None, old, TODAY) == holders_of(old, ["head_of_operations"], TODAY) == (Approver(anna),)
    assert approvers_of(None, old, TODAY - timedelta(days=1)) == (Approver(left),)
    assert not has_role(left, old, ["head_of_operations"], TODAY)
    assert answers_for(care) == (care, old)
