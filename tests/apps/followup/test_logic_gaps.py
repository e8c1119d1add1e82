"""What an effect logic lacks (D7), from the tables: chains, goals, indicators, also when the plan changes."""

from datetime import date
from fractions import Fraction

import pytest

from tests.apps.followup.worked_logic import adopt, asked, link, whole, worked
from tests.following import Followed
from tests.partnering import NOW, START
from tillit.apps.followup.actions.logic import LogicFacts, change_logic, next_draft
from tillit.apps.followup.actions.logic_edges import EdgeFacts, change_edge
from tillit.apps.followup.actions.plans import adopt_plan, begin_next_version
from tillit.apps.followup.gap_facts import surroundings
from tillit.apps.followup.logic_facts import core_logic, logic_of
from tillit.apps.followup.models import (
    EffectNode,
    Goal,
    StrategicPlan,
)
from tillit.apps.partnerships.models import Organ
from tillit.core.indicators import effect_logic as core
from tillit.core.indicators.gaps import coverage, gaps

TODAY = NOW.date()


@pytest.fixture
def ground(db):
    return Followed()


def found(logic, code, today=TODAY):
    logic.refresh_from_db()
    around = surroundings(logic.partnership, today, logic).around(logic)
    return [gap.about for gap in gaps(core_logic(logic), around) if gap.code == code]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("G1", [("A3",), ("X1",), ("L2",)]),
        ("G2", [("X1",), ("L2",)]),
        ("G3", [("A3",)]),
        ("G4", [("P2", "L1")]),
        ("G5", []),
        ("G6", []),
    ],
)
def test_the_worked_logic_has_its_gaps_in_the_database_too(ground, code, expected):
    logic, _nodes = worked(ground)
    assert sorted(found(logic, code)) == sorted(expected)


def test_the_worked_logic_has_its_coverage(ground):
    logic, _nodes = worked(ground)
    told = coverage(core_logic(logic))
    assert (told.activities, told.effects, told.benefits) == (Fraction(2, 3), Fraction(2, 3), Fraction(1, 2))


def test_a_way_back_is_a_gap_until_it_is_marked_as_feedback(ground):
    logic, nodes = worked(ground)
    back = link(ground, nodes["L1"], nodes["A1"])
    assert found(logic, "G5") == [("L1", "A1")]
    assert found(logic, "G6") == [("P1", "K1", "M1", "L1", "A1")]
    change_edge(edge=back, facts=EdgeFacts(is_feedback=True), **asked(ground))
    assert found(logic, "G5") == found(logic, "G6") == []


def test_an_effect_shows_first_when_the_lags_have_run_from_the_activity(ground):
    logic, _nodes = whole(ground)
    assert core.earliest(core_logic(logic), "L1") == date(2030, 1, 1)
    assert found(logic, "G13") == []
    shorter = StrategicPlan.objects.create(
        partnership=ground.partnership,
        level=ground.levels["national"],
        title="Kortare plan",
        version=2,
        starts_on=START,
        ends_on=date(2030, 1, 1),  # its last day is the day before
        created_at=NOW,
    )
    change_logic(logic=logic, facts=LogicFacts(title="Kortare", plan=shorter), **asked(ground))
    assert found(logic, "G13") == [("L1",)]


# ---- what surrounds it


def test_a_strategic_goal_asks_for_an_effort_in_a_research_area(ground):
    goal = ground.goal()
    ground.goal("Fler möten", kind="organ")
    ground.goal("Nätverkets", level="network")
    ground.goal("Avslutat", status="closed", closing_reason="Nått", ends_on=TODAY)
    logic, nodes = whole(ground, goal)
    assert found(logic, "G11") == []
    EffectNode.objects.filter(pk=nodes["A1"].pk).update(area="")
    assert found(logic, "G11") == [(str(goal.pk),)]
    assert len([about for about in found(logic, "G10") if about[0] not in nodes]) == 2


def test_an_effect_is_read_when_one_of_the_last_four_periods_is_approved(ground):
    logic, _nodes = whole(ground)
    followed = ground.indicator(node="K1")
    reporter = ground.reporter(followed)
    ground.observed(reporter, "2025-Q2", 3)  # five periods back: Q2 2026, Q1, Q4 and Q3 2025 are the last four
    ground.observed(reporter, "2025-Q4", 3, status="submitted")
    assert found(logic, "G9") == [("K1",)]
    row = ground.observed(reporter, "2025-Q3", 3)
    assert found(logic, "G9") == []
    row.__class__.objects.filter(pk=row.pk).update(superseded_at=NOW)
    assert found(logic, "G9") == [("K1",)]
    ground.observed(reporter, "2026-Q3", 3)  # not over yet
    assert found(logic, "G9") == [("K1",)]


