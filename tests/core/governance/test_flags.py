import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tillit.core.governance.flags import (
    GREEN,
    INFO,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    Judged,
    Rule,
    as_text,
    by_severity,
    day_of,
    fingerprint,
    plain,
    read_back,
    worst,
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    days: int = 90
    share: Decimal = Decimal("0.90")


def flag(verdict, *, code="late", subject="agreement:1", day=date(2026, 8, 1), **dimensions):
    said = Rule("D0", 1).flags(
        code,
        Judged(verdict, {"x": "1"}),
        subject=subject,
        day=day,
        facts={"x": "1"},
        params=Thresholds(),
        dimensions=dimensions,
    )
    return said[0] if said else None


def test_green_raises_nothing():
    assert flag(GREEN) is None


def test_what_cannot_be_judged_is_said_as_information_about_the_data():
    said = flag(NOT_ASSESSABLE)
    assert (said.severity, said.direction) == (INFO, "data_quality")
    assert (flag(INFO).direction, flag(RED).direction) == ("neutral", "worsening")


def test_the_worst_of_several_is_red_yellow_unknown_info_green():
    assert worst([GREEN, INFO]) == INFO
    assert worst([GREEN, NOT_ASSESSABLE, INFO]) == NOT_ASSESSABLE
    assert worst([NOT_ASSESSABLE, YELLOW]) == YELLOW
    assert worst([YELLOW, RED]) == RED
    assert worst([]) == GREEN


def test_the_most_severe_comes_first_then_the_day():
    early, late = date(2026, 8, 1), date(2026, 9, 1)
    flags = [flag(INFO, day=early), flag(YELLOW, day=late), flag(RED, day=late), flag(RED, day=early)]
    assert [(each.severity, each.day) for each in by_severity(flags)] == [
        (RED, early),
        (RED, late),
        (YELLOW, late),
        (INFO, early),
    ]


def test_a_fingerprint_is_sha256_of_rule_subject_and_dimensions():
    said = '["D9","party:1",[["area","goals"],["level","national"]]]'
    assert (
        fingerprint("D9", "party:1", {"level": "national", "area": "goals"})
        == hashlib.sha256(said.encode()).hexdigest()
    )


def test_the_same_thing_later_and_worse_has_the_same_fingerprint():
    assert flag(YELLOW).fingerprint == flag(RED, day=date(2027, 1, 1)).fingerprint


@pytest.mark.parametrize("other", [{"code": "unsigned"}, {"subject": "agreement:2"}, {"party": "p1"}])
def test_another_finding_subject_or_dimension_is_another_flag(other):
    assert flag(YELLOW).fingerprint != flag(YELLOW, **other).fingerprint


def test_everything_a_flag_stores_is_json():
    said = flag(RED, party="p1")
    stored = [said.params, said.facts, said.result, said.dimensions]
    assert json.loads(json.dumps(stored)) == stored
    assert said.params == {"days": "90", "share": "0.90"}


def test_thresholds_are_read_back_as_they_were_written():
    changed = Thresholds(days=30, share=Decimal("0.5"))
    assert read_back(Thresholds, json.loads(json.dumps(plain(changed)))) == changed


def test_values_are_stored_as_exact_text():
    assert as_text(Fraction(5, 42)) == "5/42"
    assert as_text(Decimal("0.90")) == "0.90"
    assert as_text(date(2026, 8, 28)) == "2026-08-28"
    assert as_text(None) is None
    assert day_of("2026-08-28") == date(2026, 8, 28)
    assert day_of(None) is None
