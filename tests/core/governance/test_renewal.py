import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, strategies as st

from tillit.core.governance.agreements import (
    AUTO_RENEW,
    BEING_SIGNED,
    DRAFT,
    ENDED,
    FIXED,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
    effective_end,
    renewed,
)
from tillit.core.governance.renewal import (
    RenewalThresholds,
    next_review,
    notice_date,
    notice_key,
    renewal_flags,
)
from tillit.core.period import months_after

GLPI = Agreement(
    "a1",
    "project_agreement",
    "national",
    valid_from=date(2024, 8, 28),
    term_mode=AUTO_RENEW,
    valid_to=date(2025, 8, 28),
    renewal_months=12,
    notice_months=2,
)
FIXED_TERM = replace(GLPI, term_mode=FIXED, renewal_months=None, notice_months=None, valid_to=date(2026, 12, 31))
OPEN = Agreement("a2", "main_agreement", "national", date(2026, 2, 1), UNTIL_FURTHER_NOTICE, review_months=12)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def codes(agreement, today, **limits):
    flags = renewal_flags(agreement, today, RenewalThresholds(**limits))
    return [(flag.code, flag.severity) for flag in flags]


def test_glpi_23084_ends_a_year_on_and_notice_two_months_before():
    today = date(2026, 2, 11)
    assert effective_end(GLPI, today) == date(2026, 8, 28)
    assert notice_date(GLPI, today) == date(2026, 6, 28)


def test_glpi_15893_ends_2024_08_01_and_notice_three_months_before():
    agreement = replace(GLPI, valid_from=date(2022, 8, 1), valid_to=date(2023, 8, 1), notice_months=3)
    assert effective_end(agreement, date(2023, 10, 31)) == date(2024, 8, 1)
    assert notice_date(agreement, date(2023, 10, 31)) == date(2024, 5, 1)


def test_three_months_before_the_last_of_may_is_the_last_of_february():
    agreement = replace(GLPI, valid_to=date(2027, 5, 31), notice_months=3)
    assert notice_date(agreement, date(2026, 9, 1)) == date(2027, 2, 28)


def test_there_is_a_day_for_notice_only_where_all_of_it_is_stated_and_none_is_given():
    today = date(2026, 2, 11)
    assert notice_date(replace(GLPI, notice_given_at=date(2026, 2, 12)), today) == date(2026, 6, 28)
    for without in (
        replace(GLPI, notice_given_at=today),
        replace(GLPI, term_mode=FIXED),
        replace(GLPI, renewal_months=None),
        replace(GLPI, notice_months=None),
        replace(GLPI, valid_to=None),
        replace(GLPI, ends_at=date(2026, 8, 28)),
    ):
        assert notice_date(without, today) is None


def test_until_further_notice_is_reviewed_a_year_after_it_began():
    assert next_review(OPEN, date(2026, 8, 1)) == date(2027, 2, 1)
    assert next_review(OPEN, date(2027, 2, 1)) == date(2028, 2, 1)
    assert next_review(OPEN, date(2025, 8, 1)) == date(2027, 2, 1)
    assert next_review(replace(OPEN, review_months=None), date(2026, 8, 1)) is None
    assert next_review(replace(GLPI, review_months=12), date(2026, 8, 1)) is None


def test_on_the_day_of_its_end_it_is_renewed():
    assert effective_end(GLPI, date(2025, 8, 27)) == date(2025, 8, 28)
    assert effective_end(GLPI, date(2025, 8, 28)) == date(2026, 8, 28)


def test_months_are_counted_from_the_original_day():
    assert renewed(date(2026, 1, 31), 1, date(2026, 1, 31)) == date(2026, 2, 28)
    assert renewed(date(2026, 1, 31), 1, date(2026, 2, 28)) == date(2026, 3, 31)
    assert renewed(date(2024, 2, 29), 12, date(2027, 12, 31)) == date(2028, 2, 29)


def test_renewal_by_no_months_is_refused():
    with pytest.raises(ValueError, match="renewal_months"):
        renewed(date(2026, 1, 31), 0, date(2026, 1, 31))


@given(DAYS, st.integers(1, 60), DAYS)
def test_an_end_is_after_the_day_and_the_first_such(original, months, on):
    end = renewed(original, months, on)
    ends = [months_after(original, k * months) for k in range(1200)]
    assert end == next(each for each in ends if each > on)


