"""The numbers of a rulebook as people and files read them; one without a source is said not to be set."""

from typing import Any

from tillit.core.money import as_decimal
from tillit.core.rulebook.model import Fact, Parameter, ParameterValue
from tillit.core.rulebook.tree import day_of_number
from tillit.exchange import words


def told(parameter: Parameter, lang: str) -> str:
    """Return a parameter on one line: its name and title, and each value with its first day and its source."""
    title = f"{parameter.name}  {parameter.title.in_language(lang)}:"
    if not parameter.values:
        return f"{title} {words.say('rules.not_set', lang)}"
    values = (f"{_value(parameter, each, lang)} ({each.valid_from} –; {each.source})" for each in parameter.values)
    return f"{title} {'; '.join(values)}"


def plain(parameter: Parameter) -> list[dict[str, Any]]:
    """Return a parameter's values as data, oldest first; none where it is not set."""
    return [
        {"value": _data(parameter, each), "valid_from": each.valid_from.isoformat(), "source": each.source}
        for each in sorted(parameter.values, key=lambda each: each.valid_from)
    ]


def _value(parameter: Parameter, given: ParameterValue, lang: str) -> str:
    if parameter.type == "date":
        return str(_data(parameter, given))
    like = Fact(parameter.name, "collaboration", parameter.type, "observed", unit=parameter.unit)
    return words.value(like, given.value, lang)


def _data(parameter: Parameter, given: ParameterValue) -> str | int:
    number = int(str(given.value))
    if parameter.type == "date":
        return day_of_number(number).isoformat()
    return str(as_decimal(number)) if parameter.type == "decimal" else number
