"""D6: the worked goals, each check by itself, and what a whole partnership can measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tillit.core.indicators.goal_text import advice
from tillit.core.indicators.measurability import BLOCKING, REMARKS, Goal, Indicator, examined, measurability
from tillit.core.indicators.measured_share import Counted, counted, share, total

B = Indicator(
    "i1",
    direction="up",
    unit="%",
    baseline=Decimal(40),
    baseline_day=date(2026, 12, 31),
    target=Decimal(70),
    target_day=date(2030, 12, 31),
    frequency="quarter",
    owner="kansliet",
)
WHOLE = replace(B, owner_party="p1", source="registret", method="uttag", decision_use="resurser", on_path=True)
TEXT_B = "Andel företagsinitierade prövningar med första patient inom 120 dagar"


def changed(**changes):
    return examined(replace(WHOLE, **changes))


# ---------------------------------------------------------------- the worked examples


def test_a_a_goal_without_indicator_is_not_measurable_and_says_two_things():
    found = measurability(Goal("a", "Nationell samordning och ökad kapacitet"))
    assert (found.is_measurable, found.lacking, found.advice) == (False, ("M1",), ("two_goals",))
    assert found.untried == ("M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9")


def test_b_a_goal_with_all_it_needs_is_measurable_with_four_remarks():
    found = measurability(Goal("b", TEXT_B, indicators=(B,)))
    assert (found.is_measurable, found.lacking, found.untried, found.advice) == (True, (), (), ())
    assert found.remarks == ("M5", "M8", "M10", "M11")


def test_c_the_reports_finding_by_computation():
    """12 goals, 7 measurable: strategic 1 of 5, operative 6 of 7, in all 0.583."""
    tiers = [("deciding", True)] + [("deciding", False)] * 4 + [("operative", True)] * 6 + [("operative", False)]
    goals = [
        Goal(str(number), TEXT_B, level="national", tier=tier, indicators=(B,) if is_whole else ())
        for number, (tier, is_whole) in enumerate(tiers)
    ]
    found = counted(goals)
    strategic, operative = share(found["national", "deciding"]), share(found["national", "operative"])
    assert (strategic.share, strategic.verdict) == (Fraction("0.20"), "red")
    assert (operative.share, operative.verdict) == (Fraction(6, 7), "green")
    assert share(total(found.values())).share == Fraction(7, 12)
    assert share(total(found.values())).verdict == "yellow"


def test_d_a_target_on_the_wrong_side_fails_m7():
    assert changed(baseline=Decimal(70), target=Decimal(40)).lacking == ("M7",)


# ---------------------------------------------------------------- each check


def test_a_whole_indicator_lacks_nothing():
    assert changed() == examined(WHOLE)
    assert (changed().lacking, changed().remarks, changed().untried) == ((), (), ())


@pytest.mark.parametrize(
    ("changes", "lacking", "untried"),
    [
        ({"unit": " "}, ("M2",), ()),
        ({"kind": "qualitative", "levels": 2}, ("M2",), ()),
        ({"kind": "qualitative", "levels": 3, "unit": ""}, (), ()),
        ({"baseline": None}, ("M3",), ("M7", "M9")),
        ({"baseline_day": None}, ("M3",), ("M6", "M7", "M9")),
        ({"baseline": None, "baseline_day": None, "na_reason": "mäts från 2027"}, (), ("M6",)),
        ({"target": None}, ("M4",), ("M7", "M9")),
        ({"target_day": None}, ("M4",), ("M6", "M7")),
        ({"target_day": date(2026, 12, 31)}, ("M4",), ()),
        ({"target_day": date(2026, 12, 30)}, ("M4",), ()),
        ({"target": Decimal(40)}, ("M9",), ()),
        ({"target": Decimal(40), "direction": "down"}, ("M9",), ()),
        ({"target": Decimal(101), "most": Decimal(100)}, ("M9",), ()),
        ({"target": Decimal(100), "most": Decimal(100)}, (), ()),
        ({"direction": "down", "target": Decimal(-1), "least": Decimal(0)}, ("M9",), ()),
        ({"direction": "down", "target": Decimal(0), "least": Decimal(0)}, (), ()),
        ({"direction": "neutral"}, ("M4", "M7"), ()),
        ({"direction": None}, ("M4", "M7"), ()),
        ({"direction": "range", "target": None, "low": Decimal(1), "high": Decimal(2)}, (), ()),
        ({"direction": "range", "target": Decimal(1), "low": Decimal(1)}, ("M4",), ()),
        ({"baseline": Decimal(0), "least": Decimal(0)}, (), ()),
    ],
)
def test_what_blocks(changes, lacking, untried):
    found = changed(**changes)
    assert (found.lacking, tuple(code for code in found.untried if code != "M6" or "M6" in untried)) == (
        lacking,
        untried,
    )
    assert set(found.lacking) <= set(BLOCKING)


@pytest.mark.parametrize(
    ("changes", "remarks"),
    [
        ({"owner": ""}, ("M5",)),
        ({"owner_party": ""}, ("M5",)),
        ({"frequency": "year"}, ()),
        ({"frequency": "year", "target_day": date(2030, 12, 30)}, ("M6",)),
        ({"frequency": "month", "target_day": date(2027, 4, 30)}, ()),
        ({"frequency": "month", "target_day": date(2027, 4, 29)}, ("M6",)),
        ({"frequency": None}, ("M6",)),
        ({"source": ""}, ("M8",)),
        ({"method": ""}, ("M8",)),
        ({"on_path": False}, ("M10",)),
        ({"on_path": None}, ("M10",)),
        ({"decision_use": ""}, ("M11",)),
    ],
)
def test_what_is_only_remarked(changes, remarks):
    found = changed(**changes)
    assert (found.remarks, found.lacking) == (remarks, ())
    assert set(found.remarks) <= set(REMARKS)


def test_one_whole_indicator_is_enough_and_the_failing_one_is_listed():
    found = measurability(Goal("g", TEXT_B, indicators=(replace(B, id="i2", unit=""), WHOLE)))
    assert (found.is_measurable, found.lacking) == (True, ())
    assert [(each.id, each.lacking) for each in found.indicators] == [("i2", ("M2",)), ("i1", ())]


def test_when_every_indicator_fails_all_that_they_lack_is_told_once():
    poor = replace(WHOLE, unit="", target=None)
    assert measurability(Goal("g", TEXT_B, indicators=(poor, poor))).lacking == ("M2", "M4")


def test_an_organ_measured_by_its_meetings_only_is_remarked():
    meetings = replace(WHOLE, counts_meetings=True)
    assert measurability(Goal("g", TEXT_B, "organ", indicators=(meetings,))).remarks == ("M12",)
    assert measurability(Goal("g", TEXT_B, "organ", indicators=(meetings, WHOLE))).remarks == ()
    assert measurability(Goal("g", TEXT_B, "effect", indicators=(meetings,))).remarks == ()


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Främja kliniska prövningar", ("no_quantity",)),
        ("Stärkt samverkan", ("no_quantity",)),
        ("Verka för jämlik tillgång", ("no_quantity",)),
        ("Bidra till fler prövningar", ("no_quantity",)),
        ("Främja 40 prövningar om året", ()),
        ("Stärka alla nätverk", ()),
        ("Andel i hälso- och sjukvården som forskar", ()),
        ("Fler prövningar samt kortare ledtider", ("two_goals",)),
        ("Genomföra fyra möten", ("activity_as_effect",)),
        ("Ta fram en strategi", ("activity_as_effect",)),
    ],
)
def test_words_that_hide_a_goal(text, told):
    assert advice(text) == told


def test_an_activity_may_be_a_goal_of_what_is_delivered():
    assert advice("Genomföra fyra möten", "output") == ()


# ---------------------------------------------------------------- shares


@pytest.mark.parametrize(
    ("measurable", "goals", "verdict"),
    [(4, 5, "green"), (79, 100, "yellow"), (1, 2, "yellow"), (49, 100, "red"), (0, 0, "not_assessable")],
)
def test_a_share_has_its_verdict_and_none_is_none(measurable, goals, verdict):
    assert share(Counted(measurable, goals)).verdict == verdict
