"""What the rules say of an indicator, from what is approved in the tables."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.following import Followed, period
from tests.partnering import NOW
from tillit.apps.followup.models import IndicatorVersion, Thresholds
from tillit.apps.followup.queries.pictures import pictures

TODAY = date(2028, 1, 20)
DAYS = (128, 131, 125, 133, 127, 130, 126, 132, 129, 127, 124, 131, 122, 121, 119, 118, 117, 116, 115)


@pytest.fixture
def followed(db):
    made = Followed()
    made.partnership.not_started = False
    made.partnership.save()
    return made


def drawn(followed, today=TODAY):
    (found,) = pictures(followed.partnership, today)
    return found


def test_a_value_stands_behind_its_path_as_the_model_reckons(followed):
    indicator = followed.indicator(unit="procent", aggregation="last", frequency="year")
    followed.path(indicator, 40, date(2026, 1, 1), 100, date(2030, 1, 1))
    reporter = followed.reporter(indicator)
    followed.observed(reporter, "2027", 58)
    found = drawn(followed)
    assert found.standing.verdict == "red"
    assert found.observed.day == date(2027, 12, 31)
    assert found.standing.expected == 40 + Fraction(60 * 729, 1461)


def test_seven_falling_and_two_below_the_limit_are_an_improvement(followed):
    indicator = followed.indicator(unit="dagar", direction="down", aggregation="last", frequency="month")
    followed.series(indicator, "2026-01", DAYS)
    found = drawn(followed)
    assert round(float(found.change.limits.lower), 4) == 116.2506
    assert [(each.index + 1, each.rule) for each in found.change.signals] == [
        *((at, "S2") for at in range(12, 18)),
        (18, "S1"),
        (19, "S1"),
    ]
    assert found.line.code == "no_target"
    assert found.change.code == "improvement"


def test_a_sum_lacks_its_value_while_any_who_is_asked_has_not_reported(followed):
    indicator = followed.indicator()
    followed.series(indicator, "2026-Q1", [3, 4])
    followed.series(indicator, "2026-Q1", [5, None], followed.university)
    found = drawn(followed)
    assert found.series.values == (Decimal(8), None)
    assert [(each.reported, each.asked) for each in found.series.points] == [(2, 2), (1, 2)]


def test_a_ratio_is_added_by_its_parts(followed):
    indicator = followed.indicator(unit="%", aggregation="ratio")
    for who, top, below in ((followed.region, 1, 2), (followed.company, 9, 10)):
        reporter = followed.reporter(indicator, who)
        followed.observed(reporter, "2026-Q1", numerator=Decimal(top), denominator=Decimal(below))
    (point,) = drawn(followed).series.points
    assert point.value == Decimal(10) / Decimal(12)
    assert (point.numerator, point.denominator) == (10, 12)


def test_only_what_is_approved_and_stands_counts(followed):
    indicator = followed.indicator()
    reporter = followed.reporter(indicator)
    followed.observed(reporter, "2026-Q1", 1, status="submitted")
    followed.observed(reporter, "2026-Q2", 2, status="draft")
    first = followed.observed(reporter, "2026-Q3", 30)
    type(first).objects.filter(pk=first.pk).update(superseded_at=NOW)
    followed.observed(reporter, "2026-Q3", 3, supersedes=first, reason="Fel kolumn")
    assert drawn(followed).series.values == (Decimal(3),)


def test_a_new_definition_begins_a_new_part_of_the_series(followed):
    indicator = followed.indicator(aggregation="last", frequency="month")
    reporter = followed.series(indicator, "2026-01", range(10, 20))
    second = IndicatorVersion.objects.create(
        indicator=indicator,
        number=2,
        starts_on=date(2026, 11, 1),
        unit="prövningar",
        direction="up",
        aggregation="last",
        frequency="month",
        change_reason="Räknar nu även medicintekniska prövningar.",
        created_at=NOW,
    )
    followed.observed(reporter, "2026-11", 40, version=second)
    found = drawn(followed, date(2027, 1, 20))
    assert found.series.starts == (10,)
    assert found.segment == 10
    assert found.change.code == "too_few"
    assert found.next_on == date(2027, 5, 31)
    assert found.observed.path.baseline is None


def test_described_levels_have_a_middle_and_no_line(followed):
    indicator = followed.indicator(kind="qualitative", frequency="half_year")
    reporter = followed.reporter(indicator)
    for text, level in (("2024-H1", 3), ("2024-H2", 3), ("2025-H1", 2), ("2025-H2", 3), ("2026-H1", 1)):
        followed.observed(reporter, text, level)
    found = drawn(followed)
    assert (found.step.verdict, found.step.reference, found.step.drop) == ("red", 3, 2)
    assert found.concord.code == "one_rater"
    assert found.line is None
    assert found.change is None


def test_reporting_is_late_after_its_due_day(followed):
    indicator = followed.indicator()
    reporter = followed.reporter(indicator, since=date(2025, 7, 1))
    for text in ("2025-Q3", "2025-Q4", "2026-Q1"):
        followed.observed(reporter, text, 1)
    late = drawn(followed, date(2026, 8, 25)).told[0].timing
    assert (late.verdict, late.days_late, late.late) == ("yellow", 26, (period("2026-Q2"),))
    assert drawn(followed, date(2026, 9, 5)).told[0].timing.verdict == "red"
    assert drawn(followed, date(2026, 7, 30)).told[0].timing.code == "in_time"


def test_what_has_not_started_is_told_once_and_not_asked_for(followed):
    indicator = followed.indicator()
    followed.reporter(indicator)
    followed.partnership.not_started = True
    assert drawn(followed).told[0].timing.code == "not_started"


def test_a_lapsed_reporter_is_asked_for_no_more_than_its_time(followed):
    indicator = followed.indicator()
    followed.reporter(indicator, since=date(2026, 1, 1), until=date(2026, 6, 15))
    assert drawn(followed, date(2027, 7, 1)).told[0].timing.late == (period("2026-Q1"),)


def test_decided_thresholds_judge_figures_of_their_day_and_later_only(followed):
    indicator = followed.indicator(aggregation="last", frequency="year")
    followed.path(indicator, 40, date(2026, 1, 1), 100, date(2030, 1, 1))
    followed.observed(followed.reporter(indicator), "2027", 58)
    made = Thresholds.objects.create(
        partnership=followed.partnership,
        rule="D1",
        params={"yellow": "-0.30"},
        organ=followed.organ(),
        decided_on=date(2027, 12, 1),
        decision="§ 7",
        starts_on=date(2028, 1, 1),
        recorded_at=NOW,
    )
    assert drawn(followed).standing.verdict == "red"
    Thresholds.objects.filter(pk=made.pk).update(superseded_at=NOW)
    made.pk, made.starts_on = None, date(2027, 12, 31)
    made.save(force_insert=True)
    assert drawn(followed).standing.verdict == "yellow"


def test_nothing_is_behind_before_its_effect_can_show(followed):
    logic = followed.logic()
    start = followed.node(logic, "A1", "activity", starts_on=date(2026, 7, 1))
    effect = followed.node(logic, "K1", "short_effect")
    followed.edge(start, effect, lag_months=42)
    type(logic).objects.update(status="adopted", adopted_on=date(2026, 3, 1), decision="§ 5")
    indicator = followed.indicator(aggregation="last", frequency="year", node="K1")
    followed.path(indicator, 40, date(2026, 1, 1), 100, date(2030, 1, 1))
    followed.observed(followed.reporter(indicator), "2027", 58)
    found = drawn(followed)
    assert (found.standing.verdict, found.standing.code) == ("info", "not_yet_expected")
    assert found.observed.earliest == date(2030, 1, 1)


@pytest.mark.parametrize("count", [1, 12])
def test_pictures_are_read_in_six_queries(followed, count, django_assert_num_queries):
    for number in range(count):
        indicator = followed.indicator(code=f"i{number}", openness="public", node="K1")
        followed.path(indicator, 40, date(2026, 1, 1), 100, date(2030, 1, 1))
        followed.series(indicator, "2026-Q1", [1, 2, 3])
    with django_assert_num_queries(6):
        assert len(pictures(followed.partnership, TODAY)) == count


def test_what_one_may_not_see_is_not_drawn(followed):
    followed.indicator(openness="parties")
    assert pictures(followed.partnership, TODAY) == ()
    assert len(pictures(followed.partnership, TODAY, levels=("public", "parties"))) == 1