@given(DAYS, st.integers(1, 60), DAYS, st.integers(0, 4000))
def test_renewal_is_monotone_in_the_day(original, months, on, later):
    assert renewed(original, months, on) <= renewed(original, months, on + timedelta(days=later))


@given(DAYS, DAYS, DAYS, st.integers(1, 36))
def test_notice_stops_renewal_at_the_end_current_when_it_was_given(valid_to, given_at, today, months):
    assume(given_at <= today)
    agreement = replace(GLPI, valid_to=valid_to, renewal_months=months, notice_given_at=given_at)
    assert effective_end(agreement, today) == renewed(valid_to, months, given_at)


def test_a_notice_that_is_not_given_yet_stops_nothing():
    agreement = replace(GLPI, notice_given_at=date(2027, 6, 1))
    assert effective_end(agreement, date(2026, 2, 11)) == date(2026, 8, 28)
    assert effective_end(agreement, date(2029, 2, 11)) == date(2027, 8, 28)


def test_a_settled_end_goes_before_the_computed_one():
    assert effective_end(replace(GLPI, ends_at=date(2026, 3, 1)), date(2026, 2, 1)) == date(2026, 3, 1)


def test_notice_ends_what_runs_until_further_notice_after_its_months():
    agreement = replace(OPEN, notice_months=6, notice_given_at=date(2026, 8, 31))
    assert effective_end(agreement, date(2026, 9, 1)) == date(2027, 2, 28)
    assert effective_end(replace(agreement, notice_given_at=None), date(2026, 9, 1)) is None
    assert effective_end(replace(agreement, notice_months=None), date(2026, 9, 1)) is None


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 29), []),
        (date(2026, 3, 30), [("notice_soon", "yellow")]),  # 90 days before
        (date(2026, 6, 28), [("notice_soon", "yellow")]),  # the last day to give notice
        (date(2026, 6, 29), [("extended", "info")]),
        (date(2026, 8, 27), [("extended", "info")]),
        (date(2026, 8, 28), []),
    ],
)
def test_notice_is_told_90_days_before_and_what_has_passed_as_extended(today, said):
    assert codes(GLPI, today) == said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 7, 3), []),
        (date(2026, 7, 4), [("ends_soon", "yellow")]),  # 180 days before
        (date(2026, 10, 31), [("ends_soon", "yellow")]),
        (date(2026, 11, 1), [("ends_soon", "red")]),  # 60 days before
        (date(2026, 12, 30), [("ends_soon", "red")]),
        (date(2026, 12, 31), []),
    ],
)
def test_a_fixed_end_is_yellow_180_days_before_and_red_60_days_before(today, said):
    assert codes(FIXED_TERM, today) == said


def test_an_agreement_that_notice_ends_is_watched_as_one_with_a_fixed_end():
    agreement = replace(GLPI, notice_given_at=date(2026, 6, 1))
    assert codes(agreement, date(2026, 7, 1)) == [("ends_soon", "red")]


def test_notice_that_came_too_late_is_told_until_the_parties_settle_the_end():
    agreement = replace(GLPI, notice_given_at=date(2026, 6, 29))
    assert codes(agreement, date(2026, 6, 29)) == [("ends_soon", "red"), ("notice_late", "yellow")]
    assert codes(replace(agreement, ends_at=date(2027, 8, 28)), date(2026, 6, 29)) == []
    assert codes(replace(agreement, ends_at=date(2026, 8, 28)), date(2026, 6, 29)) == [("ends_soon", "red")]
    assert codes(replace(agreement, notice_given_at=date(2026, 6, 28)), date(2026, 6, 29)) == [("ends_soon", "red")]
    assert codes(replace(agreement, notice_months=None), date(2026, 6, 29)) == [("ends_soon", "red")]
    fixed = replace(FIXED_TERM, notice_months=2, notice_given_at=date(2026, 11, 1))
    assert codes(fixed, date(2026, 11, 1)) == [("ends_soon", "red")]


def test_a_party_that_has_not_signed_is_told_when_30_days_have_passed():
    unsigned = replace(OPEN, parties=(Signature("p1", date(2026, 2, 1)), Signature("p2")), status=BEING_SIGNED)
    assert codes(unsigned, date(2026, 3, 3)) == []  # 30 days
    flags = renewal_flags(unsigned, date(2026, 3, 4))
    assert [(flag.code, flag.severity, flag.dimensions) for flag in flags] == [("unsigned", "yellow", {"party": "p2"})]
    assert flags[0].result == {"days_since": 31}


