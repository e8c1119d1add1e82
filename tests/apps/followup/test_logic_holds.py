"""I-14, I-15 and I-16 tried straight in the tables, past every act, and from two connections at once."""

from importlib import import_module
from textwrap import indent

import pytest
from django.db import IntegrityError, connection, transaction

from tests.apart import Apart
from tests.following import Followed
from tests.partnering import NOW, START, Ground
from tillit.apps.followup.models import Assumption, AssumptionCheck, EffectEdge, EffectLogic, EffectNode

HOLDS = import_module("tillit.apps.followup.migrations.0002_followup_holds")
LATER = import_module("tillit.apps.followup.migrations.0004_logics_hold")


@pytest.fixture
def ground(db):
    return Followed()


def refused(rule):
    """Return a check that the database itself stops what is done, by that very rule."""
    return pytest.raises(IntegrityError, match=rule)


def tried(act):
    with transaction.atomic():
        return act()


def written(ground, organ=None):
    """Return a draft with two steps, an edge and an assumption, straight in the tables."""
    logic = ground.logic(organ=organ)
    first, second = ground.node(logic, "A1", "activity"), ground.node(logic, "P1", "output", order=1)
    edge = ground.edge(first, second)
    assumption = Assumption.objects.create(edge=edge, kind="risk", text="Ingen svarar")
    return logic, first, second, edge, assumption


def adopted(logic):
    row = EffectLogic.objects.filter(pk=logic.pk)
    row.update(status="adopted", adopted_on=START, decision="Styrelsen 2026-02-01, § 5")
    return row


# ---- I-14


@pytest.mark.parametrize(
    "change",
    [
        {"title": "En annan"},
        {"version": 7},
        {"adopted_on": NOW.date()},
        {"plan": None},
        {"status": "draft", "adopted_on": None, "decision": ""},
    ],
)
def test_what_is_said_of_an_adopted_logic_is_never_changed(ground, change):
    logic, *_rest = written(ground)
    EffectLogic.objects.filter(pk=logic.pk).update(plan=ground.plan)
    row = adopted(logic)
    with refused("an_adopted_logic_stands"):
        tried(lambda: row.update(**change))
    row.update(status="replaced")
    for back in ({"status": "adopted"}, {"status": "draft", "adopted_on": None, "decision": ""}):
        with refused("an_adopted_logic_stands"):
            tried(lambda back=back: row.update(**back))


def test_an_adopted_logic_is_never_taken_away(ground):
    logic = ground.logic()
    row = adopted(logic)
    with refused("an_adopted_logic_is_kept"):
        tried(row.delete)


def test_steps_edges_and_assumptions_of_an_adopted_logic_are_neither_added_changed_nor_taken_away(ground):
    logic, first, second, edge, assumption = written(ground)
    adopted(logic)
    node = EffectNode.objects.filter(pk=first.pk)
    edges = EffectEdge.objects.filter(pk=edge.pk)
    assumed = Assumption.objects.filter(pk=assumption.pk)
    for act in (
        lambda: ground.node(logic, "A2", "activity"),
        lambda: node.update(text="En annan"),
        lambda: ground.edge(second, first, is_feedback=True),
        lambda: edges.update(mechanism="En annan"),
        edges.delete,
        node.delete,
    ):
        with refused("of_an_adopted_logic_stand"):
            tried(act)
    for act in (
        lambda: Assumption.objects.create(edge=edge, kind="risk", text="En till"),
        lambda: assumed.update(text="En annan"),
        assumed.delete,
    ):
        with refused("assumptions_of_an_adopted_logic_stand"):
            tried(act)


def test_a_step_is_not_moved_out_of_an_adopted_logic_into_a_draft(ground):
    logic, first, _second, _edge, _assumption = written(ground)
    adopted(logic)
    branch = ground.logic(organ=ground.organ())
    with refused("a_step_stays_in_its_logic"):
        tried(lambda: EffectNode.objects.filter(pk=first.pk).update(logic=branch))


def test_an_edge_and_an_assumption_are_not_moved_out_of_an_adopted_logic(ground):
    logic, _first, _second, edge, assumption = written(ground)
    adopted(logic)
    board = ground.organ()
    _branch, _one, _two, other, _said = written(ground, organ=board)
    with refused("an_edge_is_not_moved"):
        tried(lambda: EffectEdge.objects.filter(pk=edge.pk).update(logic=other.logic, src=other.dst, dst=other.src))
    with refused("an_assumption_stays_on_its_edge"):
        tried(lambda: Assumption.objects.filter(pk=assumption.pk).update(edge=other))


def test_whether_an_assumption_holds_may_be_said_and_is_then_never_rewritten(ground):
    logic, _first, _second, _edge, assumption = written(ground)
    adopted(logic)
    row = AssumptionCheck.objects.create(assumption=assumption, verdict="holds", said_on=START, recorded_at=NOW)
    same = AssumptionCheck.objects.filter(pk=row.pk)
    with refused("stands"):
        tried(lambda: same.update(verdict="fails"))
    with pytest.raises(IntegrityError):
        tried(
            lambda: AssumptionCheck.objects.create(
                assumption=assumption, verdict="fails", said_on=START, recorded_at=NOW
            )
        )


