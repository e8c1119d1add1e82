"""What somebody typed for a fact, read as the case holds it, and a fact's value as it stands in a field."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from tillit.core.errors import Problem
from tillit.core.rulebook.model import Fact
from tillit.core.rulebook.read_value import Refused, read_value as core_value
from tillit.core.text import personal_number_in
from tillit.exchange.excel_values import Unreadable, folded, read_value as cell_value
from tillit.exchange.sheets import case_facts
from tillit.exchange.words import Lang, words

LONGEST = 4000
"""Longer than any field takes: what is typed beyond it is refused before it is read."""
Read = tuple[object, Problem | None]


def read(typed: str, fact: Fact, lang: Lang, place: str = "") -> Read:
    """Return the plain value of what was typed, None where it says nothing, and the problem where there is one."""
    if not typed.strip():
        return None, None
    if personal_number_in(typed[: 2 * LONGEST]):
        return None, Problem("case.personal_number", place)
    if len(typed) > LONGEST:
        return None, Problem("case.text_too_long", place, {"length": str(len(typed)), "most": str(LONGEST)})
    try:
        value = cell_value(_country(typed) if fact.format == "country" else typed, fact, lang=lang)
        if value is None:
            return None, None
        core_value(fact, value)
    except Unreadable as unreadable:
        return None, Problem(unreadable.code, place, unreadable.told)
    except Refused as refused:
        return None, Problem(refused.code, place, refused.args_)
    return (value.isoformat() if isinstance(value, date) else value), None


def typed(value: object, fact: Fact, lang: Lang) -> str:
    """Return a plain value as it stands in a field, so that it reads back as the same."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    text = str(value)
    if fact.type == "datetime":
        return text.replace("T", " ")
    if fact.type == "decimal":
        text = text.removesuffix(".00")
        return text if lang == "en" else text.replace(".", ",")
    return text


def choices(fact: Fact, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen for a fact, as value and label; nothing for a fact that is written."""
    if fact.type == "bool":
        said = words(lang)["value"]
        return (("yes", said["yes"].capitalize()), ("no", said["no"].capitalize()))
    return tuple(
        (value, _capital(fact.labels[value].in_language(lang)) if value in fact.labels else value)
        for value in fact.values
    )


def header() -> Mapping[str, Fact]:
    """Return what a case says about itself, as facts."""
    return case_facts()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _country(text: str) -> str:
    """Return the code of a country written by name, else the text itself."""
    return _countries().get(folded(text), text)


@cache
def _countries() -> dict[str, str]:
    return {folded(name): code for lang in ("sv", "en") for code, name in words(lang)["country"].items()}
