"""D5: described levels that drop, raters who disagree, and never a mean of levels (I-17)."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.indicators.rubric import Rated, Raters, concord, lacks, step

LEVELS = st.integers(0, 4)


def test_the_worked_example():
    found = step(Rated((3, 3, 2, 3), 1))
    assert (found.reference, found.drop, found.verdict, found.direction) == (3, 2, "red", "worsening")


def test_the_worked_raters():
    found = concord(Raters((3, 3, 1, 2, 3)))
    assert (found.level, found.share, found.verdict) == (3, Fraction("0.80"), "green")
    assert found.distribution == (0, 1, 1, 3, 0)


@pytest.mark.parametrize(
    ("earlier", "level", "verdict", "code"),
    [
        ((3, 3, 3), 2, "yellow", "dropped"),
        ((3, 3, 3), 3, "green", "kept"),
        ((2, 2, 2), 3, "info", "risen"),
        ((3, 3), 1, "red", "dropped"),
        ((3,), 2, "yellow", "dropped"),
        ((), 2, "not_assessable", "no_earlier"),
        ((0, 0, 4, 4, 4), 4, "green", "kept"),
        ((1, 4), 2, "info", "risen"),
    ],
)
def test_the_three_latest_levels_are_the_reference_and_fewer_are_those_there_are(earlier, level, verdict, code):
    found = step(Rated(earlier, level))
    assert (found.verdict, found.code) == (verdict, code)


def test_below_the_floor_is_red_by_itself():
    assert step(Rated((2, 2, 2), 1, floor=2)).code == "below_floor"
    assert step(Rated((), 1, floor=2)).verdict == "red"
    assert step(Rated((2, 2, 2), 2, floor=2)).verdict == "green"


def test_where_lower_is_better_a_rise_is_a_drop():
    found = step(Rated((1, 1, 1), 3, "down"))
    assert (found.drop, found.verdict) == (2, "red")
    assert step(Rated((3, 3, 3), 3, "down", floor=2)).code == "below_floor"


@pytest.mark.parametrize(
    ("levels", "verdict", "code", "level"),
    [
        ((0, 0, 4, 4), "info", "disagree", 0),
        ((2,), "info", "one_rater", 2),
        ((), "not_assessable", "no_rater", None),
        ((1, 2), "green", "agree", 1),
    ],
)
def test_raters_who_disagree_are_shown_and_one_rater_is_told(levels, verdict, code, level):
    found = concord(Raters(levels))
    assert (found.verdict, found.code, found.level) == (verdict, code, level)
    assert (found.share is None) == (len(levels) < 2)


def test_a_change_needs_a_narrative_and_evidence():
    assert lacks(3, 2, " ", 0) == ("narrative", "evidence")
    assert lacks(3, 2, "Två möten ställdes in.", 1) == ()
    assert lacks(3, 2, "Två möten ställdes in.", 0) == ("evidence",)
    assert lacks(3, 3, "", 0) == ()
    assert lacks(None, 3, "", 0) == ()


@pytest.mark.parametrize("level", [5, -1, 2.5, True, Fraction(5, 2)])
def test_a_level_is_never_a_mean(level):
    for make in (lambda: Rated((1,), level), lambda: Rated((level,), 1), lambda: Raters((1, level))):
        with pytest.raises(ValueError, match="never means"):
            make()
    with pytest.raises(ValueError, match="never means"):
        lacks(1, level, "", 0)


@given(st.lists(LEVELS, min_size=1, max_size=9), LEVELS)
def test_upside_down_is_the_same_and_the_middle_is_a_level_that_was_given(earlier, level):
    up = step(Rated(tuple(earlier), level))
    assert up.reference in earlier
    assert concord(Raters(tuple(earlier))).level in earlier
    if len(earlier) in (1, 3) or len(earlier) >= 3:
        down = step(Rated(tuple(4 - each for each in earlier), 4 - level, "down"))
        assert (up.verdict, up.drop) == (down.verdict, down.drop)


@given(st.lists(LEVELS, max_size=9))
def test_every_rater_is_in_the_distribution(levels):
    assert sum(concord(Raters(tuple(levels))).distribution) == len(levels)
