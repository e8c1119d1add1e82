"""D4: the worked example to its printed digits, why a forecast is refused, and laws of lines."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.core.indicators.figures import printed
from tillit.core.indicators.forecast import Asked, forecast, least_squares, theil_sen

EIGHT = tuple(map(Decimal, (40, 43, 44, 48, 49, 53, 54, 58)))


def asked(target, at=16, values=EIGHT, direction="up", **more):
    return forecast(Asked(values, Decimal(target), at, direction, **more))


def test_the_worked_example():
    found = asked(100)
    assert found.line is not None
    assert found.theil_sen is not None
    assert printed(found.line.intercept, 6) == "39.916667"
    assert printed(found.line.slope, 6) == "2.488095"
    assert printed(found.deviation, 6) == "0.803020"
    assert printed(found.line.forecast, 5) == "79.72619"
    assert (printed(found.low, 4), printed(found.high, 4)) == ("77.1813", "82.2711")
    robust = found.theil_sen
    assert (robust.slope, robust.intercept, robust.forecast) == (Fraction("2.5"), Fraction("39.75"), Fraction("79.75"))
    assert printed(found.crossing, 3) == "24.148"
    assert not found.is_crossing_shown


@pytest.mark.parametrize(
    ("target", "verdict", "code"),
    [(100, "red", "misses"), (82, "yellow", "inside_interval"), (79, "green", "meets")],
)
def test_the_worked_examples_verdicts(target, verdict, code):
    assert (asked(target).verdict, asked(target).code) == (verdict, code)


def test_down_is_the_same_upside_down():
    falling = tuple(-each for each in EIGHT)
    verdicts = [asked(-target, values=falling, direction="down").verdict for target in (100, 82, 79)]
    assert verdicts == ["red", "yellow", "green"]


def test_meeting_exactly_is_meeting():
    straight = tuple(map(Decimal, range(8)))
    assert asked(16, values=straight).code == "meets"
    assert asked("16.0001", values=straight).code == "misses"


def test_two_lines_that_disagree_are_an_unsure_trend_and_yellow():
    values = (*map(Decimal, (10, 10, 10, 10, 10, 10, 10)), Decimal(30))
    found = asked(12, 9, values)
    assert (found.verdict, found.code) == ("yellow", "unsure_trend")


@pytest.mark.parametrize(
    ("values", "at", "code"),
    [
        (EIGHT[:5], 9, "too_few"),
        ((*EIGHT[:5], None, None, None), 9, "too_few"),
        (EIGHT, 17, "too_far"),
        (EIGHT, 7, "target_passed"),
        (EIGHT[:6], 13, "too_far"),
    ],
)
def test_a_forecast_is_refused_with_its_reason(values, at, code):
    found = asked(100, at, values)
    assert (found.verdict, found.code, found.direction, found.low) == ("not_assessable", code, "data_quality", None)


def test_six_points_reach_twelve_periods_and_a_crossing_within_reach_is_shown():
    found = asked(60, 12, EIGHT[:6])
    assert (found.verdict, found.points, found.is_crossing_shown) == ("green", 6, True)


def test_a_gap_keeps_the_numbers_of_the_periods():
    straight = (Decimal(0), None, *map(Decimal, range(2, 8)))
    found = asked(20, 14, straight)
    assert found.line is not None
    assert (found.points, found.line.slope, found.line.forecast) == (7, 1, 14)


def test_only_the_last_eight_periods_count_and_x_begins_at_the_first_used_point():
    found = asked(100, 12, (Decimal(999), Decimal(999), None, *EIGHT[1:]))
    assert found.line is not None
    assert (found.points, found.x) == (7, 9)
    assert printed(found.line.intercept, 3) == "42.357"  # 349/7 − 3 · 2.5


def test_a_forecast_is_cut_at_what_the_indicator_can_be():
    found = asked(100, 16, high=Decimal(80), low=Decimal(78))
    assert found.line is not None
    assert (printed(found.line.forecast, 5), found.low, found.high) == ("79.72619", 78, 80)
    assert asked(75, 16, high=Decimal(78)).line.forecast == 78


def test_a_level_series_never_crosses():
    found = asked(6, 9, tuple([Decimal(5)] * 8))
    assert (found.crossing, found.is_crossing_shown, found.verdict) == (None, False, "red")


VALUES = st.lists(st.decimals(-100, 100, places=1), min_size=6, max_size=8)


@given(VALUES, st.decimals(-50, 50, places=1), st.decimals(Decimal("0.1"), 9, places=1), st.integers(8, 11))
def test_other_units_forecast_the_same(values, shift, scale, at):
    one = asked(10, at, tuple(values))
    other = asked(10 * scale + shift, at, tuple(each * scale + shift for each in values))
    assert (one.verdict, one.code, one.crossing) == (other.verdict, other.code, other.crossing)


@given(VALUES, st.integers(8, 11))
def test_the_interval_holds_its_forecast_and_the_verdict_its_own_interval(values, at):
    found = asked(10, at, tuple(values))
    assert found.line is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.line.forecast <= found.high
    if found.code == "inside_interval":
        assert found.high >= 10
    if found.code == "misses":
        assert found.high <= 10


@given(st.decimals(-9, 9, places=2), st.decimals(-9, 9, places=2), st.integers(6, 8))
def test_both_lines_find_a_straight_line(intercept, slope, count):
    points = [(x, Fraction(intercept) + Fraction(slope) * x) for x in range(count)]
    assert least_squares(points, 20) == theil_sen(points, 20)
    assert least_squares(points, 20).slope == Fraction(slope)
