"""What decided an outcome, what lacks and what cannot matter, on the contract's own example and on small trees."""

import pytest

from tests.core.rulebook import naive
from tests.core.rulebook.names import BY_NAME, LAYOUT, read
from tillit.core.rulebook import traces
from tillit.core.rulebook.compile_python import Clause, compile_outcomes, compile_value
from tillit.core.rulebook.explain import Seen, look, tracer
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.leaves import leaf_value
from tillit.core.rulebook.spans import span, within
from tillit.core.rulebook.tables import MOST, table_of
from tillit.core.rulebook.tree import TRUE, Arithmetic, Compare, Constant, Name, Symbol
from tillit.core.rulebook.values import OUTCOMES, VALUES, F, J, T, U

pytestmark = pytest.mark.mutation
REMOTE = [
    Symbol("mode", "enum", ("on_site", "remote", "both")),
    Symbol("industry_offers_meal", "bool"),
    Symbol("meal_offered", "bool"),
    Symbol("on_site_part_assessed", "bool", (), "J"),
]
PLACES = Layout.of(REMOTE)
APPLIES = "mode in ['remote', 'both'] and industry_offers_meal"
REQUIRES = "not meal_offered or (mode == 'both' and on_site_part_assessed)"


def remote(**facts):
    """Return the contract's rule maltider.distans, seen on some facts."""
    scope = {symbol.name: symbol for symbol in REMOTE}.get
    found = tracer(Clause(parse(APPLIES, scope), parse(REQUIRES, scope), None), PLACES)(naive.slots(facts, PLACES))
    return OUTCOMES[found.outcome], found.touched, found.missing, found.irrelevant


OFFERED = {"mode": "remote", "industry_offers_meal": True}
BOTH = {"mode": "both", "industry_offers_meal": True, "meal_offered": True}
ALL = ("mode", "industry_offers_meal", "meal_offered")
JUDGED = ("on_site_part_assessed",)


@pytest.mark.parametrize(
    ("facts", "seen"),
    [
        ({**OFFERED, "meal_offered": True}, ("breach", ALL, (), JUDGED)),
        ({**OFFERED, "meal_offered": False}, ("meets", ALL, (), JUDGED)),
        (OFFERED, ("undecided", ALL[:2], ("meal_offered",), JUDGED)),
        (BOTH, ("judge", ALL, JUDGED, ())),
        ({**BOTH, "on_site_part_assessed": True}, ("meets", (*ALL[:2], *JUDGED), (), ("meal_offered",))),
        ({**BOTH, "on_site_part_assessed": False}, ("breach", (*ALL, *JUDGED), (), ())),
        ({"mode": "on_site"}, ("not_applicable", ("mode",), (), ("industry_offers_meal", "meal_offered", *JUDGED))),
        ({"industry_offers_meal": False}, ("not_applicable", ALL[1:2], (), ("mode", "meal_offered", *JUDGED))),
        ({"meal_offered": False}, ("meets", ("meal_offered",), (), ("mode", "industry_offers_meal", *JUDGED))),
        ({}, ("undecided", (), ("mode", "industry_offers_meal", "meal_offered"), ())),
        ({"mode": "both"}, ("undecided", ("mode",), ("industry_offers_meal", "meal_offered"), ())),
    ],
)
def test_the_contracts_example_is_explained_as_the_contract_explains_it(facts, seen):
    assert remote(**facts) == seen


def seen(text, **facts):
    return look(read(text), LAYOUT)(naive.slots(facts, LAYOUT))


