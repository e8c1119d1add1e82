"""The laws of `outcome`, `missing` and `touched`, over random rule sets. No Polars: the mutation run uses these too."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.core.random_rules import RuleSet, pool, rule_sets
from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.explain import Trace, Tracer, tracer
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.traces import MANY, remembered
from tillit.core.rulebook.tree import TRUE, Symbol
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED, T, U

pytestmark = pytest.mark.mutation
SOME = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SURVIVES = {
    NOT_APPLICABLE: {NOT_APPLICABLE},
    MEETS: {MEETS, NOT_APPLICABLE},
    BREACH: {BREACH},
    JUDGE: {NOT_APPLICABLE, MEETS, JUDGE, BREACH},
    UNDECIDED: {NOT_APPLICABLE, MEETS, JUDGE, UNDECIDED, BREACH},
}
"""What an outcome may become when one more fact is known."""


def is_known(value: object) -> bool:
    return value[0] is not None and value[0] == value[1] if isinstance(value, tuple) else value not in (None, "J")


def completion(symbol: Symbol, value: object, random: Random) -> object:
    """Return a value that a fact may turn out to have, given what is known of it."""
    if is_known(value):
        return value
    if not symbol.bounded:
        return random.choice(pool(symbol))
    low, high = value if isinstance(value, tuple) else (None, None)
    numbers = [number for number in (*pool(symbol), low, high) if isinstance(number, int)]
    within = [each for each in numbers if (low is None or each >= low) and (high is None or each <= high)]
    exact = random.choice(within)
    return (exact, exact)


def traced(tracer_: Tracer, rules: RuleSet, record: dict[str, object]) -> Trace:
    return tracer_(rules.slots(record))


def tracers(rules: RuleSet) -> list[Tracer]:
    return [tracer(clause, rules.layout) for clause in rules.clauses]


@SOME
@given(rules=rule_sets(), seed=st.integers(0, 2**32))
def test_what_is_decided_survives_every_further_fact(rules, seed):
    random, all_tracers = Random(seed), tracers(rules)
    for record in rules.records(seed, 8):
        before = [traced(each, rules, record).outcome for each in all_tracers]
        for symbol in random.sample(rules.symbols, len(rules.symbols)):
            record[symbol.name] = completion(symbol, record[symbol.name], random)
            after = [traced(each, rules, record).outcome for each in all_tracers]
            for text, old, new in zip(rules.texts, before, after, strict=True):
                assert new in SURVIVES[old], (text, symbol.name, old, new)
            before = after


@SOME
@given(rules=rule_sets(), seed=st.integers(0, 2**32))
def test_all_facts_together_decide(rules, seed):
    random, all_tracers = Random(seed), tracers(rules)
    for record in rules.records(seed, 8):
        whole = {symbol.name: completion(symbol, record[symbol.name], random) for symbol in rules.symbols}
        for each in all_tracers:
            trace = traced(each, rules, whole)
            assert trace.outcome != UNDECIDED
            assert trace.missing == ()
            assert set(trace.touched).isdisjoint(trace.irrelevant)


@SOME
@given(rules=rule_sets(), seed=st.integers(0, 2**32))
def test_a_fact_that_neither_decided_nor_is_asked_for_cannot_change_what_is_decided(rules, seed):
    random, all_tracers = Random(seed), tracers(rules)
    for record in rules.records(seed, 8):
        for each, text in zip(all_tracers, rules.texts, strict=True):
            trace = traced(each, rules, record)
            if trace.outcome not in (NOT_APPLICABLE, MEETS, BREACH):
                continue
            others = [symbol for symbol in rules.symbols if symbol.name not in (*trace.touched, *trace.missing)]
            for _ in range(4):
                changed = {symbol.name: completion(symbol, nothing(symbol), random) for symbol in others}
                assert traced(each, rules, record | changed).outcome in SURVIVES[trace.outcome], (text, changed)


def nothing(symbol: Symbol) -> object:
    return (None, None) if symbol.bounded else None


@SOME
@given(rules=rule_sets(once=True, rules=3, depth=2), seed=st.integers(0, 2**32))
def test_a_fact_is_asked_for_only_where_it_can_change_the_answer(rules, seed):
    """Where no fact stands twice: else Kleene logic may ask for one in vain (`rules test` reports such rules)."""
    for record in rules.records(seed, 4):
        for each, text in zip(tracers(rules), rules.texts, strict=True):
            trace = traced(each, rules, record)
            if trace.missing:
                outcomes = {
                    answers: traced(each, rules, whole).outcome for answers, whole in completions(each, rules, record)
                }
                for place, name in enumerate(unknown(each, record)):
                    assert name not in trace.missing or matters(outcomes, place), (text, name, trace, record)


def unknown(each: Tracer, record: dict[str, object]) -> list[str]:
    return [name for name in each.names if not is_known(record[name])]


def completions(
    each: Tracer, rules: RuleSet, record: dict[str, object]
) -> Iterator[tuple[tuple[object, ...], dict[str, object]]]:
    symbols, names = rules.layout.symbols, unknown(each, record)
    for answers in product(*(pool(symbols[name]) for name in names)):
        yield answers, record | dict(zip(names, answers, strict=True))


def matters(outcomes: dict[tuple[object, ...], int], place: int) -> bool:
    """Return whether some answers to all the unknown facts give another outcome when the one at `place` is changed."""
    by_the_others: dict[tuple[object, ...], set[int]] = {}
    for answers, found in outcomes.items():
        by_the_others.setdefault((*answers[:place], *answers[place + 1 :]), set()).add(found)
    return any(len(found) > 1 for found in by_the_others.values())


@SOME
@given(rules=rule_sets(), seed=st.integers(0, 2**32))
def test_a_trace_that_was_kept_is_the_trace_that_would_be_made(rules, seed):
    for clause, each in zip(rules.clauses, tracers(rules), strict=True):
        kept = remembered(clause, rules.layout)
        for record in rules.records(seed, 30):
            assert kept(rules.slots(record)) == traced(each, rules, record)


def test_traces_are_forgotten_before_they_grow_without_end():
    layout = Layout.of([Symbol(f"f{number}", "bool") for number in range(14)])
    tree = parse(" and ".join(layout.symbols), layout.symbols.get)
    kept = remembered(Clause(TRUE, tree, None), layout)
    for number in range(MANY + 10):
        kept([T if number >> bit & 1 else U for bit in range(14)])
    assert len(kept.known) == 10
