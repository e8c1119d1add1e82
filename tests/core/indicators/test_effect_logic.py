"""D7: the worked logic and its gaps, each gap by itself, lags, and laws of graphs (I-14 to I-16)."""

from dataclasses import FrozenInstanceError, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.indicators.cycles import cycles
from tillit.core.indicators.effect_logic import Edge, Logic, Node, earliest, next_draft, reached
from tillit.core.indicators.gaps import BLOCKING, Aim, Around, Attached, blocking, coverage, gaps
from tillit.core.indicators.review import Reviewed, review

TODAY = date(2026, 8, 1)
KINDS = {
    "R1": "resource",
    "A1": "activity",
    "A2": "activity",
    "A3": "activity",
    "P1": "output",
    "P2": "output",
    "K1": "short_effect",
    "M1": "medium_effect",
    "X1": "long_effect",
    "L1": "benefit",
    "L2": "benefit",
}


def edges(text, **more):
    return tuple(Edge(*pair.split(">"), **more) for pair in text.split())


WORKED = Logic(
    tuple(Node(id_, kind) for id_, kind in KINDS.items()), edges("R1>A1 A1>P1 P1>K1 K1>M1 M1>L1 A2>P2 P2>L1")
)


def about(logic, code, **around):
    return [gap.about for gap in gaps(logic, Around(TODAY, **around)) if gap.code == code]


# ---------------------------------------------------------------- the worked example


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
def test_the_worked_logic(code, expected):
    assert sorted(about(WORKED, code)) == sorted(expected)


def test_its_coverage():
    found = coverage(WORKED)
    assert (found.activities, found.effects, found.benefits) == (Fraction(2, 3), Fraction(2, 3), Fraction(1, 2))


def test_an_unmarked_way_back_is_backward_and_a_cycle_and_a_marked_one_neither():
    back = Edge("L1", "A1")
    unmarked = replace(WORKED, edges=(*WORKED.edges, back))
    assert about(unmarked, "G5") == [("L1", "A1")]
    assert about(unmarked, "G6") == [("P1", "K1", "M1", "L1", "A1")]
    marked = replace(WORKED, edges=(*WORKED.edges, replace(back, is_feedback=True)))
    assert about(marked, "G5") == about(marked, "G6") == []


# ---------------------------------------------------------------- each gap by itself

LINE = Logic(
    tuple(
        replace(Node(id_, kind), owner="kansliet", goal="g1" if id_ in "KL" else None)
        for id_, kind in {"A": "activity", "P": "output", "K": "short_effect", "L": "benefit"}.items()
    ),
    edges("A>P P>K K>L", mechanism="därför att", lag_months=6, evidence="supported"),
)
LINE = replace(LINE, nodes=(replace(LINE.nodes[0], area="hjärta", start=date(2026, 7, 1)), *LINE.nodes[1:]))
WHOLE = {"goals": (Aim("g1", is_strategic=True),), "indicators": (Attached("i1", "K", has_recent=True),)}


def with_node(logic, id_, **changes):
    return replace(logic, nodes=tuple(replace(n, **changes) if n.id == id_ else n for n in logic.nodes))


def with_edge(logic, number, **changes):
    return replace(logic, edges=tuple(replace(e, **changes) if n == number else e for n, e in enumerate(logic.edges)))


def test_a_whole_logic_has_no_gap():
    assert gaps(LINE, Around(TODAY, plan_end=date(2030, 1, 1), **WHOLE)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("logic", "verdict", "code"),
    [
        (LINE, "green", "no_gaps"),
        (with_node(LINE, "P", owner=None), "yellow", "has_gaps"),
        (with_node(LINE, "A", area=None), "red", "cannot_be_adopted"),
    ],
)
def test_a_review_has_the_verdict_of_its_worst_gap(logic, verdict, code):
    found = review(Reviewed(logic, Around(TODAY, **WHOLE)))  # type: ignore[arg-type]
    assert (found.verdict, found.code) == (verdict, code)


