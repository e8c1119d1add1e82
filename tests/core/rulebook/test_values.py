"""The contract's prose, written out here a second time and held against the tables cell by cell."""

import importlib
from itertools import product

import pytest

from tillit.core.rulebook import values
from tillit.core.rulebook.values import (
    AND,
    BREACH,
    JUDGE,
    MEETS,
    NOT,
    NOT_APPLICABLE,
    OR,
    OUT,
    OUTCOMES,
    SOFT,
    UNDECIDED,
    UNDER_SCOPE,
    VALUES,
    F,
    J,
    T,
    U,
    outcome,
)

pytestmark = pytest.mark.mutation
FOUR = "TFUJ"


def bit(letters):
    return sum({VALUES[letter] for letter in letters})


def first_of(order, letters):
    return VALUES[next(letter for letter in order if letter in letters)]


@pytest.mark.parametrize("letters", list(product(FOUR, repeat=3)))
def test_and_is_the_first_of_f_u_j_t_that_occurs(letters):
    assert AND[bit(letters)] == first_of("FUJT", letters)


@pytest.mark.parametrize("letters", list(product(FOUR, repeat=3)))
def test_or_is_the_first_of_t_u_j_f_that_occurs(letters):
    assert OR[bit(letters)] == first_of("TUJF", letters)


def test_not_swaps_true_and_false_and_keeps_both_unknowns():
    assert [NOT[VALUES[letter]] for letter in FOUR] == [F, T, U, J]


def by_the_contract(applies, requires, judge):
    """Return the outcome by the rows of the contract's table, from the top."""
    if applies == "F":
        return "not_applicable"
    if requires == "T":
        return "meets"
    if "U" in (applies, requires):
        return "undecided"
    if "J" in (applies, requires):
        return "judge"
    return {"F": "breach", "T": "judge", "J": "judge", "U": "undecided"}[judge]


@pytest.mark.parametrize(("applies", "requires", "judge"), list(product(FOUR, repeat=3)))
def test_the_outcome_is_the_contracts(applies, requires, judge):
    a, r, j = (VALUES[letter] for letter in (applies, requires, judge))
    word = by_the_contract(applies, requires, judge)
    assert OUTCOMES[outcome(a, r, j)] == word
    assert OUTCOMES[OUT[a][r][j]] == word
    assert OUTCOMES[SOFT[a][r][j]] == ("judge" if (applies, requires) == ("T", "F") else word)


def test_a_rule_without_judge_has_one_that_is_false():
    assert outcome(T, F) == BREACH


@pytest.mark.parametrize(("scope", "applies", "requires", "judge"), list(product(FOUR, repeat=4)))
def test_under_a_scope_an_outcome_is_as_if_the_scope_were_part_of_applies(scope, applies, requires, judge):
    if (scope, applies, requires, judge) == ("J", "T", "F", "U"):
        return  # an outcome does not tell what left it undecided; here that stays, and the judgement of the scope waits
    both = AND[VALUES[scope] | VALUES[applies]]
    r, j = VALUES[requires], VALUES[judge]
    assert UNDER_SCOPE[VALUES[scope]][OUT[VALUES[applies]][r][j]] == OUT[both][r][j]


def test_the_worst_outcome_is_the_largest_number():
    assert sorted([BREACH, UNDECIDED, JUDGE, MEETS, NOT_APPLICABLE], reverse=True) == [
        BREACH,
        UNDECIDED,
        JUDGE,
        MEETS,
        NOT_APPLICABLE,
    ]
    assert [OUTCOMES[each] for each in (NOT_APPLICABLE, MEETS, JUDGE, UNDECIDED, BREACH)] == [
        "not_applicable",
        "meets",
        "judge",
        "undecided",
        "breach",
    ]


def test_values_have_a_bit_each():
    assert (F, U, J, T) == (1, 2, 4, 8)


def test_the_tables_made_again_are_the_same():
    again = importlib.reload(values)
    assert (again.AND, again.OR, again.NOT, again.OUT, again.SOFT) == (AND, OR, NOT, OUT, SOFT)


def test_what_is_no_value_has_an_empty_cell():
    assert (AND[0], OR[0], NOT[0], NOT[3]) == (0, 0, 0, 0)
    assert [len(OUT), len(OUT[T]), len(OUT[T][T]), len(NOT)] == [9, 9, 9, 9]
    assert (OUT[3][T][F], OUT[T][3][F], OUT[T][F][3], OUT[0][T][F], SOFT[3][F][F]) == (0, 0, 0, 0, 0)
