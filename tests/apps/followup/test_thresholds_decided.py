"""Thresholds by decision: what can be decided, by whom and from when; what was found before stands."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.following import Followed
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.deviations import evaluate
from tillit.apps.followup.actions.thresholds import Decided, decide_thresholds, deciding_organs
from tillit.apps.followup.models import Deviation, Thresholds
from tillit.apps.followup.threshold_words import ORDERS, RULE_WORDS, THRESHOLDS
from tillit.apps.followup.thresholds import thresholds
from tillit.core.indicators.deviation import RULES

TODAY = date(2028, 1, 20)
AT = datetime(2028, 1, 20, 9, 0, tzinfo=UTC)
D1 = {"green": Decimal("-0.25"), "yellow": Decimal("-0.4"), "ahead": Decimal("0.15")}


@pytest.fixture
def here(db):
    found: Any = Followed()
    found.partnership.status, found.partnership.not_started = "running", False
    found.partnership.save()
    found.board = found.organ()
    return found


def decide(here, values=D1, rule="D1", **more):
    usual = {"organ": here.board, "decided_on": date(2028, 1, 10), "decision": "Styrelsen § 7", "starts_on": TODAY}
    decided = Decided(**{**usual, "values": values, **more})
    return decide_thresholds(partnership=here.partnership, rule=rule, decided=decided, by=here.founder, at=AT)


def test_a_decision_counts_from_its_day_and_only_what_differs_is_kept(here):
    made = decide(here)
    assert made.params == {"green": "-0.25", "yellow": "-0.4"}
    assert thresholds(here.partnership, TODAY)["D1"].yellow == Decimal("-0.4")
    assert thresholds(here.partnership, TODAY - timedelta(days=1))["D1"].yellow == Decimal("-0.15")
    assert Act.objects.get(action="followup.thresholds.decided").detail == {"rule": "D1"}


def test_values_back_to_the_rules_own_are_a_decision_too(here):
    decide(here)
    usual = {name: getattr(RULES["D1"].thresholds(), name) for name in D1}
    later = TODAY + timedelta(days=30)
    assert decide(here, usual, starts_on=later).params == {}
    assert thresholds(here.partnership, later)["D1"] == RULES["D1"].thresholds()


def test_one_that_is_to_begin_the_same_day_is_replaced_and_kept(here):
    decide(here)
    decide(here, {**D1, "yellow": Decimal("-0.5")})
    assert thresholds(here.partnership, TODAY)["D1"].yellow == Decimal("-0.5")
    assert [row.superseded_at is None for row in Thresholds.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on", "aldrig bakåt"),
        ({"decided_on": date(2028, 1, 21), "starts_on": date(2028, 1, 22)}, "decided_on", "inte har varit"),
        ({"decided_on": date(2020, 1, 1)}, "decided_on", "fanns inte"),
        ({"decision": "  "}, "decision", "vad organet beslutade"),
        ({"decision": "Se 19121212-1212"}, "decision", "personnummer"),
        ({"decision": "x" * 2001}, "decision", "längre"),
    ],
)  # fmt: skip
def test_a_decision_says_what_was_decided_and_never_reaches_back(here, changed, field, says):
    with pytest.raises(Refused, match=says) as refused:
        decide(here, **changed)
    assert refused.value.field == field
    assert not Thresholds.objects.exists()


@pytest.mark.parametrize(
    ("rule", "values", "field"),
    [
        ("D1", {"yellow": Decimal("-0.01")}, "yellow"),
        ("D1", {"green": Decimal("0.5")}, "ahead"),
        ("D1", {"yellow": Decimal(-2)}, "yellow"),
        ("D1", {"yellow": Decimal("NaN")}, "yellow"),
        ("D2", {"incomplete": Decimal(1), "complete": Decimal("0.9")}, "incomplete"),
        ("D2", {"red_after": Decimal("1.5")}, "red_after"),
        ("D2", {"in_a_row": Decimal(1)}, "in_a_row"),
        ("D3", {"baseline": Decimal(25)}, "baseline"),
        ("D3", {"constant": "3"}, "constant"),
        ("D4", {"window": Decimal(6), "fewest": Decimal(7)}, "fewest"),
        ("D4", {"window": Decimal(9)}, "window"),
        ("D5", {"yellow": Decimal(2), "red": Decimal(2)}, "red"),
        ("D6", {"red": Decimal("0.8")}, "red"),
        ("D14", {"window": Decimal(6), "fewest": Decimal(7)}, "fewest"),
        ("D3", {"fewest": Decimal(3)}, "rule"),
        ("D7", {}, "rule"),
    ],
)
def test_what_cannot_be_a_threshold_is_refused_at_its_field(here, rule, values, field):
    with pytest.raises(Refused) as refused:
        decide(here, values, rule)
    assert refused.value.field == field
    assert not Thresholds.objects.exists()


def test_that_nothing_changes_is_no_decision(here):
    with pytest.raises(Refused, match="Så är det redan"):
        decide(here, {})
    decide(here)
    with pytest.raises(Refused, match="Så är det redan"):
        decide(here)


def test_only_a_deciding_organ_of_the_partnership_decides(here):
    working = here.organ("Arbetsgruppen", tier="operative")
    with pytest.raises(Refused) as refused:
        decide(here, organ=working)
    assert refused.value.field == "organ"
    assert deciding_organs(here.partnership, TODAY) == (here.board,)


@pytest.mark.parametrize("rule", [rule for rule, of in THRESHOLDS.items() if of])
def test_every_threshold_of_every_rule_can_be_decided_and_read_back(here, rule):
    usual = RULES[rule].thresholds()
    for each in THRESHOLDS[rule]:
        value = getattr(usual, each.name)
        if each.choices:
            assert value in each.choices
        elif not isinstance(value, bool):
            assert each.least <= value <= each.most, each.name
    assert all(holds(usual) for _field, holds, _wrong in ORDERS.get(rule, ()))


def test_every_rule_has_its_name_and_its_thresholds():
    assert set(RULE_WORDS) == set(THRESHOLDS) == set(RULES)


def test_a_threshold_that_reaches_back_is_refused_by_the_table_too(here):
    with pytest.raises(IntegrityError, match="a_threshold_never_reaches_back"), transaction.atomic():
        Thresholds.objects.create(
            partnership=here.partnership, rule="D1", params={}, organ=here.board, decision="§ 7",
            decided_on=TODAY, starts_on=TODAY - timedelta(days=1), recorded_at=AT,
        )  # fmt: skip


def test_a_new_threshold_does_not_change_what_was_found_before_and_counts_for_what_comes(here):
    indicator = here.indicator("starts", spc_enabled=False)
    here.path(indicator, 40, date(2025, 12, 31), 100, date(2029, 12, 31))
    reporter = here.reporter(indicator, since=date(2027, 10, 1))
    here.observed(reporter, "2027-Q4", 58)
    evaluate(partnership=here.partnership, today=TODAY, at=AT)
    before = Deviation.objects.filter(rule="D1").values("severity", "params", "facts", "result", "day").get()
    assert before["severity"] == "red"

    decide(here)
    evaluate(partnership=here.partnership, today=TODAY + timedelta(days=1), at=AT + timedelta(days=1))
    assert Deviation.objects.filter(rule="D1").values("severity", "params", "facts", "result", "day").get() == before

    here.observed(reporter, "2028-Q1", 55, confirmed=True)
    evaluate(partnership=here.partnership, today=date(2028, 4, 10), at=AT + timedelta(days=90))
    found = Deviation.objects.get(rule="D1")
    assert (found.severity, found.params["yellow"], found.day) == ("yellow", "-0.4", date(2028, 3, 31))
