"""R21: surveys are shown as distribution and middle, and nobody's own answer can be read out of them."""

import pytest
from hypothesis import given, strategies as st

from tillit.core.indicators.survey import HIDDEN, answered, by_group


def test_five_answers_are_shown_as_distribution_and_the_lower_middle():
    found = answered([4, 3, 3, 1, 4, 0])
    assert (found.answers, found.level, found.distribution, found.is_hidden) == (6, 3, (1, 1, 0, 2, 2), False)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_fewer_than_five_are_hidden_with_their_number(count):
    assert answered([3] * count) == HIDDEN
    assert HIDDEN.is_hidden


def test_a_hidden_group_is_not_found_by_taking_the_others_from_the_whole():
    found = by_group({"region": [3] * 9, "industri": [2] * 6, "akademi": [1] * 2})
    assert [name for name, each in found.items() if each.is_hidden] == ["industri", "akademi"]


def test_small_groups_that_are_five_together_hide_no_other():
    found = by_group({"region": [3] * 9, "industri": [2] * 3, "akademi": [1] * 2})
    assert [name for name, each in found.items() if each.is_hidden] == ["industri", "akademi"]
    assert found["region"].answers == 9


def test_large_groups_are_all_shown_and_an_empty_one_is_hidden_and_hides_none():
    found = by_group({"region": [3] * 5, "industri": [2] * 5, "akademi": []})
    assert [each.is_hidden for each in found.values()] == [False, False, True]


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(0, 4), max_size=9)))
def test_what_is_hidden_is_nothing_or_at_least_five_answers_or_all(groups):
    found = by_group(groups)
    hidden = sum(len(groups[name]) for name, each in found.items() if each.is_hidden)
    assert hidden == 0 or hidden >= 5 or all(each.is_hidden for each in found.values())
