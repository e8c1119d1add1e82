from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tillit.core.governance.entities import Interval, Organ
from tillit.core.governance.mandates import MandateItem, ancestors, conflicting, mandate_flags, unclaimed

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
BOARD = Organ("board", "deciding", "national", Interval(START))
OFFICE = Organ("office", "operative", "national", Interval(START), parent="board")
COUNCIL = Organ("council", "advisory", "national", Interval(START))
MILLION = Decimal(1_000_000)


def item(organ, right="decides", subject="budget", **other):
    return MandateItem(organ, subject, right, **{"level": "national", "during": Interval(START), **other})


DECIDES = item("board")


def found(*items, organs=(BOARD, OFFICE, COUNCIL), subjects=(("budget", "national"),)):
    flags = mandate_flags(items, organs, subjects, partnership="p", on=TODAY)
    return [(flag.rule, flag.code, flag.severity, flag.subject) for flag in flags]


def test_one_organ_that_decides_is_in_order():
    assert found(DECIDES, item("office", "prepares"), item("council", "advises")) == []


def test_two_that_decide_the_same_are_red():
    assert found(DECIDES, item("office")) == [("I-5", "deciders", "red", "p")]


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ({}, True),
        ({"level": "network"}, False),
        ({"subject": "goals"}, False),
        ({"during": Interval(date(2027, 1, 1))}, True),
        ({"right": "prepares"}, False),
        ({"over": frozenset({"node"})}, True),
    ],
)
def test_two_are_per_subject_level_and_day(other, conflict):
    second = replace(item("office"), **other)
    assert (conflicting(second, [DECIDES]) == (DECIDES,)) is conflict
    assert bool(conflicting(DECIDES, [second])) is conflict


def test_one_takes_over_on_the_day_the_other_ends():
    first = replace(DECIDES, during=Interval(START, TODAY))
    assert conflicting(item("office", during=Interval(TODAY)), [first]) == ()
    assert conflicting(item("office", during=Interval(date(2026, 7, 31))), [first]) == (first,)


def test_amounts_can_be_divided():
    small, large = item("office", amount_to=MILLION), item("board", amount_from=MILLION)
    assert found(small, large) == []
    assert conflicting(small, [large]) == ()
    assert conflicting(replace(small, amount_to=MILLION + 1), [large]) == (large,)


def test_bands_meet_when_they_have_an_amount_in_common():
    small, large = item("office", amount_to=MILLION), item("board", amount_to=MILLION + 1)
    assert small.same_amounts(large)
    assert item("office", amount_from=MILLION).same_amounts(item("board", amount_from=Decimal(1)))
    assert not small.same_amounts(item("board", amount_from=MILLION))


def test_two_rows_of_the_same_organ_are_no_two_deciders():
    again = item("board", amount_to=MILLION)
    assert found(DECIDES, again) == []
    assert conflicting(DECIDES, [again]) == ()


def test_nobody_decides_is_a_question_to_settle():
    assert found() == [("I-5", "deciders", "yellow", "p")]
    (flag,) = mandate_flags([item("office", amount_to=MILLION)], [], [], partnership="p", on=TODAY)
    assert (flag.severity, flag.result["nobody"]) == ("yellow", [["1000000", None]])
    assert flag.dimensions == {"level": "national", "subject": "budget"}


def test_amounts_that_nobody_decides_are_found_in_between():
    one, two, three = Decimal(1), Decimal(2), Decimal(3)
    assert unclaimed([]) == ((None, None),)
    assert unclaimed([(None, None)]) == ()
    assert unclaimed([(None, one), (two, None)]) == ((one, two),)
    assert unclaimed([(one, two)]) == ((None, one), (two, None))
    assert unclaimed([(one, None), (None, two)]) == ()
    assert unclaimed([(None, three), (one, two)]) == ((three, None),)


BANDS = st.tuples(st.none() | st.integers(0, 9).map(Decimal), st.none() | st.integers(10, 20).map(Decimal))


@given(st.lists(BANDS, max_size=4), st.decimals(0, 25, places=1))
def test_every_amount_is_in_a_band_or_unclaimed(bands, amount):
    def holds(band):
        low, high = band
        return (low is None or low <= amount) and (high is None or amount < high)

    assert any(map(holds, bands)) != any(map(holds, unclaimed(bands)))


def test_who_is_said_to_have_no_authority_does_not_decide():
    none = item("office", "no_authority", over=frozenset({"node"}))
    decides = item("office", over=frozenset({"node", "group"}))
    assert found(none, decides) == [("I-5", "decides_without_authority", "red", "office")]
    assert conflicting(none, [decides, DECIDES]) == (decides,)
    assert conflicting(none, [replace(decides, over=frozenset({"group"}))]) == ()
    assert conflicting(none, [replace(decides, over=frozenset())]) != ()
    assert conflicting(replace(none, over=frozenset()), [decides]) == (decides,)
    assert conflicting(none, [replace(decides, level="network")]) != ()
    assert conflicting(none, [replace(decides, during=Interval(date(2020, 1, 1), START))]) == ()
    assert conflicting(none, [replace(decides, subject="goals")]) == ()


def test_an_organ_that_advises_decides_nothing():
    assert found(item("council")) == [("I-6", "advisory_decides", "red", "council")]


def test_no_organ_is_above_itself():
    circle = (replace(BOARD, parent="office"), OFFICE, replace(COUNCIL, parent="board"))
    assert [each for each in found(DECIDES, organs=circle) if each[0] == "I-6"] == [
        ("I-6", "own_ancestor", "red", "board"),
        ("I-6", "own_ancestor", "red", "office"),
    ]
    assert ancestors("office", {"office": "board", "board": None}) == ["board"]
    assert ancestors("self", {"self": "self"}) == ["self"]


def test_what_no_longer_holds_conflicts_with_nothing_today():
    assert found(DECIDES, item("office", during=Interval(START, TODAY))) == []
