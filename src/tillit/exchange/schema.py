"""The published JSON Schema (2020-12) of a case file, made from the vocabulary.

`case.schema.json` beside this file is its committed copy; a test compares. The schema tells a program what a case
may hold; what only the whole case can show (references, personal numbers, judgements of real judgement words of that
very record) is left to the reader, which refuses more than the schema does and never less.
"""

from typing import Any

from tillit.core.money import LARGEST
from tillit.core.rulebook.model import COLLABORATION, PHASES, Fact, Kind, Vocabulary
from tillit.core.rulebook.read_case import SCHEMA
from tillit.core.rulebook.read_value import COUNTRIES, LONGEST_TEXT

ID = "https://tillit.example/case.schema.json"
FILE = "case.schema.json"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_DECIMAL = r"^\s*-?\d{1,13}(\.\d{0,2}0*)?\s*$"
_DECIMAL_NOT_NEGATIVE = r"^\s*(-0+(\.0*)?|\d{1,13}(\.\d{0,2}0*)?)\s*$"


def case_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema as plain tables, ready to be written as JSON."""
    children = [kind for name, kind in vocabulary.kinds.items() if name != COLLABORATION]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Case file of Tillit",
        "description": "A collaboration between health care and industry, to be tried against the agreement. "
        "What is left out is not known.",
        "type": "object",
        "required": ["schema", "case"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "case": _header(),
            COLLABORATION: _record(vocabulary.kinds[COLLABORATION], with_id=False),
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": {kind.name: {"$ref": "#/$defs/list"} for kind in children},
            },
            **{kind.name: {"type": "array", "items": _record(kind, with_id=True)} for kind in children},
            "judgement": {"type": "array", "items": _judgement(vocabulary)},
        },
        "$defs": {"list": _list(), "day": _day(), "text": _text()},
    }


def _header() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["title", "phase", "starts_on"],
        "additionalProperties": False,
        "properties": {
            "title": {"$ref": "#/$defs/text", "minLength": 1},
            "phase": {"enum": list(PHASES)},
            "starts_on": {"$ref": "#/$defs/day", "description": "The day that chooses the edition"},
            "ends_on": {"$ref": "#/$defs/day"},
            "description": {"$ref": "#/$defs/text"},
        },
    }


def _list() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "complete": {"type": "boolean", "description": "Is the list whole? Left out: not known"},
            "total": {"type": "integer", "minimum": 0, "maximum": LARGEST},
        },
    }


def _day() -> dict[str, Any]:
    return {"type": "string", "format": "date", "pattern": _DATE}


def _text() -> dict[str, Any]:
    return {"type": "string", "maxLength": LONGEST_TEXT}


def _judgement(vocabulary: Vocabulary) -> dict[str, Any]:
    assessed = {
        fact.name for kind in vocabulary.kinds.values() for fact in kind.facts.values() if fact.kind == "assessed"
    }
    said = {name: {"$ref": "#/$defs/text", "minLength": 1} for name in ("by", "why")}
    return {
        "type": "object",
        "required": ["fact", "record", "value", "by", "on", "why"],
        "additionalProperties": False,
        "properties": {
            "fact": {"enum": sorted(assessed)},
            "record": {
                "type": "string",
                "pattern": f"^\\s*({COLLABORATION}|({'|'.join(_children(vocabulary))}):[^:*].*)\\s*$",
            },
            "value": {"type": "boolean"},
            "on": {"$ref": "#/$defs/day"},
            **said,
        },
    }


def _children(vocabulary: Vocabulary) -> list[str]:
    return [name for name in vocabulary.kinds if name != COLLABORATION]


def _record(kind: Kind, *, with_id: bool) -> dict[str, Any]:
    own_id = {"id": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^:]*$"}} if with_id else {}
    observed = [fact for fact in kind.facts.values() if fact.kind == "observed"]
    return {
        "type": "object",
        "title": kind.title.en,
        "additionalProperties": False,
        "properties": {**own_id, **{fact.name: _fact(fact) for fact in observed}},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    unit = {"x-unit": fact.unit} if fact.unit else {}
    return {"title": fact.question.en, "description": fact.help.en, **unit, **_type(fact)}


def _type(fact: Fact) -> dict[str, Any]:
    if fact.type == "enum":
        return {"enum": list(fact.values)}
    if fact.type == "date":
        return {"$ref": "#/$defs/day"}
    if fact.type == "decimal":
        return _decimal(fact)
    if fact.type == "int":
        least = -LARGEST if fact.min is None else fact.min
        return {"type": "integer", "minimum": least, "maximum": LARGEST}
    if fact.type == "bool":
        return {"type": "boolean"}
    if fact.type == "datetime":
        return {"type": "string", "minLength": 16}
    if fact.format == "country":
        return {"enum": sorted(COUNTRIES)}
    return {"$ref": "#/$defs/text", **({"pattern": "^[A-Z]{3}$"} if fact.format == "currency" else {})}


def _decimal(fact: Fact) -> dict[str, Any]:
    """Return the two ways to write a decimal: as text, which is exact, or as a number."""
    least = -LARGEST if fact.min is None else fact.min / 100
    written = _DECIMAL if fact.min is None else _DECIMAL_NOT_NEGATIVE
    number = {"type": "number", "minimum": least, "maximum": LARGEST}
    return {"anyOf": [{"type": "string", "pattern": written}, number]}
