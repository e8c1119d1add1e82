from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.core.governance.boards import fractions
from tillit.core.governance.apportionment import gallagher, hamilton, loosemore_hanby, shares_of, whole

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=8).filter(any).map(lambda values: fractions(*values))


def same_categories(one, other):
    return {each: one.get(each, Fraction(0)) for each in {**one, **other}}


@given(COUNTS, COUNTS)
def test_the_index_is_symmetric_and_within_0_and_1(one, other):
    shares, norm = shares_of(one), shares_of(other)
    assert loosemore_hanby(shares, norm) == loosemore_hanby(norm, shares)
    assert 0 <= loosemore_hanby(shares, norm) <= 1
    assert loosemore_hanby(shares, shares) == 0
    assert 0 <= gallagher(shares, norm) <= 1


@given(COUNTS, COUNTS)
def test_no_whole_seats_come_nearer_than_the_largest_remainders(counts, weights):
    norm = shares_of(same_categories(weights, counts))
    seats = int(sum(counts.values()))
    nearest = hamilton(seats, norm)
    assert sum(nearest.values()) == seats
    assert all(abs(nearest[each] - norm[each] * seats) < 1 for each in norm)
    least = loosemore_hanby({each: Fraction(count, seats) for each, count in nearest.items()}, norm)
    assert least <= loosemore_hanby(shares_of(same_categories(counts, norm)), norm)


def test_equal_remainders_go_in_the_order_of_the_categories():
    assert hamilton(9, fractions(*["1/6"] * 6)) == {"a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1}
    assert hamilton(17, fractions("1/4", "1/4", "1/4", "1/8", "1/16", "1/16")) == {
        "a": 5,
        "b": 4,
        "c": 4,
        "d": 2,
        "e": 1,
        "f": 1,
    }


def test_no_seats_are_given_to_nobody():
    assert hamilton(0, fractions("1/2", "1/2")) == {"a": 0, "b": 0}


def test_the_second_view_is_a_root_of_squares():
    assert gallagher(fractions("3/4", "1/4"), fractions("1/2", "1/2")) == Decimal("0.25")


@pytest.mark.parametrize(("value", "up"), [("39/16", 3), ("1", 1), ("0", 0), ("1/100", 1)])
def test_a_part_of_a_seat_is_rounded_up(value, up):
    assert whole(Fraction(value)) == up
