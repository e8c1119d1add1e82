"""Whole cases as a lawyer would pose them, `tests/cases/*.toml`: facts, and the outcomes that must come of them."""

import tomllib
from pathlib import Path

import pytest

from tests.core.expected import differences
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.values import OUTCOMES

FOLDER = Path(__file__).parent.parent / "cases"
FILES = sorted(FOLDER.glob("*.toml"))


def test_there_are_cases_and_nothing_else():
    assert len(FILES) >= 20
    assert sorted(FOLDER.iterdir()) == FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_comes_out_as_the_lawyer_says(path):
    raw = tomllib.loads(path.read_text("utf-8"))
    expect = raw.pop("expect")
    assert set(expect) <= {"outcome", "rules"}
    assert differences(read_case(raw, vocabulary()), expect) == {}


def test_together_they_come_out_in_every_way():
    told = {tomllib.loads(path.read_text("utf-8"))["expect"]["outcome"] for path in FILES}
    assert told == set(OUTCOMES)
