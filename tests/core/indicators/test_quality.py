"""D14: what is held for confirmation before anything is judged by it."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tests.core.indicators.figures import printed
from tillit.core.indicators.quality import QualityThresholds, Reported, checked, is_unit_jump, modified_z, z_score

PUBLISHED = tuple(map(Decimal, (10, 11, 9, 10, 12, 10, 11, 30)))


def numbers(*values):
    return tuple(map(Decimal, values))


def test_the_worked_example_is_missed_by_z_and_caught_by_the_modified():
    assert printed(z_score(PUBLISHED), 4) == "2.4540"
    assert printed(modified_z(PUBLISHED), 4) == "26.3055"
    found = checked(Reported(PUBLISHED[:-1], PUBLISHED[-1]))
    assert (found.verdict, found.code, found.direction) == ("yellow", "far_off", "data_quality")


def test_with_no_spread_any_value_that_differs_is_held():
    assert checked(Reported(numbers(5, 5, 5, 5, 5), Decimal("5.1"))).held == ("far_off",)


def test_fewer_than_six_values_cannot_say_what_is_far_off():
    found = checked(Reported(numbers(1, 2, 1, 2), Decimal(3)))
    assert (found.verdict, found.code) == ("not_assessable", "too_few")
    assert checked(Reported(numbers(1, 2, 1, 2, 1), Decimal(2))).verdict == "green"


def test_only_the_last_twelve_and_the_new_one_count():
    old, new = [1000] * 12, [10, 11] * 6
    assert checked(Reported(numbers(*old, *new), Decimal(12))).verdict == "green"


@pytest.mark.parametrize(
    ("value", "jump"),
    [
        *((100, True), (80, True), (120, True), (79, False), (121, False), (1000, True), (799, False), (1201, False)),
        *((1, True), ("0.1", True), (10, False), (-100, True), (0, False)),
    ],
)
def test_a_jump_of_unit_is_about_ten_or_a_hundred_times_either_way(value, jump):
    assert is_unit_jump(numbers(10, 10, 10, 10), Decimal(value), QualityThresholds()) is jump


def test_without_earlier_values_or_around_0_nothing_is_a_jump():
    assert not is_unit_jump((), Decimal(5), QualityThresholds())
    assert not is_unit_jump(numbers(0, 0, 0, 0), Decimal(5), QualityThresholds())


@pytest.mark.parametrize(("value", "held"), [("12", ()), ("12.01", ("revised",)), ("7.99", ("revised",)), ("8", ())])
def test_a_revision_of_more_than_a_fifth_is_held(value, held):
    assert checked(Reported((), Decimal(value), revises=Decimal(10))).held == held


def test_a_revised_0_is_held_whatever_it_becomes():
    assert checked(Reported((), Decimal("0.1"), revises=Decimal(0))).held == ("revised",)


def test_the_same_value_four_times_is_held():
    assert checked(Reported(numbers(7, 5, 5, 5), Decimal(5))).held == ("stuck",)
    assert checked(Reported(numbers(5, 5), Decimal(5))).held == ()


def test_parts_that_do_not_make_the_whole_are_held():
    assert checked(Reported((), Decimal(10), parts=numbers(4, 5))).held == ("parts_differ",)
    assert checked(Reported((), Decimal("0.3"), parts=numbers("0.1", "0.2"))).held == ()


@pytest.mark.parametrize(("value", "held"), [(0, ()), (100, ()), (-1, ("out_of_limits",)), (101, ("out_of_limits",))])
def test_what_the_indicator_cannot_be_is_held(value, held):
    assert checked(Reported((), Decimal(value), low=Decimal(0), high=Decimal(100))).held == held


def test_several_reasons_are_all_told():
    assert checked(Reported(PUBLISHED[:-1], Decimal(100), high=Decimal(50))).held == (
        "out_of_limits",
        "far_off",
        "unit_jump",
    )


def test_of_nothing_there_is_no_z():
    assert (modified_z(()), z_score(numbers(1)), z_score(numbers(1, 1))) == (None, None, None)


@given(
    st.lists(st.decimals(-99, 99, places=1), min_size=6, max_size=14),
    st.decimals(Decimal("0.1"), 9, places=1),
    st.decimals(-50, 50, places=1),
)
def test_how_far_off_does_not_hang_on_the_unit(values, scale, shift):
    assert modified_z(values) == modified_z([each * scale + shift for each in values])
