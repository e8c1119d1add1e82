"""Plans are begun, adopted by a decision, followed by their next version with the same goals, and closed."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from tests.following import PLAN_END, Followed
from tests.partnering import NOW, START
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions import goals, plans as acts
from tillit.apps.followup.actions.goals import GoalFacts
from tillit.apps.followup.actions.plans import PlanFacts
from tillit.apps.followup.models import GoalConsent, StrategicPlan
from tillit.apps.followup.queries.goals import goal_board, plans_of
from tillit.apps.partnerships.access import Sight

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
HOLD = import_module("tillit.apps.followup.migrations.0003_plans_hold")


@pytest.fixture
def ground():
    return Followed()


@pytest.fixture
def board(ground):
    return ground.organ("Styrelsen")


@pytest.fixture
def group(ground):
    return ground.organ("Expertgruppen", "advisory", "network")


def who(ground):
    return {"by": ground.founder, "at": NOW, "acting_for": ground.region}


def facts(ground, **more):
    usual = {"title": "Plan", "level": ground.levels["network"], "starts_on": START, "ends_on": date(2029, 1, 1)}
    return PlanFacts(**{**usual, **more})


def begun(ground, organ, **more):
    return acts.begin_plan(partnership=ground.partnership, organ=organ, facts=facts(ground, **more), **who(ground))


def written(ground, plan, text="Kortare tid", **more):
    said = GoalFacts(text=text, kind="effect", starts_on=START, **more)
    return goals.write_goal(plan=plan, facts=said, by=ground.founder, at=NOW)


def adopted(ground, plan, organ, on=TODAY, text="§ 4"):
    return acts.adopt_plan(plan=plan, organ=organ, on=on, text=text, **who(ground))


def next_of(ground, plan):
    return acts.begin_next_version(plan=plan, **who(ground))


def closed(ground, plan, on=TODAY, reason="Styrelsen, § 9: läggs ned"):
    return acts.close_plan(plan=plan, on=on, reason=reason, **who(ground))


def test_a_group_begins_a_plan_of_its_own_beside_that_of_the_whole(ground, group):
    plan = begun(ground, group, title="  Gruppens   plan ")
    assert (plan.title, plan.status, plan.version, plan.openness) == ("Gruppens plan", "draft", 1, "public")
    assert Act.objects.get(action="followup.plan.begun").subject_key == str(plan.pk)
    for organ in (group, None):
        with pytest.raises(Refused, match="nästa version"):
            begun(ground, organ)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "19121212-1212"}, "title"),
        ({"ends_on": START}, "ends_on"),
        ({"starts_on": date(226, 2, 1)}, "starts_on"),
        ({"openness": "hemlig"}, "openness"),
        ({"source": "x" * 301}, "source"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(ground, group, change, field):
    with pytest.raises(Refused) as refused:
        begun(ground, group, **change)
    assert refused.value.field == field
    plan = begun(ground, group)
    with pytest.raises(Refused) as refused:
        acts.change_plan(plan=plan, facts=facts(ground, **change), **who(ground))
    assert refused.value.field == field


def test_a_draft_is_changed_and_an_adopted_plan_is_not(ground, group):
    plan = begun(ground, group)
    assert acts.change_plan(plan=plan, facts=facts(ground, title="Ny"), **who(ground)).title == "Ny"
    with pytest.raises(Refused, match="fastställd"):
        acts.change_plan(plan=ground.plan, facts=facts(ground), **who(ground))


def test_a_plan_is_adopted_by_an_organ_on_a_day_and_its_goals_hold_with_it(ground, group, board):
    plan = begun(ground, group)
    with pytest.raises(Refused, match="inga mål"):
        adopted(ground, plan, board)
    goal = written(ground, plan)
    found = adopted(ground, plan, board)
    goal.refresh_from_db()
    assert (found.status, found.adopted_on, found.decision) == ("adopted", TODAY, "Styrelsen 2026-08-01, § 4")
    assert goal.status == "active"
    assert Act.objects.get(action="followup.plan.adopted").detail["organ"] == str(board.pk)
    with pytest.raises(Refused, match="fastställd"):
        adopted(ground, plan, board)


def test_an_adoption_that_cannot_have_been_is_refused(ground, group, board):
    plan = begun(ground, group)
    written(ground, plan)
    for on in (TODAY + timedelta(days=1), START - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            adopted(ground, plan, board, on=on)
        assert refused.value.field == "on"
    with pytest.raises(Refused) as refused:
        adopted(ground, plan, board, text=" ")
    assert refused.value.field == "text"


def test_an_advisory_organ_decides_about_its_own_plan_and_no_other(ground, group):
    plan = next_of(ground, with_goal(ground))
    with pytest.raises(Refused, match="rådgivande"):
        adopted(ground, plan, group)
    own = begun(ground, group)
    written(ground, own)
    assert adopted(ground, own, group).status == "adopted"


def with_goal(ground):
    """Return the adopted plan, with a goal, one under it and one that is closed."""
    above = ground.goal("Ovanför", number=1, tier="deciding")
    ground.goal("Under", number=2, parent=above)
    gone = ground.goal("Nått", number=3)
    goals.close_goal(goal=gone, on=TODAY, reason="Nått", by=ground.founder, at=NOW)
    return ground.plan


def test_the_next_version_has_the_goals_that_hold_and_the_old_one_goes_on(ground):
    draft = next_of(ground, with_goal(ground))
    above, below = draft.goals.order_by("number")
    assert (draft.version, draft.status, draft.ends_on) == (2, "draft", PLAN_END)
    assert (above.text, above.tier, above.status, above.based_on.text) == ("Ovanför", "deciding", "draft", "Ovanför")
    assert (below.text, below.parent) == ("Under", above)
    ground.plan.refresh_from_db()
    assert ground.plan.status == "adopted"
    for again in (ground.plan, draft):
        with pytest.raises(Refused, match="redan påbörjad"):
            next_of(ground, again)


def test_indicators_follow_when_the_next_version_is_adopted_and_what_parties_said_stays(ground, board):
    plan = with_goal(ground)
    above, under = plan.goals.get(text="Ovanför"), plan.goals.get(text="Under")
    indicator, other = ground.indicator("a", goal=above), ground.indicator("b", goal=under)
    ground.joined(ground.company)
    goals.say_of_goal(goal=above, organisation=ground.company, stance="supports", by=ground.officer, at=NOW)
    draft = next_of(ground, plan)
    goals.close_goal(goal=draft.goals.get(text="Under"), on=TODAY, reason="Utgår", by=ground.founder, at=NOW)
    indicator.refresh_from_db()
    assert indicator.goal == above
    adopted(ground, draft, board)
    for row in (indicator, other, plan):
        row.refresh_from_db()
    assert (indicator.goal, other.goal) == (draft.goals.get(text="Ovanför"), under)
    assert plan.status == "replaced"
    assert Act.objects.get(action="followup.plan.adopted").detail["indicators"] == 1
    assert GoalConsent.objects.get().goal == above
    with pytest.raises(Refused, match="ersatt"):
        next_of(ground, plan)


def test_a_version_is_not_adopted_before_the_one_that_it_replaces(ground):
    board = ground.organ()
    draft = next_of(ground, with_goal(ground))
    adopted(ground, draft, board, on=TODAY)
    third = next_of(ground, draft)
    with pytest.raises(Refused) as refused:
        adopted(ground, third, board, on=TODAY - timedelta(days=1))
    assert refused.value.field == "on"


def test_a_plan_is_closed_with_its_goals_and_can_be_taken_up_again(ground, group):
    plan = with_goal(ground)
    with pytest.raises(Refused) as refused:
        closed(ground, plan, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused) as refused:
        closed(ground, plan, on=START)
    assert refused.value.field == "on"
    found = closed(ground, plan)
    assert (found.status, found.ends_on, found.closing_reason) == ("closed", TODAY, "Styrelsen, § 9: läggs ned")
    assert set(plan.goals.values_list("status", "ends_on")) == {("closed", TODAY)}
    assert goal_board(ground.partnership, Sight(office=True), TODAY).total.goals == 0
    with pytest.raises(Refused):
        closed(ground, plan)
    assert next_of(ground, plan).version == 2


def test_the_plans_are_read_in_one_query_the_whole_first_and_drafts_by_those_in_it(
    ground, group, django_assert_num_queries
):
    begun(ground, group)
    with django_assert_num_queries(1):
        found = plans_of(ground.partnership, Sight(party=True))
    assert [plan.organ for plan in found] == [None, group]
    assert [plan.organ for plan in plans_of(ground.partnership, Sight())] == [None]


# ---------------------------------------------------------------- what the database refuses


def refused_by_the_database(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 9},
        {"starts_on": date(2026, 3, 1)},
        {"ends_on": date(2030, 1, 1)},
        {"adopted_on": TODAY},
        {"status": "draft", "adopted_on": None},
        {"status": "closed"},
        {"decision": ""},
    ],
)
def test_the_database_keeps_an_adopted_plan(ground, change):
    refused_by_the_database(lambda: StrategicPlan.objects.filter(pk=ground.plan.pk).update(**change))


def test_the_database_keeps_plans_and_holds_one_adopted_of_each(ground, group):
    refused_by_the_database(StrategicPlan.objects.filter(pk=ground.plan.pk).delete)
    second = {"version": 2, "status": "adopted", "adopted_on": TODAY, "decision": "§ 1", "created_at": NOW}
    same = {"title": "Plan", "level": ground.levels["network"], "starts_on": START, "ends_on": PLAN_END}
    make = StrategicPlan.objects.create
    refused_by_the_database(lambda: make(partnership=ground.partnership, **same, **second))
    make(partnership=ground.partnership, organ=group, **same, **second)
    refused_by_the_database(
        lambda: make(partnership=ground.partnership, organ=group, **same, **{**second, "version": 3})
    )


def test_a_replaced_plan_never_holds_again(ground):
    rows = StrategicPlan.objects.filter(pk=ground.plan.pk)
    rows.update(status="replaced")
    refused_by_the_database(lambda: rows.update(status="adopted"))


def test_the_triggers_of_goals_and_plans_are_there_those_that_sqlite_dropped_too():
    wanted = {
        f"{name}_{event.lower()}"
        for name, _table, _when, _whose, _found, events in (*HOLD.of_before(), *HOLD.RULES)
        for event in events
    }
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        named = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(named)
        there = {name for (name,) in cursor.fetchall()}
    assert wanted - there == set()
    assert "no_goal_above_itself_update" in wanted
