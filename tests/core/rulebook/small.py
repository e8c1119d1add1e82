"""A small vocabulary and rulebook of the tests' own, so that nothing they hold turns with the agreement's files."""

import itertools
import tomllib
from datetime import date

from tillit.core.rulebook.engine import check_by
from tillit.core.rulebook.load import load_edition
from tillit.core.rulebook.load_vocabulary import load_vocabulary
from tillit.core.rulebook.model import RECORD_KINDS
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.values import OUTCOMES

KINDS = {
    "collaboration": """
        [[fact]]
        name = "branch"
        type = "enum"
        values = ["pharma", "other"]
        [[fact]]
        name = "arranger"
        type = "enum"
        values = ["industry", "care", "joint", "third_party"]
        [[fact]]
        name = "offers"
        type = "bool"
        [[fact]]
        name = "written"
        type = "bool"
        [[fact]]
        name = "fair_assessed"
        type = "bool"
        kind = "assessed"
        [[fact]]
        name = "expected"
        type = "int"
        min = "0"
        [[fact]]
        name = "expected_abroad"
        type = "int"
        min = "0"
        [[fact]]
        name = "budget"
        type = "decimal"
        unit = "SEK"
        min = "0"
        [[fact]]
        name = "temperature"
        type = "decimal"
        [[fact]]
        name = "floor"
        type = "int"
        min = "3"
        [[fact]]
        name = "signed_on"
        type = "date"
        [[fact]]
        name = "opens_at"
        type = "datetime"
        [[fact]]
        name = "subject"
        type = "text"
        [[derived]]
        name = "any_care"
        type = "bool"
        how = "any"
        over = "participant"
        where = "side == 'care'"
        [[derived]]
        name = "all_settled"
        type = "bool"
        how = "all"
        over = "participant"
        where = "settled_assessed"
        [[derived]]
        name = "most_abroad"
        type = "bool"
        how = "majority"
        over = "participant"
        where = "works_in != 'SE'"
        estimate = { count = "expected_abroad", total = "expected" }
        [[derived]]
        name = "most_care_abroad"
        type = "bool"
        how = "majority"
        over = "participant"
        where = "works_in != 'SE'"
        among = "side == 'care'"
        [[derived]]
        name = "meals"
        type = "int"
        how = "count"
        over = "meal"
        [[derived]]
        name = "remote"
        type = "int"
        how = "count"
        over = "participant"
        where = "mode == 'remote'"
        [[derived]]
        name = "cost"
        type = "decimal"
        how = "sum"
        over = "cost_line"
        of = "amount"
        [[derived]]
        name = "food"
        type = "decimal"
        how = "sum"
        over = "cost_line"
        of = "amount"
        where = "category == 'food'"
        [[derived]]
        name = "benefit_findings"
        type = "enum"
        how = "findings"
    """,
    "participant": """
        [[fact]]
        name = "side"
        type = "enum"
        values = ["care", "industry", "other"]
        [[fact]]
        name = "mode"
        type = "enum"
        values = ["on_site", "remote", "both"]
        [[fact]]
        name = "works_in"
        type = "text"
        format = "country"
        [[fact]]
        name = "fed"
        type = "bool"
        [[fact]]
        name = "host"
        type = "text"
        refers_to = "participant"
        [[fact]]
        name = "settled_assessed"
        type = "bool"
        kind = "assessed"
    """,
    "meal": """
        [[fact]]
        name = "price"
        type = "decimal"
        unit = "SEK"
        min = "0"
        [[fact]]
        name = "currency"
        type = "text"
        format = "currency"
        [[fact]]
        name = "moderate_assessed"
        type = "bool"
        kind = "assessed"
    """,
    "cost_line": """
        [[fact]]
        name = "category"
        type = "enum"
        values = ["food", "other"]
        [[fact]]
        name = "amount"
        type = "decimal"
        unit = "SEK"
        min = "0"
        [[fact]]
        name = "currency"
        type = "text"
        format = "currency"
    """,
    "offer": """
        [[fact]]
        name = "act"
        type = "enum"
        values = ["offered", "accepted"]
        [[fact]]
        name = "concerns"
        type = "text"
        format = "record"
        [[derived]]
        name = "benefit_findings"
        type = "enum"
        how = "findings"
    """,
    "document": """
        [[fact]]
        name = "destroyed_on"
        type = "date"
        [[derived]]
        name = "keep_until"
        type = "date"
        how = "years_after"
        from = "ends_on"
        years = "retention_years"
        [[derived]]
        name = "mourned_until"
        type = "date"
        how = "years_after"
        from = "destroyed_on"
        years = "retention_years"
    """,
    "place": """
        [[fact]]
        name = "town"
        type = "text"
        [[derived]]
        name = "resort"
        type = "bool"
        how = "table"
        table = "fritidsorter"
    """,
}
BOTH = {"sv": "ord", "en": "words"}
RETENTION = {
    "name": "retention_years",
    "type": "int",
    "title": BOTH,
    "value": [
        {"value": 5, "valid_from": date(2020, 1, 1), "source": "Äldre"},
        {"value": 10, "valid_from": date(2026, 2, 1), "source": "Text"},
        {"value": 12, "valid_from": date(2030, 1, 1), "source": "Senare"},
    ],
}


