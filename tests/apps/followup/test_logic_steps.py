"""Steps, edges and assumptions of an effect logic: written, changed and taken away, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.followup.worked_logic import adopt, asked, begun, elsewhere, link, step, whole
from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.logic import next_draft
from tillit.apps.followup.actions.logic_assumptions import add_assumption, remove_assumption, say_assumption
from tillit.apps.followup.actions.logic_edges import EdgeFacts, add_step_under, change_edge, remove_edge
from tillit.apps.followup.actions.logic_steps import NodeFacts, change_node, remove_node
from tillit.apps.followup.models import (
    Assumption,
    AssumptionCheck,
    EffectEdge,
)
from tillit.apps.partnerships.models import CURRENT

TODAY = NOW.date()


@pytest.fixture
def ground(db):
    return Followed()


# ---- the worked examples, through the database


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
