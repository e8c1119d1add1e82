"""D3: the published limits to their printed digits, the rules one by one, and laws of every series."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.core.indicators.figures import NHS, NIST, OWN, SAS_JETS, printed, series
from tillit.core.indicators.chart import ChartParams, Limits, baseline, limits, moving_ranges, segments
from tillit.core.indicators.runs import runs
from tillit.core.indicators.signals import RULES, completions, marked, signals
from tillit.core.indicators.spc import Charted, assurance, change, is_slow

ALL = ChartParams(baseline=None)
S1, S2, S3, S4 = RULES["making_data_count"]
GOOD = Limits(Fraction(0), Fraction(1), Fraction(-3), Fraction(3), 20)


def four(values, params):
    found = limits(series(values), params)
    assert found is not None
    return found


def decimals(text):
    return tuple(None if word == "-" else Decimal(word) for word in text.split())


# ---------------------------------------------------------------- published truths


def test_nist_6_3_2_2():
    found = four(NIST, replace(ALL, constant="1.128"))
    assert printed(found.mean, 2) == "50.81"
    assert printed(found.mean_moving_range, 4) == "1.8778"
    assert (printed(found.upper, 4), printed(found.lower, 4)) == ("55.8041", "45.8159")


def test_nist_with_the_constant_of_making_data_count():
    found = four(NIST, ALL)
    assert (printed(found.upper, 4), printed(found.lower, 4)) == ("55.8049", "45.8151")


def test_sas_jets():
    found = four(SAS_JETS, replace(ALL, constant="1.128379"))
    assert printed(found.mean, 2) == "80.39"
    assert (printed(found.lower, 4), printed(found.upper, 4)) == ("66.2290", "94.5510")


def test_nhs_screened_and_unscreened():
    screened, plain = four(NHS, replace(ALL, screen=True)), four(NHS, ALL)
    assert printed(screened.mean, 4) == printed(plain.mean, 4) == "1.9444"
    assert (printed(screened.upper, 4), printed(screened.lower, 4)) == ("4.6044", "-0.7156")
    assert (printed(plain.upper, 4), printed(plain.lower, 4)) == ("6.9515", "-3.0626")


@pytest.mark.parametrize("screen", [True, False])
def test_nhs_only_point_5_is_special(screen):
    found = signals(series(NHS), four(NHS, replace(ALL, screen=screen)))
    assert [(each.index + 1, each.rule, each.side) for each in found] == [(5, "S1", "high")]


def test_eight_on_one_side_complete_at_7_and_8():
    assert completions(S4, series("1 1 1 1 1 1 1 1 -1"), Fraction(0)) == [6, 7]


def test_six_increments_complete_at_8():
    assert completions(S2, series("2 1 2 3 4 5 6 7 3"), Fraction(0)) == [7]


def test_a_level_step_is_no_trend():
    assert completions(S2, series("1 2 3 3 4 5 6"), Fraction(0)) == []


@pytest.mark.parametrize(
    ("ends", "word"), [((1, 3), "misses_steadily"), ((5, 7), "meets_steadily"), ((1, 5), "hit_or_miss")]
)
def test_assurance_of_target_4_where_higher_is_better(ends, word):
    low, high = map(Fraction, ends)
    found = Limits((low + high) / 2, Fraction(1), low, high, 12)
    assert assurance(found, Decimal(4), "up") == word


def test_own_test_lower_is_better():
    found = change(Charted(decimals(OWN), "down"))
    assert found.limits is not None
    assert printed(found.limits.mean, 4) == "128.5833"
    assert printed(found.limits.mean_moving_range, 6) == "4.636364"
    assert (printed(found.limits.lower, 4), printed(found.limits.upper, 4)) == ("116.2506", "140.9161")
    labels = {each.index + 1: each.rule for each in found.signals}
    assert labels == {**dict.fromkeys(range(12, 18), "S2"), 18: "S1", 19: "S1"}
    assert (found.verdict, found.code, found.direction) == ("info", "improvement", "improvement")
    assert not found.is_preliminary


def test_own_test_unprioritised():
    values = series(OWN)
    found = limits(values)
    assert found is not None

    def rows(pattern):
        return sorted(index + 1 for index in marked(pattern, values, found.mean, found.distance))

    assert rows(S2) == list(range(12, 20))
    assert rows(S4) == list(range(13, 20))
    assert rows(S3) == list(range(15, 20))
    assert rows(S1) == [18, 19]


# ---------------------------------------------------------------- rules and edges


def test_a_point_on_the_mean_breaks_the_run():
    assert completions(S4, series("1 1 1 1 1 1 0 1 1"), Fraction(0)) == []


def test_a_point_on_the_limit_is_inside():
    assert marked(S1, series("3 -3 3.01 -3.01"), GOOD.mean, GOOD.distance) == {2: "high", 3: "low"}


def test_two_of_three_marks_those_beyond_only_and_counts_points_outside_the_limits():
    assert marked(S3, series("2.5 0 4 0 0 2.5 -2.5 0"), GOOD.mean, GOOD.distance) == {0: "high", 2: "high"}
    assert marked(S3, series("2 2 2"), GOOD.mean, GOOD.distance) == {}


def test_two_of_three_are_on_the_same_side():
    assert marked(S3, series("2.5 -2.5 0 -2.5"), GOOD.mean, GOOD.distance) == {1: "low", 3: "low"}


@pytest.mark.parametrize(("pattern", "text"), [(S2, "1 2 3 4 - 5 6 7"), (S4, "1 1 1 1 - 1 1 1"), (S3, "2.5 - 2.5")])
def test_a_missing_period_breaks_every_window(pattern, text):
    assert completions(pattern, series(text), Fraction(0), Fraction(3)) == []
    assert completions(pattern, series(text.replace("- ", "")), Fraction(0), Fraction(3)) or pattern is S3


def test_no_moving_range_is_bridged_over_a_missing_period():
    assert list(moving_ranges(series("1 2 - 9 8"))) == [1, 1]
    assert limits(series("1 - 2 - 3")) is None


def test_a_baseline_counts_points_not_periods():
    assert baseline(series("1 - 2 3"), 2) == series("1 - 2")
    assert baseline(series("1 2"), 12) == series("1 2")


def test_a_point_has_one_label_the_first_that_marks_it():
    values = series("0 0 0 0 9 9 9")
    assert [(each.index, each.rule) for each in signals(values, GOOD)] == [(4, "S1"), (5, "S1"), (6, "S1")]


def test_without_variation_no_rule_is_applied():
    found = change(Charted(tuple([Decimal(5)] * 20), "up"))
    assert (found.verdict, found.code, found.signals) == ("not_assessable", "no_variation", ())


@pytest.mark.parametrize(("count", "code"), [(0, "too_few"), (1, "too_few"), (6, "too_few"), (7, "worsening")])
def test_fewer_than_seven_points_have_no_rules(count, code):
    values = tuple(Decimal(each) for each in range(count, 0, -1))
    found = change(Charted(values, "up", d1="red"))
    assert (found.code, found.points, found.is_preliminary) == (code, count, True)
    assert found.verdict == ("not_assessable" if count < 7 else "info")


def test_limits_of_fewer_than_twelve_points_are_preliminary_and_say_info_at_most():
    values = decimals("10 11 10 11 10 11 10 11 10 99")
    assert change(Charted(values, "down", d1="red"), replace(ALL, whole=10)).verdict == "red"
    assert change(Charted(values, "down", d1="red"), ALL).verdict == "info"


@pytest.mark.parametrize(
    ("direction", "d1", "verdict", "code"),
    [
        ("down", "green", "yellow", "worsening"),
        ("down", None, "yellow", "worsening"),
        ("down", "not_assessable", "yellow", "worsening"),
        ("down", "yellow", "red", "worsening"),
        ("down", "red", "red", "worsening"),
        ("up", "red", "info", "improvement"),
        ("neutral", None, "info", "high"),
        ("range", "yellow", "yellow", "high"),
        ("range", "green", "info", "high"),
    ],
)
def test_a_signal_is_red_only_together_with_d1(direction, d1, verdict, code):
    values = decimals("10 11 10 11 10 11 10 11 10 11 10 11 99")
    found = change(Charted(values, direction, d1=d1))
    assert (found.verdict, found.code) == (verdict, code)


def test_the_latest_point_decides_whatever_was_before_it_and_a_missing_period_is_none():
    calm = "10 11 10 11 10 11 10 11 10 11 10 11"
    assert change(Charted(decimals(f"{calm} 99 10"), "down")).code == "chance"
    found = change(Charted(decimals(f"{calm} 99 - -"), "down"))
    assert (found.code, found.latest) == ("worsening", 12)


def test_a_new_definition_begins_a_new_part_with_limits_of_its_own():
    old, new = "10 11 10 11 10 11 10 11 10 11 10 11", "50 51 50 51 50 51 50 51"
    whole = change(Charted(decimals(f"{old} {new}"), "down"))
    parted = change(Charted(decimals(f"{old} {new}"), "down", starts=(12,)))
    assert whole.code == "worsening"
    assert (parted.code, parted.points, parted.latest) == ("chance", 8, 19)
    marks = change(Charted(decimals(f"{old} {new} 50 51 50 51 99"), "down", starts=(12,))).signals
    assert [(each.index, each.rule) for each in marks] == [(24, "S1")]


def test_parts_of_a_series():
    assert segments(5, ()) == (range(5),)
    assert segments(5, (3, 3, 0, 9)) == (range(3), range(3, 5))
    assert segments(0, ()) == (range(0),)


@pytest.mark.parametrize(
    ("target", "direction", "word"),
    [
        (4, "up", "misses_steadily"),
        (4, "down", "meets_steadily"),
        (-4, "up", "meets_steadily"),
        (-4, "down", "misses_steadily"),
        (3, "up", "hit_or_miss"),
        (-3, "down", "hit_or_miss"),
        (None, "up", None),
        (4, "range", None),
    ],
)
def test_assurance_goes_both_ways_and_a_target_on_the_limit_is_chance(target, direction, word):
    assert assurance(GOOD, None if target is None else Decimal(target), direction) == word


def test_only_what_is_measured_once_a_year_is_slow():
    assert [each for each in ("month", "quarter", "tertial", "half_year", "year") if is_slow(each)] == ["year"]


# ---------------------------------------------------------------- other rule sets


@pytest.mark.parametrize(
    ("rules", "label", "text", "indexes"),
    [
        ("nelson", "N1", "0 4", [1]),
        ("nelson", "N2", "-1" + " 0.1" * 9, list(range(1, 10))),
        ("nelson", "N3", "0 -.5 -.4 -.3 -.2 -.1 0", list(range(1, 7))),
        ("nelson", "N4", "0 .1 " * 7, list(range(14))),
        ("nelson", "N5", "2.1 0 2.1", [0, 2]),
        ("nelson", "N6", "1.1 1.1 0 1.1 1.1", [0, 1, 3, 4]),
        ("nelson", "N7", "1 1 0 -1 -1 " * 3, list(range(15))),
        ("nelson", "N8", "1.1 1.1 -1.1 -1.1 " * 2, list(range(8))),
        ("western_electric", "W1", "0 4", [1]),
        ("western_electric", "W2", "2.1 0 2.1", [0, 2]),
        ("western_electric", "W3", "1.1 1.1 0 1.1 1.1", [0, 1, 3, 4]),
        ("western_electric", "W4", "0.1 " * 8, list(range(8))),
        ("wheeler", "H1", "0 4", [1]),
        ("wheeler", "H2", "1.6 0 1.6 1.6", [0, 2, 3]),
        ("wheeler", "H3", "0.1 " * 8, list(range(8))),
    ],
)
def test_each_rule_of_another_set_completes_at_its_number_and_not_before(rules, label, text, indexes):
    pattern = next(each for each in RULES[rules] if each.label == label)
    values = series(text)
    assert sorted(marked(pattern, values, GOOD.mean, GOOD.distance)) == indexes
    assert completions(pattern, values[:-1], GOOD.mean, GOOD.distance) == []
    assert indexes[-1] in {each.index for each in signals(values, GOOD, rules)}


def test_eight_beyond_on_one_side_are_not_on_both():
    assert marked(RULES["nelson"][7], series("1.1 " * 8), GOOD.mean, GOOD.distance) == {}


def test_a_run_chart_finds_a_shift_and_leaves_chance_alone():
    """n = 24: a run may be round(4.58) + 3 = 8 long, qbinom(0.05, 23, 0.5) = 8 crossings are expected."""
    calm, shifted = runs(series("1 3 " * 12)), runs(series("1 " * 12 + "3 " * 12))
    assert calm is not None
    assert shifted is not None
    assert (calm.points, calm.longest_allowed, calm.fewest_crossings, calm.is_shifted) == (24, 8, 8, False)
    assert (shifted.longest, shifted.crossings, shifted.is_shifted) == (12, 1, True)


@pytest.mark.parametrize(
    ("text", "longest", "crossings"), [("1 " * 9 + "3 1 " * 11 + "3 " * 9, 9, 23), (("1 " * 6 + "3 " * 6) * 2, 6, 3)]
)
def test_one_run_too_long_or_too_few_crossings_is_enough(text, longest, crossings):
    found = runs(series(text))
    assert found is not None
    assert (found.longest, found.crossings, found.is_shifted) == (longest, crossings, True)
    assert (found.longest > found.longest_allowed) != (found.crossings < found.fewest_crossings)


@pytest.mark.parametrize(("count", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (30, 8, 10)])
def test_the_limits_of_a_run_chart_are_those_of_the_tables(count, longest, crossings):
    found = runs(series("1 3 " * (count // 2)))
    assert found is not None
    assert (found.longest_allowed, found.fewest_crossings) == (longest, crossings)


def test_a_run_chart_of_nothing_is_none():
    assert runs(()) is None
    assert runs(series("- 5 5")) is None


# ---------------------------------------------------------------- laws

NUMBERS = st.decimals(-100, 100, places=1)
SERIES = st.lists(st.one_of(st.none(), NUMBERS), min_size=2, max_size=30)


@given(SERIES, NUMBERS, st.decimals(Decimal("0.1"), 9, places=1), st.booleans())
def test_other_units_move_the_limits_along_and_no_signal(values, shift, scale, screen):
    params = replace(ALL, screen=screen)
    before = [None if each is None else Fraction(each) for each in values]
    after = [None if each is None else each * Fraction(scale) + Fraction(shift) for each in before]
    one, other = limits(before, params), limits(after, params)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert other.upper == one.upper * Fraction(scale) + Fraction(shift)
        assert other.mean_moving_range == one.mean_moving_range * Fraction(scale)
        assert signals(before, one) == signals(after, other)


@given(SERIES)
def test_upside_down_swaps_the_sides_and_backwards_keeps_the_limits(values):
    plain = [None if each is None else Fraction(each) for each in values]
    found, turned = limits(plain, ALL), limits([None if each is None else -each for each in plain], ALL)
    if found is not None and turned is not None:
        assert (turned.lower, turned.upper) == (-found.upper, -found.lower)
        swapped = [("low" if each.side == "high" else "high", each.index, each.rule) for each in signals(plain, found)]
        down = signals([None if each is None else -each for each in plain], turned)
        assert [(each.side, each.index, each.rule) for each in down] == swapped
        assert limits(plain[::-1], ALL) == found


@given(SERIES, st.sampled_from(sorted(RULES)))
def test_no_missing_period_is_a_signal_and_no_point_has_two(values, rules):
    plain = [None if each is None else Fraction(each) for each in values]
    found = limits(plain, ALL)
    if found is not None:
        indexes = [each.index for each in signals(plain, found, rules)]
        assert len(indexes) == len(set(indexes))
        assert all(plain[index] is not None for index in indexes)


@given(st.lists(NUMBERS, min_size=12, max_size=30), NUMBERS)
def test_a_later_value_never_moves_the_limits(values, later):
    plain = [Fraction(each) for each in values]
    assert limits(plain) == limits([*plain, Fraction(later)])


@given(SERIES)
def test_screening_never_widens(values):
    plain = [None if each is None else Fraction(each) for each in values]
    screened, unscreened = limits(plain, replace(ALL, screen=True)), limits(plain, ALL)
    if screened is not None and unscreened is not None:
        assert screened.distance <= unscreened.distance
        assert screened.mean == unscreened.mean
