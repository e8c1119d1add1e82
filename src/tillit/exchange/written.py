"""A case as a file that a person can keep, read and change: TOML or JSON, in the contract's form."""

import json
from datetime import date
from typing import Any

from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import COLLABORATION, Vocabulary
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange.sheets import case_facts, judgement_facts


def as_json(case: Case, vocabulary: Vocabulary | None = None) -> str:
    """Return the case as JSON, in the order of the contract."""
    return json.dumps(dump_case(case, vocabulary), ensure_ascii=False, indent=2) + "\n"


def as_toml(case: Case, vocabulary: Vocabulary | None = None) -> str:
    """Return the case as TOML, with days written as days."""
    import tomli_w

    from tillit.core.rulebook.editions import vocabulary as the_vocabulary

    plain: dict[str, Any] = dump_case(case, vocabulary)
    known = vocabulary or the_vocabulary()
    _with_days(plain["case"], {name for name, fact in case_facts().items() if fact.type == "date"})
    for judgement in plain.get("judgement", []):
        _with_days(judgement, {name for name, fact in judgement_facts().items() if fact.type == "date"})
    for kind in known.kinds.values():
        days = {name for name, fact in kind.facts.items() if fact.type == "date"}
        listed = plain.get(kind.name, [])
        for record in [listed] if kind.name == COLLABORATION else listed:
            _with_days(record, days)
    return tomli_w.dumps(plain, multiline_strings=False)


def _with_days(table: dict[str, Any], days: set[str]) -> None:
    for name in days & set(table):
        table[name] = date.fromisoformat(table[name])
