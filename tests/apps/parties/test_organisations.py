"""Organisations come, change, belong to one another, become one, leave."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.errors import Refused
from tillit.apps.parties import actions
from tillit.apps.parties.actions import Particulars
from tillit.apps.parties.models import Delegation, Employment, Organisation, Role
from tillit.apps.parties.queries import approvers_of, has_role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = AT.date()
LATER: dict[str, Any] = {"acting_for": None, "at": AT}


@pytest.fixture
def anna():
    return world.person("Anna Drift")


def add(anna, **said):
    return actions.add_organisation(
        particulars=Particulars(**({"kind": "company", "name": "Nordkap Pharma AB", "branch": "pharma"} | said)),
        by=anna,
        at=AT,
    )


def refused(field, **said):
    with pytest.raises(Refused) as why:
        add(None, **said)
    assert why.value.field == field
    assert str(why.value)[-1] == "."
    assert not Organisation.objects.filter(made_up=False).exists()


def test_an_organisation_is_added_with_what_was_typed_made_plain(anna):
    added = add(anna, name="  Nordkap   Pharma AB ", number=f"{world.number(7)[:6]}-{world.number(7)[6:]}")
    assert (added.name, added.number) == ("Nordkap Pharma AB", world.number(7))
    act = Act.objects.get()
    assert (act.action, act.by, act.subject_key) == ("parties.organisation_added", anna, str(added.pk))
    assert "Nordkap" not in str(act.detail)


def test_a_municipality_brings_its_county(anna):
    added = add(anna, kind="municipality", branch="", name="Östersunds kommun", municipality_code="2380")
    assert added.county_code == "23"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "A" * 201}),
        ("name", {"name": "Firma 900101-0017"}),
        ("name", {"name": "Nord\x00kap"}),
        ("kind", {"kind": "parti"}),
        ("branch", {"branch": ""}),
        ("branch", {"branch": "gruv"}),
        ("branch", {"kind": "university"}),
        ("care_terms", {"kind": "private_provider", "branch": ""}),
        ("care_terms", {"care_terms": "private"}),
        ("number", {"number": "556123-4568"}),
        ("number", {"number": "900101-0017"}),
        ("hsa_id", {"hsa_id": "SE123"}),
        ("county_code", {"county_code": "02"}),
        ("county_code", {"kind": "region", "branch": ""}),
        ("municipality_code", {"municipality_code": "9999"}),
        ("municipality_code", {"municipality_code": "2380", "county_code": "01"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(field, said):
    refused(field, **said)


def test_a_number_an_hsa_id_and_a_countys_region_belong_to_one_organisation_only():
    hsa = f"SE{world.number(9)}-A1"
    world.region("Region Fjällmark", county_code="23", number=world.number(8), hsa_id=hsa)
    refused("number", number=world.number(8))
    refused("hsa_id", hsa_id=hsa.lower())
    refused("county_code", kind="region", branch="", county_code="23")


def test_when_two_add_the_same_number_at_once_the_second_is_told(anna, monkeypatch):
    from tillit.apps.parties.actions import organisations

    real, told = organisations._nobody_elses, []

    def late(columns, **but):
        told.append(columns)
        if len(told) == 1:  # the other one writes after this check, before this write
            world.company("Den andra AB", number=world.number(8))
        else:
            real(columns, **but)

    monkeypatch.setattr(organisations, "_nobody_elses", late)
    with pytest.raises(Refused, match="Den andra AB"):
        add(anna, number=world.number(8))
    assert not Act.objects.exists()


def change(organisation, anna, at=AT, **to):
    said = {"kind": organisation.kind, "name": organisation.name, "branch": organisation.branch} | to
    return actions.change_organisation(
        organisation=organisation, to=Particulars(**said), by=anna, acting_for=None, at=at
    )


def test_a_name_that_ends_is_kept_with_its_days(anna):
    company = world.company("Gammal AB")
    change(company, anna, name="Nyare AB")
    change(company, anna, at=AT + timedelta(days=10), name="Nyast AB")
    company.refresh_from_db()
    assert company.name == "Nyast AB"
    assert list(company.aliases.order_by("valid_to").values_list("name", "valid_from", "valid_to")) == [
        ("Gammal AB", None, TODAY),
        ("Nyare AB", TODAY, TODAY + timedelta(days=10)),
    ]


def test_a_slip_that_is_put_right_the_same_day_leaves_no_name_behind(anna):
    company = world.company("Rätt AB")
    change(company, anna, name="Rät AB")
    change(company, anna, name="Rätt AB")
    assert list(company.aliases.values_list("name", flat=True)) == ["Rätt AB"]


def test_nothing_is_noted_where_nothing_changes(anna):
    change(world.company(), anna)
    assert not Act.objects.exists()


def test_the_kind_stays(anna):
    with pytest.raises(Refused) as why:
        change(world.company(), anna, kind="university", branch="")
    assert why.value.field == "kind"


def test_nobody_belongs_to_itself_not_even_through_others(anna):
    top, middle, low = world.company("Topp AB"), world.company("Mitten AB"), world.company("Låg AB")
    for child, parent in ((middle, top), (low, middle)):
        actions.set_parent(organisation=child, parent=parent, by=anna, **LATER)
    for owner in (top, low):
        with pytest.raises(Refused) as why:
            actions.set_parent(organisation=top, parent=owner, by=anna, **LATER)
        assert why.value.field == "parent"
    actions.set_parent(organisation=middle, parent=None, by=anna, **LATER)
    middle.refresh_from_db()
    assert middle.parent is None


def test_who_leaves_takes_no_part_from_that_day_and_may_come_back(anna):
    company = world.company()
    world.person("Sara", organisation=company, roles=["author"])
    for day, reason in ((TODAY - timedelta(days=1), "har varit"), (date(999, 1, 1), "Året")):
        with pytest.raises(Refused, match=reason):
            actions.leave(organisation=company, on=day, by=anna, **LATER)
    actions.leave(organisation=company, on=TODAY, by=anna, **LATER)
    company.refresh_from_db()
    assert not company.takes_part_on(TODAY)
    with pytest.raises(Refused, match="deltar inte"):
        change(company, anna, name="Nytt AB")
    actions.come_back(organisation=company, by=anna, **LATER)
    with pytest.raises(Refused, match="deltar redan"):
        actions.come_back(organisation=company, by=anna, **LATER)
    company.refresh_from_db()
    assert company.takes_part_on(TODAY)


def test_a_company_is_a_member_of_a_trade_association_once_at_a_time(anna):
    company, lif = world.company(), world.organisation("Branschen", "trade_association")
    joined = {"organisation": company, "association": lif, "by": anna, **LATER}
    membership = actions.join_association(since=date(2020, 1, 1), **joined)
    with pytest.raises(Refused, match="redan medlem"):
        actions.join_association(since=TODAY, **joined)
    with pytest.raises(Refused, match="före den första"):
        actions.leave_association(membership=membership, until=date(2019, 1, 1), by=anna, **LATER)
    actions.leave_association(membership=membership, until=TODAY, by=anna, **LATER)
    with pytest.raises(Refused, match="upphörde redan"):
        actions.leave_association(membership=membership, until=TODAY, by=anna, **LATER)
    actions.join_association(since=TODAY, **joined)
    with pytest.raises(Refused, match="branschförening"):
        actions.join_association(since=TODAY, **(joined | {"association": world.company("Annat AB")}))


# ---------------------------------------------------------------- two become one


@pytest.fixture
def two():
    return world.provider("Lilla vården AB"), world.provider("Stora vården AB")


def merge(small, large, anna, **with_):
    actions.merge_organisations(**({"organisation": small, "into": large, "on": TODAY, "by": anna} | LATER | with_))
    small.refresh_from_db()
    large.refresh_from_db()


def test_units_and_people_go_on_in_the_other_from_the_day(two, anna):
    small, large = two
    clinic = world.unit(small, key="K1")
    boss = world.person("Berit Chef", organisation=small, unit=clinic, roles=["author"])
    clinic.head = boss
    clinic.save()
    before = TODAY - timedelta(days=1)
    merge(small, large, anna)
    clinic.refresh_from_db()
    assert clinic.organisation == large
    assert list(boss.employments.order_by("since").values_list("organisation", "unit", "until")) == [
        (small.pk, clinic.pk, TODAY),
        (large.pk, clinic.pk, None),
    ]
    assert has_role(boss, small, ["author"], before)
    assert not has_role(boss, small, ["author"], TODAY)
    assert has_role(boss, large, ["author"], TODAY)
    assert [each.person for each in approvers_of(clinic, small, TODAY)] == [boss]


def test_nobody_gets_to_judge_or_look_after_the_other_by_a_merger(two, anna):
    small, large = two
    eva = world.person("Eva", organisation=small, roles=["administrator", "auditor", "compliance_officer"])
    merge(small, large, anna)
    assert not Role.objects.filter(person=eva, until__isnull=True).exists()


def test_the_old_one_keeps_its_name_and_is_closed_for_what_is_new(two, anna):
    small, large = two
    merge(small, large, anna)
    assert (small.name, small.merged_into, small.merged_on) == ("Lilla vården AB", large, TODAY)
    with pytest.raises(Refused, match="del av Stora vården AB"):
        actions.add_unit(organisation=small, facts=actions.UnitFacts(key="1", name="Ny"), by=anna, **LATER)
    with pytest.raises(Refused, match="del av Stora"):
        merge(small, large, anna)


def test_mergers_make_no_circles_and_no_orphans(two, anna):
    small, large = two
    Organisation.objects.filter(pk=large.pk).update(parent=small)
    daughter = world.company("Dotter AB", parent=small)
    merge(small, large, anna)
    daughter.refresh_from_db()
    assert (large.parent, daughter.parent) == (None, large)
    with pytest.raises(Refused, match="själv en del") as why:
        merge(large, small, anna)
    assert why.value.field == "into"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"on": TODAY + timedelta(days=1)}, "inte kommit"),
        ({"into": "itself"}, "annan organisation"),
        ({"into": "company"}, "olika sidor"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(two, anna, change, reason):
    small, large = two
    others = {"itself": small, "company": world.company()}
    given = {name: others.get(value, value) for name, value in change.items()}
    with pytest.raises(Refused, match=reason):
        merge(small, large, anna, **given)


def test_two_units_of_one_key_are_told_before_anything_moves(two, anna):
    small, large = two
    world.unit(small, key="K1")
    world.unit(large, key="K1")
    with pytest.raises(Refused, match="K1"):
        merge(small, large, anna)
    assert small.units.count() == 1


def test_absences_memberships_and_bids_go_on_too(anna):
    small, large = world.company("Lilla AB"), world.company("Stora AB")
    giver, taker = world.person("Gunnar", organisation=small), world.person("Tilda", organisation=small)
    days = {"starts_on": TODAY - timedelta(days=2), "ends_on": TODAY + timedelta(days=2)}
    Delegation.objects.create(organisation=small, giver=giver, taker=taker, **days)
    association = world.organisation("Branschen", "trade_association")
    small.memberships.create(association=association, since=date(2020, 1, 1))
    buy = world.region().procurements.create(subject="Infusionspumpar", opened_on=date(2026, 1, 1))
    buy.bidders.add(small)
    merge(small, large, anna)
    assert set(Delegation.objects.values_list("organisation", "starts_on", "ends_on")) == {
        (small.pk, TODAY - timedelta(days=2), TODAY - timedelta(days=1)),
        (large.pk, TODAY, TODAY + timedelta(days=2)),
    }
    assert list(large.memberships.values_list("since", "until")) == [(TODAY, None)]
    assert set(buy.bidders.all()) == {small, large}


def test_who_works_for_both_is_employed_once(two, anna):
    small, large = two
    sara = world.person("Sara", organisation=small)
    Employment.objects.create(person=sara, organisation=large, since=world.SINCE)
    merge(small, large, anna)
    assert sara.employments.filter(until__isnull=True).count() == 1
    assert first_broken_link() is None
