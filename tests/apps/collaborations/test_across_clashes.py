"""Somebody expected in two places at once, an assignment meanwhile, and the same event by several companies."""

from datetime import date, time, timedelta

import pytest

from tests import world
from tests.collaborating import DAYS, NOW, Sides, begun, fresh, judge_all, plan, submitted, waiting, yes
from tests.elsewhere import other, warned
from tillit.apps.collaborations.actions import judging
from tillit.apps.collaborations.actions.events import NewEvent, join_event
from tillit.apps.collaborations.models import Event
from tillit.apps.collaborations.queries.cautions import caution_in_words

pytestmark = pytest.mark.django_db
DAY = DAYS[0]


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def made(sides):
    return begun(sides, plan(sides))


def at_hours(sides, begins, ends):
    content = plan(sides)
    content["about"] |= {"starts_at": begins, "ends_at": ends}
    return begun(sides, content)


def codes(collaboration):
    return [each.code for each in warned(collaboration)]


# ---------------------------------------------------------------- two places at once


def test_the_same_person_on_the_same_day_is_told_with_the_day_and_nothing_else(sides, made):
    other(sides, sides.nurse, company=world.company("Annat AB"), town="Hemlyckan", title="Hemligt")
    (found,) = warned(made)
    assert found.code == "double_booked"
    assert found.subject.startswith(f"{sides.nurse.pk}:")
    assert found.args == {"name": "Eli Sund", "first": "2026-04-14", "last": "2026-04-14"}
    says = caution_in_words(found.plain(), "sv")
    assert says == "Eli Sund är anmäld till något annat 2026-04-14, på tider som kan krocka."


@pytest.mark.parametrize(
    "unlike",
    [
        {"day": DAY + timedelta(days=1)},
        {"day": DAY - timedelta(days=3), "last": DAY - timedelta(days=1)},
        {"state": "draft"},
        {"state": "postponed"},
        {"state": "cancelled"},
        {"attendance": "absent"},
        {"kind": "clinical_trial"},
    ],
)
def test_what_is_not_then_or_not_come_to_is_no_clash(sides, made, unlike):
    other(sides, sides.nurse, **unlike)
    assert codes(made) == []


def test_who_stays_away_from_this_one_clashes_with_nothing(sides):
    content = plan(sides)
    content["participant"][0]["attendance"] = "absent"
    other(sides, sides.nurse)
    assert codes(begun(sides, content)) == []


@pytest.mark.parametrize(
    ("begins", "ends", "clashes"),
    [("11:00", "12:01", True), ("11:00", "12:00", False), ("13:00", "14:00", False), ("12:59", "13:30", True)],
)
def test_hours_decide_where_both_are_known(sides, begins, ends, clashes):
    other(sides, sides.nurse, starts_at=time(12), ends_at=time(13))
    assert (codes(at_hours(sides, begins, ends)) == ["double_booked"]) is clashes


@pytest.mark.parametrize("hours", [{}, {"starts_at": time(18)}, {"starts_at": time(18), "ends_at": time(8)}])
def test_hours_that_are_not_known_on_both_sides_do_not_clear_a_day(sides, hours):
    other(sides, sides.nurse, **hours)
    assert codes(at_hours(sides, "08:00", "09:00")) == ["double_booked"]


def test_only_the_days_that_both_share_are_told(sides, made):
    other(sides, sides.nurse, day=DAY - timedelta(days=2), last=DAY + timedelta(days=5))
    assert [(each.args["first"], each.args["last"]) for each in warned(made)] == [("2026-04-14", "2026-04-14")]


def test_over_the_turn_of_the_year_both_days_are_seen(sides):
    content = plan(sides)
    content["about"] |= {"starts_on": "2026-12-30", "ends_on": "2026-12-31"}
    made = begun(sides, content)
    draft = fresh(made)
    draft.draft["about"] |= {"starts_on": "2026-12-30", "ends_on": "2027-01-02"}
    draft.save()
    other(sides, sides.nurse, day=date(2027, 1, 2))
    assert codes(made) == ["double_booked"]


def test_a_reason_answers_one_clash_and_not_the_next(sides):
    other(sides, sides.nurse)
    made = submitted(sides, plan(sides))
    (found,) = warned(made)
    asked = {"by": sides.contact, "acting_for": sides.region, "at": NOW}
    judging.acknowledge(collaboration=made, key=found.key, reason="Går en halv dag.", **asked)
    assert [each.key for each in warned(made)] == [found.key]
    other(sides, sides.nurse)
    assert len({each.key for each in warned(made)} - {found.key}) == 1


# ---------------------------------------------------------------- another assignment


@pytest.mark.parametrize(
    "assignment",
    [
        {"kind": "consultancy"},
        {"kind": "advisory_board", "day": DAY},
        {"kind": "development_project", "fees": [{"estimated": 100}]},
        {"kind": "clinical_trial", "fees": [{}]},
    ],
)
def test_an_assignment_with_the_same_company_on_the_same_days_is_told(sides, made, assignment):
    other(sides, sides.nurse, **{"day": date(2026, 1, 1), "last": date(2026, 12, 31), **assignment})
    (found,) = warned(made, "other_assignment")
    says = caution_in_words(found.plain(), "sv")
    assert says == "Eli Sund har ett annat uppdrag åt Nordkap Pharma AB som pågår 2026-04-14."


