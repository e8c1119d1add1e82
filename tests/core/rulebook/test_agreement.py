"""Generated code, closures and the tests' own slow reading of the contract give the same values and outcomes."""

import pytest
from hypothesis import Phase, given, settings, strategies as st

from tests.core.rulebook import naive
from tests.core.rulebook.names import BY_NAME, LAYOUT, read
from tests.core.rulebook.random_text import EXPRESSIONS, FACTS
from tests.core.rulebook.test_values import by_the_contract
from tillit.core.rulebook.compile_python import Clause, compile_outcomes, compile_value
from tillit.core.rulebook.explain import Seen, look, tracer
from tillit.core.rulebook.traces import remembered
from tillit.core.rulebook.values import AND, OUTCOMES, VALUES

FEW = settings(max_examples=120, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
MANY = settings(max_examples=200, database=None, deadline=None)
RULES = st.tuples(EXPRESSIONS, EXPRESSIONS, st.one_of(st.none(), EXPRESSIONS), st.booleans())


def letters(text, facts):
    return naive.value(text, facts, BY_NAME)


def same_value(text, facts):
    slots = naive.slots(facts, LAYOUT)
    expected = VALUES[letters(text, facts)]
    assert compile_value(read(text), LAYOUT)(slots) == expected
    assert look(read(text), LAYOUT)(slots).value == expected


def clause_of(rule):
    applies, requires, judge, soft = rule
    return Clause(read(applies), read(requires), None if judge is None else read(judge), soft)


def expected_outcome(rule, facts, scope="T"):
    applies, requires, judge, soft = rule
    both = AND[VALUES[scope] | VALUES[letters(applies, facts)]]
    a = next(letter for letter, bit in VALUES.items() if bit == both)
    r = letters(requires, facts)
    word = by_the_contract(a, r, "F" if judge is None else letters(judge, facts))
    return "judge" if soft and (a, r) == ("T", "F") else word


def same_outcome(rules, facts):
    slots = naive.slots(facts, LAYOUT)
    clauses = [clause_of(rule) for rule in rules]
    expected = [expected_outcome(rule, facts) for rule in rules]
    assert [OUTCOMES[each] for each in compile_outcomes(clauses, LAYOUT)(slots)] == expected
    assert [OUTCOMES[tracer(clause, LAYOUT)(slots).outcome] for clause in clauses] == expected


def explained(rule, facts, scope):
    """Hold a trace against what it says: what is asked is not known, what is irrelevant changes nothing."""
    found = tracer(clause_of(rule), LAYOUT)(naive.slots(facts, LAYOUT), Seen(VALUES[scope]))
    word = OUTCOMES[found.outcome]
    assert word == expected_outcome(rule, facts, scope)
    named = {name for text in rule[:3] if text is not None for name in read(text).facts()}
    assert {*found.touched, *found.missing, *found.irrelevant} <= named
    assert len(set(found.touched)) == len(found.touched)
    assert len(set(found.missing)) == len(found.missing)
    for name in found.missing:
        assert not known(facts, name), "only what is not known is asked for"
        assert BY_NAME[name].missing == ("U" if word == "undecided" else "J")
        assert name not in found.touched
    assert not {*found.irrelevant} & {*found.touched, *found.missing}
    if word in ("meets", "breach", "not_applicable"):
        assert found.missing == ()
    elif scope == "T":
        assert found.missing or word == "judge", "undecided asks for something"
    forgotten = {name: None if name in found.irrelevant else value for name, value in facts.items()}
    again = tracer(clause_of(rule), LAYOUT)(naive.slots(forgotten, LAYOUT), Seen(VALUES[scope]))
    assert again.outcome == found.outcome, "what is irrelevant is not needed"


def remembered_alike(rule, many):
    """Hold traces that are kept by what a rule sees of a record against traces made anew."""
    clause = clause_of(rule)
    kept = remembered(clause, LAYOUT)
    for facts in many:
        slots = naive.slots(facts, LAYOUT)
        assert kept(slots) == tracer(clause, LAYOUT)(slots)


def known(facts, name):
    value = facts[name]
    return value is not None and (not BY_NAME[name].bounded or value[0] == value[1])


@pytest.mark.mutation
@FEW
@given(EXPRESSIONS, FACTS)
def test_code_and_closures_give_the_value_that_the_contract_gives(text, facts):
    same_value(text, facts)


@MANY
@given(EXPRESSIONS, FACTS)
def test_code_and_closures_give_that_value_on_many_more(text, facts):
    same_value(text, facts)


@pytest.mark.mutation
@FEW
@given(st.lists(RULES, min_size=1, max_size=3), FACTS)
def test_code_and_traces_give_the_outcome_that_the_contract_gives(rules, facts):
    same_outcome(rules, facts)


@MANY
@given(st.lists(RULES, min_size=1, max_size=3), FACTS)
def test_code_and_traces_give_that_outcome_on_many_more(rules, facts):
    same_outcome(rules, facts)


@pytest.mark.mutation
@FEW
@given(RULES, FACTS, st.sampled_from("TUJF"))
def test_a_trace_says_what_is_asked_and_what_cannot_matter(rule, facts, scope):
    explained(rule, facts, scope)


@MANY
@given(RULES, FACTS, st.sampled_from("TUJF"))
def test_a_trace_says_so_on_many_more(rule, facts, scope):
    explained(rule, facts, scope)


@pytest.mark.mutation
@FEW
@given(RULES, st.lists(FACTS, min_size=2, max_size=5))
def test_a_trace_that_is_remembered_is_the_one_that_would_be_made(rule, many):
    remembered_alike(rule, many)


@MANY
@given(RULES, st.lists(FACTS, min_size=2, max_size=8))
def test_a_trace_that_is_remembered_is_so_on_many_more(rule, many):
    remembered_alike(rule, many)
