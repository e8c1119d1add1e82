"""What `./tillit bench` prints: rows with a fixed set of keys, by themselves on standard output."""

import json
from importlib import import_module

import pytest

from bench.measure import against, below, best

command = import_module("bench.__main__")
KEYS = ["name", "ours", "anchor", "unit", "ratio", "target", "holds"]
HOLDS, SHORT = against("quick enough", 1.0, 20.0, "ms", 0.05), below("too slow", 2.5, "s", 2.0)


@pytest.fixture(autouse=True)
def _groups(monkeypatch):
    monkeypatch.setattr(command, "GROUPS", {"good": lambda quick: iter([HOLDS]), "bad": lambda quick: iter([SHORT])})


def test_a_row_beside_an_anchor_holds_by_its_ratio():
    values = ["quick enough", 1.0, 20.0, "ms", 0.05, 0.05, True]
    assert HOLDS.as_json() == dict(zip(KEYS, values, strict=True))
    assert not against("a", 1.1, 20.0, "ms", 0.05).holds


def test_a_row_without_an_anchor_holds_by_its_bound():
    assert list(below("a", 1.0, "s", 2.0).as_json().values()) == ["a", 1.0, None, "s", None, 2.0, True]
    assert not SHORT.holds


def test_the_best_round_counts_and_the_sides_take_turns():
    turns = []

    def side(name, *results):
        given = iter(results)

        def measured():
            turns.append(name)
            return next(given)

        return measured

    assert best({"a": side("a", 3.0, 1.0), "b": side("b", 2.0, 5.0)}, 2) == {"a": 1.0, "b": 2.0}
    assert turns == ["a", "b", "a", "b"]


def test_json_is_one_list_with_the_keys_of_the_contract(capsys):
    assert command.main(["--quick", "--format", "json"]) == 1
    shown = capsys.readouterr()
    assert [list(row) for row in json.loads(shown.out)] == [KEYS, KEYS]
    assert "measuring: good" in shown.err


def test_text_says_of_each_row_whether_it_holds(capsys):
    assert command.main(["--only", "good"]) == 0
    assert capsys.readouterr().out.startswith("holds        quick enough: 1 ms beside 20 ms: 0.05 ×")
    assert command.main(["--only", "bad"]) == 1
    assert capsys.readouterr().out.startswith("FALLS SHORT  too slow: 2.5 s (at most 2 s)")
