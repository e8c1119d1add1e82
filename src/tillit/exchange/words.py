"""All words of problems and formats, in Swedish and English: `words.sv.toml` and `words.en.toml` hold the same keys.

core raises codes with arguments; here they become sentences that say what stands in the way and what to do.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.model import Fact, Text
from tillit.core.text import personal_number_in

Lang = Literal["sv", "en"]
LANGUAGES: tuple[Lang, ...] = ("sv", "en")
_NBSP, _MINUS = "\u00a0", "\u2212"


@cache
def words(lang: str) -> Mapping[str, Any]:
    """Return every word of a language, as the tables of its file; any language but English is answered in Swedish."""
    name = "words.en.toml" if lang == "en" else "words.sv.toml"
    return tomllib.loads(files("tillit.exchange").joinpath(name).read_text("utf-8"))


def say(code: str, lang: str, **args: str) -> str:
    """Return the words of a code; for a problem's own code, the problem and its remedy.

    An argument that is missing is shown as "…", so that a slip in the words never hides a problem.

    :raises KeyError: there are no words for the code (a test holds that every code has)
    """
    found = _at(code, lang)
    if isinstance(found, str):
        return _Filler().vformat(found, (), args)
    return " ".join(part for part in (_Filler().vformat(found["problem"], (), args), _remedy(found, args)) if part)


def _remedy(found: Mapping[str, str], args: Mapping[str, str]) -> str:
    near = found.get("near", "") if args.get("nearest") else ""
    return " ".join(_Filler().vformat(each, (), args) for each in (near, found["remedy"]) if each)


def both(code: str) -> Text:
    """Return the words of a code in both languages."""
    return Text(say(code, "sv"), say(code, "en"))


def _at(code: str, lang: str) -> Any:
    here: Any = words(lang)
    for step in code.split("."):
        here = here[step]
    return here


class _Filler(string.Formatter):
    """Fills in `{name}` and nothing else: no attributes, no positions, no formats."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:  # noqa: ARG002 - its name is given
        return kwargs.get(field_name, "…"), field_name


def problem_text(problem: Problem, lang: str) -> str:
    """Return what stands in the way and what to do, without file and place."""
    return " ".join(part for part in problem_parts(problem, lang) if part)


def problem_parts(problem: Problem, lang: str) -> tuple[str, str]:
    """Return what stands in the way, and what to do about it."""
    args = {name: _without_names(value) for name, value in problem.args.items()}
    if "expected" in args:
        args["expected"] = words(lang)["type"].get(args["expected"], args["expected"])
    try:
        found = _at(problem.code, lang)
    except KeyError:
        told = ", ".join(f"{name}: {value}" for name, value in args.items())
        return f"{problem.code} ({told})" if told else problem.code, ""
    if isinstance(found, str):
        return _Filler().vformat(found, (), args), ""
    return _Filler().vformat(found["problem"], (), args), _remedy(found, args)


def problem_lines(bad: BadInput, lang: str) -> list[str]:
    """Return one line per problem: `file: place: problem. Remedy.`"""
    return list(dict.fromkeys(_line(problem, lang) for problem in bad.problems))


def _line(problem: Problem, lang: str) -> str:
    parts = (problem.file, _without_names(problem.place), problem_text(problem, lang))
    return ": ".join(part for part in parts if part)


def _without_names(text: str) -> str:
    """Return text without personal numbers: an error is copied into mails and logs."""
    while found := personal_number_in(text):
        if found not in text:  # written with other digits than 0-9: not one sign of it is repeated
            return "…"
        text = text.replace(found, "…")
    return text


def whole(number: int, lang: str) -> str:
    """Return a whole number in groups of three: "1 234" with no-break spaces in Swedish, "1,234" in English."""
    grouped = f"{abs(number):,}"
    return (_MINUS if number < 0 else "") + (grouped if lang == "en" else grouped.replace(",", _NBSP))


def number(hundredths: int, lang: str, *, decimals: int | None = None) -> str:
    """Return a fixed-point number given in hundredths; without `decimals`, as many as it needs ("2,7", "3")."""
    units, rest = divmod(abs(hundredths), 100)
    digits = f"{rest:02}" if decimals == 2 else f"{rest:02}".rstrip("0")
    sign = _MINUS if hundredths < 0 else ""
    point = "." if lang == "en" else ","
    return sign + whole(units, lang) + (point + digits if digits else "")


def money(hundredths: int, lang: str, currency: str = "SEK") -> str:
    """Return an amount given in öre: "1 234,50 kr" in Swedish, "SEK 1,234.50" in English, all on one line."""
    amount = number(hundredths, lang, decimals=2)
    if lang == "en":
        return f"{currency}{_NBSP}{amount}"
    return f"{amount}{_NBSP}{'kr' if currency == 'SEK' else currency}"


def day(when: date, lang: str, *, long: bool = False) -> str:
    """Return a day as 2026-02-01, or `long` as "1 februari 2026"."""
    if not long:
        return when.strftime("%Y-%m-%d") if when.year >= 1000 else date(when.year, when.month, when.day).isoformat()
    month = words(lang)["month"][when.month - 1]
    return f"{when.day}{_NBSP}{month}{_NBSP}{when.year}"


def value(fact: Fact, given: object, lang: str) -> str:
    """Return a fact's value, as the engine holds it, in words: "ja", "på distans", "245,00 kr", "2,7 timmar"."""
    if given is None:
        return say("value.unknown", lang)
    if isinstance(given, bool):
        return say("value.yes" if given else "value.no", lang)
    if isinstance(given, datetime):
        return f"{day(given, lang)} {given:%H:%M}"
    if isinstance(given, date):
        return day(given, lang)
    if isinstance(given, int):
        if fact.is_money:
            return money(given, lang)
        shown = number(given, lang) if fact.type == "decimal" else whole(given, lang)
        unit = words(lang)["unit"].get(fact.unit, fact.unit) if fact.unit else ""
        return f"{shown}{_NBSP}{unit}" if unit else shown
    label = fact.labels.get(str(given))
    return label.in_language(lang) if label else str(given)


def record_name(kind: str, own_id: str, lang: str) -> str:
    """Return what people call a record: "Deltagare p2", "Samverkan"; id "*" means those that are not listed."""
    from tillit.core.rulebook.editions import vocabulary

    known = vocabulary().kinds.get(kind)
    title = known.title.in_language(lang) if known else kind
    if own_id == "*":
        return say("record.unlisted", lang, kind=known.plural.in_language(lang) if known else kind)
    return title if kind == "collaboration" or not own_id else f"{title} {own_id}"


def keys(lang: str) -> Iterator[tuple[str, str]]:
    """Yield every code of a language with its words; for tests and for translators."""
    waiting: list[tuple[str, Any]] = list(words(lang).items())
    while waiting:
        name, found = waiting.pop()
        if isinstance(found, dict):
            waiting.extend((f"{name}.{inner}", each) for inner, each in found.items())
        elif isinstance(found, list):
            waiting.extend((f"{name}.{number}", each) for number, each in enumerate(found))
        else:
            yield name, found
