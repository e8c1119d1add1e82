"""Caps over a year: meals and fees of a person, a company's share of a unit, counted over what is in force."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import world
from tests.collaborating import DAYS, NOW, Sides, begun, fresh, judge_all, plan, submitted, waiting, yes
from tests.elsewhere import limit, other, warned
from tillit.apps.collaborations.across import warnings
from tillit.apps.collaborations.actions import judging
from tillit.apps.collaborations.models import Acknowledgement, Version
from tillit.apps.collaborations.queries.cautions import caution_in_words
from tillit.apps.collaborations.whole import whole_of
from tillit.apps.errors import Refused

pytestmark = pytest.mark.django_db
MEALS, FEES, SHARE = "meals_per_person_year", "fees_per_person_year", "share_of_unit_year"
IN_MAY = date(2026, 5, 12)


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def made(sides):
    return begun(sides, plan(sides))


def handed_in(collaboration):
    whole = whole_of(fresh(collaboration))
    return replace(whole, version=Version(content=whole.collaboration.draft))


def fee(record_id="c9", participant="p1", **more):
    return {"id": record_id, "label": "Arvode", "category": "speaker", "participant": participant, **more}


def with_fee(sides, **more):
    content = plan(sides)
    content["cost"].append(fee(**more))
    return begun(sides, content)


# ---------------------------------------------------------------- meals


def test_without_a_limit_nothing_is_counted(sides, made):
    for day in range(20):
        other(sides, sides.nurse, day=IN_MAY + timedelta(days=day))
    assert warned(made) == []


def test_meals_of_the_year_above_the_limit_are_told_with_count_limit_and_source(sides, made):
    limit(MEALS, 3)
    other(sides, sides.nurse, day=IN_MAY)
    other(sides, sides.nurse, day=date(2026, 12, 31))
    assert warned(made) == []
    other(sides, sides.nurse, day=date(2026, 1, 1))
    (found,) = warned(made)
    assert (found.code, found.subject) == ("meals_over", f"{sides.nurse.pk}:2026")
    says = caution_in_words(found.plain(), "sv")
    assert says == ("Eli Sund bjuds på måltider under 2026, den här samverkan inräknad: 4. Gränsen är 3: Riktlinje 7.")


@pytest.mark.parametrize(
    "unlike",
    [
        {"state": "draft"},
        {"state": "declined"},
        {"state": "cancelled"},
        {"state": "postponed"},
        {"day": date(2025, 12, 31)},
        {"day": date(2027, 1, 1)},
        {"attendance": "absent"},
        {"side": "industry"},
        {"facts": {"meal_offered": False, "mode": "on_site"}},
        {"facts": {"mode": "remote"}},
        {"facts": {"mode": "on_site"}, "attendance": "remote"},
    ],
)
def test_what_is_no_meal_of_that_person_that_year_is_not_counted(sides, made, unlike):
    limit(MEALS, 1)
    other(sides, sides.nurse, **{"day": IN_MAY, **unlike})
    assert warned(made) == []


@pytest.mark.parametrize(
    "state", ["submitted", "company_checked", "care_reviewed", "carried_out", "reported", "closed"]
)
def test_everything_from_handed_in_and_on_is_in_force(sides, made, state):
    limit(MEALS, 1)
    other(sides, sides.nurse, day=IN_MAY, state=state)
    assert [each.code for each in warned(made)] == ["meals_over"]


def test_every_listed_meal_counts_and_one_where_none_is_listed(sides, made):
    limit(MEALS, 4)
    other(sides, sides.nurse, day=IN_MAY, meals=2)
    assert warned(made) == []
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=1), meals=0)
    assert warned(made) == []
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=2), meals=0, facts={"mode": "on_site"})
    assert warned(made) == []
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=3), meals=1, facts={"mode": "on_site"})
    assert [each.args["count"] for each in warned(made)] == ["5"]


def test_who_is_offered_nothing_here_gives_no_warning_here(sides):
    limit(MEALS, 1)
    content = plan(sides)
    content["participant"][0]["attendance"] = "absent"
    content["participant"][1]["facts"]["meal_offered"] = False
    made = begun(sides, content)
    for person in (sides.nurse, sides.doctor):
        other(sides, person, day=IN_MAY)
        other(sides, person, day=IN_MAY + timedelta(days=1))
    assert warned(made) == []


def test_the_lowest_limit_that_is_passed_is_told_and_only_those_of_that_day(sides, made):
    other(sides, sides.nurse, day=IN_MAY)
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=1))
    limit(MEALS, 2, source="Allas")
    limit(MEALS, 1, organisation=sides.region, valid_from=date(2026, 1, 1), valid_to=DAYS[0], source="Den gamla")
    limit(MEALS, 9, organisation=sides.region, valid_from=DAYS[0], source="Den nya")
    limit(MEALS, 0, organisation=sides.region, valid_from=DAYS[0] + timedelta(days=1), source="Nästa")
    limit(MEALS, 0, organisation=world.company("Annat AB"), source="Någon annans")
    assert [each.args["source"] for each in warned(made)] == ["Allas"]


def test_a_company_s_own_limit_counts_only_what_it_is_in_and_an_employer_s_counts_all(sides, made):
    another = world.company("Annat AB")
    limit(MEALS, 1, organisation=sides.company, source="Vår kod")
    other(sides, sides.nurse, day=IN_MAY, company=another)
    assert warned(made) == []
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=1))
    (found,) = warned(made)
    assert (found.args["count"], found.args["company"]) == ("2", "Nordkap Pharma AB")
    assert "måltider av Nordkap Pharma AB" in caution_in_words(found.plain(), "sv")
    limit(MEALS, 0, organisation=sides.region)
    both = {each.subject[:36]: each for each in warned(made)}
    assert both[str(sides.nurse.pk)].args["count"] == "3"
    assert both[str(sides.doctor.pk)].args["count"] == "1"


def test_an_employer_s_limit_is_for_its_own_people_also_when_it_is_no_party(sides):
    elsewhere = world.provider()
    content = plan(sides)
    content["participant"][0]["employer"] = str(elsewhere.pk)
    content["participant"][1]["employer"] = ""
    made = begun(sides, content)
    limit(MEALS, 0, organisation=elsewhere)
    assert [each.args["name"] for each in warned(made)] == ["Eli Sund"]
    limit(MEALS, 0, organisation=sides.region)
    assert sorted(each.args["name"] for each in warned(made)) == ["Eli Sund", "Fia Dahl"]


def test_a_warning_names_nothing_of_what_another_company_does(sides, made):
    another = world.company("Hemliga AB")
    limit(MEALS, 1)
    limit(FEES, 1)
    secret = other(
        sides, sides.nurse, company=another, title="Hemlig lansering", town="Hemlyckan", fees=[{"actual": 500}]
    )
    for each in warned(made):
        told = caution_in_words(each.plain(), "sv") + str(each.plain())
        for kept in ("Hemlig", "Hemlyckan", secret.public_id, str(secret.pk), str(another.pk)):
            assert kept not in told


# ---------------------------------------------------------------- fees


def test_fees_of_the_year_are_summed_with_the_best_amount_that_is_known(sides):
    limit(FEES, "17000")
    made = with_fee(sides, estimated="9000.00", committed="8000.00")
    other(sides, sides.nurse, day=IN_MAY, fees=[{"estimated": 5000, "committed": 6000, "actual": 4000}])
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=1), fees=[{"estimated": 5000}])
    assert warned(made) == []
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=2), fees=[{"estimated": "0.50"}])
    (found,) = warned(made)
    assert (found.code, found.args["sum"], found.args["at_least"]) == ("fees_over", "17000.50", False)
    says = caution_in_words(found.plain(), "sv")
    assert says.replace("\xa0", " ") == (
        "Eli Sund får 17 000,50 kr i arvoden under 2026, den här samverkan inräknad. "
        "Gränsen är 17 000,00 kr: Riktlinje 7."
    )


def test_an_amount_that_is_not_known_or_in_other_money_makes_the_sum_at_least(sides):
    limit(FEES, "5000")
    made = with_fee(sides, estimated="6000.00")
    assert [each.args["at_least"] for each in warned(made)] == [False]
    other(sides, sides.nurse, day=IN_MAY, fees=[{"estimated": 700, "currency": "EUR"}, {}])
    (found,) = warned(made)
    assert (found.args["sum"], found.args["at_least"]) == ("6000", True)
    assert "får minst 6" in caution_in_words(found.plain(), "sv")


def test_an_unknown_fee_alone_is_not_said_to_be_over(sides):
    limit(FEES, "0")
    assert warned(with_fee(sides)) == []


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ({"category": "speaker"}, True),
        ({"category": "other", "concerns": "transfer:arvode"}, True),
        ({"category": "travel", "concerns": "transfer:arvode"}, False),
        ({"category": "other", "concerns": "meal:lunch"}, False),
        ({"category": "lodging"}, False),
    ],
)
def test_only_what_pays_a_person_for_something_is_a_fee(sides, line, counted):
    limit(FEES, "100")
    made = with_fee(sides, estimated="60.00")
    other(sides, sides.nurse, day=IN_MAY, fees=[{"estimated": 60, **line}])
    assert bool(warned(made)) is counted


def test_a_fee_that_care_pays_is_none_from_industry_and_a_company_counts_what_it_pays(sides):
    limit(FEES, "100")
    assert warned(with_fee(sides, estimated="500.00", payer=str(sides.region.pk))) == []
    made = with_fee(sides, estimated="90.00", payer=str(sides.company.pk))
    other(sides, sides.nurse, day=IN_MAY, fees=[{"estimated": 500, "payer": sides.region}])
    assert warned(made) == []
    limit(FEES, "80", organisation=sides.company, source="Vår")
    another = world.company("Annat AB")
    other(sides, sides.nurse, day=IN_MAY, fees=[{"estimated": 5, "payer": another}])
    assert [each.args["sum"] for each in warned(made)] == ["90"]


# ---------------------------------------------------------------- a company's share of a unit


def test_a_share_is_told_as_so_many_of_so_many_and_not_of_too_few(sides, made):
    limit(SHARE, 60)
    other(sides, day=IN_MAY, unit=sides.clinic)
    assert warned(made) == []
    another = world.company("Annat AB")
    other(sides, day=IN_MAY, unit=sides.clinic, company=another)
    (found,) = warned(made)
    assert found.subject == f"{sides.company.pk}:{sides.clinic.pk}:2026"
    assert caution_in_words(found.plain(), "sv") == (
        "Nordkap Pharma AB är med i 2 av 3 samverkan som Hjärtkliniken har under 2026. "
        "Gränsen är 60 procent: Riktlinje 7."
    )
    other(sides, day=IN_MAY, unit=sides.clinic, company=another)
    assert warned(made) == []


def test_a_share_counts_only_the_unit_s_own_in_force_that_year(sides, made):
    limit(SHARE, 50, organisation=sides.region)
    for unlike in ({"unit": None}, {"state": "draft"}, {"state": "cancelled"}, {"day": date(2025, 5, 1)}):
        other(sides, **{"day": IN_MAY, "unit": sides.clinic, **unlike})
        other(sides, **{"day": IN_MAY, "unit": sides.clinic, **unlike})
    assert warned(made) == []


def test_a_share_of_exactly_the_limit_is_within_it(sides, made):
    limit(SHARE, "33.33")
    another = world.company("Annat AB")
    other(sides, day=IN_MAY, unit=sides.clinic, company=another)
    other(sides, day=IN_MAY, unit=sides.clinic, company=another)
    assert [each.code for each in warned(made)] == ["share_over"]
    other(sides, day=IN_MAY, unit=sides.clinic, company=another)
    assert warned(made) == []


# ---------------------------------------------------------------- what a draft is told


def test_a_draft_is_only_held_against_what_its_readers_are_in_themselves(sides, made):
    another = world.company("Annat AB")
    limit(MEALS, 1)
    limit(SHARE, 1)
    for _number in range(3):
        other(sides, sides.nurse, company=another, unit=sides.clinic)
    assert {each.code for each in warned(made)} == {"double_booked", "meals_over", "share_over"}
    assert warned(made, handed_in=False) == []
    other(sides, sides.nurse, day=IN_MAY)
    assert [each.args["count"] for each in warned(made, handed_in=False)] == ["2"]


def test_a_change_that_is_not_handed_in_is_held_against_what_both_sides_are_in(sides):
    limit(MEALS, 1)
    made = submitted(sides, plan(sides))
    other(sides, sides.nurse, company=world.company("Annat AB"), day=IN_MAY)
    assert warned(made, handed_in=False) == []
    other(sides, sides.nurse, day=IN_MAY)
    assert [each.args["count"] for each in warned(made, handed_in=False)] == ["2"]


# ---------------------------------------------------------------- how it is used, and what it costs


def test_a_warning_holds_the_review_until_somebody_goes_on_with_a_reason(sides):
    limit(MEALS, 1)
    other(sides, sides.nurse, day=IN_MAY)
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    with pytest.raises(Refused, match="inräknad: 2"):
        yes(waiting(made)[0], sides.contact)
    key = f"meals_over:{sides.nurse.pk}:2026"
    asked = {"by": sides.contact, "acting_for": sides.region, "at": NOW}
    judging.acknowledge(collaboration=made, key=key, reason="Kursen går en gång.", **asked)
    yes(waiting(made)[0], sides.contact)
    assert fresh(made).state == "care_reviewed"
    other(sides, sides.nurse, day=IN_MAY + timedelta(days=1))
    for each in waiting(made):
        yes(each, sides.head)
    assert fresh(made).state == "approved"
    assert Acknowledgement.objects.get().key == key


def test_the_number_of_queries_is_the_same_with_many_people_and_many_others(sides, django_assert_num_queries):
    for measure in (MEALS, FEES, SHARE):
        limit(measure, 0)
    content = plan(sides)
    content["cost"].append(fee(estimated="5.00"))
    made = begun(sides, content)
    another = world.company("Annat AB")
    other(sides, sides.nurse, company=another, unit=sides.clinic, fees=[{"estimated": 5}])
    few = handed_in(made)
    with django_assert_num_queries(9):
        warnings(few, content=few.content)
    people = [world.person(f"Person {number}", organisation=sides.region) for number in range(12)]
    content["participant"] += [sides.placed(f"q{number}", each) for number, each in enumerate(people)]
    many = begun(sides, content)
    for number in range(5):
        other(sides, *people, company=another, unit=sides.clinic, day=IN_MAY + timedelta(days=number))
    whole = handed_in(many)
    with django_assert_num_queries(9):
        found = warnings(whole, content=whole.content)
    assert len({each.subject for each in found if each.code == "meals_over"}) == 14


def test_a_person_s_key_that_is_none_is_left_to_the_one_who_checks_the_content(sides):
    content = plan(sides)
    content["participant"][0]["person"] = "inte en nyckel"
    limit(MEALS, 0)
    assert [each.args["name"] for each in warned(begun(sides, content))] == ["Fia Dahl"]
