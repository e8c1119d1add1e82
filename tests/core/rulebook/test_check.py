"""Who bears what: roll-up per bearer, notices, counts."""

import pytest

from tests.core.rulebook import small
from tests.core.rulebook.small import only, rule, tried
from tillit.core.rulebook.check import ASKED
from tillit.core.rulebook.values import OUTCOMES

pytestmark = pytest.mark.mutation
BEARERS = ("company", "care", "participant", "arranger", "principal", "parties")


def told(bearer, facts=None, **keys):
    """Return for whom a rule of one bearer, breached, counts."""
    check = tried([rule(bearer=bearer, **keys)], collaboration={"offers": False, **(facts or {})})
    return {asked: OUTCOMES[weight] for asked in ASKED if (weight := check.weight(only(check), asked)) is not None}


@pytest.mark.parametrize("bearer", ["company", "care", "participant", "principal"])
def test_a_rule_counts_for_its_bearer_and_for_all_and_is_a_notice_to_others(bearer):
    assert told(bearer) == {"all": "breach", bearer: "breach"}


def test_what_the_parties_bear_counts_for_company_and_care():
    assert told("parties") == {"all": "breach", "company": "breach", "care": "breach"}


@pytest.mark.parametrize(
    ("arranger", "sides"),
    [("industry", ["company"]), ("care", ["care"]), ("joint", ["company", "care"]), ("third_party", [])],
)
def test_what_the_arranger_bears_counts_for_the_side_that_arranges(arranger, sides):
    expected = {"all": "breach", "arranger": "breach", **dict.fromkeys(sides, "breach")}
    assert told("arranger", {"arranger": arranger}) == expected


def test_where_nobody_said_who_arranges_both_sides_are_left_open():
    left_open = {"company": "undecided", "care": "undecided"}
    assert told("arranger") == {"all": "breach", "arranger": "breach", **left_open}
    assert told("arranger", requires="fair_assessed") == {"all": "judge", "arranger": "judge", **left_open}
    assert told("arranger", requires="not offers") == {"all": "meets", "arranger": "meets"}


def test_who_is_not_named_is_everybody():
    check = tried([rule(bearer="care")], collaboration={"offers": False})
    assert OUTCOMES[check.weight(only(check)) or 0] == "breach"


def test_an_information_is_never_counted():
    assert told("company", modality="upplysning") == {}
    check = tried([rule(modality="upplysning")], collaboration={"offers": False})
    assert OUTCOMES[check.outcome()] == "not_applicable"
    assert set(check.counts().values()) == {0}


@pytest.mark.parametrize("modality", ["ska", "får inte", "får", "får endast", "ska undvikas", "ansvar"])
def test_every_other_modality_is_counted(modality):
    assert told("company", modality=modality)["company"] == "breach"


RULES = [
    rule("c.meets", "offers", bearer="company"),
    rule("c.judge", "fair_assessed", bearer="company"),
    rule("p.open", "written", bearer="parties"),
    rule("d.breach", "not offers", bearer="participant"),
    rule("e.not", "offers", applies="not offers", bearer="principal"),
]


def test_the_worst_counts_breach_then_undecided_then_judge_then_meets():
    check = tried(RULES, collaboration={"offers": True})
    assert {asked: OUTCOMES[check.outcome(asked)] for asked in ASKED} == {
        "all": "breach",
        "company": "undecided",
        "care": "undecided",
        "participant": "breach",
        "arranger": "not_applicable",
        "principal": "not_applicable",
    }
    settled = tried(RULES, collaboration={"offers": True, "written": True})
    assert OUTCOMES[settled.outcome("company")] == "judge"
    assert OUTCOMES[settled.outcome("care")] == "meets"


def test_outcomes_hold_the_bearers_that_anything_concerns():
    check = tried(RULES, collaboration={"offers": True, "written": True})
    assert {asked: OUTCOMES[each] for asked, each in check.outcomes().items()} == {
        "company": "judge",
        "care": "meets",
        "participant": "breach",
    }
    assert tried(RULES, collaboration={"branch": "other"}).outcomes() == {}


def test_counts_are_of_those_that_count_for_whom_is_asked():
    check = tried([*RULES, rule("u.told", modality="upplysning")], collaboration={"offers": True})
    assert check.counts() == {"meets": 1, "breach": 1, "undecided": 1, "judge": 1, "not_applicable": 1}
    assert list(check.counts()) == ["meets", "breach", "undecided", "judge", "not_applicable"]
    assert check.counts("company") == {"meets": 1, "breach": 0, "undecided": 1, "judge": 1, "not_applicable": 0}
    assert check.counts("principal") == {"meets": 0, "breach": 0, "undecided": 0, "judge": 0, "not_applicable": 1}


def test_a_case_that_no_rule_speaks_of_is_outside_the_rules():
    assert OUTCOMES[tried([]).outcome()] == "not_applicable"
    assert tried([]).outcomes() == {}


def test_a_breach_outweighs_every_doubt():
    rules = [rule("a.open", "written"), rule("b.judge", "fair_assessed"), rule("c.breach", "offers")]
    assert OUTCOMES[tried(rules, collaboration={"offers": False}).outcome()] == "breach"
    assert small.words(tried(rules))["c.breach", "collaboration"] == "undecided"