class TestLooks:
    def test_what_decides_an_and_is_the_first_that_is_false(self):
        assert seen("yes and also and kind == 'a'", yes=True, also=False, kind="b") == Seen(F, ("also",))
        assert seen("yes and also", yes=True, also=True) == Seen(T, ("yes", "also"))

    def test_what_decides_an_or_is_the_first_that_is_true(self):
        assert seen("yes or also or kind == 'a'", yes=False, also=True, kind="a") == Seen(T, ("also",))
        assert seen("yes or also", yes=False, also=False) == Seen(F, ("yes", "also"))

    def test_what_is_open_tells_what_lacks_and_what_was_seen(self):
        assert seen("yes and also and n > 1", yes=True) == Seen(U, ("yes",), ("also", "n"))
        assert seen("yes and fair_assessed", yes=True) == Seen(J, ("yes",), (), ("fair_assessed",))
        assert seen("yes or fair_assessed") == Seen(U, (), ("yes",), ("fair_assessed",))
        assert seen("fair_assessed or yes") == Seen(U, (), ("yes",), ("fair_assessed",))
        assert seen("yes and yes") == Seen(U, (), ("yes",))
        assert seen("fair_assessed and fair_assessed") == Seen(J, (), (), ("fair_assessed",))
        assert seen("(n > 1 and yes) or fair_assessed", yes=True, n=0) == Seen(J, ("n",), (), ("fair_assessed",))

    def test_not_turns_the_value_and_keeps_the_rest(self):
        assert seen("not yes", yes=True) == Seen(F, ("yes",))
        assert seen("not yes") == Seen(U, (), ("yes",))
        assert seen("not (yes and fair_assessed)", yes=True) == Seen(J, ("yes",), (), ("fair_assessed",))

    def test_a_literal_has_nothing_to_tell(self):
        assert seen("True") == Seen(T)
        assert seen("False") == Seen(F)

    def test_a_comparison_tells_which_of_its_facts_lack(self):
        assert seen("n > m", n=2, m=1) == Seen(T, ("n", "m"))
        assert seen("n > m", n=2) == Seen(U, ("n",), ("m",))
        assert seen("n > limit", n=2) == Seen(J, ("n",), (), ("limit",))
        assert seen("n > limit", limit=2) == Seen(U, ("limit",), ("n",))
        assert seen("n > limit") == Seen(U, (), ("n",), ("limit",))
        assert seen("kind == 'a'") == Seen(U, (), ("kind",))
        assert seen("kind != 'a'", kind="b") == Seen(T, ("kind",))
        assert seen("kind in ['b']", kind="a") == Seen(F, ("kind",))
        assert seen("name in ['x']") == Seen(U, (), ("name",))
        assert seen("name == 'x'", name="y") == Seen(F, ("name",))

    def test_bounds_that_decide_are_what_decided(self):
        assert seen("count > 1", count=(2, 4)) == Seen(T, ("count",))
        assert seen("count > 1", count=(0, 1)) == Seen(F, ("count",))
        assert seen("count > 1", count=(1, 2)) == Seen(U, (), ("count",))
        assert seen("count > 1") == Seen(U, (), ("count",))
        assert seen("count > limit", count=(1, 1)) == Seen(J, ("count",), (), ("limit",))
        assert seen("count > limit", count=(1, 2)) == Seen(U, (), ("count",), ("limit",))
        assert seen("count > limit", count=(1, 2), limit=1) == Seen(U, ("limit",), ("count",))
        assert seen("count > total", count=(1, 2), total=(1, 1)) == Seen(U, ("total",), ("count",))
        assert seen("count > n", count=(1, 1)) == Seen(U, ("count",), ("n",))

    def test_a_choice_may_await_a_judgement(self):
        slots = LAYOUT.unknown()
        slots[LAYOUT.places["found"]] = 3
        assert look(read("found == 'meets'"), LAYOUT)(slots) == Seen(J, (), (), ("found",))
        assert look(read("found != 'meets'"), LAYOUT)(slots) == Seen(J, (), (), ("found",))
        slots[LAYOUT.places["found"]] = 2
        assert look(read("found == 'meets'"), LAYOUT)(slots) == Seen(F, ("found",))

    def test_an_observed_yes_or_no_may_await_a_judgement_too(self):
        slots = LAYOUT.unknown()
        slots[LAYOUT.places["yes"]] = J
        assert look(read("yes or also"), LAYOUT)(slots) == Seen(U, (), ("also",), ("yes",))
        assert look(read("not yes"), LAYOUT)(slots) == Seen(J, (), (), ("yes",))

    def test_a_bound_above_only_is_not_known(self):
        slots = LAYOUT.unknown()
        place = LAYOUT.places["count"]
        slots[place : place + 2] = [2, None]
        assert look(read("count > 1"), LAYOUT)(slots) == Seen(T, ("count",))
        assert look(read("count > 2"), LAYOUT)(slots) == Seen(U, (), ("count",))
        assert look(read("count < 2"), LAYOUT)(slots) == Seen(F, ("count",))
        assert compile_value(read("count > 2"), LAYOUT)(slots) == U
        assert compile_value(read("count > limit"), LAYOUT)(slots) == U
        slots[LAYOUT.places["limit"]] = 1
        assert compile_value(read("count > limit"), LAYOUT)(slots) == T
        assert look(read("count * 2 > limit + 2"), LAYOUT)(slots) == Seen(T, ("count", "limit"))


