"""Every finding of governance, stored as JSON and read back, comes out as it was (I-22)."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tests.core.governance import boards, test_coverage, test_fulfilment, test_mandates, test_renewal
from tillit.core.governance import (
    balance,
    coverage,
    formality,
    fulfilment,
    geography,
    hierarchy,
    mandates,
    recompute,
    renewal,
    seats,
)
from tillit.core.governance.agreements import UNTIL_FURTHER_NOTICE, Agreement, Signature
from tillit.core.governance.entities import Appointment, Interval, Membership, Seat
from tillit.core.governance.recompute import recomputed, reproduces
from tillit.core.governance.representation import SECTOR, Tally, equal_norm

TODAY = date(2026, 8, 1)


def stored(flag):
    """Return a flag as a database gives it back."""
    return replace(
        flag, **{name: json.loads(json.dumps(getattr(flag, name))) for name in ("params", "facts", "result")}
    )


def everything():
    """Return flags of every finding there is."""
    main = Agreement("main", "main_agreement", "national", date(2026, 1, 1), UNTIL_FURTHER_NOTICE)
    unread = replace(main, areas={"goals": "none_stated"}, parties=(Signature("p1"),))
    late = replace(test_renewal.GLPI, notice_given_at=date(2026, 7, 1))
    for agreement, day in (
        (test_renewal.GLPI, date(2026, 6, 1)),
        (test_renewal.GLPI, date(2026, 7, 1)),
        (late, date(2026, 7, 1)),
        (unread, TODAY),
        (replace(late, renewal_months=None, valid_to=date(2027, 1, 1)), TODAY),
        (replace(test_renewal.GLPI, notice_months=None), TODAY),
    ):
        yield from renewal.renewal_flags(agreement, day)
    child = replace(main, id="child", type="level_agreement", parent="gone")
    early = replace(child, id="early", parent="main", valid_from=date(2025, 1, 1))
    yield from hierarchy.hierarchy_flags(
        [main, child, early], partnership="p", legal_form="by_agreement", start=main.valid_from, on=TODAY
    )
    yield from hierarchy.hierarchy_flags([], partnership="p", legal_form="association", start=main.valid_from, on=TODAY)
    yield from hierarchy.accession_flags([Membership("p1", "acceded", Interval(TODAY))], [], TODAY)
    given = coverage.CoverageInput([unread], {}, [test_coverage.NETWORK])
    yield from coverage.coverage_flags(given, ["network"], unread, partnership="p", start=main.valid_from, on=TODAY)
    counts, norm = boards.fractions(3, 2, 0, 1, 2, 1), equal_norm(SECTOR, "abcdef")
    yield from balance.balance_flags(Tally(counts, (), ()), norm, organ="board", on=TODAY)
    filled, _ = boards.board("r01")
    yield from geography.geography_flags(geography.geography(filled, boards.parties(), [], TODAY), organ="b", on=TODAY)
    rows = test_fulfilment.rows(test_fulfilment.PRINTED, test_fulfilment.EVENTS)
    limits = fulfilment.FulfilmentThresholds(yellow=Decimal("0.95"))
    yield from fulfilment.fulfilment_flags(rows, subject="p", on=TODAY, thresholds=limits)
    yield from formality.formality_flags([test_fulfilment.BOARD], [], partnership="p", on=TODAY)
    items = [
        test_mandates.item("council"),
        test_mandates.item("office"),
        test_mandates.item("office", "no_authority"),
    ]
    organs = [test_mandates.COUNCIL, test_mandates.OFFICE, replace(test_mandates.BOARD, parent="office")]
    yield from mandates.mandate_flags(items, organs, [], partnership="p", on=TODAY)
    twice = [Appointment(seat, "n1", "p1", Interval(TODAY)) for seat in ("s1", "s1", "s2")]
    yield from seats.seat_flags([Seat("s1", "b"), Seat("s2", "b")], twice, TODAY)


def test_every_finding_comes_out_as_it_was_stored():
    flags = list(everything())
    assert {flag.code for flag in flags} == set(recompute.JUDGES)
    assert [flag.code for flag in flags if not reproduces(stored(flag))] == []


def test_codes_are_unique_over_the_rules():
    rooms = (balance, coverage, formality, fulfilment, hierarchy, mandates, renewal, seats)
    assert sum(len(room.JUDGES) for room in rooms) == len(recompute.JUDGES)


def test_a_flag_that_was_tampered_with_does_not_come_out_as_it_was():
    (flag,) = renewal.renewal_flags(test_renewal.GLPI, date(2026, 6, 1))
    assert reproduces(flag)
    assert not reproduces(replace(flag, severity="red"))
    assert not reproduces(replace(flag, facts={**flag.facts, "today": "2026-05-01"}))
    assert not reproduces(replace(flag, params={**flag.params, "notice_within": "1"}))


def test_thresholds_that_were_changed_since_do_not_change_what_was_stored():
    flags = renewal.renewal_flags(test_renewal.GLPI, date(2026, 3, 1), renewal.RenewalThresholds(notice_within=200))
    assert [flag.params["notice_within"] for flag in flags] == ["200"]
    assert all(map(reproduces, flags))


def test_another_version_of_a_rule_is_not_taken_for_this_one():
    with pytest.raises(KeyError):
        recomputed("notice_soon", 2, {}, {})
    with pytest.raises(KeyError):
        recomputed("no_such", 1, {}, {})


@given(st.integers(0, 2000), st.integers(1, 24), st.integers(0, 12), st.none() | st.integers(0, 2000))
def test_renewal_flags_reproduce_on_any_day(days, months, notice, given_after):
    start = date(2025, 8, 28)
    noticed = None if given_after is None else start + timedelta(days=given_after)
    agreement = replace(test_renewal.GLPI, renewal_months=months, notice_months=notice, notice_given_at=noticed)
    for flag in renewal.renewal_flags(agreement, start + timedelta(days=days)):
        assert reproduces(stored(flag))


@given(st.lists(st.fractions(0, 4), min_size=2, max_size=6))
def test_balances_reproduce(values):
    counts = boards.fractions(*values)
    norm = equal_norm(SECTOR, list(counts))
    for flag in balance.balance_flags(Tally(counts, (), ()), norm, organ="b", on=TODAY):
        assert reproduces(stored(flag))
