"""I-18: ratios are added by their parts and means by their n; what is unknown is kept out and counted."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.indicators.rollup import AGGREGATIONS, Part, roll_up


def ratio(numerator, denominator):
    return Part(numerator=Decimal(numerator), denominator=Decimal(denominator))


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators():
    """The mean of 90 % and 10 % would be 50 %; the ratio of all is 18 %."""
    found = roll_up([ratio(9, 10), ratio(9, 90)], "ratio")
    assert (found.value, found.numerator, found.denominator) == (Fraction(18, 100), Fraction(18), Fraction(100))


def test_unknown_parts_are_kept_out_and_counted():
    found = roll_up([ratio(9, 10), Part(value=Decimal("0.5"), parts_unknown=True), Part(value=Decimal(1))], "ratio")
    assert (found.value, found.used, found.left_out) == (Fraction(9, 10), 1, 2)


def test_a_mean_weighs_by_n_and_one_without_is_kept_out():
    parts = [Part(value=Decimal(10), n=1), Part(value=Decimal(20), n=3), Part(value=Decimal(99)), Part(n=4)]
    found = roll_up(parts, "mean")
    assert (found.value, found.used, found.left_out) == (Fraction("17.5"), 2, 2)


def test_sum_last_and_none():
    parts = [Part(value=Decimal(5), order=2), Part(value=Decimal(7), order=1), Part(order=3)]
    assert (roll_up(parts, "sum").value, roll_up(parts, "sum").left_out) == (Fraction(12), 1)
    assert (roll_up(parts, "last").value, roll_up(parts, "last").left_out) == (Fraction(5), 1)
    assert (roll_up(parts, "none").value, roll_up(parts, "none").reason) == (None, "is_not_added")


@pytest.mark.parametrize("aggregation", ["sum", "mean", "ratio", "last"])
def test_nothing_known_is_no_value_and_never_0(aggregation):
    for parts in ([], [Part()], [Part(value=Decimal(3), n=2, parts_unknown=True)]):
        found = roll_up(parts, aggregation)
        assert (found.value, found.reason, found.left_out) == (None, "nothing_to_add", len(parts))


def test_a_denominator_of_0_is_no_ratio():
    found = roll_up([ratio(0, 0)], "ratio")
    assert (found.value, found.reason, found.used) == (None, "denominator_is_0", 1)


COUNTS = st.integers(0, 50)
RATIOS = st.lists(st.tuples(COUNTS, COUNTS).map(lambda pair: ratio(min(pair), max(pair) + 1)), min_size=1, max_size=8)


@given(RATIOS, st.integers(1, 7))
def test_a_ratio_of_ratios_is_the_ratio_of_all_however_they_are_grouped(parts, cut):
    groups = [group for group in (parts[:cut], parts[cut:]) if group]
    totals = [roll_up(group, "ratio") for group in groups]
    again = [
        Part(numerator=Decimal(int(t.numerator or 0)), denominator=Decimal(int(t.denominator or 0))) for t in totals
    ]
    assert roll_up(again, "ratio").value == roll_up(parts, "ratio").value


@given(RATIOS)
def test_a_ratio_lies_between_its_least_and_its_greatest(parts):
    each = [Fraction(part.numerator or 0) / Fraction(part.denominator or 1) for part in parts]
    value = roll_up(parts, "ratio").value
    assert value is not None
    assert min(each) <= value <= max(each)


@given(st.lists(st.builds(Part, value=st.none() | st.decimals(-9, 9, places=1), n=st.none() | COUNTS)))
def test_every_part_is_used_or_counted_as_left_out(parts):
    for aggregation in set(AGGREGATIONS) - {"last"}:
        found = roll_up(parts, aggregation)
        assert found.used + found.left_out == len(parts)