def test_another_company_s_assignment_or_one_that_is_over_or_without_a_task_is_none(sides, made):
    another = world.company("Annat AB")
    whole_year = {"day": date(2026, 1, 1), "last": date(2026, 12, 31)}
    other(sides, sides.nurse, kind="consultancy", company=another, **whole_year)
    other(sides, sides.nurse, kind="consultancy", day=date(2026, 1, 1), last=DAY - timedelta(days=1))
    other(sides, sides.nurse, kind="clinical_trial", **whole_year)
    other(sides, sides.nurse, kind="donation", fees=[{"estimated": 5, "payer": another}], **whole_year)
    other(sides, sides.nurse, kind="gift", fees=[{"estimated": 5, "category": "travel"}], **whole_year)
    other(sides, sides.nurse, sides.doctor, kind="donation", state="declined", fees=[{"estimated": 5}], **whole_year)
    assert codes(made) == []


def test_the_company_s_own_people_have_no_assignment_with_it(sides):
    content = plan(sides)
    content["participant"] = [sides.placed("p1", sides.author, side="industry")]
    made = begun(sides, content)
    other(sides, sides.author, kind="consultancy", side="industry", day=DAY)
    assert codes(made) == []


# ---------------------------------------------------------------- the same event


def like_ours(sides, company, **more):
    return other(
        sides, company=company, **{"title": "Seminarium om hjärtsvikt", "town": "västerås", "state": "approved", **more}
    )


def test_another_company_s_like_it_in_the_same_town_and_days_is_suggested_without_its_title(sides, made):
    theirs = like_ours(sides, world.company("Annat AB"), title="Hjärtsvikt och Zykloprin", last=DAY + timedelta(days=1))
    (found,) = warned(made)
    assert found.code == "same_event"
    says = caution_in_words(found.plain(), "sv")
    assert says.startswith("Ett annat företag har en samverkan i Västerås 2026-04-14 – 2026-04-15 som liknar den här.")
    for kept in ("Annat AB", "Zykloprin", theirs.public_id, str(theirs.pk)):
        assert kept not in str(found.plain())


@pytest.mark.parametrize(
    "unlike",
    [
        {"state": "submitted"},
        {"state": "care_reviewed"},
        {"openness": "withheld", "openness_reason": "Hemligt."},
        {"openness": "delayed", "openness_reason": "Sen.", "open_from": date(2026, 1, 1)},
        {"town": "Åre"},
        {"day": DAY + timedelta(days=1)},
        {"title": "Seminarium om diabetes"},
        {"day": DAY - timedelta(days=40), "last": DAY},
    ],
)
def test_what_is_not_agreed_and_open_is_never_hinted_at_and_what_is_unlike_is_not_suggested(sides, made, unlike):
    like_ours(sides, world.company("Annat AB"), **unlike)
    assert codes(made) == []


def test_the_own_company_s_and_a_draft_without_a_town_suggest_nothing(sides, made):
    like_ours(sides, sides.company)
    assert codes(made) == []
    content = plan(sides)
    content["about"]["town"] = " "
    like_ours(sides, world.company("Annat AB"), town="")
    assert codes(begun(sides, content)) == []


def test_an_event_that_others_have_joined_is_suggested_once_by_its_name(sides, made):
    event = Event.objects.create(name="Hjärtdagarna", town="Västerås", starts_on=DAY, ends_on=DAY)
    like_ours(sides, world.company("Annat AB"), event=event)
    like_ours(sides, world.company("Tredje AB"), event=event)
    (found,) = warned(made)
    says = caution_in_words(found.plain(), "sv")
    assert says.startswith("2 andra företag samverkar i Västerås 2026-04-14 kring evenemanget Hjärtdagarna")


def test_who_has_joined_is_told_how_many_companies_are_there_whatever_their_state(sides, made):
    event = Event.objects.create(name="Hjärtdagarna", town="Västerås", starts_on=DAY, ends_on=DAY)
    join_event(collaboration=made, event=event, by=sides.author, acting_for=sides.company, at=NOW)
    assert codes(made) == []
    another = world.company("Annat AB")
    other(sides, company=another, event=event, state="submitted", day=DAY - timedelta(days=30))
    other(sides, company=another, event=event, state="approved")
    other(sides, company=sides.company, event=event)
    other(sides, company=world.company("Utkast AB"), event=event, state="draft")
    (found,) = warned(made)
    assert (found.code, found.subject) == ("event_shared", str(event.pk))
    assert caution_in_words(found.plain(), "sv").startswith("Ett annat företag är med i evenemanget Hjärtdagarna.")


def test_a_plan_that_only_its_event_held_back_goes_on_when_it_has_joined(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    like_ours(sides, world.company("Annat AB"))
    for each in waiting(made):
        yes(each, sides.head)
    assert fresh(made).state == "care_reviewed"
    new = NewEvent("Hjärtdagen", "Västerås", DAY, DAY)
    join_event(collaboration=fresh(made), event=new, by=sides.author, acting_for=sides.company, at=NOW)
    assert fresh(made).state == "approved"
