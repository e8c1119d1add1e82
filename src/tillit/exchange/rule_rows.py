"""Rules, provisions, norms and editions as rows, for the command and the API: as their files have them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from tillit.core.rulebook.coverage import coverage
from tillit.core.rulebook.model import (
    Edition,
    Parameter,
    ParameterValue,
    Provision,
    Reading,
    Rule,
    RuleCase,
    Source,
    Text,
)
from tillit.exchange.parameters import plain

Row = dict[str, Any]


def rule_rows(chosen: Edition) -> list[Row]:
    """Return every rule of an edition, its scope first."""
    return [rule_row(rule) for rule in (chosen.scope, *chosen.rules)]


def rule_named(chosen: Edition, rule_id: str) -> Rule | None:
    """Return the rule with this id, the scope among them, or None."""
    return chosen.scope if rule_id == chosen.scope.id else chosen.rule(rule_id)


def provision_named(chosen: Edition, provision_id: str) -> Provision | None:
    """Return the provision with this id, or None."""
    return next((each for each in chosen.provisions if each.id == provision_id), None)


def rule_row(rule: Rule) -> Row:
    """Return a rule as its file has it, with its cases."""
    return {
        "id": rule.id,
        "edition": rule.edition,
        "norms": list(rule.norms),
        "source": _source(rule.source),
        "record": rule.record,
        "bearer": rule.bearer,
        "modality": rule.modality,
        "phases": list(rule.phases),
        "benefit": rule.benefit,
        "certainty": rule.certainty,
        "applies": rule.applies,
        "requires": rule.requires,
        "judge": rule.judge,
        "title": _both(rule.title),
        "statement": _both(rule.statement),
        "because": {outcome: _both(text) for outcome, text in rule.because.items()},
        "way_out": _both(rule.way_out),
        "question": _both(rule.question),
        "reading": _reading(rule.reading),
        "cases": [_case(case) for case in rule.cases],
    }


def provision_row(provision: Provision, chosen: Edition) -> Row:
    """Return what the agreement says without making a rule."""
    return {
        "id": provision.id,
        "edition": chosen.id,
        "kind": provision.kind,
        "norms": list(provision.norms),
        "source": _source(provision.source),
        "bearer": provision.bearer,
        "certainty": provision.certainty,
        "title": _both(provision.title),
        "statement": _both(provision.statement),
        "term": _both(provision.term),
        "reading": _reading(provision.reading),
    }


def coverage_row(chosen: Edition) -> Row:
    """Return which norm is covered by what, and which norms nothing covers."""
    found = coverage(chosen)
    norms = {norm: {"kind": kind, "covered_by": list(ids)} for norm, (kind, ids) in found.norms.items()}
    parameters = {name: plain(each) for name, each in chosen.parameters.items()}
    return {"norms": norms, "parameters": parameters, "missing": list(found.missing)}


def edition_row(chosen: Edition) -> Row:
    """Return which text an edition is, when it is in force, and how much of it is here."""
    document = chosen.document
    return {
        "id": document.id,
        "line": document.line,
        "version": document.version,
        "valid_from": document.valid_from.isoformat(),
        "valid_to": None if document.valid_to is None else document.valid_to.isoformat(),
        "status": document.status,
        "provenance": document.provenance,
        "encoded": document.encoded,
        "parties": list(document.parties),
        "title": _both(document.title),
        "hash": chosen.hash,
        "rules": len(chosen.rules) + 1,
        "provisions": len(chosen.provisions),
        "norms": len(chosen.norms),
    }


def parameter_rows(chosen: Edition) -> list[Row]:
    """Return the dated numbers of an edition; one without values has been set by nobody."""
    return [parameter_row(each) for each in chosen.parameters.values()]


def parameter_row(parameter: Parameter) -> Row:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "unit": parameter.unit,
        "title": _both(parameter.title),
        "values": [_dated(parameter, given) for given in parameter.values],
    }


def _dated(parameter: Parameter, given: ParameterValue) -> Row:
    value = _number(parameter, given.value)
    return {"value": value, "valid_from": given.valid_from.isoformat(), "source": given.source}


def _number(parameter: Parameter, value: int | date) -> int | str:
    """Return a value as a case file writes it: a decimal as text, a date as 2026-02-01."""
    if isinstance(value, date):
        return value.isoformat()
    if parameter.type == "decimal":
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02}"
    return value


def _case(case: RuleCase) -> Row:
    facts = {
        name: value if isinstance(value, bool | int | str | dict) else str(value) for name, value in case.facts.items()
    }
    missing = {} if case.missing is None else {"missing": list(case.missing)}
    return {"facts": facts, "expect": case.expect, **missing}


def _source(source: Source) -> Row:
    return {name: value for name, value in asdict(source).items() if value is not None}


def _reading(reading: Reading | None) -> Row | None:
    if reading is None:
        return None
    return {"text": _both(reading.text), "by": reading.by, "on": reading.on.isoformat()}


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"sv": text.sv, "en": text.en}