def test_an_indicator_without_a_step_steers_nothing_and_one_on_a_branch_is_no_gap_of_the_national(ground):
    logic, _nodes = whole(ground)
    board = ground.organ("Hjärtnätverket", level="network")
    whole(ground, organ=board, letters=("A2", "P2", "K2", "L2"))
    ground.indicator(node="K2")
    loose = ground.indicator("loose", node="")
    gone = ground.indicator("gone", node="Z9")
    ground.indicator("closed").__class__.objects.filter(code="closed").update(closed_on=TODAY)
    assert found(logic, "G14") == [(str(each.pk),) for each in (gone, loose)] or found(logic, "G14") == [
        (str(each.pk),) for each in (loose, gone)
    ]


def test_a_branch_held_against_the_whole_plan_answers_for_the_goals_its_organ_owns(ground):
    board = ground.organ("Hjärtnätverket", level="network")
    ground.goal("Nationellt mål")
    own = ground.goal("Nätverkets mål", level="network", owner_organ=board)
    branch, _nodes = whole(ground, organ=board)
    assert [about for about in found(branch, "G10") if len(about[0]) > 9] == [(str(own.pk),)]
    assert found(branch, "G11") == []


def lacks(logic, *codes):
    """Return the gaps of a version with its steps as they are read with what surrounds it."""
    logic.refresh_from_db()
    around = surroundings(logic.partnership, TODAY, logic)
    fact = logic_of(logic, around.steps(logic), logic.edges.all())
    return [(gap.code, *gap.about) for gap in gaps(fact, around.around(logic)) if gap.code in codes]


def renewed(ground, plan, **more):
    """Adopt the next version of a plan, and return it."""
    organ = Organ.objects.filter(name="Styrelsen").first() or ground.organ(tier="deciding")
    made = begin_next_version(plan=plan, **asked(ground))
    StrategicPlan.objects.filter(pk=made.pk).update(**more)
    adopt_plan(plan=made, organ=organ, on=TODAY, text="§ 9", **asked(ground))
    made.refresh_from_db()
    return made


def test_after_the_next_plan_a_step_answers_for_the_goal_that_its_own_lives_on_in(ground):
    goal = ground.goal()
    logic, _nodes = whole(ground, goal)
    adopt(ground, logic)
    assert lacks(logic, "G10", "G11", "G13") == []
    third = renewed(ground, renewed(ground, ground.plan), ends_on=date(2028, 1, 1))
    heir = third.goals.get()
    assert lacks(logic, "G10", "G11") == []
    assert ("G13", "L1") in lacks(logic, "G13")  # it is held against the plan in force, which ends sooner
    around = surroundings(ground.partnership, TODAY)
    assert around.plan_of(logic) == third
    assert {each.goal for each in around.steps(logic) if each.goal_id} == {heir}
    assert set(logic.nodes.exclude(goal=None).values_list("goal", flat=True)) == {goal.pk}  # the rows stand
    begin_next_version(plan=third, **asked(ground))
    assert surroundings(ground.partnership, TODAY).plan_of(logic) == third  # a draft holds nothing yet


def test_a_goal_that_the_next_plan_does_not_have_is_answered_for_no_more(ground):
    goal = ground.goal()
    logic, _nodes = whole(ground, goal)
    adopt(ground, logic)
    nxt = begin_next_version(plan=ground.plan, **asked(ground))
    new = Goal.objects.create(
        plan=nxt, level=ground.levels["national"], kind="effect", text="Ett annat", starts_on=START, created_at=NOW
    )
    Goal.objects.filter(based_on=goal).update(based_on=None)
    adopt_plan(plan=nxt, organ=ground.organ(), on=TODAY, text="§ 9", **asked(ground))
    assert ("G10", str(new.pk)) in lacks(logic, "G10")


def test_a_replaced_logic_is_read_as_it_was(ground):
    goal = ground.goal()
    logic, _nodes = whole(ground, goal)
    adopt(ground, logic)
    adopt(ground, next_draft(logic=logic, **asked(ground)))
    renewed(ground, ground.plan)
    logic.refresh_from_db()
    around = surroundings(ground.partnership, TODAY, logic)
    assert around.plan_of(logic) == ground.plan
    assert {each.goal for each in around.steps(logic) if each.goal_id} == {goal}


# ---- begun, changed
