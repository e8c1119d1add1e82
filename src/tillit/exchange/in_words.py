"""An expression of the rules in plain words: a tree of statements that a page lays out as a sentence or as lists.

`not` is pushed down to the facts, where it reads best; that changes no value, since `not` swaps yes and no and leaves
both kinds of unknown. A fact is said by its phrase (`phrases.*.toml`), or else by its question.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.model import Derived, Edition, Fact, Parameter
from tillit.core.rulebook.tree import And, Arithmetic, Compare, Constant, In, Name, Node, Not, Or, day_of_number
from tillit.exchange.parameters import value_told
from tillit.exchange.words import day, say, value, whole, words

_OPPOSITE: Mapping[str, str] = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORD: Mapping[str, str] = {"all": "and", "any": "or"}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, or several of which all or any must be true."""

    text: str = ""
    how: Literal["", "all", "any"] = ""
    parts: tuple["Said", ...] = ()


@cache
def phrases(lang: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the phrases of a language, by record kind and fact."""
    name = "phrases.en.toml" if lang == "en" else "phrases.sv.toml"
    return tomllib.loads(files("tillit.exchange").joinpath(name).read_text("utf-8"))


def in_words(node: Node, record: str, edition: Edition, lang: str) -> Said:
    """Return what an expression about a kind of record says."""
    return _Sayer(record, edition.parameters, lang).said(node)


def sentence(said: Said, lang: str) -> str:
    """Return the whole of it on one line; what stands together within is put in brackets."""
    if not said.parts:
        return said.text
    inner = [f"({sentence(part, lang)})" if part.parts else part.text for part in said.parts]
    return _joined(inner, said.how, lang)


def fact_value(fact: Fact | Derived | None, given: object, lang: str) -> str:
    """Return a value as a rule's own case has it, in words: "ja", "på distans", "minst 1", "245,00 kr"."""
    if isinstance(given, Mapping):
        least, most = (fact_value(fact, given[end], lang) if end in given else "" for end in ("min", "max"))
        which = "between" if least and most else "least" if least else "most"
        return say(f"in_words.{which}", lang, least=least, most=most)
    if fact is None:
        return str(given)
    if isinstance(given, str) and fact.type == "decimal":
        from decimal import Decimal

        return _told(fact, int(Decimal(given) * 100), lang)
    if isinstance(given, int) and not isinstance(given, bool) and fact.type == "decimal":
        return _told(fact, given * 100, lang)
    return _told(fact, given, lang)


class _Sayer:
    """Says expressions about one kind of record in one language."""

    def __init__(self, record: str, parameters: Mapping[str, Parameter], lang: str) -> None:
        self.record, self.parameters, self.lang = record, parameters, lang

    def said(self, node: Node, *, yes: bool = True) -> Said:
        match node:
            case Not(item=item):
                return self.said(item, yes=not yes)
            case And(items=items) | Or(items=items):
                how: Literal["all", "any"] = "all" if isinstance(node, And) == yes else "any"
                return self._group(how, [self.said(item, yes=yes) for item in items])
            case In(item=Name() as name, values=values):
                return Said(self._choice(name, values, yes=yes))
            case Compare():
                return Said(self._compared(node, yes=yes))
            case Name():
                return Said(self._bare(name=node, yes=yes))
            case _:
                holds = isinstance(node, Constant) and node.value == yes
                return Said(say("value.yes" if holds else "value.no", self.lang))

    def _group(self, how: Literal["all", "any"], parts: Sequence[Said]) -> Said:
        """Return the parts as one group; a pair of statements within a larger whole is said in one breath."""
        flat: list[Said] = []
        for part in parts:
            if part.how == how:
                flat.extend(part.parts)
            elif _is_a_pair(part, self.lang):
                flat.append(Said(sentence(part, self.lang)))
            else:
                flat.append(part)
        return Said("", how, tuple(flat))

    def _fact(self, name: Name) -> Fact | Derived | None:
        return vocabulary().fact(self.record, name.symbol.name)

    def _phrase(self, name: Name) -> Any:
        fact = self._fact(name)
        return phrases(self.lang).get(fact.record if fact else "header", {}).get(name.symbol.name)

    def _question(self, name: Name) -> str:
        fact = self._fact(name)
        return fact.question.in_language(self.lang) if fact else name.symbol.name

    def _bare(self, name: Name, *, yes: bool) -> str:
        phrase = self._phrase(name)
        if isinstance(phrase, list):
            return str(phrase[0 if yes else 1])
        return say(f"in_words.{'yes' if yes else 'no'}", self.lang, question=self._question(name))

    def _choice(self, name: Name, values: Iterable[object], *, yes: bool) -> str:
        told = _joined(
            [_told(self._fact(name), each, self.lang) for each in values], "any", self.lang, statements=False
        )
        phrase = self._phrase(name)
        if isinstance(phrase, list):
            return str(phrase[0 if yes else 1]).replace("{value}", told)
        return say(f"in_words.{'is' if yes else 'is_not'}", self.lang, question=self._question(name), value=told)

    def _compared(self, node: Compare, *, yes: bool) -> str:
        left, right, op = node.left, node.right, str(node.op)
        if isinstance(left, Constant):
            left, right, op = right, left, _TURNED.get(op, op)
        sign = op if yes else _OPPOSITE[op]
        if isinstance(left, Name) and isinstance(right, Constant) and left.type in ("enum", "text"):
            return self._choice(left, [right.value], yes=sign == "==")
        dated = "date" if left.type in ("date", "datetime") and sign in _TURNED else ""
        fact = next((self._fact(each) for each in (left, right) if isinstance(each, Name)), None)
        told = {"left": self._noun(left, fact), "right": self._noun(right, fact)}
        return say(f"in_words.{dated}{sign}", self.lang, **told)

    def _noun(self, node: Node, fact: Fact | Derived | None) -> str:
        match node:
            case Constant(value=given):
                return _told(fact, day_of_number(int(given)) if node.type == "date" else given, self.lang)
            case Arithmetic(op="*", left=left, right=Constant(), type="decimal") if left.type == "int":
                return self._noun(left, fact)
            case Arithmetic(op=op, left=left, right=right):
                sign = "date-" if left.type == "date" else op
                return say(f"in_words.{sign}", self.lang, left=self._noun(left, fact), right=self._noun(right, fact))
            case Name(symbol=symbol):
                parameter = self.parameters.get(symbol.name) if self._fact(node) is None else None
                if parameter is not None:
                    return _parameter(parameter, self.lang)
                phrase = self._phrase(node)
                asked = say("in_words.noun", self.lang, question=self._question(node))
                return phrase if isinstance(phrase, str) else asked
            case _:
                return sentence(self.said(node), self.lang)


def _parameter(parameter: Parameter, lang: str) -> str:
    latest = max(parameter.values, key=lambda each: each.valid_from, default=None)
    told = value_told(parameter, latest, lang) if latest else say("in_words.unset", lang)
    title = parameter.title.in_language(lang)
    return say("in_words.parameter", lang, title=title[:1].lower() + title[1:], value=told)


def _told(fact: Fact | Derived | None, given: object, lang: str) -> str:
    if isinstance(fact, Fact):
        return value(fact, given, lang)
    outcome = words(lang)["outcome"].get(given) if isinstance(given, str) else None
    if outcome:
        return say("in_words.outcome", lang, outcome=str(outcome).lower())
    if isinstance(fact, Derived):
        unit = "SEK" if fact.type == "decimal" else None
        return value(Fact(fact.name, fact.record, fact.type, "observed", unit=unit), given, lang)
    if isinstance(given, bool):
        return say("value.yes" if given else "value.no", lang)
    if isinstance(given, int):
        return whole(given, lang)
    return day(given, lang) if isinstance(given, date) else str(given)


def is_simple(said: Said, lang: str) -> bool:
    """Return whether it reads well as one sentence."""
    return not said.parts or _is_a_pair(said, lang)


def _is_a_pair(said: Said, lang: str) -> bool:
    """Return whether it is two statements that can be read in one breath without being misread."""
    word = say(f"in_words.{_WORD[said.how]}", lang) if said.how else ""
    return len(said.parts) == 2 and not any(part.parts or f", {word} " in part.text for part in said.parts)


def _joined(told: Sequence[str], how: Literal["", "all", "any"], lang: str, *, statements: bool = True) -> str:
    """Return a list as it is read, "a, b eller c"; a comma before the word where it is needed to tell the parts."""
    if len(told) == 1:
        return told[0]
    word = say(f"in_words.{_WORD[how]}", lang)
    comma = "," if statements or any(f" {word} " in each or "," in each for each in told) else ""
    return f"{', '.join(told[:-1])}{comma} {word} {told[-1]}"
