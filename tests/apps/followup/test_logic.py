"""An effect logic is begun, changed, adopted and copied, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.followup.worked_logic import adopt, asked, begun, elsewhere, link, step, whole, worked
from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.logic import LogicFacts, begin_logic, change_logic, next_draft
from tillit.apps.followup.actions.logic_assumptions import add_assumption, say_assumption
from tillit.apps.followup.actions.logic_edges import EdgeFacts, add_step_under, change_edge, remove_edge
from tillit.apps.followup.actions.logic_steps import NodeFacts, change_node, remove_node
from tillit.apps.followup.logic_facts import core_logic
from tillit.apps.followup.models import (
    Assumption,
    EffectEdge,
    EffectLogic,
)
from tillit.core.indicators import effect_logic as core

TODAY = NOW.date()


@pytest.fixture
def ground(db):
    return Followed()


# ---- the worked examples, through the database


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