class TestTraces:
    def trace(self, applies, requires, judge=None, scope=None, soft=False, **facts):
        clause = Clause(read(applies), read(requires), None if judge is None else read(judge), soft)
        found = tracer(clause, LAYOUT)(naive.slots(facts, LAYOUT), scope or Seen(T))
        return OUTCOMES[found.outcome], found.touched, found.missing, found.irrelevant

    def test_what_does_not_apply_was_decided_by_that_alone(self):
        assert self.trace("yes", "also", yes=False, also=True) == ("not_applicable", ("yes",), (), ("also",))

    def test_what_is_met_was_decided_by_both(self):
        assert self.trace("yes", "also", yes=True, also=True) == ("meets", ("yes", "also"), (), ())
        assert self.trace("yes", "also", also=True) == ("meets", ("also",), (), ("yes",))

    def test_a_breach_was_decided_by_the_judge_too(self):
        assert self.trace("yes", "also", "n > 1", yes=True, also=False, n=0) == ("breach", ("yes", "also", "n"), (), ())
        assert self.trace("yes", "also", "n > 1", yes=True, also=False) == ("undecided", ("yes", "also"), ("n",), ())
        assert self.trace("yes", "also", "n > 1", yes=True, also=False, n=2) == ("judge", ("yes", "also", "n"), (), ())
        assert self.trace("yes", "also", "fair_assessed", yes=True, also=False) == (
            "judge",
            ("yes", "also"),
            ("fair_assessed",),
            (),
        )

    def test_the_judge_is_not_heard_before_there_is_something_to_judge(self):
        assert self.trace("yes", "also", "n > 1", yes=True) == ("undecided", ("yes",), ("also",), ("n",))
        assert self.trace("yes", "also", "n > 1", also=False) == ("undecided", ("also",), ("yes",), ("n",))
        assert self.trace("fair_assessed", "also", "n > 1", also=False) == (
            "judge",
            ("also",),
            ("fair_assessed",),
            ("n",),
        )

    def test_a_softened_breach_is_left_to_a_person_with_nothing_to_ask(self):
        assert self.trace("yes", "also", soft=True, yes=True, also=False) == ("judge", ("yes", "also"), (), ())

    def test_first_the_facts_then_the_judgement(self):
        assert self.trace("yes", "fair_assessed") == ("undecided", (), ("yes",), ())
        assert self.trace("yes", "fair_assessed", yes=True) == ("judge", ("yes",), ("fair_assessed",), ())
        assert self.trace("fair_assessed", "yes") == ("undecided", (), ("yes",), ())

    def test_under_a_scope_that_is_not_settled_its_facts_are_asked_for_too(self):
        scope = Seen(U, ("kind",), ("name",))
        assert self.trace("yes", "also", scope=scope, yes=True, also=False) == (
            "undecided",
            ("kind", "yes", "also"),
            ("name",),
            (),
        )
        assert self.trace("yes", "also", scope=scope)[2] == ("name", "yes", "also")
        assert self.trace("yes", "also", scope=scope, yes=False) == ("not_applicable", ("yes",), (), ("also",))
        assert self.trace("yes", "also", scope=scope, also=True) == ("meets", ("kind", "also"), (), ("yes",))
        assert self.trace("fair_assessed", "also", scope=scope, also=False)[::2] == ("undecided", ("name",))

    def test_under_a_scope_that_awaits_a_judgement_that_one_is_asked_for(self):
        scope = Seen(J, ("kind",), (), ("fair_assessed",))
        assert self.trace("yes", "also", scope=scope, yes=True, also=False) == (
            "judge",
            ("kind", "yes", "also"),
            ("fair_assessed",),
            (),
        )
        assert self.trace("yes", "also", scope=scope, also=False)[::2] == ("undecided", ("yes",))
        other = Seen(J, (), (), ("limit",))
        assert self.trace("fair_assessed", "also", scope=other, also=False)[2] == ("limit", "fair_assessed")

    def test_outside_the_scope_that_is_the_reason_unless_the_rule_has_its_own(self):
        scope = Seen(F, ("kind",))
        assert self.trace("yes", "also", scope=scope, yes=True) == ("not_applicable", ("kind",), (), ("yes", "also"))
        assert self.trace("yes", "also", scope=scope, yes=False)[1] == ("yes",)
        assert self.trace("yes", "also", scope=scope, also=True)[0] == "not_applicable"

    def test_every_name_of_a_rule_is_known_to_its_tracer_once(self):
        found = tracer(Clause(read("yes and n > 1"), read("yes or also"), read("n > 2")), LAYOUT)
        assert found.names == ("yes", "n", "also")


