"""D2: due days, lateness, completeness, and what is not expected at all."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.indicators.late import (
    Report,
    Reporting,
    can_be_judged,
    days_late,
    due,
    expected,
    lateness,
    timing,
)
from tillit.core.indicators.periods import MONTHS, Period, period_of, read_period


def period(text):
    found = read_period(text)
    assert found is not None
    return found


def report(text, submitted=None, approved=None):
    return Report(period(text), submitted, approved)


def in_time(*texts):
    return [report(text, due(period(text)), due(period(text))) for text in texts]


def stand(today, *reports, since=date(2025, 1, 1), **more):
    return timing(Reporting("quarter", since, today, reports, **more))


YEAR = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


# ---------------------------------------------------------------- the worked example


def test_a_quarter_is_due_thirty_days_after_it_ends():
    assert due(period("2026-Q2")) == date(2026, 7, 30)


@pytest.mark.parametrize(
    ("today", "days", "verdict"), [(date(2026, 8, 25), 26, "yellow"), (date(2026, 9, 5), 37, "red")]
)
def test_the_worked_example(today, days, verdict):
    nothing = report("2026-Q2")
    assert (days_late(nothing, today), lateness(nothing, today)) == (days, verdict)
    found = stand(today, *in_time("2026-Q1"), since=date(2026, 1, 1))
    assert (found.days_late, found.late) == (days, (period("2026-Q2"),))


def test_three_of_four_approved_is_three_quarters_and_yellow():
    found = stand(date(2026, 2, 1), *in_time(*YEAR[:3]), report(YEAR[3], date(2026, 1, 20)))
    assert (found.completeness, found.verdict, found.code) == (Fraction("0.75"), "yellow", "incomplete")
    assert found.waiting == (period("2025-Q4"),)


# ---------------------------------------------------------------- edges


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01", date(2026, 2, 15)),
        ("2026-Q1", date(2026, 4, 30)),
        ("2026-T1", date(2026, 5, 30)),
        ("2026-H1", date(2026, 8, 14)),
        ("2026", date(2027, 3, 1)),
    ],
)
def test_each_frequency_has_its_days_of_grace(text, day):
    assert due(period(text)) == day
    assert due(period(text), 0) == period(text).end


def test_the_due_day_itself_is_in_time_and_not_yet_expected():
    on_time = report("2026-Q2", date(2026, 7, 30))
    assert lateness(on_time, date(2027, 1, 1)) == "green"
    reporting = Reporting("quarter", date(2026, 4, 1), date(2026, 7, 30), ())
    assert expected(reporting) == ()
    assert timing(reporting).code == "nothing_expected"
    assert timing(reporting).verdict == "not_assessable"


def test_a_report_that_came_late_counts_its_own_days():
    assert days_late(report("2026-Q2", date(2026, 8, 2)), date(2027, 1, 1)) == 3


def test_thirty_days_are_yellow_and_thirty_one_red():
    end = due(period("2026-Q2"))
    assert [lateness(report("2026-Q2"), end + timedelta(days=n)) for n in (0, 1, 30, 31)] == [
        "green",
        "yellow",
        "yellow",
        "red",
    ]


@pytest.mark.parametrize(("days", "verdict"), [(1, "yellow"), (30, "yellow"), (31, "red")])
def test_reporting_as_a_whole_turns_red_after_thirty_days_too(days, verdict):
    came = tuple(in_time("2024-H1", "2024-H2", "2025-H1"))
    today = due(period("2025-H2")) + timedelta(days=days)
    found = timing(Reporting("half_year", date(2024, 1, 1), today, came))
    assert (found.days_late, found.verdict, found.direction) == (days, verdict, "data_quality")


def test_two_missing_in_a_row_are_red_before_thirty_days():
    came_late = report("2025-Q3", date(2025, 12, 1), date(2025, 12, 2))
    found = stand(date(2026, 2, 1), *in_time(*YEAR[:2]), came_late)
    assert (found.days_late, found.code, found.verdict) == (2, "missing_twice", "red")
    assert found.timeliness == Fraction(1, 2)


def test_two_that_came_late_are_late_and_not_missing():
    late = [report(text, date(2026, 1, 31), date(2026, 1, 31)) for text in YEAR[2:]]
    assert stand(date(2026, 2, 1), *in_time(*YEAR[:2]), *late).verdict == "green"


def test_all_in_time_is_green():
    found = stand(date(2026, 2, 1), *in_time(*YEAR))
    assert (found.verdict, found.code, found.completeness, found.timeliness) == ("green", "in_time", 1, 1)
    assert (found.direction, found.days_late) == ("neutral", 0)


def test_under_three_quarters_is_red():
    waiting = [report(text, due(period(text))) for text in YEAR[2:]]
    found = stand(date(2026, 2, 1), *in_time(*YEAR[:2]), *waiting)
    assert (found.completeness, found.verdict, found.code) == (Fraction(1, 2), "red", "incomplete")


def test_periods_before_the_membership_are_not_expected_nor_is_one_that_had_begun():
    reporting = Reporting("quarter", date(2025, 8, 15), date(2026, 2, 1), ())
    assert expected(reporting) == (period("2025-Q4"),)


def test_what_has_not_started_is_told_and_not_asked_for():
    found = stand(date(2026, 2, 1), has_started=False)
    assert (found.verdict, found.code, found.late) == ("info", "not_started", ())


def test_too_few_values_say_when_they_are_enough():
    assert can_be_judged(period("2026-Q2"), 3, 7) == date(2027, 6, 30)
    assert can_be_judged(period("2026-06"), 3, 7) == date(2026, 10, 31)
    assert can_be_judged(period("2026-06"), 9, 7) == date(2026, 6, 30)


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026k1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-T3", date(2026, 9, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_as_it_is_written(text, start, end):
    assert (period(text).start, period(text).end) == (start, end)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-T4", "2026-H3", "kvartal 1", "２０２６"]
)
def test_what_is_no_period_is_none(text):
    assert read_period(text) is None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(MONTHS)))
def test_every_day_lies_in_one_period_that_is_read_back_and_followed_by_the_next(day, frequency):
    found = period_of(day, frequency)
    assert found.start <= day <= found.end
    assert read_period(str(found)) == found
    assert found.ahead(1).start == found.end + timedelta(days=1)
    assert Period(frequency, found.number) == found
