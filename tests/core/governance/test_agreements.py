from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.governance.agreements import (
    AUTO_RENEW,
    BEING_SIGNED,
    ENDED,
    FIXED,
    NOTICE_GIVEN,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
    binds,
    bound,
    in_force,
    party_end,
    term,
)
from tillit.core.governance.entities import Appointment, Interval

START, END = date(2026, 1, 1), date(2027, 1, 1)
FIXED_TERM = Agreement("a1", "main_agreement", "national", START, FIXED, valid_to=END)
RENEWING = replace(FIXED_TERM, term_mode=AUTO_RENEW, renewal_months=12, notice_months=3)
OPEN = replace(FIXED_TERM, term_mode=UNTIL_FURTHER_NOTICE, valid_to=None, notice_months=6)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def test_an_agreement_binds_a_party_from_the_later_of_its_start_and_the_signing():
    early, late = Signature("p1", date(2025, 12, 1)), Signature("p2", date(2026, 3, 1))
    assert binds(FIXED_TERM, early, START) == Interval(START, END)
    assert binds(FIXED_TERM, late, START) == Interval(date(2026, 3, 1), END)


def test_a_day_agreed_on_goes_before_the_day_of_signing():
    signature = Signature("p1", date(2026, 3, 1), effective_from=date(2026, 5, 1))
    assert binds(FIXED_TERM, signature, START) == Interval(date(2026, 5, 1), END)


def test_who_has_not_signed_is_not_bound():
    assert binds(FIXED_TERM, Signature("p1"), START) is None
    assert binds(replace(FIXED_TERM, status=BEING_SIGNED), Signature("p1", START), START) is None
    assert binds(FIXED_TERM, Signature("p1", END), START) is None


def test_the_day_of_withdrawal_is_the_first_not_bound():
    agreement = replace(FIXED_TERM, parties=(Signature("p1", START, withdrawn_at=date(2026, 6, 1)),))
    assert bound(agreement, date(2026, 5, 31)) == {"p1"}
    assert bound(agreement, date(2026, 6, 1)) == frozenset()


def test_notice_of_one_party_ends_it_for_that_party_only():
    leaving = Signature("p1", START, notice_given_at=date(2026, 5, 1))
    agreement = replace(RENEWING, parties=(leaving, Signature("p2", START)))
    assert bound(agreement, date(2026, 12, 31)) == {"p1", "p2"}
    assert bound(agreement, date(2027, 1, 1)) == {"p2"}
    assert party_end(agreement, leaving, date(2026, 6, 1)) == END
    open_ended = replace(OPEN, parties=(leaving,))
    assert party_end(open_ended, leaving, date(2026, 6, 1)) == date(2026, 11, 1)
    assert bound(open_ended, date(2026, 11, 1)) == frozenset()


def test_what_renews_itself_is_open_ended_until_notice():
    assert term(RENEWING, date(2031, 1, 1)) == Interval(START)
    assert term(replace(RENEWING, notice_given_at=date(2026, 9, 1)), date(2031, 1, 1)) == Interval(START, END)
    assert not in_force(replace(RENEWING, notice_given_at=date(2026, 9, 1)), END)


def test_the_end_is_the_first_day_not_in_force():
    assert not in_force(FIXED_TERM, date(2025, 12, 31))
    assert in_force(FIXED_TERM, START)
    assert in_force(FIXED_TERM, date(2026, 12, 31))
    assert not in_force(FIXED_TERM, END)


def test_notice_leaves_an_agreement_in_force_until_its_end():
    assert in_force(replace(FIXED_TERM, status=NOTICE_GIVEN), date(2026, 6, 1))
    assert in_force(replace(FIXED_TERM, status=ENDED), date(2026, 6, 1))  # it was, on that day
    assert not in_force(replace(FIXED_TERM, status=BEING_SIGNED), date(2026, 6, 1))
    assert not in_force(replace(OPEN, status=ENDED), date(2026, 6, 1))  # nobody knows when it ended


@given(DAYS, st.none() | DAYS, DAYS, st.none() | DAYS)
def test_intervals_agree_with_their_days(start, end, other_start, other_end):
    one, other = Interval(start, end), Interval(other_start, other_end)
    days = [start, other_start, *(day for day in (end, other_end) if day)]
    assert one.meets(other) == any(one.holds(day) and other.holds(day) for day in days)
    assert one.meets(other) == other.meets(one)
    if one.within(other):
        assert all(other.holds(day) for day in days if one.holds(day))


@given(st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_nobody_is_bound_outside_the_agreement_and_unsigned(signed, effective, withdrawn, ends, on):
    signature = Signature("p1", signed, effective, withdrawn, ends_at=ends)
    days = binds(FIXED_TERM, signature, on)
    assert (days is None) or (days.within(term(FIXED_TERM, on)) and (signed or effective))
    assert bound(replace(FIXED_TERM, parties=(signature,)), on) <= (frozenset({"p1"}) if days else frozenset())


def test_the_primary_party_of_a_person_holds_what_the_others_do_not():
    half = Appointment("s1", "n1", "p1", Interval(START), secondary={"p2": Fraction(1, 2)})
    assert half.shares() == {"p1": Fraction(1, 2), "p2": Fraction(1, 2)}
    assert replace(half, secondary={}).shares() == {"p1": 1}
    assert replace(half, secondary={"p2": Fraction(1)}).shares() == {"p2": 1}
    for shares in ({"p2": Fraction(3, 4), "p3": Fraction(1, 2)}, {"p2": Fraction(-1, 4)}):
        with pytest.raises(ValueError, match="affiliation_shares"):
            replace(half, secondary=shares).shares()
