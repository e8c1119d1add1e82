"""D1: the worked examples with their printed digits, and laws of every path."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.core.indicators.figures import printed
from tillit.core.indicators.growth import growth, months_between
from tillit.core.indicators.path import GEOMETRIC, LINEAR, STEP, Baseline, Path, Target, expected
from tillit.core.indicators.standing import Observed, PathThresholds, standing

START, HALFWAY, END = date(2026, 1, 1), date(2028, 1, 1), date(2030, 1, 1)
UP = Path("up", Baseline(START, Decimal(40)), (Target(END, Decimal(100)),))
DOWN = Path("down", Baseline(START, Decimal(120)), (Target(END, Decimal(60)),))
SHARE = Path("range", Baseline(START, Decimal(70)), (Target(END, low=Decimal(40), high=Decimal(60)),))


def judged(path, value, day=HALFWAY, **more):
    return standing(Observed(path, Decimal(value), day, **more))


# ---------------------------------------------------------------- the worked examples


def test_1_a_value_halfway_in_time_but_not_on_its_way_is_red():
    found = judged(UP, 58)
    assert (printed(found.expected, 4), printed(found.delta, 5)) == ("69.9795", "-0.19966")
    assert (found.verdict, found.code, found.direction) == ("red", "far_behind", "worsening")


def test_2_down_is_judged_by_the_same_rule_and_ahead_is_green_with_something_to_tell():
    found = judged(DOWN, 80)
    assert (printed(found.expected, 4), printed(found.delta, 5)) == ("90.0205", "0.16701")
    assert (found.verdict, found.code, found.direction) == ("green", "ahead", "improvement")


def test_3_a_milestone_bends_the_path():
    found = judged(Path("up", UP.baseline, (Target(HALFWAY, Decimal(55)), *UP.targets)), 58)
    assert (found.delta, found.verdict) == (Fraction("0.05"), "green")


def test_4_attainment_of_the_iati_guidance():
    path = Path("up", Baseline(START, Decimal(15)), (Target(END, Decimal(50)),))
    assert printed(judged(path, 53, END).attainment, 6) == "1.085714"


def test_d1b_says_moderate_where_d1_says_red():
    found = growth(Decimal(40), Decimal(100), Decimal(58), "up", (START, END, HALFWAY))
    assert found is not None
    assert (printed(found.ratio, 5), found.status) == ("0.79306", "moderate")
    assert judged(UP, 58).verdict == "red"


# ---------------------------------------------------------------- edges


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("0.57", "green"), ("0.5699", "yellow"), ("0.51", "yellow"), ("0.5099", "red"), ("0.69", "green")],
)
def test_a_threshold_is_a_decimal_and_the_edge_belongs_to_the_milder(value, verdict):
    """(0.57 − 0.60) / 0.60 falls under −0.05 in floats."""
    path = Path("up", Baseline(START, Decimal(0)), (Target(END, Decimal("0.60")),))
    assert judged(path, value, END).verdict == verdict


def test_exactly_the_threshold_ahead_is_not_yet_ahead():
    path = Path("up", Baseline(START, Decimal(0)), (Target(END, Decimal("0.60")),))
    assert judged(path, "0.69", END).code == "on_path"
    assert judged(path, "0.6901", END).code == "ahead"


def test_the_path_stays_at_the_target_after_its_day():
    assert expected(UP, date(2035, 1, 1)) == 100
    assert judged(UP, 100, date(2035, 1, 1)).delta == 0


@pytest.mark.parametrize(
    ("observed", "code"),
    [
        (Observed(UP, Decimal(41), START - timedelta(days=1)), "before_baseline"),
        (Observed(UP, None, HALFWAY), "no_value"),
        (Observed(Path("up", None, UP.targets), Decimal(41), HALFWAY), "no_baseline"),
        (Observed(Path("up", UP.baseline, (Target(END, Decimal(40)),)), Decimal(41), HALFWAY), "target_is_baseline"),
        (
            Observed(
                Path("up", Baseline(START, Decimal(0)), (Target(END, Decimal(9), GEOMETRIC),)), Decimal(1), HALFWAY
            ),
            "no_geometric_path",
        ),
    ],
)
def test_what_cannot_be_judged_is_said_with_its_reason(observed, code):
    found = standing(observed)
    assert (found.verdict, found.code, found.direction) == ("not_assessable", code, "data_quality")


@pytest.mark.parametrize(("start", "goal"), [(0, 9), (9, 0), (-1, 9), (9, -1)])
def test_a_geometric_path_needs_both_ends_above_0(start, goal):
    path = Path("up", Baseline(START, Decimal(start)), (Target(END, Decimal(goal), GEOMETRIC),))
    assert judged(path, 1).code == "no_geometric_path"
    with pytest.raises(ValueError, match="above 0"):
        expected(path, HALFWAY)


def test_the_baselines_own_day_is_on_the_path():
    assert (judged(UP, 40, START).delta, judged(UP, 40, START).verdict) == (0, "green")


def test_a_baseline_of_0_is_a_baseline():
    path = Path("up", Baseline(START, Decimal(0)), (Target(END, Decimal(10)),))
    assert judged(path, 10, END).verdict == "green"


def test_a_neutral_indicator_and_one_without_target_are_no_goal():
    for path in (Path("neutral", UP.baseline, ()), Path("up", UP.baseline, ())):
        assert (judged(path, 5).code, judged(path, 5).verdict) == ("no_target", "info")


def test_before_the_effect_can_be_seen_a_lag_caps_at_info():
    assert judged(UP, 41, earliest=date(2028, 1, 2)).verdict == "info"
    assert judged(UP, 41, earliest=date(2028, 1, 2)).code == "not_yet_expected"
    assert judged(UP, 41, earliest=HALFWAY).verdict == "red"
    assert judged(UP, 90, earliest=date(2028, 1, 2)).code == "ahead"


def test_a_step_stays_at_the_last_milestone_and_at_the_baseline_before_the_first():
    path = Path("up", UP.baseline, (Target(HALFWAY, Decimal(55), STEP), Target(END, Decimal(100), STEP)))
    days = (START, date(2027, 12, 31), HALFWAY, date(2029, 12, 31), END)
    assert [expected(path, day) for day in days] == [40, 40, 55, 55, 100]


def test_interpolation_belongs_to_the_target_that_ends_the_segment():
    path = Path("up", UP.baseline, (Target(HALFWAY, Decimal(55), STEP), Target(END, Decimal(100), LINEAR)))
    assert expected(path, date(2027, 6, 1)) == 40
    assert 55 < expected(path, date(2029, 6, 1)) < 100


def test_a_geometric_path_grows_by_the_same_share_a_day():
    path = Path("up", Baseline(START, Decimal(1)), (Target(START + timedelta(days=100), Decimal(4), GEOMETRIC),))
    assert abs(expected(path, START + timedelta(days=50)) - 2) < Fraction(1, 10**30)
    assert expected(path, START) == 1
    assert expected(path, START + timedelta(days=100)) == 4


@pytest.mark.parametrize(
    ("value", "delta", "verdict"),
    [
        ("40", "0", "green"),
        ("60", "0", "green"),
        ("61", "-0.05", "green"),
        ("62", "-0.1", "yellow"),
        ("36", "-0.2", "red"),
    ],
)
def test_a_range_is_judged_by_the_distance_outside_it(value, delta, verdict):
    found = judged(SHARE, value)
    assert (found.delta, found.verdict, found.expected) == (Fraction(delta), verdict, None)


def test_a_milestone_has_its_own_range_until_its_day():
    wide = Target(HALFWAY, low=Decimal(0), high=Decimal(100))
    path = Path("range", SHARE.baseline, (wide, *SHARE.targets))
    assert judged(path, 90, HALFWAY).verdict == "green"
    assert judged(path, 90, date(2028, 1, 2)).verdict == "red"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Path("up", UP.baseline, (Target(START, Decimal(100)),)),
        lambda: Path("up", UP.baseline, (Target(END, Decimal(1)), Target(HALFWAY, Decimal(2)))),
        lambda: Path("up", UP.baseline, (Target(END),)),
        lambda: Path("range", UP.baseline, (Target(END, Decimal(1)),)),
        lambda: Path("range", UP.baseline, (Target(END, low=Decimal(2), high=Decimal(2)),)),
        lambda: Path("up", UP.baseline, (Target(END, Decimal(1), "spline"),)),
    ],
)
def test_a_target_before_the_baseline_or_without_value_makes_no_path(make):
    with pytest.raises(ValueError, match=r"target|range|interpolation"):
        make()


@pytest.mark.parametrize("path", [SHARE, Path("up", None, UP.targets), Path("up", UP.baseline, ())])
def test_where_there_is_no_path_none_is_made_up(path):
    with pytest.raises(ValueError, match="no path"):
        expected(path, HALFWAY)


def test_other_thresholds_judge_otherwise():
    strict = PathThresholds(green=Decimal(0), yellow=Decimal("-0.01"), ahead=Decimal("0.01"))
    assert standing(Observed(UP, Decimal(69), HALFWAY), strict).verdict == "red"


@pytest.mark.parametrize(
    ("actual", "status"), [(100, "achieved"), (63, "substantial"), (41, "limited"), (39, "deterioration")]
)
def test_growth_has_five_words(actual, status):
    found = growth(Decimal(40), Decimal(100), Decimal(actual), "up", (START, END, HALFWAY))
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize(("start", "goal", "actual"), [(0, 9, 5), (-1, 9, 5), (4, 4, 5), (4, 9, 0), (4, 0, 5)])
def test_growth_has_no_meaning_at_0_or_below_and_without_a_way(start, goal, actual):
    assert growth(Decimal(start), Decimal(goal), Decimal(actual), "up", (START, END, HALFWAY)) is None
    assert growth(Decimal(40), Decimal(100), Decimal(58), "up", (START, END, START)) is None


def test_months_are_whole():
    assert months_between(date(2026, 12, 31), date(2030, 12, 31)) == 48
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 1, 15), date(2026, 2, 14)) == 0


# ---------------------------------------------------------------- laws

VALUES = st.decimals(-1000, 1000, places=2)
POSITIVE = st.decimals(Decimal("0.01"), 1000, places=2)
DAYS = st.dates(START, date(2033, 1, 1))
KINDS = st.sampled_from((LINEAR, STEP, GEOMETRIC))


@given(POSITIVE, POSITIVE, DAYS, KINDS)
def test_a_path_never_leaves_the_span_of_its_ends(start, goal, day, kind):
    path = Path("up", Baseline(START, start), (Target(END, goal, kind),))
    tiny, low, high = Fraction(1, 10**25), Fraction(min(start, goal)), Fraction(max(start, goal))
    assert low - tiny <= expected(path, day) <= high + tiny


@given(VALUES, VALUES, VALUES, DAYS)
def test_upside_down_is_the_same(start, goal, value, day):
    up = standing(Observed(Path("up", Baseline(START, start), (Target(END, goal),)), value, day))
    down = standing(Observed(Path("down", Baseline(START, -start), (Target(END, -goal),)), -value, day))
    assert (up.verdict, up.code, up.delta) == (down.verdict, down.code, down.delta)


@given(VALUES, VALUES, VALUES, DAYS, st.decimals(-50, 50, places=1), st.decimals(Decimal("0.1"), 9, places=1))
def test_other_units_give_the_same_verdict(start, goal, value, day, shift, scale):
    def told(each):
        return each * scale + shift

    one = standing(Observed(Path("up", Baseline(START, start), (Target(END, goal),)), value, day))
    other = standing(Observed(Path("up", Baseline(START, told(start)), (Target(END, told(goal)),)), told(value), day))
    assert (one.verdict, one.delta) == (other.verdict, other.delta)


@given(VALUES, VALUES, VALUES, VALUES, DAYS)
def test_a_better_value_never_stands_worse(start, goal, value, more, day):
    path = Path("up", Baseline(START, start), (Target(END, goal),))
    worse, better = (standing(Observed(path, each, day)) for each in sorted((value, more)))
    if worse.delta is not None and better.delta is not None:
        assert worse.delta <= better.delta