def test_nobody_signs_a_draft_or_what_they_have_left():
    late = date(2026, 6, 1)
    assert codes(replace(OPEN, parties=(Signature("p2"),), status=DRAFT), late) == []
    assert codes(replace(OPEN, parties=(Signature("p2", withdrawn_at=date(2026, 5, 1)),)), late) == []
    assert codes(replace(OPEN, parties=(Signature("p2", effective_from=date(2026, 2, 1)),)), late) == []


def test_what_nobody_has_stated_is_said_and_not_taken_for_well():
    today = date(2026, 3, 1)
    no_end = replace(FIXED_TERM, valid_to=None)
    no_period = replace(GLPI, renewal_months=None)
    no_notice = replace(GLPI, notice_months=None)
    for agreement, code, lacking in (
        (no_end, "end_unknown", ["valid_to", "renewal_months", "notice_months"]),
        (no_period, "end_unknown", ["renewal_months"]),
        (no_notice, "notice_unknown", ["notice_months"]),
    ):
        (flag,) = renewal_flags(agreement, today)
        assert (flag.code, flag.severity, flag.direction) == (code, "info", "data_quality")
        assert flag.result == {"not_stated": lacking}


def test_an_unknown_end_is_said_of_what_has_begun_and_is_not_marked_ended():
    no_period = replace(GLPI, renewal_months=None)
    assert codes(no_period, date(2026, 3, 1)) == [("end_unknown", "info")]
    assert codes(replace(no_period, valid_from=date(2026, 3, 2)), date(2026, 3, 1)) == []
    assert codes(replace(no_period, valid_from=date(2026, 3, 1)), date(2026, 3, 1)) == [("end_unknown", "info")]
    assert codes(replace(no_period, status=ENDED), date(2026, 3, 1)) == []
    assert codes(replace(no_period, ends_at=date(2026, 2, 1)), date(2026, 3, 1)) == []
    noticed = replace(OPEN, notice_given_at=date(2026, 3, 1))
    assert codes(noticed, date(2026, 3, 1)) == [("end_unknown", "info")]
    assert codes(replace(noticed, notice_months=1), date(2026, 3, 1)) == [("ends_soon", "red")]
    assert codes(OPEN, date(2026, 3, 1)) == []


def test_thresholds_are_the_partnerships_own():
    assert codes(GLPI, date(2026, 3, 29), notice_within=91) == [("notice_soon", "yellow")]
    assert codes(FIXED_TERM, date(2026, 11, 1), end_close=59) == [("ends_soon", "yellow")]


def test_a_notice_is_sent_once_per_agreement_end_and_kind():
    keys = [
        notice_key(flag) for day in range(700) for flag in renewal_flags(GLPI, date(2025, 10, 1) + timedelta(days=day))
    ]
    assert len(keys) > 200
    assert sorted(set(keys)) == [
        ("a1", "2026-08-28", "extended.info"),
        ("a1", "2026-08-28", "notice_soon.yellow"),
        ("a1", "2027-08-28", "extended.info"),
        ("a1", "2027-08-28", "notice_soon.yellow"),
    ]


def test_an_end_that_comes_close_is_told_again_and_each_unsigned_party_is_told_of():
    assert notice_key(*renewal_flags(FIXED_TERM, date(2026, 7, 4))) == ("a1", "2026-12-31", "ends_soon.yellow")
    assert notice_key(*renewal_flags(FIXED_TERM, date(2026, 11, 1))) == ("a1", "2026-12-31", "ends_soon.red")
    both = replace(OPEN, parties=(Signature("p1"), Signature("p2")))
    kinds = [notice_key(flag) for flag in renewal_flags(both, date(2026, 6, 1))]
    assert kinds == [("a2", "", "unsigned.yellow.p1"), ("a2", "", "unsigned.yellow.p2")]


def test_what_a_flag_rests_on_is_whole_and_json():
    (flag,) = renewal_flags(GLPI, date(2026, 6, 1))
    assert (flag.rule, flag.version, flag.subject, flag.day) == ("D11", 1, "a1", date(2026, 6, 28))
    assert flag.facts == {
        "today": "2026-06-01",
        "end": "2026-08-28",
        "term_mode": "auto_renew",
        "notice_date": "2026-06-28",
    }
    assert flag.params == {"notice_within": "90", "end_within": "180", "end_close": "60", "unsigned_after": "30"}
    assert json.loads(json.dumps(flag.facts)) == flag.facts