class TestNumbers:
    @pytest.mark.parametrize(
        ("op", "left", "right", "expected"),
        [
            ("+", (1, 2), (10, 20), (11, 22)),
            ("+", (1, None), (10, 20), (11, None)),
            ("+", (None, 2), (10, 20), (None, 22)),
            ("+", (1, 2), (None, 20), (None, 22)),
            ("+", (1, 2), (10, None), (11, None)),
            ("-", (1, 2), (10, 20), (-19, -8)),
            ("-", (1, None), (10, 20), (-19, None)),
            ("-", (None, 2), (10, 20), (None, -8)),
            ("-", (1, 2), (None, 20), (-19, None)),
            ("-", (1, 2), (10, None), (None, -8)),
            ("*", (1, 2), (3, 3), (3, 6)),
            ("*", (1, 2), (-3, -3), (-6, -3)),
            ("*", (1, 2), (0, 0), (0, 0)),
            ("*", (1, None), (3, 3), (3, None)),
            ("*", (None, 2), (3, 3), (None, 6)),
            ("*", (1, None), (-3, -3), (None, -3)),
            ("*", (1, None), (0, 0), (0, None)),
            ("*", (1, 2), (3, 4), (None, None)),
            ("*", (1, 2), (None, None), (None, None)),
        ],
    )
    def test_bounds_are_kept_through_arithmetic(self, op, left, right, expected):
        assert span(op, left, right) == expected

    @pytest.mark.parametrize(
        ("op", "left", "right", "expected"),
        [
            ("<", (1, 2), (3, 4), T),
            ("<", (1, 3), (3, 4), U),
            ("<", (3, 4), (1, 3), F),
            ("<", (3, 4), (1, 4), U),
            ("<=", (1, 3), (3, 4), T),
            ("<=", (1, 4), (3, 4), U),
            ("<=", (4, 5), (1, 3), F),
            ("<=", (3, 5), (1, 3), U),
            (">", (3, 4), (1, 2), T),
            (">", (3, 4), (3, 3), U),
            (">", (1, 3), (3, 4), F),
            (">=", (3, 4), (1, 3), T),
            (">=", (1, 2), (3, 4), F),
            (">=", (1, 3), (3, 4), U),
            ("==", (1, 2), (3, 4), F),
            ("==", (3, 4), (1, 2), F),
            ("==", (3, 3), (3, 3), T),
            ("==", (1, 3), (3, 3), U),
            ("==", (3, 3), (3, 4), U),
            ("==", (3, 4), (3, 4), U),
            ("!=", (1, 2), (3, 4), T),
            ("!=", (3, 3), (3, 3), F),
            ("!=", (2, 3), (3, 3), U),
            ("==", (None, None), (None, None), U),
            ("!=", (None, None), (None, None), U),
            ("==", (5, None), (1, 4), F),
            ("==", (None, 0), (1, 4), F),
            ("==", (5, None), (None, 4), F),
            ("<", (None, 2), (3, None), T),
            ("<", (1, None), (None, 4), U),
            ("<", (3, None), (None, 3), F),
            ("<=", (3, None), (None, 2), F),
            ("<=", (3, None), (None, 3), U),
        ],
    )
    def test_a_comparison_is_decided_when_every_number_in_the_bounds_says_the_same(self, op, left, right, expected):
        assert within(op, left, right, U) == expected

    @pytest.mark.parametrize(
        ("text", "facts", "value"),
        [
            ("n + m == 5", {"n": 2, "m": 3}, T),
            ("n + m == 6", {"n": 2, "m": 3}, F),
            ("n - m == -1", {"n": 2, "m": 3}, T),
            ("n - m == 5", {"n": 2, "m": 3}, F),
            ("n * 3 == 6", {"n": 2}, T),
            ("n * 3 == 5", {"n": 2}, F),
            ("-n == -2", {"n": 2}, T),
            ("n - -1 == 3", {"n": 2}, T),
            ("n * -1 == -2", {"n": 2}, T),
            ("count + n == 5", {"n": 2, "count": (3, 3)}, T),
            ("count - n == 1", {"n": 2, "count": (3, 3)}, T),
            ("count * 2 == 6", {"count": (3, 3)}, T),
            ("count > limit", {"count": (1, 1)}, J),
            ("count > limit", {"count": (1, 2)}, U),
            ("n < count", {"count": (1, 1)}, U),
            ("total + count > limit", {"count": (1, 1), "total": (1, 2)}, U),
            ("total + count > limit", {"count": (1, 1), "total": (2, 2)}, J),
            ("limit in [1, 2]", {}, J),
            ("limit in [1, 2]", {"limit": 2}, T),
            ("limit in [1, 2]", {"limit": 3}, F),
            ("n in [1, 2]", {}, U),
            ("n in [1, 2]", {"n": 1}, T),
            ("since > '2026-02-01'", {}, J),
            ("day > since", {}, U),
            ("True", {}, T),
            ("False", {}, F),
            ("not False", {}, T),
        ],
    )
    def test_code_and_closures_reckon_alike(self, text, facts, value):
        slots = naive.slots(facts, LAYOUT)
        assert look(read(text), LAYOUT)(slots).value == value
        assert compile_value(read(text), LAYOUT)(slots) == value