@pytest.mark.parametrize(
    ("logic", "code", "expected"),
    [
        (with_edge(LINE, 0, mechanism=" "), "G7", [("A", "P")]),
        (with_edge(LINE, 0, evidence="untested", contribution="necessary"), "G8", [("A", "P")]),
        (with_edge(LINE, 0, evidence="untested"), "G8", []),
        (with_node(LINE, "K", goal=None), "G10", [("K",)]),
        (with_node(LINE, "A", area=None), "G11", [("g1",)]),
        (with_node(LINE, "P", owner=None), "G12", [("P",)]),
    ],
)
def test_each_gap_is_found(logic, code, expected):
    assert about(logic, code, **WHOLE) == expected


@pytest.mark.parametrize(("since", "found"), [(date(2025, 8, 1), False), (date(2025, 7, 31), True)])
def test_a_necessary_edge_may_be_untested_for_twelve_months(since, found):
    logic = with_edge(LINE, 0, evidence="untested", contribution="necessary", evidence_since=since)
    assert bool(about(logic, "G8", **WHOLE)) is found


def test_an_effect_needs_an_indicator_that_somebody_has_read_lately():
    assert about(LINE, "G9") == [("K",)]
    assert about(LINE, "G9", indicators=(Attached("i1", "K", has_recent=False),)) == [("K",)]
    assert about(LINE, "G9", **WHOLE) == []


def test_an_indicator_without_a_node_is_measured_and_steers_nothing():
    assert about(LINE, "G14", indicators=(Attached("i1", None, has_recent=True),)) == [("i1",)]
    assert about(LINE, "G14", indicators=(Attached("i1", "gone", has_recent=True),)) == [("i1",)]


def test_a_goal_without_a_node_is_a_gap_and_a_strategic_one_blocks():
    found = gaps(LINE, Around(TODAY, goals=(Aim("g2", is_strategic=True), Aim("g3"))))
    assert [(gap.code, gap.about) for gap in found if gap.about in (("g2",), ("g3",))] == [
        ("G10", ("g2",)),
        ("G10", ("g3",)),
        ("G11", ("g2",)),
    ]
    assert [gap.about for gap in blocking(found)] == [("g2",)]


def test_an_effect_that_cannot_show_before_the_plan_ends_is_told():
    assert about(LINE, "G13", plan_end=date(2027, 7, 1), **WHOLE) == [("L",)]
    assert about(LINE, "G13", plan_end=date(2028, 1, 1), **WHOLE) == []


def test_short_medium_and_long_count_for_direction_and_not_for_leaps():
    nodes = tuple(Node(id_, f"{id_}_effect") for id_ in ("short", "medium", "long"))
    for back in (("medium", "short"), ("long", "medium"), ("long", "short")):
        assert about(Logic(nodes, edges(">".join(back))), "G5") == [back]
    assert about(Logic(nodes, edges("short>long")), "G4") == []
    assert about(Logic(nodes, edges("short>long")), "G5") == []


def test_four_gaps_block_and_the_others_warn():
    assert {"G2", "G5", "G6", "G11"} == BLOCKING


def test_two_knots_are_two_cycles():
    nodes = tuple(Node(each, "output") for each in "abcd")
    assert cycles(Logic(nodes, edges("a>b b>a c>d d>c b>c"))) == (("b", "a"), ("d", "c"))


# ---------------------------------------------------------------- lag


def test_the_worked_lag():
    lags = (6, 12, 24)
    logic = replace(LINE, edges=tuple(replace(e, lag_months=lag) for e, lag in zip(LINE.edges, lags, strict=True)))
    assert earliest(logic, "L") == date(2030, 1, 1)


def test_the_shortest_path_from_any_activity_counts():
    second = Node("B", "activity", start=date(2026, 9, 1))
    logic = replace(LINE, nodes=(*LINE.nodes, second), edges=(*LINE.edges, Edge("B", "L", lag_months=3)))
    assert earliest(logic, "L") == date(2026, 12, 1)


def test_no_lag_is_a_lag_of_0():
    assert earliest(replace(LINE, edges=tuple(replace(e, lag_months=0) for e in LINE.edges)), "L") == date(2026, 7, 1)


def test_an_effect_is_enough_for_an_activity_and_for_a_chain():
    to_effect = replace(LINE, nodes=LINE.nodes[:3], edges=LINE.edges[:2])
    assert about(to_effect, "G3") == about(to_effect, "G2") == []
    assert about(replace(to_effect, edges=LINE.edges[:1]), "G2") == [("K",)]


