from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.governance.commitments import (
    Commitment,
    CommitmentEvent,
    Evidence,
    Recurrence,
    coming,
    due_days,
    placed,
    read_recurrence,
    supports,
)
from tillit.core.governance.entities import Interval
from tillit.core.period import months_after

START = date(2026, 1, 1)
YEARLY = Commitment(
    "k1", "p1", "national", "goals", Interval(START), recurrence=Recurrence(date(2026, 3, 31)), evidence_required=True
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_a_yearly_commitment_is_due_on_the_same_day_each_year():
    assert due_days(YEARLY, date(2028, 4, 1)) == (date(2026, 3, 31), date(2027, 3, 31), date(2028, 3, 31))
    assert due_days(YEARLY, date(2028, 3, 31)) == (date(2026, 3, 31), date(2027, 3, 31))


def test_quarters_are_counted_from_the_first_day_and_clamped():
    quarterly = replace(YEARLY, recurrence=Recurrence(date(2026, 8, 31), 3))
    assert due_days(quarterly, date(2027, 6, 1)) == (
        date(2026, 8, 31),
        date(2026, 11, 30),
        date(2027, 2, 28),
        date(2027, 5, 31),
    )


def test_nothing_is_due_before_it_begins_or_after_it_has_ended():
    ended = replace(YEARLY, during=Interval(date(2026, 4, 1), date(2028, 3, 31)))
    assert due_days(ended, date(2031, 1, 1)) == (date(2027, 3, 31), date(2028, 3, 31))
    until = replace(YEARLY, recurrence=Recurrence(date(2026, 3, 31), until=date(2027, 3, 31)))
    assert due_days(until, date(2031, 1, 1)) == (date(2026, 3, 31), date(2027, 3, 31))


def test_monthly_is_monthly_and_no_stated_day_is_none():
    assert due_days(replace(YEARLY, recurrence=None, due=date(2026, 5, 1)), date(2031, 1, 1)) == (date(2026, 5, 1),)
    assert due_days(replace(YEARLY, recurrence=None), date(2031, 1, 1)) == ()


@pytest.mark.parametrize(
    ("rule", "months", "until"),
    [
        ("FREQ=MONTHLY", 1, None),
        ("FREQ=QUARTERLY", 3, None),
        ("FREQ=MONTHLY;INTERVAL=3", 3, None),
        ("freq=yearly;interval=2;until=20301231", 24, date(2030, 12, 31)),
    ],
)
def test_a_recurrence_is_read_as_in_a_calendar(rule, months, until):
    assert read_recurrence(rule, START) == Recurrence(START, months, until)


@pytest.mark.parametrize(
    "rule",
    ["", "FREQ=DAILY", "FREQ=MONTHLY;INTERVAL=0", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=YEARLY;UNTIL=soon", "INTERVAL=3"],
)
def test_a_recurrence_that_is_not_in_months_is_refused(rule):
    with pytest.raises(ValueError, match="recurrence"):
        read_recurrence(rule, START)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="recurrence_months"):
        Recurrence(START, 0)
    with pytest.raises(ValueError, match="commitment_weight"):
        replace(YEARLY, weight=Decimal(0))
    for fraction in (Fraction(-1, 2), Fraction(3, 2)):
        with pytest.raises(ValueError, match="event_fraction"):
            CommitmentEvent("k1", "partial", fraction=fraction)


@given(DAYS, st.integers(1, 24), DAYS, DAYS)
def test_due_days_are_all_multiples_within(first, months, start, before):
    commitment = replace(YEARLY, during=Interval(start), recurrence=Recurrence(first, months))
    every = [months_after(first, k * months) for k in range(400)]
    assert list(due_days(commitment, before)) == [day for day in every if start <= day < before]


def test_evidence_supports_the_time_after_the_previous_due_day_up_to_its_own():
    due, previous = date(2027, 3, 31), date(2026, 3, 31)
    assert not supports(Evidence(previous), due, previous)
    assert supports(Evidence(date(2026, 4, 1)), due, previous)
    assert supports(Evidence(due), due, previous)
    assert not supports(Evidence(date(2027, 4, 1)), due, previous)
    assert supports(Evidence(date(2027, 4, 30)), due, previous, grace_days=30)
    assert not supports(Evidence(date(2027, 5, 1)), due, previous, grace_days=30)


def test_the_time_that_evidence_names_goes_before_its_date():
    late = Evidence(date(2027, 9, 1), occurrence=date(2027, 3, 31))
    assert supports(late, date(2027, 3, 31), date(2026, 3, 31))
    assert not supports(late, date(2028, 3, 31), date(2027, 3, 31))


@given(DAYS)
def test_without_grace_evidence_supports_one_time_only(day):
    days = due_days(YEARLY, date(2040, 1, 1))
    pairs = list(zip(days, (None, *days), strict=False))
    assert len([due for due, before in pairs if supports(Evidence(day), due, before)]) == 1


def test_an_event_is_about_the_time_it_says_or_the_one_its_evidence_supports():
    days = due_days(YEARLY, date(2029, 1, 1))
    said = CommitmentEvent("k1", "met", occurrence=date(2027, 3, 31), evidence=Evidence(date(2026, 2, 1)))
    assert placed(said, YEARLY, days) == date(2027, 3, 31)
    assert placed(replace(said, occurrence=None), YEARLY, days) == date(2026, 3, 31)
    assert placed(replace(said, occurrence=None, evidence=None), YEARLY, days) is None
    assert placed(replace(said, occurrence=None, evidence=Evidence(date(2028, 4, 1))), YEARLY, days) is None


def test_what_is_coming_is_a_year_ahead_the_day_itself_included():
    once = replace(YEARLY, id="k0", recurrence=None, due=date(2027, 3, 30))
    start = date(2026, 3, 31)
    assert [(day, each.id) for day, each in coming([YEARLY, once], start)] == [
        (start, "k1"),
        (date(2027, 3, 30), "k0"),
    ]
    assert coming([YEARLY], start + timedelta(days=1), months=11) == ()
