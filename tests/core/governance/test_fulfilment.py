"""The printed example of D9 to the printed digits, the readings of what counts, and the formality gap."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tillit.core.governance.commitments import Commitment, CommitmentEvent, Evidence, Recurrence
from tillit.core.governance.entities import Interval, Organ
from tillit.core.governance.formality import formality, formality_flags
from tillit.core.governance.fulfilment import (
    FulfilmentThresholds,
    fulfilment,
    fulfilment_flags,
    judge_fulfilment,
    views,
)
from tillit.core.governance.occurrences import occurrences

START, TODAY = date(2026, 1, 1), date(2026, 12, 1)
DUE = date(2026, 6, 30)
ONE = Commitment("k", "p1", "national", "goals", Interval(START), due=DUE)


def promise(id_, weight, *, required=False, party="p1", **other):
    return replace(ONE, id=id_, weight=Decimal(weight), evidence_required=required, party=party, **other)


PRINTED = [promise("a", 3), promise("b", 2), promise("c", 3), promise("d", 1), promise("e", 2, required=True)]
EVENTS = [
    CommitmentEvent("a", "met", DUE, claimed_at=DUE),
    CommitmentEvent("b", "met", DUE, claimed_at=DUE),
    CommitmentEvent("c", "partial", DUE, claimed_at=DUE),
    CommitmentEvent("e", "met", DUE, claimed_at=DUE),
]
ACCEPTED = CommitmentEvent("e", "met", DUE, claimed_at=DUE, evidence=Evidence(DUE), verified=True)


def rows(commitments, events, on=TODAY):
    return occurrences(commitments, events, on)


def verdicts(found, on=TODAY, **thresholds):
    limits = FulfilmentThresholds(**thresholds)
    return [flag.severity for flag in fulfilment_flags(found, subject="p", on=on, thresholds=limits)]


def test_five_commitments_are_met_to_six_and_a_half_elevenths():
    found = rows(PRINTED, EVENTS)
    said = fulfilment(found)
    assert (said.met_weight, said.weight, said.count) == (Fraction("6.5"), Fraction(11), 5)
    assert said.share == Fraction(13, 22)
    assert f"{float(said.share):.6f}" == "0.590909"
    assert verdicts(found) == ["red"]


def test_when_the_evidence_is_accepted_it_is_yellow():
    found = rows(PRINTED, [*EVENTS, ACCEPTED])
    share = fulfilment(found).share
    assert share == Fraction("8.5") / 11
    assert f"{float(share):.6f}" == "0.772727"
    assert verdicts(found) == ["yellow"]  # the heavy one that is half met is not unmet


def test_the_flag_holds_what_it_rests_on():
    (flag,) = fulfilment_flags(rows(PRINTED, EVENTS), subject="p", on=TODAY, dimensions={"level": "national"})
    assert (flag.rule, flag.version, flag.code) == ("D9", 1, "fulfilment")
    assert flag.result == {"share": "13/22", "met": "13/2", "weight": "11", "heavy": []}
    assert judge_fulfilment(json.loads(json.dumps(flag.facts)), FulfilmentThresholds()).result == flag.result


def test_the_limits_are_under_and_not_at():
    ten = [promise(str(number), 1) for number in range(10)]

    def met(count):
        return rows(ten, [CommitmentEvent(str(number), "met", DUE) for number in range(count)])

    assert [verdicts(met(count)) for count in (10, 9, 8, 7, 6)] == [[], [], ["yellow"], ["yellow"], ["red"]]


def test_what_is_not_due_yet_is_not_counted_and_nothing_due_cannot_be_judged():
    assert rows([ONE], [], on=DUE) == ()
    assert len(rows([ONE], [], on=DUE + timedelta(days=1))) == 1
    (flag,) = fulfilment_flags((), subject="p", on=DUE)
    assert (flag.severity, flag.direction, flag.result["share"]) == ("info", "data_quality", None)


def test_grace_is_time_to_do_it_in():
    allowed = replace(ONE, grace_days=30)
    assert rows([allowed], [], on=DUE + timedelta(days=30)) == ()
    (row,) = rows([allowed], [], on=DUE + timedelta(days=31))
    assert row.days_overdue == 1


def test_the_window_is_the_twelve_months_up_to_the_day():
    on = date(2027, 6, 30)
    assert [row.in_window for row in rows([ONE], [], on)] == [True]
    assert [row.in_window for row in rows([ONE], [], on + timedelta(days=1))] == [False]
    assert fulfilment(rows([ONE], [], on + timedelta(days=1))).share is None


def test_a_waiver_needs_a_decision():
    waived = CommitmentEvent("k", "waived", DUE, waiver="decision 7")
    assert fulfilment(rows([ONE], [waived])).count == 0
    assert fulfilment(rows([ONE], [replace(waived, waiver=None)])).share == 0


def test_half_is_met_where_nobody_says_how_much():
    assert fulfilment(rows([ONE], [CommitmentEvent("k", "partial", DUE)])).share == Fraction(1, 2)
    said = CommitmentEvent("k", "partial", DUE, fraction=Fraction(4, 5))
    assert fulfilment(rows([ONE], [said])).share == Fraction(4, 5)


def test_a_claim_that_nobody_has_judged_counts_nothing():
    (row,) = rows([ONE], [CommitmentEvent("k", None, DUE)])
    assert (row.fraction, row.state) == (0, "claimed")


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "met"),
        ({"evidence": None}, "claimed"),
        ({"verified": False}, "claimed"),
        ({"evidence": Evidence(date(2026, 7, 1))}, "claimed"),  # of a day after the due day
        ({"evidence": Evidence(date(2026, 7, 1), occurrence=DUE)}, "met"),
    ],
)
def test_required_evidence_has_to_be_accepted_and_of_the_right_time(changed, state):
    event = replace(ACCEPTED, commitment="k", **changed)
    assert [row.state for row in rows([promise("k", 1, required=True)], [event])] == [state]


def test_late_fulfilment_counts_when_it_is_accepted_and_its_lateness_stays():
    late = CommitmentEvent("k", "met", DUE, claimed_at=DUE + timedelta(days=20))
    (row,) = rows([ONE], [late])
    assert (row.fraction, row.state, row.days_late) == (0, "claimed", 20)
    (row,) = rows([ONE], [replace(late, verified=True)])
    assert (row.fraction, row.state, row.days_late) == (1, "met", 20)


def test_evidence_tells_which_time_it_is_for_whenever_it_came():
    yearly = replace(ONE, due=None, recurrence=Recurrence(DUE), evidence_required=True)
    event = CommitmentEvent("k", "met", claimed_at=date(2028, 5, 1), evidence=Evidence(date(2026, 9, 1)), verified=True)
    found = rows([yearly], [event], on=date(2028, 12, 1))
    assert [(row.due.year, row.state) for row in found] == [(2026, "not_met"), (2027, "met"), (2028, "not_met")]


def test_the_last_event_on_a_time_stands_and_later_ones_are_not_known_yet():
    first = CommitmentEvent("k", "met", DUE, claimed_at=date(2026, 7, 10), verified=True)
    corrected = replace(first, judgement="not_met", claimed_at=date(2026, 9, 1))
    assert [row.state for row in rows([ONE], [first, corrected])] == ["not_met"]
    assert [row.state for row in rows([ONE], [first, corrected], on=date(2026, 9, 1))] == ["not_met"]
    assert [row.state for row in rows([ONE], [first, corrected], on=date(2026, 8, 31))] == ["met"]


def test_one_heavy_time_unmet_for_more_than_thirty_days_is_red_alone():
    many = [promise("heavy", 3), *(promise(str(number), 3) for number in range(19))]
    events = [CommitmentEvent(str(number), "met", DUE) for number in range(19)]
    assert verdicts(rows(many, events, on=DUE + timedelta(days=30))) == []  # 19/20
    late = DUE + timedelta(days=31)
    assert verdicts(rows(many, events, on=late), on=late) == ["red"]
    lighter = [promise("heavy", "2.99"), *many[1:]]
    assert verdicts(rows(lighter, events, on=late), on=late) == []
    assert verdicts(rows(many, events, on=late), on=late, heavy_days=31) == []


def test_a_heavy_debt_does_not_lapse_by_waiting():
    on = date(2028, 1, 1)
    assert verdicts(rows([promise("heavy", 3)], [], on=on), on=on) == ["red"]
    waived = CommitmentEvent("heavy", "waived", DUE, waiver="decision 7")
    (flag,) = fulfilment_flags(rows([promise("heavy", 3)], [waived], on=on), subject="p", on=on)
    assert flag.direction == "data_quality"


def test_views_are_party_by_level_by_area_and_totals_weigh_times():
    found = rows([promise("a", 1), promise("b", 1, party="p2"), promise("c", 1, party="p2")], EVENTS)
    by_party = {key: fulfilment(part).share for key, part in views(found, "party").items()}
    assert by_party == {("p1",): 1, ("p2",): Fraction(3, 4)}
    assert fulfilment(found).share == Fraction(5, 6)
    assert list(views(found, "party", "level", "area")) == [("p1", "national", "goals"), ("p2", "national", "goals")]


JUDGEMENTS = st.sampled_from(["met", "partial", "not_met", "waived", None])
FRACTIONS = st.none() | st.fractions(0, 1)


@given(
    st.lists(
        st.tuples(st.decimals("0.01", 5, places=2), JUDGEMENTS, FRACTIONS, st.booleans(), st.booleans()), max_size=8
    )
)
def test_fulfilment_is_within_0_and_1_and_parts_add_up(drawn):
    promises = [promise(str(n), each[0], required=each[3]) for n, each in enumerate(drawn)]
    events = [
        CommitmentEvent(str(n), judged, DUE, DUE, fraction, Evidence(DUE), verified, waiver="d")
        for n, (_, judged, fraction, _, verified) in enumerate(drawn)
    ]
    found = rows(promises, events)
    said = fulfilment(found)
    assert said.share is None if said.count == 0 else 0 <= said.share <= 1  # type: ignore[operator]
    assert sum(fulfilment([row]).met_weight for row in found) == said.met_weight
    for flag in fulfilment_flags(found, subject="p", on=TODAY):
        stored = json.loads(json.dumps(flag.facts))
        assert judge_fulfilment(stored, FulfilmentThresholds()).result == flag.result


# --- the formality gap (R14) and formality (D16) ---

BOARD = Organ("board", "deciding", "national", Interval(START))
OFFICE = Organ("office", "operative", "national", Interval(START))
GROUP = Organ("group", "operative", "network", Interval(START))
OPERATIVE = [promise(f"o{number}", 1, tier="operative") for number in range(6)]
NETWORK = [promise(f"n{number}", 1, tier="operative", level="network") for number in range(3)]


def gaps(organs, commitments):
    return formality_flags(organs, commitments, partnership="p", on=TODAY)


def test_no_commitment_on_the_deciding_tier_is_red_whatever_the_others_have():
    (flag,) = gaps([BOARD, OFFICE, GROUP], [*OPERATIVE, *NETWORK])
    assert (flag.rule, flag.code, flag.severity) == ("D9", "formality_gap", "red")
    assert flag.dimensions == {"level": "national", "tier": "deciding"}
    assert (flag.facts["commitments"]["deciding"], flag.facts["commitments"]["operative"]) == (0, 6)


def test_one_commitment_in_force_on_the_deciding_tier_closes_the_gap():
    deciding = promise("d", 1, tier="deciding")
    assert gaps([BOARD], [deciding]) == ()
    assert len(gaps([BOARD], [replace(deciding, during=Interval(START, TODAY))])) == 1
    assert len(gaps([BOARD], [replace(deciding, level="network")])) == 1


def test_a_level_without_an_active_deciding_organ_has_no_gap():
    assert gaps([OFFICE, GROUP], []) == ()
    assert gaps([replace(BOARD, during=Interval(START, TODAY))], []) == ()


def test_formality_is_the_share_of_active_parties_with_a_commitment_in_force():
    parties = {"national": ["p1", "p2", "p3"], "network": ["p1"], "regional": []}
    elsewhere = promise("x", 1, party="p9")
    past = promise("y", 1, party="p3", during=Interval(START, TODAY))
    assert formality(parties, [*OPERATIVE, elsewhere, past], TODAY) == {
        "national": Fraction(1, 3),
        "network": 0,
        "regional": None,
    }