def test_an_unknown_lag_or_start_anywhere_on_the_way_is_unknown():
    assert earliest(with_edge(LINE, 1, lag_months=None), "L") is None
    assert earliest(with_node(LINE, "A", start=None), "L") is None
    assert earliest(replace(LINE, edges=LINE.edges[:1]), "L") is None


def test_an_unknown_lag_beside_the_way_does_not_matter_nor_does_feedback():
    beside = replace(LINE, edges=(*LINE.edges, Edge("L", "K", is_feedback=True)))
    assert earliest(beside, "L") == date(2028, 1, 1)
    assert earliest(with_edge(LINE, 2, lag_months=None), "K") == date(2027, 7, 1)


def test_a_cycle_does_not_stop_the_clock():
    assert earliest(replace(LINE, edges=(*LINE.edges, Edge("L", "P", lag_months=1))), "L") == date(2028, 1, 1)


# ---------------------------------------------------------------- versions and what is no graph


@pytest.mark.parametrize("more", ["R1>R1", "R1>A1", "R1>nowhere"])
def test_no_edge_to_itself_twice_or_to_nowhere(more):
    with pytest.raises(ValueError, match="edge"):
        replace(WORKED, edges=(*WORKED.edges, *edges(more)))


def test_the_same_ends_with_the_other_sign_are_another_edge():
    assert len(replace(WORKED, edges=(*WORKED.edges, Edge("R1", "A1", polarity=-1))).edges) == 8


def test_two_nodes_have_two_ids():
    with pytest.raises(ValueError, match="same id"):
        replace(WORKED, nodes=(*WORKED.nodes, Node("R1", "output")))


def test_a_cyclic_draft_can_be_held_and_is_kept_from_adoption():
    cyclic = replace(WORKED, edges=(*WORKED.edges, Edge("L1", "A1")))
    assert {gap.code for gap in blocking(gaps(cyclic, Around(TODAY)))} == {"G2", "G5", "G6"}


def test_an_adopted_version_never_changes_and_the_next_carries_its_evidence():
    adopted = with_edge(replace(LINE, is_adopted=True, version=3), 0, evidence_since=date(2025, 1, 1))
    draft = next_draft(adopted)
    assert (draft.version, draft.is_adopted, draft.edges[0].evidence_since) == (4, False, date(2025, 1, 1))
    with pytest.raises(FrozenInstanceError):
        adopted.version = 9


# ---------------------------------------------------------------- laws

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] != p[1]), max_size=14)
SORTS = st.lists(st.sampled_from(sorted(set(KINDS.values()))), min_size=7, max_size=7)


def drawn(pairs, kinds):
    nodes = tuple(Node(str(n), kind) for n, kind in enumerate(kinds))
    return Logic(nodes, tuple(Edge(str(a), str(b)) for a, b in sorted(pairs)))


@given(PAIRS, SORTS)
def test_a_cycle_is_a_walk_along_edges_back_to_its_start_and_none_means_an_order(pairs, kinds):
    logic = drawn(pairs, kinds)
    ends = {(edge.src, edge.dst) for edge in logic.edges}
    for cycle in cycles(logic):
        assert {(cycle[n - 1], cycle[n]) for n in range(len(cycle))} <= ends
    if not cycles(logic):
        after = {node.id: len(reached(logic.edges, [node.id])) for node in logic.nodes}
        assert all(after[a] > after[b] for a, b in ends)


@given(PAIRS, SORTS)
def test_a_logic_without_backward_edges_has_cycles_within_one_rank_only(pairs, kinds):
    logic = drawn(pairs, kinds)
    if not about(logic, "G5"):
        for cycle in cycles(logic):
            assert len({kinds[int(node)] for node in cycle}) == 1


@given(PAIRS, SORTS)
def test_coverage_and_gaps_say_the_same(pairs, kinds):
    logic = drawn(pairs, kinds)
    found = coverage(logic)
    assert (found.activities in (None, 1)) == (about(logic, "G3") == [])
    assert (found.effects in (None, 1) and found.benefits in (None, 1)) == (about(logic, "G2") == [])