def test_one_draft_and_one_adopted_at_a_time_each_with_its_decision(ground):
    logic = ground.logic()
    with pytest.raises(IntegrityError):
        tried(ground.logic)
    adopted(logic)
    other = ground.logic(version=2)
    with pytest.raises(IntegrityError):
        tried(lambda: adopted(other))
    with pytest.raises(IntegrityError):
        tried(lambda: EffectLogic.objects.filter(pk=other.pk).update(status="adopted", adopted_on=START))


# ---- I-15


def test_a_draft_may_go_round_and_an_adopted_logic_never(ground):
    logic, first, second, _edge, _assumption = written(ground)
    third = ground.node(logic, "K1", "short_effect", order=2)
    ground.edge(second, third)
    back = ground.edge(third, first)
    with refused("an_adopted_logic_has_no_cycle"):
        tried(lambda: adopted(logic))
    EffectEdge.objects.filter(pk=back.pk).update(is_feedback=True)
    adopted(logic)


# ---- I-16


def test_both_ends_of_an_edge_lie_in_its_logic(ground):
    logic, first, _second, edge, _assumption = written(ground)
    _branch, other, *_rest = written(ground, organ=ground.organ())
    with refused("an_edge_stays_in_its_logic"):
        tried(lambda: EffectEdge.objects.create(logic=logic, src=first, dst=other))
    with refused("an_edge_stays_in_its_logic"):
        tried(lambda: EffectEdge.objects.filter(pk=edge.pk).update(dst=other))


def test_an_edge_joins_two_steps_and_is_there_once_of_each_sign(ground):
    _logic, first, second, _edge, _assumption = written(ground)
    with pytest.raises(IntegrityError):
        tried(lambda: ground.edge(first, first))
    with pytest.raises(IntegrityError):
        tried(lambda: ground.edge(first, second))
    ground.edge(first, second, polarity=-1)


def test_a_step_with_edges_is_not_moved_to_another_logic(ground):
    logic, first, *_rest = written(ground)
    branch = ground.logic(organ=ground.organ())
    with refused("a_step_stays_in_its_logic"):
        tried(lambda: EffectNode.objects.filter(pk=first.pk).update(logic=branch))
    assert logic.nodes.count() == 2


# ---- the triggers


def test_the_database_has_every_trigger_of_logics(ground):
    rules = [rule for rule in (*HOLDS.rules(), *LATER.RULES) if rule[1].startswith(("followup_effect", "followup_as"))]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    assert len(rules) == 11
    assert {f"{name}_{event.lower()}" for name, *_rest, events in rules for event in events} - there == set()


# ---- two at once


ROWS = """
from datetime import date, datetime, UTC
from django.db import IntegrityError, transaction
from tillit.apps.followup.models import Assumption, EffectEdge, EffectLogic, EffectNode
DAY = date(2026, 2, 1)
def adopt(key):
    EffectLogic.objects.filter(pk=key).update(status="adopted", adopted_on=DAY, decision="Styrelsen, § 5")
"""
FIRST = """
with transaction.atomic():
{act}
    tell("inside")
    wait()
tell("written")
"""
SECOND = """
tell("ready")
wait()
tell("begins")
try:
    with transaction.atomic():
{act}
    tell("written")
except IntegrityError as why:
    tell(str(why).split("CONTEXT")[0].strip())
"""


def adopts_and_adds(logic, first, second):
    yield f"adopt('{logic.pk}')"
    yield f"EffectNode.objects.create(logic_id='{logic.pk}', code='A9', kind='activity', text='Ny')"


def adopts_and_links(logic, first, second):
    yield f"adopt('{logic.pk}')"
    yield f"EffectEdge.objects.create(logic_id='{logic.pk}', src_id='{second.pk}', dst_id='{first.pk}')"


def links_and_adopts(logic, first, second):
    yield from reversed(list(adopts_and_links(logic, first, second)))


def adopts_and_removes(logic, first, second):
    yield f"adopt('{logic.pk}')"
    yield f"EffectEdge.objects.filter(logic_id='{logic.pk}').delete()"


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        (adopts_and_adds, "steps_of_an_adopted_logic_stand_node"),
        (adopts_and_links, "steps_of_an_adopted_logic_stand_edge"),
        (links_and_adopts, "an_adopted_logic_has_no_cycle"),
        (adopts_and_removes, "steps_of_an_adopted_logic_stand_edge"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_at_once_one_is_stopped(tmp_path, pair, rule):
    # No adopted plan: SQLite empties the tables row by row after the test, and what is adopted is kept.
    logic = EffectLogic.objects.create(partnership=Ground().partnership, title="Effektlogik", created_at=NOW)
    first, second = (
        EffectNode.objects.create(logic=logic, code=code, kind=kind, text=code)
        for code, kind in (("A1", "activity"), ("P1", "output"))
    )
    EffectEdge.objects.create(logic=logic, src=first, dst=second)
    acts = tuple(pair(logic, first, second))
    apart = Apart(tmp_path)
    one = apart.talking(ROWS + FIRST.format(act=indent(acts[0], "    ")))
    other = apart.talking(ROWS + SECOND.format(act=indent(acts[1], "        ")))
    one.says("inside")
    other.says("ready")
    other.on()
    other.says("begins")
    one.on()
    one.says("written")
    assert rule in other.ends()
    one.ends()
