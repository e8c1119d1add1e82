"""Acts on effect logics: begun, worked on, adopted by a decision, copied; what stands in their way (R17)."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.followup.worked_logic import adopt, asked, begun, link, step, whole, worked
from tests.following import PLAN_END, Followed
from tests.partnering import NOW, START
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.logic import LogicFacts, begin_logic, change_logic, next_draft
from tillit.apps.followup.actions.logic_assumptions import add_assumption, remove_assumption, say_assumption
from tillit.apps.followup.actions.logic_edges import EdgeFacts, add_step_under, change_edge, remove_edge
from tillit.apps.followup.actions.logic_steps import NodeFacts, change_node, remove_node
from tillit.apps.followup.actions.plans import adopt_plan, begin_next_version
from tillit.apps.followup.gap_facts import surroundings
from tillit.apps.followup.logic_facts import core_logic, logic_of
from tillit.apps.followup.models import (
    Assumption,
    AssumptionCheck,
    EffectEdge,
    EffectLogic,
    EffectNode,
    Goal,
    StrategicPlan,
)
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import CURRENT, Organ
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


def elsewhere(ground):
    """Return a plan, an organ, a goal and a level of another partnership."""
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=START)
    other = found_partnership(frame=frame, by=ground.founder, at=NOW)
    level = other.levels.get(code="national")
    plan = StrategicPlan.objects.create(
        partnership=other, level=level, title="Deras", starts_on=START, ends_on=PLAN_END, created_at=NOW
    )
    organ = Organ.objects.create(partnership=other, name="Deras", tier="deciding", level=level, starts_on=START)
    goal = Goal.objects.create(plan=plan, level=level, kind="effect", text="Deras", starts_on=START, created_at=NOW)
    return plan, organ, goal, level


# ---- the worked examples, through the database


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


def test_a_logic_is_begun_once_and_a_branch_once_per_organ(ground):
    begun(ground)
    board = ground.organ("Hjärtnätverket", level="network")
    begun(ground, board)
    for organ in (None, board):
        with pytest.raises(Refused, match="redan ett utkast"):
            begun(ground, organ)
    assert EffectLogic.objects.count() == 2


def test_a_logic_that_was_adopted_is_not_begun_again(ground):
    logic, _nodes = whole(ground)
    adopt(ground, logic)
    with pytest.raises(Refused, match="redan en fastställd"):
        begun(ground)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"title": " "}, "title"), ({"openness": "organ"}, "openness"), ({"title": "19121212-1212"}, "title")],
)
def test_what_is_said_of_a_logic_is_looked_at(ground, said, field):
    with pytest.raises(Refused) as refused:
        begun(ground, **said)
    assert refused.value.field == field


def test_a_plan_and_an_organ_of_others_are_refused(ground):
    plan, organ, _goal, _level = elsewhere(ground)
    for facts, whose in ((LogicFacts(title="x", plan=plan), None), (LogicFacts(title="x"), organ)):
        with pytest.raises(Refused):
            begin_logic(partnership=ground.partnership, facts=facts, organ=whose, **asked(ground))


def test_a_closed_organ_begins_no_branch(ground):
    organ = ground.organ("Hjärtnätverket", ends_on=TODAY)
    with pytest.raises(Refused, match="stängt"):
        begun(ground, organ)


def test_a_draft_gets_another_title_and_an_adopted_does_not(ground):
    logic, _nodes = whole(ground)
    facts = LogicFacts(title="Ny rubrik")
    assert change_logic(logic=logic, facts=facts, **asked(ground)).title == "Ny rubrik"
    adopt(ground, logic)
    with pytest.raises(Refused, match="fastställd"):
        change_logic(logic=logic, facts=facts, **asked(ground))


# ---- steps


def test_a_step_gets_the_next_code_of_its_kind_in_the_whole_partnership(ground):
    logic = begun(ground)
    branch = begun(ground, ground.organ("Hjärtnätverket", level="network"))
    assert [step(ground, logic, kind).code for kind in ("activity", "activity", "benefit")] == ["A1", "A2", "L1"]
    assert step(ground, branch, "activity").code == "A3"
    ground.indicator(node="A7")
    assert step(ground, logic, "activity").code == "A8"
    with pytest.raises(Refused, match="används redan"):
        step(ground, branch, "activity", "A1")
    with pytest.raises(Refused, match="stor bokstav"):
        step(ground, branch, "activity", "a b")


def test_a_step_and_its_edge_come_in_one_go_or_not_at_all(ground):
    logic = begun(ground)
    first = step(ground, logic, "activity")
    facts = NodeFacts(kind="output", text="Fler förfrågningar besvaras")
    made = add_step_under(under=first, step=facts, edge=EdgeFacts(mechanism="Svar ger svar"), **asked(ground))
    assert [(each.src.code, each.dst.code, each.mechanism) for each in logic.edges.all()] == [
        ("A1", made.code, "Svar ger svar")
    ]
    with pytest.raises(Refused):
        add_step_under(under=first, step=facts, edge=EdgeFacts(lag_months=601), **asked(ground))
    assert logic.nodes.count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"text": ""}, "text"),
        ({"text": "Ring 19121212-1212"}, "text"),
        ({"serves": "A1"}, "serves"),
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 1)}, "ends_on"),
    ],
)
def test_what_is_said_of_a_step_is_looked_at(ground, said, field):
    logic = begun(ground)
    with pytest.raises(Refused) as refused:
        step(ground, logic, **{"kind": "activity", "text": "Rekrytera", **said})
    assert refused.value.field == field


def test_a_step_of_others_things_is_refused(ground):
    logic = begun(ground)
    _plan, organ, goal, level = elsewhere(ground)
    theirs = {"goal": goal, "level": level, "owner_organ": organ}
    for field, row in theirs.items():
        with pytest.raises(Refused) as refused:
            step(ground, logic, "activity", **{field: row})
        assert refused.value.field == field
    with pytest.raises(Refused, match="är inte med"):
        step(ground, logic, "activity", owner_party=ground.company)
    ground.joined(ground.company)
    assert step(ground, logic, "activity", owner_party=ground.company).owner_party == ground.company


def test_a_step_is_changed_and_keeps_its_code(ground):
    logic = begun(ground)
    row = step(ground, logic, "activity")
    changed = change_node(node=row, facts=NodeFacts(kind="output", text="Annat"), **asked(ground))
    assert (changed.code, changed.kind, changed.text) == ("A1", "output", "Annat")


def test_a_step_is_taken_away_with_its_edges_and_what_was_said_in_the_draft(ground):
    logic, nodes = whole(ground)
    edge = EffectEdge.objects.get(src=nodes["P1"])
    row = add_assumption(edge=edge, kind="risk", text="Personalen slutar", **asked(ground))
    say_assumption(assumption=row, verdict="holds", said_on=TODAY, **asked(ground))
    remove_node(node=nodes["P1"], **asked(ground))
    assert [each.code for each in logic.nodes.all()] == ["A1", "K1", "L1"]
    assert (logic.edges.count(), Assumption.objects.count(), AssumptionCheck.objects.count()) == (1, 0, 0)


# ---- edges


def test_an_edge_is_there_once_and_joins_two_steps_of_one_logic(ground):
    logic, nodes = whole(ground)
    with pytest.raises(Refused, match="finns redan"):
        link(ground, nodes["A1"], nodes["P1"])
    link(ground, nodes["A1"], nodes["P1"], polarity=-1)
    with pytest.raises(Refused, match="sig självt"):
        link(ground, nodes["A1"], nodes["A1"])
    branch = begun(ground, ground.organ("Hjärtnätverket", level="network"))
    with pytest.raises(Refused, match="olika effektlogiker"):
        link(ground, nodes["A1"], step(ground, branch, "activity"))
    assert logic.edges.count() == 4


def test_evidence_that_changes_is_so_from_that_day_and_else_as_before(ground):
    _logic, nodes = whole(ground)
    edge = EffectEdge.objects.get(src=nodes["A1"])
    assert edge.evidence_since == TODAY
    later = {"by": ground.founder, "at": NOW + timedelta(days=40)}
    same = change_edge(edge=edge, facts=EdgeFacts(evidence="supported", mechanism="Annat"), **later)
    assert same.evidence_since == TODAY
    other = change_edge(edge=edge, facts=EdgeFacts(evidence="mixed", evidence_source="Rapport 2026"), **later)
    assert (other.evidence_since, other.evidence_source) == (TODAY + timedelta(days=40), "Rapport 2026")
    given = change_edge(edge=edge, facts=EdgeFacts(evidence="weak", since=date(2026, 1, 1)), **later)
    assert given.evidence_since == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"evidence": "sure"}, "evidence"),
        ({"polarity": 0}, "polarity"),
        ({"contribution": "some"}, "contribution"),
        ({"lag_months": 601}, "lag_months"),
        ({"since": TODAY + timedelta(days=1)}, "since"),
        ({"mechanism": "19121212-1212 ringer"}, "mechanism"),
        ({"mechanism": "x" * 2001}, "mechanism"),
    ],
)
def test_what_is_said_of_an_edge_is_looked_at(ground, said, field):
    logic = begun(ground)
    ends = step(ground, logic, "activity"), step(ground, logic, "output")
    with pytest.raises(Refused) as refused:
        link(ground, *ends, **said)
    assert refused.value.field == field


def test_a_changed_edge_is_not_made_one_that_is_there(ground):
    _logic, nodes = whole(ground)
    other = link(ground, nodes["A1"], nodes["P1"], polarity=-1)
    with pytest.raises(Refused, match="finns redan"):
        change_edge(edge=other, facts=EdgeFacts(polarity=1), **asked(ground))


def test_an_edge_is_taken_away(ground):
    logic, _nodes = whole(ground)
    remove_edge(edge=logic.edges.first(), **asked(ground))
    assert logic.edges.count() == 2


# ---- assumptions


def test_whether_an_assumption_holds_is_said_beside_an_adopted_version_and_kept(ground):
    logic, _nodes = whole(ground)
    edge = logic.edges.first()
    row = add_assumption(edge=edge, kind="assumption", text="Regionerna svarar", **asked(ground))
    adopt(ground, logic)
    say_assumption(assumption=row, verdict="holds", said_on=date(2026, 7, 1), **asked(ground))
    say_assumption(assumption=row, verdict="fails", said_on=TODAY, note="Två slutade", **asked(ground))
    assert [each.verdict for each in row.checks.filter(CURRENT)] == ["fails"]
    assert row.checks.count() == 2
    with pytest.raises(Refused, match="redan sagt"):
        say_assumption(assumption=row, verdict="holds", said_on=date(2026, 7, 2), **asked(ground))
    for act in (
        lambda: add_assumption(edge=edge, kind="risk", text="Ny", **asked(ground)),
        lambda: remove_assumption(assumption=row, **asked(ground)),
    ):
        with pytest.raises(Refused, match="fastställd"):
            act()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "hope"}, "kind"),
        ({"text": " "}, "text"),
        ({"text": "19121212-1212"}, "text"),
        ({"indicator_code": "none"}, "indicator_code"),
    ],
)
def test_what_is_assumed_is_looked_at(ground, said, field):
    logic, _nodes = whole(ground)
    with pytest.raises(Refused) as refused:
        add_assumption(edge=logic.edges.first(), **{"kind": "risk", "text": "Något", **said}, **asked(ground))
    assert refused.value.field == field


def test_what_is_said_of_an_assumption_is_looked_at(ground):
    logic, _nodes = whole(ground)
    row = add_assumption(edge=logic.edges.first(), kind="risk", text="Något", **asked(ground))
    for said, field in (
        ({"verdict": "perhaps"}, "verdict"),
        ({"said_on": TODAY + timedelta(days=1)}, "said_on"),
        ({"note": "19121212-1212"}, "note"),
    ):
        usual: dict[str, Any] = {"verdict": "holds", "said_on": TODAY, **said}
        with pytest.raises(Refused) as refused:
            say_assumption(assumption=row, **usual, **asked(ground))
        assert refused.value.field == field


# ---- adopted and copied


def test_a_logic_without_blocking_gaps_is_adopted_by_a_decision_and_the_former_replaced(ground):
    first, _nodes = whole(ground, ground.goal())
    adopt(ground, first)
    second = next_draft(logic=first, **asked(ground))
    adopt(ground, second, decision="Styrelsen 2026-07-31, § 2", adopted_on=date(2026, 7, 31))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status, second.version) == ("replaced", "adopted", 2)
    assert Act.objects.filter(action="followup.logic.adopted").count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": ""}, "decision"),
        ({"adopted_on": TODAY + timedelta(days=1)}, "adopted_on"),
        ({"decision": "19121212-1212"}, "decision"),
    ],
)
def test_an_adoption_has_its_decision(ground, said, field):
    logic, _nodes = whole(ground)
    with pytest.raises(Refused) as refused:
        adopt(ground, logic, **said)
    assert refused.value.field == field


def test_a_logic_with_blocking_gaps_is_refused_and_every_one_is_told(ground):
    goal = ground.goal()
    logic, nodes = worked(ground)
    link(ground, nodes["L1"], nodes["A1"])
    with pytest.raises(Refused) as refused:
        adopt(ground, logic)
    told = str(refused.value)
    for said in (
        "Ingen aktivitet leder till X1 Steget X1.",
        "Ingen aktivitet leder till L2 Steget L2.",
        "Kopplingen från L1 Steget L1 till A1 Steget A1 går bakåt.",
        "Kedjan går runt: A1 → P1 → K1 → M1 → L1 → A1.",
        f"Ingen insats i ett forskningsområde leder till ”{goal.text}”, som är strategiskt.",
    ):
        assert said in told
    assert "Ingen svarar för" not in told
    logic.refresh_from_db()
    assert logic.status == "draft"


def test_an_empty_logic_is_not_adopted(ground):
    with pytest.raises(Refused, match="tom"):
        adopt(ground, begun(ground))


def test_a_draft_is_adopted_no_earlier_than_what_it_replaces(ground):
    first, _nodes = whole(ground)
    adopt(ground, first)
    second = next_draft(logic=first, **asked(ground))
    with pytest.raises(Refused, match="fastställdes senare"):
        adopt(ground, second, adopted_on=date(2026, 7, 1))


def test_the_next_draft_is_the_cores_and_changing_it_leaves_the_adopted_alone(ground):
    logic, nodes = whole(ground)
    edge = EffectEdge.objects.get(src=nodes["A1"])
    row = add_assumption(edge=edge, kind="assumption", text="Regionerna svarar", **asked(ground))
    say_assumption(assumption=row, verdict="uncertain", said_on=TODAY, note="Vi vet inte", **asked(ground))
    EffectEdge.objects.filter(pk=edge.pk).update(evidence_since=date(2024, 3, 1))
    adopt(ground, logic)
    logic.refresh_from_db()
    draft = next_draft(logic=logic, **asked(ground))
    assert core_logic(draft) == core.next_draft(core_logic(logic))
    assert draft.based_on == logic
    copied = Assumption.objects.get(edge__logic=draft)
    assert [(each.verdict, each.note, each.said_on) for each in copied.checks.all()] == [
        ("uncertain", "Vi vet inte", TODAY)
    ]
    remove_node(node=draft.nodes.get(code="P1"), **asked(ground))
    assert logic.nodes.count() == 4
    assert row.checks.count() == 1


def test_only_what_is_in_force_becomes_a_draft_and_only_one(ground):
    logic, _nodes = whole(ground)
    with pytest.raises(Refused, match="fastställd nu"):
        next_draft(logic=logic, **asked(ground))
    adopt(ground, logic)
    next_draft(logic=logic, **asked(ground))
    with pytest.raises(Refused, match="redan ett utkast"):
        next_draft(logic=logic, **asked(ground))


def test_a_copy_takes_as_many_queries_whatever_its_size(ground, django_assert_num_queries):
    small, _nodes = whole(ground)
    adopt(ground, small)
    board = ground.organ("Hjärtnätverket", level="network")
    big, nodes = whole(ground, organ=board, letters=("A2", "P2", "K2", "L2"))
    for _each in range(10):
        made = step(ground, big, "activity")
        link(ground, made, nodes["P2"])
    adopt(ground, big)
    with CaptureQueriesContext(connection) as few:
        next_draft(logic=small, **asked(ground))
    with django_assert_num_queries(len(few)):
        next_draft(logic=big, **asked(ground))


# ---- what is adopted stands


def test_no_act_changes_what_is_adopted(ground):
    logic, nodes = whole(ground)
    edge = logic.edges.first()
    adopt(ground, logic)
    facts = NodeFacts(kind="activity", text="Annat")
    for act in (
        lambda: step(ground, logic, "activity"),
        lambda: change_node(node=nodes["A1"], facts=facts, **asked(ground)),
        lambda: remove_node(node=nodes["A1"], **asked(ground)),
        lambda: link(ground, nodes["A1"], nodes["L1"]),
        lambda: change_edge(edge=edge, facts=EdgeFacts(), **asked(ground)),
        lambda: remove_edge(edge=edge, **asked(ground)),
        lambda: add_step_under(under=nodes["A1"], step=facts, edge=EdgeFacts(), **asked(ground)),
        lambda: adopt(ground, logic),
    ):
        with pytest.raises(Refused, match="fastställd och ändras inte"):
            act()


# ---- branches


def test_a_step_of_a_branch_serves_one_in_the_adopted_national_logic(ground):
    national, _nodes = whole(ground)
    board = ground.organ("Hjärtnätverket", level="network")
    branch = begun(ground, board)
    with pytest.raises(Refused, match="fastställd"):
        step(ground, branch, "activity", serves="A1")
    adopt(ground, national)
    row = step(ground, branch, "activity", serves="A1")
    with pytest.raises(Refused):
        step(ground, branch, "activity", serves="Z9")
    later = next_draft(logic=national, **asked(ground))
    remove_node(node=later.nodes.get(code="A1"), **asked(ground))
    step(ground, later, "activity", "A9", area="hjärta")
    link(ground, later.nodes.get(code="A9"), later.nodes.get(code="P1"))
    adopt(ground, later)
    # the tie that was there is kept: the page tells that its step is gone
    kept = change_node(node=row, facts=NodeFacts(kind="activity", text="Ny text", serves="A1"), **asked(ground))
    assert kept.serves == "A1"
