"""A case in JSON or TOML as a plain dict. Only syntax is judged here; what the words mean is `core`'s to judge."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from tillit.core.errors import BadInput, Problem
from tillit.exchange.places import line_place, path_place
from tillit.exchange.words import Lang

DEEPEST = 12
"""A case is three levels deep; more than this is a mistake or an attack."""

_JSON_HINTS = (
    ("Expecting property name", "json.name"),
    ("Expecting ',' delimiter", "json.comma"),
    ("Expecting ':' delimiter", "json.colon"),
    ("Expecting value", "json.value"),
    ("Illegal trailing comma", "json.name"),
    ("Unterminated string", "json.string"),
    ("Invalid control character", "json.string"),
    ("Invalid \\", "json.escape"),
    ("Extra data", "json.extra"),
)
_TOML_HINTS = (
    (r"Cannot (overwrite|declare|mutate|redefine)|[Dd]uplicate", "toml.double_key"),
    (r"Invalid date", "toml.date"),
    (r"Unterminated string|Illegal character|Expected \"'\"|Expected '\"'", "toml.string"),
    (r"Expected '=' after", "toml.equals"),
    (r"Invalid value", "toml.value"),
    (r"Unescaped|Invalid hex|Escaped character", "toml.escape"),
    (r"Unclosed|Expected '\]|Expected ']", "toml.bracket"),
    (r"Expected newline or end of document", "toml.newline"),
)


class _Pairs(dict[str, Any]):
    """A JSON object that remembers which of its keys came twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def json_case(text: str, lang: Lang) -> dict[str, Any]:
    """Return the object in a JSON text; keys that come twice are refused, decimals stay exact.

    :raises BadInput: with line and column, or with the place of what came twice
    """
    try:
        raw = json.loads(text, object_pairs_hook=_Pairs, parse_float=_decimal, parse_int=_whole)
    except json.JSONDecodeError as error:
        hint = next((code for start, code in _JSON_HINTS if error.msg.startswith(start)), "json.syntax")
        raise _refused(hint, line_place(error.lineno, error.colno, lang)) from None
    except RecursionError:
        raise _refused("file.too_deep", "", limit=str(DEEPEST)) from None
    if not isinstance(raw, dict):
        raise _refused("json.not_an_object", "")
    return _sound(raw, lang)


def toml_case(text: str, lang: Lang) -> dict[str, Any]:
    """Return the table of a TOML text; decimals stay exact.

    :raises BadInput: with line and column
    """
    try:
        raw = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        hint = next((code for pattern, code in _TOML_HINTS if re.search(pattern, message)), "toml.syntax")
        raise _refused(hint, _toml_place(message, text, lang)) from None
    except RecursionError:
        raise _refused("file.too_deep", "", limit=str(DEEPEST)) from None
    except ValueError:  # a whole number of thousands of digits
        raise _refused("file.number_too_long", "") from None
    return _sound(raw, lang)


def _toml_place(message: str, text: str, lang: Lang) -> str:
    found = re.search(r"at line (\d+), column (\d+)", message)
    if found:
        return line_place(int(found[1]), int(found[2]), lang)
    lines = text.splitlines() or [""]
    return line_place(len(lines), len(lines[-1]) + 1, lang)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= 30 else Decimal(text)


def _refused(code: str, place: str, **args: str) -> BadInput:
    return BadInput([Problem(code, place, args)])


def _sound(raw: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Return the same dict when nothing in it is doubled, bottomless or unprintable."""
    problems = [problem for path, value in _walk(raw) for problem in _faults(path, value, raw, lang)]
    if problems:
        raise BadInput(problems)
    return raw


def _walk(raw: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every value with its path, without recursion and no deeper than one level too deep."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), raw)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) > DEEPEST:
            continue
        if isinstance(value, dict):
            waiting.extend((*path, key) and ((*path, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*path, number), inner) for number, inner in reversed(list(enumerate(value))))


def _faults(path: tuple[str | int, ...], value: object, raw: dict[str, Any], lang: Lang) -> Iterator[Problem]:
    if len(path) > DEEPEST:
        yield Problem("file.too_deep", path_place(path[:3], raw, lang), {"limit": str(DEEPEST)})
        return
    if isinstance(value, _Pairs):
        for key in value.twice:
            yield Problem("json.double_key", path_place((*path, _printable(key)), raw, lang), {"key": _printable(key)})
    if value is None:
        yield Problem("json.null", path_place(tuple(map(_shown, path)), raw, lang))
    words = [value] if isinstance(value, str) else list(value) if isinstance(value, dict) else []
    if any(_printable(word) != word for word in words):
        yield Problem("file.control_sign", path_place(path, raw, lang))


def _shown(step: str | int) -> str | int:
    return _printable(step) if isinstance(step, str) else step


def _printable(text: str) -> str:
    """Return text without control signs and halves of signs, which no page, file or database takes."""
    return "".join(sign for sign in text if sign in "\n\r\t" or not _unprintable(sign))


def _unprintable(sign: str) -> bool:
    return sign in "\ufffe\uffff" or unicodedata.category(sign) in ("Cc", "Cs")
