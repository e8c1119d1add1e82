"""The command `facts`: what a case can hold, as text, as the contract's JSON and as a JSON Schema."""

import json
from typing import Any

import pytest

from tillit.cli import main
from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.exchange.schema import case_schema


def rows(capsys) -> dict[tuple[str, str], dict[str, Any]]:
    assert main(["facts", "--format", "json"]) == 0
    return {(row["record"], row["name"]): row for row in json.loads(capsys.readouterr().out)}


def test_every_fact_is_there_as_the_contract_has_it(capsys):
    found = rows(capsys)
    assert set(found) == {(kind.name, name) for kind in vocabulary().kinds.values() for name in kind.facts}
    mode = found["participant", "mode"]
    assert list(mode) == ["name", "record", "type", "values", "kind", "question", "help", "used_by"]
    assert (mode["type"], mode["values"], mode["kind"]) == ("enum", ["on_site", "remote", "both"], "observed")
    assert set(mode["question"]) == set(mode["help"]) == {"sv", "en"}


def test_each_fact_says_which_rules_use_it(capsys):
    found = rows(capsys)
    assert "maltider.distans" in found["participant", "mode"]["used_by"]
    assert "maltider.distans" in found["collaboration", "industry_offers_meal"]["used_by"]
    assert "serviceinformation.arbetsplatsen" in found["place", "at_workplace"]["used_by"]
    both = [edition(id_) for id_ in newest_of_each_line()]
    known = {both[0].scope.id, *(rule.id for each in both for rule in each.rules)}
    assert {rule for row in found.values() for rule in row["used_by"]} <= known
    assert found["collaboration", "company_branch"]["used_by"].count(both[0].scope.id) == 1


def test_a_fact_behind_a_derived_one_says_so_too(capsys):
    """Whether most come from elsewhere is counted from where each participant works."""
    assert rows(capsys)["participant", "works_in"]["used_by"]


@pytest.mark.parametrize(("lang", "word"), [("sv", "bedömning"), ("en", "judgement")])
def test_text_has_one_block_for_each_kind(capsys, lang, word):
    assert main(["facts", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert all(f"[{name}]" in out for name in vocabulary().kinds)
    assert word in out
    assert vocabulary().kinds["participant"].facts["mode"].question.in_language(lang) in out


def test_the_schema_is_printed(capsys):
    assert main(["facts", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out) == case_schema(vocabulary())