def kind_table(name, body=None):
    """Return one file of the vocabulary as parsed, with the words filled in that no test is about."""
    table = tomllib.loads(KINDS.get(name, "") if body is None else body)
    head = {"name": name, "title": BOTH, "plural": BOTH, "sheet": name}
    table["kind"] = head if name == "collaboration" else {**head, "whole_question": BOTH}
    for fact in table.get("fact", []):
        fact.setdefault("kind", "observed")
        fact.setdefault("question", BOTH)
        fact.setdefault("help", BOTH)
        if "values" in fact:
            fact.setdefault("labels", {"sv": {v: v for v in fact["values"]}, "en": {v: v for v in fact["values"]}})
    for derived in table.get("derived", []):
        derived.setdefault("question", BOTH)
    return table


def vocabulary_files(**bodies):
    """Return the parsed vocabulary with the kinds named written as given."""
    return {f"{name}.toml": kind_table(name, bodies.get(name)) for name in RECORD_KINDS}


VOCABULARY = load_vocabulary(vocabulary_files())


def rule(id_="r.one", requires="offers", **keys):
    """Return a rule as its file holds it, about the collaboration unless told otherwise."""
    return {
        "id": id_,
        "norms": ["N-1"],
        "source": {"section": "Avsnitt", "sentence": 1},
        "record": "collaboration",
        "bearer": "company",
        "modality": "ska",
        "phases": ["planned", "offered", "carried_out"],
        "certainty": "seed",
        "requires": requires,
        "title": BOTH,
        "statement": BOTH,
        "case": [{"facts": {}, "expect": "undecided"}],
        **keys,
    }


numbers = itertools.count(1)


def files(*rules, scope="branch == 'pharma'", version=None, document=None, **tables):
    """Return the parsed files of an edition; `tables` are further tables of its one heading, such as parameter."""
    number = version or f"t{next(numbers)}"
    head = {
        "id": f"prov/{number}",
        "line": "prov",
        "version": number,
        "valid_from": date(2026, 2, 1),
        "status": "in_force",
        "provenance": "official",
        "encoded": "complete",
        "parties": ["Vi"],
        "title": BOTH,
    }
    scope_table = {
        "norms": ["N-0"],
        "source": {"section": "Omfattning", "sentence": 1},
        "requires": scope,
        "title": BOTH,
        "statement": BOTH,
        "case": [{"facts": {"branch": "pharma"}, "expect": "meets"}],
    }
    return {
        "edition.toml": {"document": {**head, **(document or {})}, "scope": scope_table},
        "avsnitt.toml": {"rule": list(rules), **tables},
    }


def edition(*rules, **keys):
    """Return an edition of the rules given, over the small vocabulary."""
    return load_edition(files(*rules, **keys), VOCABULARY)


def plain(phase="planned", starts_on="2026-03-12", ends_on=None, **parts):
    """Return a case as plain tables; `branch` is pharma unless the collaboration says otherwise."""
    header = {"title": "Ett fall", "phase": phase, "starts_on": starts_on}
    if ends_on:
        header["ends_on"] = ends_on
    own = {"branch": "pharma", **parts.pop("collaboration", {})}
    return {
        "schema": "tillit.case/1",
        "case": header,
        "collaboration": {name: value for name, value in own.items() if value is not None},
        **parts,
    }


def judged(fact, value=True, record="collaboration", on="2026-02-20", **keys):
    """Return a judgement as plain tables."""
    return {"fact": fact, "record": record, "value": value, "by": "verksamhetschef", "on": on, "why": "Så.", **keys}


def case(*args, **parts):
    """Return the case of `plain`, read."""
    return read_case(plain(*args, **parts), VOCABULARY)


def tried(rules, *args, as_of=date(2026, 3, 1), keys=None, **parts):
    """Return the check of a case by an edition of the rules (or the edition) given."""
    ours = edition(*rules, **(keys or {})) if isinstance(rules, list | tuple) else rules
    return check_by(case(*args, **parts), [ours], as_of=as_of)


def words(check):
    """Return every finding but the scope's as rule and record → outcome."""
    return {(f.rule.id, f.record): OUTCOMES[f.outcome] for f in check.findings if f.rule.id != "omfattning.galler"}


def only(check, rule_id="r.one", record=None):
    """Return the one finding of a rule (on a record)."""
    found = [f for f in check.findings if f.rule.id == rule_id and record in (None, f.record)]
    assert len(found) == 1, found
    return found[0]
