"""I-22 and I-23: a stored deviation is recomputed to the digit, and one that is open is not told twice."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path as File

import pytest
from hypothesis import given, strategies as st

from tests.core.indicators.figures import OWN
from tests.core.indicators.test_effect_logic import WORKED
from tillit.core.governance import flags
from tillit.core.indicators import judged
from tillit.core.indicators.chart import ChartParams
from tillit.core.indicators.deviation import RULES, by_severity, deviation, fingerprint, recompute, unseen
from tillit.core.indicators.facts import facts_of, plain, read_back
from tillit.core.indicators.forecast import Asked
from tillit.core.indicators.gaps import Aim, Around
from tillit.core.indicators.late import Report, Reporting
from tillit.core.indicators.measured_share import Counted
from tillit.core.indicators.path import Baseline, Path, Target
from tillit.core.indicators.periods import Period
from tillit.core.indicators.quality import Reported
from tillit.core.indicators.review import Reviewed
from tillit.core.indicators.rubric import Rated, Raters
from tillit.core.indicators.spc import Charted
from tillit.core.indicators.standing import Observed, PathThresholds
from tillit.core.indicators.verdict import Stated

GOLDEN = File(__file__).parent / "golden.json"
DAY = date(2028, 1, 1)
PATH = Path("up", Baseline(date(2026, 1, 1), Decimal(40)), (Target(date(2030, 1, 1), Decimal(100)),))
EIGHT = tuple(map(Decimal, (40, 43, 44, 48, 49, 53, 54, 58)))
SUBJECTS = {
    "D1": Observed(PATH, Decimal(58), DAY),
    "D2": Reporting("quarter", date(2027, 1, 1), DAY, (Report(Period("quarter", 8108), DAY),)),
    "D3": Charted(tuple(map(Decimal, OWN.split())), "up", Decimal(140), d1="red"),
    "D4": Asked(EIGHT, Decimal(100), 16, "up", high=Decimal(100)),
    "D5": Rated((3, 3, 2, 3), 1),
    "D5.raters": Raters((0, 0, 4, 4)),
    "D6": Counted(1, 5),
    "D7": Reviewed(WORKED, Around(DAY, goals=(Aim("g1", is_strategic=True),))),
    "D14": Reported(tuple(map(Decimal, (10, 11, 9, 10, 12, 10, 11))), Decimal(30)),
    "D15": Stated("red", "worsening", "misses_steadily", 12, DAY),
}


def told(rule, judged=None, **more):
    found = deviation(rule, SUBJECTS[rule] if judged is None else judged, subject="indicator:1", day=DAY, **more)
    assert found is not None
    return found


def stored(found):
    return {
        name: plain(getattr(found, name))
        for name in ("rule", "version", "code", "severity", "direction", "params", "facts", "result", "fingerprint")
    }


# ---------------------------------------------------------------- recomputing


def test_every_rule_is_in_the_golden_file_and_says_the_same_as_when_it_was_written():
    """A changed formula changes this file: give the rule a new version, and keep the old lines as they are."""
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert [row["rule"] for row in golden] == list(RULES)
    for row in golden:
        assert recompute(row["rule"], row["version"], row["facts"], row["params"]) == row["result"]
        assert stored(told(row["rule"])) == row


@pytest.mark.parametrize("rule", RULES)
def test_facts_survive_json_and_are_judged_the_same(rule):
    found = told(rule)
    assert json.loads(json.dumps(found.facts)) == found.facts
    assert read_back(RULES[rule].subject, json.loads(json.dumps(found.facts))) == SUBJECTS[rule]
    assert recompute(rule, 1, json.loads(json.dumps(found.facts)), found.params) == found.result


def test_a_stored_flag_is_not_judged_by_a_newer_version():
    found = told("D1")
    with pytest.raises(ValueError, match="version 1 now, not 2"):
        recompute("D1", 2, found.facts, found.params)


def test_own_thresholds_are_stored_and_used_again():
    found = told("D1", thresholds=PathThresholds(green=Decimal("-0.25"), yellow=Decimal("-0.5"), ahead=Decimal("-0.2")))
    assert (found.code, found.severity, found.direction) == ("ahead", "info", "improvement")
    assert found.params["ahead"] == "-0.2"
    assert recompute("D1", 1, found.facts, found.params)["code"] == "ahead"


VALUES = st.lists(st.one_of(st.none(), st.decimals(-99, 99, places=2)), min_size=1, max_size=20).map(tuple)


@given(VALUES, st.sampled_from(("up", "down", "neutral")), st.booleans(), st.sampled_from(("2.66", "1.128")))
def test_whatever_the_series_the_chart_is_recomputed(values, direction, screen, constant):
    subject, params = Charted(values, direction), ChartParams(constant, screen=screen)
    result = facts_of(RULES["D3"].judge(subject, params))
    assert recompute("D3", 1, json.loads(json.dumps(facts_of(subject))), facts_of(params)) == result


@given(VALUES, st.decimals(-99, 99, places=2), st.integers(0, 40))
def test_whatever_the_series_the_forecast_is_recomputed(values, target, at):
    subject = Asked(values, target, at, "up")
    found = deviation("D4", subject, subject="i", day=DAY)
    if found is not None:
        assert recompute("D4", 1, json.loads(json.dumps(found.facts)), found.params) == found.result


# ---------------------------------------------------------------- what is told


def test_green_is_told_only_when_it_is_better_than_planned():
    on_path, ahead = (replace(SUBJECTS["D1"], value=Decimal(value)) for value in (70, 90))  # type: ignore[type-var]
    assert deviation("D1", on_path, subject="i", day=DAY) is None
    assert told("D1", ahead).severity == "info"


def test_what_cannot_be_judged_is_told_as_info_about_data():
    found = told("D1", replace(SUBJECTS["D1"], value=None))  # type: ignore[type-var]
    assert (found.severity, found.direction, found.code) == ("info", "data_quality", "no_value")


def test_the_most_severe_comes_first():
    rules = ["D5.raters", "D14", "D6"]
    assert [one.severity for one in by_severity(map(told, rules))] == ["red", "yellow", "info"]


# ---------------------------------------------------------------- the same one again


def test_period_severity_and_version_do_not_make_it_another():
    red, yellow = told("D5"), told("D5", replace(SUBJECTS["D5"], level=2))  # type: ignore[type-var]
    later = replace(yellow, day=date(2029, 1, 1), version=2)
    assert (red.severity, yellow.severity) == ("red", "yellow")
    assert red.fingerprint == yellow.fingerprint == later.fingerprint


def test_rule_subject_and_dimensions_do():
    found = told("D5")
    others = [replace(found, rule="D14"), replace(found, subject="indicator:2"), replace(found, dimensions={"a": "b"})]
    assert len({found.fingerprint, *(one.fingerprint for one in others)}) == 4


def test_the_order_of_dimensions_is_nothing():
    assert fingerprint("D1", "i", {"a": "1", "b": "2"}) == fingerprint("D1", "i", {"b": "2", "a": "1"})


def test_an_open_one_is_not_told_again_nor_twice_at_once():
    first, second = told("D5"), told("D14")
    assert unseen([first, second, first], set()) == (first, second)
    assert unseen([first, second], {first.fingerprint}) == (second,)


# ---------------------------------------------------------------- one table for both rooms


def test_governance_and_follow_up_say_the_same_words_in_the_same_shape():
    names = ("SEVERITIES", "VERDICTS", "GREEN", "NOT_ASSESSABLE", "WORSENING", "IMPROVEMENT", "DATA_QUALITY")
    assert [getattr(judged, name) for name in names] == [getattr(flags, name) for name in names]
    assert fingerprint("D1", "i", {"å": "ö"}) == flags.fingerprint("D1", "i", {"å": "ö"})
    assert set(flags.Flag.__dataclass_fields__) == set(type(told("D1")).__dataclass_fields__)


@pytest.mark.parametrize("value", [0.5, object()])
def test_what_would_not_come_back_the_same_is_no_fact(value):
    with pytest.raises(TypeError, match="cannot be stored"):
        plain(value)
