"""An effect logic drawn and as an outline: nothing is left out and nothing lies on something else."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as some

from tillit.apps.followup.queries.logic_outline import outline
from tillit.core.indicators.effect_logic import RANK, Edge, Logic, Node
from tillit.web.followup.logic_drawing import Link, Step, drawn

WORDS = {kind: kind for kind in RANK}
KINDS = list(RANK)


@some.composite
def logics(draw):
    """Return logics of any shape, also with loops, feedback and steps that stand alone."""
    count = draw(some.integers(1, 9))
    nodes = tuple(Node(f"S{number}", draw(some.sampled_from(KINDS))) for number in range(count))
    pairs = [(a.id, b.id, sign) for a in nodes for b in nodes if a is not b for sign in (1, -1)]
    chosen = draw(some.lists(some.sampled_from(pairs), unique=True, max_size=14)) if pairs else []
    return Logic(nodes, tuple(Edge(a, b, polarity=sign, is_feedback=draw(some.booleans())) for a, b, sign in chosen))


def picture(logic):
    steps = [Step(each.id, each.kind, each.id) for each in logic.nodes]
    links = [Link(each.src, each.dst, each.polarity < 0, each.is_feedback) for each in logic.edges]
    return drawn(steps, links, WORDS)


@given(logics())
def test_the_outline_has_every_edge_once_and_every_step_written_out_once(logic):
    lines = outline(logic)
    assert sorted((each.edge.src, each.edge.dst, each.edge.polarity) for each in lines if each.edge) == sorted(
        (each.src, each.dst, each.polarity) for each in logic.edges
    )
    assert sorted(each.code for each in lines if not each.again) == sorted(each.id for each in logic.nodes)


@given(logics())
def test_the_lists_of_the_outline_open_and_close_in_step(logic):
    depth = items = 0
    for line in outline(logic):
        depth += line.opens
        items += 1
        assert depth == line.depth + 1
        if line.ends:
            items -= 1
        depth -= line.closes
        items -= line.closes
    assert (depth, items) == (1, 0)


@given(logics())
def test_every_step_and_edge_is_drawn_once_inside_the_picture_and_no_two_steps_lie_on_each_other(logic):
    drawing = picture(logic)
    assert sorted(each.step.code for each in drawing.boxes) == sorted(each.id for each in logic.nodes)
    assert sorted((each.link.src, each.link.dst, each.link.hinders) for each in drawing.lines) == sorted(
        (each.src, each.dst, each.polarity < 0) for each in logic.edges
    )
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - drawing.wide
        assert 0 <= box.y <= drawing.height - drawing.high
    for one, other in combinations(drawing.boxes, 2):
        assert one.x != other.x or abs(one.y - other.y) >= drawing.high
    assert picture(logic) == drawing


@given(logics())
def test_columns_stand_in_the_order_of_ranks(logic):
    drawing = picture(logic)
    at = {each.step.kind: each.x for each in drawing.boxes}
    assert sorted(at, key=at.__getitem__) == sorted(at, key=lambda kind: RANK[kind])
    assert [each.word for each in drawing.heads] == sorted(at, key=at.__getitem__)


def test_two_chains_that_are_given_crosswise_are_drawn_without_crossing():
    steps = [Step(code, kind, code) for code, kind in (("A1", "activity"), ("A2", "activity"))]
    steps += [Step(code, "output", code) for code in ("P1", "P2")]
    at = {each.step.code: each.y for each in drawn(steps, [Link("A1", "P2"), Link("A2", "P1")], WORDS).boxes}
    assert (at["A1"] < at["A2"]) == (at["P2"] < at["P1"])


def test_an_edge_over_a_column_keeps_a_lane_of_its_own_there():
    steps = [Step("A1", "activity", "A1"), Step("P1", "output", "P1"), Step("K1", "short_effect", "K1")]
    drawing = drawn(steps, [Link("A1", "P1"), Link("P1", "K1"), Link("A1", "K1")], WORDS)
    output = next(each for each in drawing.boxes if each.step.code == "P1")
    leap = next(each for each in drawing.lines if (each.link.src, each.link.dst) == ("A1", "K1"))
    assert not output.y <= leap.y <= output.y + drawing.high


@pytest.mark.parametrize("hinders", [False, True])
def test_what_hinders_has_a_sign_and_what_lacks_has_its_words(hinders):
    steps = [Step("A1", "activity", "A1"), Step("P1", "output", "P1")]
    line = drawn(steps, [Link("A1", "P1", hinders, says="6 mån")], WORDS).lines[0]
    assert line.words == ("− 6 mån" if hinders else "6 mån")


def test_a_long_text_is_cut_in_the_picture():
    box = drawn([Step("A1", "activity", "ett mycket långt steg " * 12)], [], WORDS).boxes[0]
    assert len(box.rows) == 3
    assert box.rows[-1].text.endswith("…")


def test_an_empty_logic_is_an_empty_picture():
    drawing = drawn([], [], WORDS)
    assert (drawing.boxes, drawing.lines, drawing.heads) == ((), (), ())