class TestLayouts:
    def test_a_symbol_has_a_slot_and_a_bounded_one_two(self):
        symbols = [Symbol("a", "bool"), Symbol("b", "int", bounded=True), Symbol("c", "text")]
        layout = Layout.of(symbols)
        assert (layout.places, layout.width) == ({"a": 0, "b": 1, "c": 3}, 4)
        assert layout.symbols == {symbol.name: symbol for symbol in symbols}
        assert layout.unknown() == [U, None, None, None]

    def test_of_an_unknown_record_every_fact_is_missing_in_its_own_way(self):
        symbols = [Symbol("a", "bool", (), "J"), Symbol("b", "enum", ("x", "y")), Symbol("c", "enum", ("x", "y"), "J")]
        assert Layout.of(symbols).unknown() == [J, 0, 3]

    def test_a_name_without_a_slot_is_refused(self):
        with pytest.raises(KeyError):
            compile_value(read("yes"), Layout.of([BY_NAME["also"]]))
        with pytest.raises(KeyError):
            look(read("yes"), Layout.of([BY_NAME["also"]]))


class TestCode:
    def test_a_rule_that_always_applies_and_one_that_never_does(self):
        clauses = [
            Clause(Constant("bool", applies), read("yes"), judge)
            for applies in (True, False)
            for judge in (None, read("also"))
        ]
        slots = naive.slots({"yes": False, "also": True}, LAYOUT)
        assert [OUTCOMES[each] for each in compile_outcomes(clauses, LAYOUT)(slots)] == [
            "breach",
            "judge",
            "not_applicable",
            "not_applicable",
        ]

    def test_many_rules_are_one_function(self):
        clauses = [Clause(read("yes"), read(text), None, soft) for text in ("also", "n > 1") for soft in (False, True)]
        code = compile_outcomes(clauses, LAYOUT)
        told = [OUTCOMES[each] for each in code(naive.slots({"yes": True, "also": False, "n": 0}, LAYOUT))]
        assert told == ["breach", "judge", "breach", "judge"]
        assert compile_outcomes([], LAYOUT)(LAYOUT.unknown()) == []

    def test_a_rule_that_reads_little_is_a_table_and_one_that_reads_much_is_none(self):
        few, many = read("yes and n > 1 and kind == 'a'"), read("yes or also or n > 1 or m > 1 or price > 1 or fee > 1")
        small = table_of((TRUE, few, None), soft=False)
        assert small is not None
        assert [type(step).__name__ for step in small.steps] == ["Name", "Compare", "Name"]
        assert table_of((TRUE, many, None), soft=False) is None
        assert table_of((TRUE, TRUE, None), soft=False) is None
        slots = naive.slots({"yes": True, "n": 2, "kind": "b"}, LAYOUT)
        clauses = [Clause(TRUE, tree, None, soft) for tree in (few, many) for soft in (False, True)]
        told = [OUTCOMES[each] for each in compile_outcomes(clauses, LAYOUT)(slots)]
        assert told == ["breach", "judge", "meets", "meets"]

    def test_as_many_cells_as_a_table_may_have_are_let_through(self):
        assert MOST == 2000
        four_by_four = read("yes or also or n > 1 or m > 1")
        assert table_of((TRUE, four_by_four, None), soft=False) is not None
        wide = read("yes or also or n > 1 or m > 1 or kind == 'a'")
        assert table_of((TRUE, wide, None), soft=False) is not None, "4 × 4 × 4 × 4 × 5 = 1 280 cells"
        assert table_of((TRUE, wide, read("fee > 1")), soft=False) is None

    def test_remembered_traces_are_forgotten_before_they_are_too_many(self, monkeypatch):
        monkeypatch.setattr(traces, "MANY", 2)
        kept = traces.remembered(Clause(read("yes"), read("kind == 'a'"), None), LAYOUT)
        for kind in ("a", "b", "c"):
            assert OUTCOMES[kept(naive.slots({"yes": True, "kind": kind}, LAYOUT)).outcome] in ("meets", "breach")
            assert len(kept.known) <= 2
        again = kept(naive.slots({"yes": True, "kind": "c"}, LAYOUT))
        assert again is kept(naive.slots({"yes": True, "kind": "c", "n": 3}, LAYOUT)), (
            "what it does not read is no matter"
        )

    def test_a_number_is_no_yes_or_no(self):
        tree = Arithmetic("+", Name(BY_NAME["n"]), Constant("int", 1), "int")
        with pytest.raises(TypeError, match=r"^a number is not a yes or no$"):
            compile_value(tree, LAYOUT)
        with pytest.raises(TypeError, match=r"^a number is not a yes or no$"):
            look(tree, LAYOUT)
        with pytest.raises(TypeError, match="is no leaf"):
            leaf_value(tree, LAYOUT)  # type: ignore[arg-type]
        wrong = Compare(">", read("not yes"), Constant("int", 1))
        with pytest.raises(TypeError, match="is no number"):
            compile_value(wrong, LAYOUT)
        with pytest.raises(TypeError, match="is no number"):
            leaf_value(wrong, LAYOUT)
        bounded = Compare(">", read("not yes"), Name(BY_NAME["count"]))
        with pytest.raises(TypeError, match="is no number"):
            compile_value(bounded, LAYOUT)
        with pytest.raises(TypeError, match="is no number"):
            leaf_value(bounded, LAYOUT)

    def test_values_are_bits(self):
        for letter, bit in VALUES.items():
            slots = LAYOUT.unknown()
            slots[LAYOUT.places["yes"]] = bit
            assert compile_value(read("yes"), LAYOUT)(slots) == bit, letter
