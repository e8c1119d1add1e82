"""Units, employment, roles, absences and procurements."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.parties import actions
from tillit.apps.parties.actions import Post, ProcurementFacts, UnitFacts
from tillit.apps.parties.models import Delegation, Employment, Procurement, Role, Unit
from tillit.apps.parties.queries import approvers_of, is_administrator

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
TODAY = date(2026, 3, 3)
"""An act half past midnight in Stockholm belongs to the new day, whatever UTC says."""


@pytest.fixture
def care():
    return world.region()


@pytest.fixture
def anna(care):
    return world.person("Anna Admin", organisation=care, roles=["administrator"])


@pytest.fixture
def act(anna, care):
    return {"by": anna, "acting_for": care, "at": AT}


def field_of(function, **given):
    with pytest.raises(Refused) as why:
        function(**given)
    return why.value.field


# ---------------------------------------------------------------- units


def test_a_unit_is_added_below_another_and_changed(care, act):
    clinic = actions.add_unit(organisation=care, facts=UnitFacts(key="100", name="Kliniken"), **act)
    ward = actions.add_unit(organisation=care, facts=UnitFacts(key="101", name="Avd 1", parent=clinic), **act)
    changed = actions.change_unit(unit=ward, to=UnitFacts(key="102", name="Avdelning 1"), **act)
    assert (changed.key, changed.name, changed.parent) == ("102", "Avdelning 1", None)


def test_a_units_key_is_its_own_in_its_organisation_only(care, act):
    world.unit(care, key="100")
    facts = UnitFacts(key=" 100 ", name="En till")
    assert field_of(actions.add_unit, organisation=care, facts=facts, **act) == "key"
    assert actions.add_unit(organisation=world.company(), facts=facts, **act).key == "100"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"key": "", "name": "A"}, "key"),
        ({"key": "1", "name": ""}, "name"),
        ({"key": "900101-0017", "name": "A"}, "key"),
        ({"key": "1", "name": "A", "hsa_id": "x"}, "hsa_id"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_at_its_field(care, act, facts, field):
    assert field_of(actions.add_unit, organisation=care, facts=UnitFacts(**facts), **act) == field
    assert not Unit.objects.exists()


def test_a_unit_never_belongs_to_itself_or_to_another_organisation(care, act):
    top = world.unit(care, "Topp")
    low = world.unit(care, "Låg", parent=top)
    for parent in (top, low, world.unit(world.company())):
        to = UnitFacts(key=top.key, name=top.name, parent=parent)
        assert field_of(actions.change_unit, unit=top, to=to, **act) == "parent"


def test_the_people_of_a_unit_that_closes_go_on_in_the_one_above(care, act):
    clinic = world.unit(care, "Kliniken")
    ward = world.unit(care, "Avdelningen", parent=clinic)
    sara = world.person("Sara", organisation=care, unit=ward)
    world.role(sara, care, "author", unit=ward)
    with pytest.raises(Refused, match="Avdelningen"):
        actions.close_unit(unit=clinic, on=TODAY, **act)
    with pytest.raises(Refused, match="inte kommit"):
        actions.close_unit(unit=ward, on=TODAY + timedelta(days=1), **act)
    actions.close_unit(unit=ward, on=TODAY, **act)
    assert list(sara.employments.order_by("since").values_list("unit", "until")) == [
        (ward.pk, TODAY),
        (clinic.pk, None),
    ]
    assert sara.roles.get().until == TODAY
    actions.close_unit(unit=clinic, on=TODAY, **act)
    assert sara.employments.get(until__isnull=True).unit is None
    ward.refresh_from_db()
    assert field_of(actions.employ, person=sara, organisation=care, post=Post(unit=ward), **act) == "unit"


def test_the_head_of_a_unit_is_one_of_its_organisations_people(care, act):
    clinic = world.unit(care)
    assert field_of(actions.name_head, unit=clinic, head=world.person("Utomstående"), **act) == "head"
    boss = world.person("Berit Chef", organisation=care)
    actions.name_head(unit=clinic, head=boss, **act)
    clinic.refresh_from_db()
    assert clinic.head == boss
    actions.name_head(unit=clinic, head=None, **act)
    clinic.refresh_from_db()
    assert clinic.head is None


# ---------------------------------------------------------------- people


def test_a_person_is_added_and_the_ledger_holds_no_name(act):
    sara = actions.add_person(name=" Sara  Ek ", email="sara.ek@example.se", **act)
    assert (sara.name, sara.user) == ("Sara Ek", None)
    row = Act.objects.get()
    assert "sara" not in f"{row.detail}{row.action}".lower()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Sara 900101-0017"}, "name"),
        ({"name": "Sara", "email": "sara"}, "email"),
        ({"name": "Sara", "email": "9001010017@example.se"}, "email"),
        ({"name": "Sara", "email": "ANNA@example.se"}, "email"),
        ({"name": "Sara", "hsa_id": "SE"}, "hsa_id"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(act, given, field):
    world.person("Anna", "anna@example.se")
    assert field_of(actions.add_person, **given, **act) == field


def test_one_works_in_a_place_once_at_a_time(care, act):
    sara, clinic = world.person("Sara"), world.unit(care)
    post = Post(unit=clinic, title="överläkare", since=TODAY)
    employed = actions.employ(person=sara, organisation=care, post=post, **act)
    assert field_of(actions.employ, person=sara, organisation=care, post=post, **act) == "person"
    actions.employ(person=sara, organisation=care, **act)
    actions.end_employment(employment=employed, until=TODAY, **act)
    actions.employ(person=sara, organisation=care, post=post, **act)
    assert sara.employments.count() == 3


def test_the_database_itself_holds_that_one_works_in_a_place_once(care, act, monkeypatch):
    sara = world.person("Sara", organisation=care)
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
    with pytest.raises(Refused, match="samma stund"):
        actions.employ(person=sara, organisation=care, **act)


def test_with_the_last_employment_the_roles_end_the_same_day(care, act):
    clinic = world.unit(care)
    sara = world.person("Sara", organisation=care, roles=["author"])
    second = Employment.objects.create(person=sara, organisation=care, unit=clinic, since=world.SINCE)
    first = sara.employments.get(unit=None)
    actions.end_employment(employment=first, until=TODAY, **act)
    assert sara.roles.get().until is None
    actions.end_employment(employment=second, until=TODAY + timedelta(days=5), **act)
    assert sara.roles.get().until == TODAY + timedelta(days=5)
    assert field_of(actions.end_employment, employment=first, until=TODAY, **act) == "until"


def test_the_last_administrator_stays(care, anna, act):
    with pytest.raises(Refused, match="sista administratören"):
        actions.take_role(role=anna.roles.get(), **act)
    with pytest.raises(Refused, match="sista administratören"):
        actions.end_employment(employment=anna.employments.get(), until=TODAY, **act)
    bo = world.person("Bo", organisation=care)
    later = actions.give_role(
        person=bo, organisation=care, role="administrator", since=TODAY + timedelta(days=3), **act
    )
    with pytest.raises(Refused, match="sista administratören"):
        actions.take_role(role=anna.roles.get(), **act)
    Role.objects.filter(pk=later.pk).update(since=TODAY)
    actions.take_role(role=anna.roles.get(), **act)
    assert not is_administrator(anna, care, TODAY)
    assert is_administrator(bo, care, TODAY)


def test_a_role_is_given_once_from_today_and_taken_today(care, act):
    sara = world.person("Sara", organisation=care)
    given = {"person": sara, "organisation": care, "role": "author"}
    role = actions.give_role(**given, **act)
    assert (role.since, role.until) == (TODAY, None)
    assert field_of(actions.give_role, **given, **act) == "role"
    actions.take_role(role=role, **act)
    with pytest.raises(Refused, match="upphörde redan"):
        actions.take_role(role=role, **act)
    actions.give_role(**given, **act)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "kung"}, "role"),
        ({"role": "administrator", "unit": "own"}, "unit"),
        ({"role": "author", "unit": "other"}, "unit"),
        ({"role": "author", "since": TODAY - timedelta(days=1)}, "since"),
        ({"role": "author", "since": date(20, 3, 3)}, "since"),
    ],
)
def test_a_role_that_cannot_be_is_refused_at_its_field(care, act, given, field):
    units = {"own": world.unit(care), "other": world.unit(world.company())}
    if "unit" in given:
        given = given | {"unit": units[given["unit"]]}
    assert field_of(actions.give_role, person=world.person("Sara"), organisation=care, **given, **act) == field


# ---------------------------------------------------------------- away


def test_one_who_is_away_is_answered_for_until_that_is_ended(care, act):
    clinic = world.unit(care)
    boss = world.person("Berit Chef", organisation=care)
    deputy = world.person("Vera Vikarie", organisation=care)
    actions.name_head(unit=clinic, head=boss, **act)
    own = act | {"by": boss}
    absence = actions.delegate(
        organisation=care, taker=deputy, starts_on=TODAY, ends_on=TODAY + timedelta(days=7), **own
    )
    clinic.refresh_from_db()
    assert [each.person for each in approvers_of(clinic, care, TODAY)] == [boss, deputy]
    actions.end_delegation(delegation=absence, **own)
    assert [each.person for each in approvers_of(clinic, care, TODAY)] == [boss]
    with pytest.raises(Refused, match="redan upphört"):
        actions.end_delegation(delegation=absence, **own)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": date(9999, 12, 31)}, "ends_on"),
        ({"taker": "self"}, "taker"),
        ({"taker": "outsider"}, "taker"),
        ({"taker": "away"}, "taker"),
        ({"taker": "asked"}, "taker"),
        ({"by": "outsider"}, "organisation"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_at_its_field(care, act, given, field):
    people = {name: world.person(name, organisation=care) for name in ("self", "away", "asked", "free")}
    people["outsider"] = world.person("outsider")
    days = {"starts_on": TODAY, "ends_on": TODAY}
    Delegation.objects.create(organisation=care, giver=people["away"], taker=people["free"], **days)
    Delegation.objects.create(organisation=care, giver=people["self"], taker=people["asked"], **days)
    wanted = act | {"by": people["self"], "organisation": care, "taker": people["free"], **days}
    wanted |= {name: people.get(value, value) for name, value in given.items()}
    assert field_of(actions.delegate, **wanted) == field
    assert Delegation.objects.count() == 2


# ---------------------------------------------------------------- procurements


def test_a_public_buyer_records_a_procurement_its_bidders_and_its_end(care, act):
    company = world.company()
    facts = ProcurementFacts(subject="Infusionspumpar", opened_on=date(2026, 2, 1))
    bought = actions.record_procurement(buyer=care, facts=facts, **act)
    actions.set_bidders(procurement=bought, bidders=[company], **act)
    actions.close_procurement(procurement=bought, on=TODAY, **act)
    bought.refresh_from_db()
    assert (list(bought.bidders.all()), bought.closed_on) == ([company], TODAY)
    assert field_of(actions.close_procurement, procurement=bought, on=TODAY, **act) == "on"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"closed_on": date(2026, 1, 31)}, "closed_on"),
        ({"opened_on": date(26, 2, 1)}, "opened_on"),
        ({"reference": "900101-0017"}, "reference"),
    ],
)
def test_a_procurement_that_cannot_be_is_refused_at_its_field(care, act, change, field):
    facts = ProcurementFacts(**({"subject": "Pumpar", "opened_on": date(2026, 2, 1)} | change))
    assert field_of(actions.record_procurement, buyer=care, facts=facts, **act) == field
    assert not Procurement.objects.exists()


def test_companies_do_not_run_public_procurements_and_regions_do_not_bid_in_them(care, act):
    facts = ProcurementFacts(subject="Pumpar", opened_on=date(2026, 2, 1))
    with pytest.raises(Refused, match="offentliga köpare"):
        actions.record_procurement(buyer=world.company(), facts=facts, **act)
    assert field_of(actions.record_procurement, buyer=care, facts=facts, bidders=[care], **act) == "bidders"
