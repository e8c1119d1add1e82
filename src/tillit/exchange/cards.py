"""The findings of an answer gathered into cards, as people read them: one rule, one outcome, one or many records.

An answer has one finding per rule and record; here a rule with the same outcome for many records becomes one card that
lists them, and what is asked of many is asked once.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import COLLABORATION, Fact, Rule
from tillit.exchange.questions import fact_named, question_of
from tillit.exchange.words import record_name, say as say_code, whole

NAMED = 6
"""How many records or choices are named before they are only counted, or left to the template."""
Finding = Mapping[str, Any]
T = TypeVar("T")
LINES = 200
"""How many lines a card says of its records before it only counts the rest; the case itself has them all."""
_WORDS = re.compile(r"[\w.-]*\w")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to find out, or to judge, in words; `of_the_record` when it is asked of each record for itself."""

    name: str
    question: str
    help: str = ""
    options: tuple[str, ...] = ()
    of_the_record: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement that somebody has recorded: what was judged, of which record, the answer, who, when and why."""

    question: str
    of: str
    value: str
    by: str
    on: str
    why: str


@dataclass(frozen=True, slots=True)
class Card:
    """One rule with one outcome, for one or many records; `information` says that the rule decides nothing."""

    rule: str
    rulebook: str
    edition: str
    title: str
    statement: str
    outcome: str
    word: str
    notice: bool
    information: bool
    bearer: str
    norms: tuple[str, ...]
    section: str
    sentence: str
    page: str
    concerns: str
    records: tuple[str, ...]
    seen: tuple[str, ...]
    asks: tuple[Ask, ...]
    way_out: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out or to judge: of which records it is asked, and which rules wait for it, by title."""

    ask: Ask
    concerns: tuple[str, ...]
    needed_for: tuple[str, ...]


@cache
def words(lang: str) -> dict[str, Any]:
    """Return the words of a language; any language but English is answered in Swedish."""
    name = "summary.en.toml" if lang == "en" else "summary.sv.toml"
    return tomllib.loads(files("tillit.exchange").joinpath(name).read_text("utf-8"))


def cards_of(findings: Iterable[Finding], *, lang: str) -> list[Card]:
    """Return one card per rule and outcome, in the order of the findings."""
    gathered: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding["rulebook"], finding["rule"], finding["outcome"], finding["notice"])
        gathered.setdefault(key, []).append(finding)
    return [_card(same, lang) for same in gathered.values()]


def edition_name(edition_id: str) -> str:
    """Return what an edition is called for short: "Samverkansregler 3.0"."""
    line, _, number = edition_id.partition("/")
    return f"{line.capitalize()} {number}"


def place_in(source: Mapping[str, Any], lang: str) -> str:
    """Return where under its heading a rule stands: a sentence of the text, or the page that it was read on instead."""
    say = words(lang)["source"]
    if "page" not in source:
        return str(say["sentence"]).format(n=source["sentence"])
    return str(say["page_of" if "edition" in source else "page"]).format(edition=source.get("edition", ""))


def rule_of(edition_id: str, rule_id: str) -> Rule | None:
    """Return a rule of an edition, its scope included, or None."""
    edition = editions.edition(edition_id)
    return edition.scope if edition.scope.id == rule_id else edition.rule(rule_id)


def ask(name: str, kind: str, lang: str) -> Ask:
    """Return what a missing fact's name means to people: its question, its help and what can be answered."""
    fact = fact_named(name, kind, editions.vocabulary())
    question = question_of(name, kind, lang)
    if not isinstance(fact, Fact):
        return Ask(name, question)
    options = tuple(fact.labels[value].in_language(lang) if value in fact.labels else value for value in fact.values)
    return Ask(
        name,
        question,
        fact.help.in_language(lang),
        options if len(options) <= NAMED else (),
        fact.record != COLLABORATION,
    )


def _asks(same: Sequence[Finding], lang: str) -> tuple[Ask, ...]:
    """Return what a card asks, each thing once: "leg:l1.cabin" and "leg:l2.cabin" are one thing asked of two."""
    asked: dict[tuple[str, str], list[str]] = {}
    for finding in same:
        kind = finding["record"].partition(":")[0]
        for name in finding["missing"]:
            home, _, bare = name.rpartition(".")
            record_kind, colon, own = home.partition(":")
            records = asked.setdefault((record_kind if colon else kind, bare if colon else name), [])
            if colon and own not in records:
                records.append(own)
    return tuple(_asked_of(ask(name, kind, lang), records, lang) for (kind, name), records in asked.items())


def _asked_of(each: Ask, records: Sequence[str], lang: str) -> Ask:
    if not records:
        return each
    question = say_code("because.of_record", lang, record=_some(records), question=each.question)
    return replace(each, question=question, of_the_record=False)


def _some(named: Sequence[str]) -> str:
    return ", ".join(named[:NAMED]) + ("\u00a0…" if named[NAMED:] else "")


def questions(cards: Iterable[Card]) -> tuple[Question, ...]:
    """Return what the cards ask, each thing once, with the rules that wait for it."""
    waiting: dict[Ask, tuple[dict[str, None], list[str]]] = {}
    for card in cards:
        for each in card.asks:
            concerns, titles = waiting.setdefault(each, ({}, []))
            titles.append(card.title)
            if each.of_the_record and any(not record.endswith(":*") for record in card.records):
                concerns[card.concerns] = None
    return tuple(Question(each, tuple(concerns), tuple(titles)) for each, (concerns, titles) in waiting.items())


def _card(same: Sequence[Finding], lang: str) -> Card:
    first, say = same[0], words(lang)
    rule = rule_of(first["rulebook"], first["rule"])
    records = [finding["record"] for finding in same]
    statement = first["statement"] or (rule.statement.in_language(lang) if rule else "")
    return Card(
        rule=first["rule"],
        rulebook=first["rulebook"],
        edition=edition_name(first["rulebook"]),
        title=rule.title.in_language(lang) if rule else statement,
        statement=statement,
        outcome=first["outcome"],
        word=say["outcome"][first["outcome"]],
        notice=first["notice"],
        information=rule is not None and rule.modality == "upplysning",
        bearer=say["bearer"].get(first["bearer"], first["bearer"]),
        norms=tuple(first["norms"]),
        section=first["source"]["section"],
        sentence=place_in(first["source"], lang),
        page=first["source"].get("page", ""),
        concerns=_concerns(records, lang),
        records=tuple(record for record in records if record != COLLABORATION),
        seen=_seen(same, lang),
        asks=_asks(same, lang),
        way_out=first.get("way_out") or "",
        judgements=_without_repeats(
            _judgement(made, finding, lang, several=len(same) > 1) for finding in same for made in finding["judgements"]
        ),
    )


def _seen(same: Sequence[Finding], lang: str) -> tuple[str, ...]:
    """Return what was seen: once where it is the same for every record, else line by line with the record's name."""
    seen = [(finding["record"], _because(finding, lang)) for finding in same]
    if len({lines for _, lines in seen}) == 1:
        return seen[0][1]
    told = [(line, record) for record, lines in seen for line in lines]
    rest = len(told) - LINES
    more = (str(words(lang)["record"]["more"]).format(n=whole(rest, lang)),) if rest > 0 else ()
    return (*(_with_name(line, record, lang) for line, record in told[:LINES]), *more)


def _because(finding: Finding, lang: str) -> tuple[str, ...]:
    """Return why it came out so, without what the card says in its own place: what is asked and what was judged."""
    kind = finding["record"].partition(":")[0]
    elsewhere = {
        say_code(code, lang, question=question_of(name, kind, lang))
        for code in ("because.unknown", "because.unjudged")
        for name in finding["missing"]
    }
    judged = tuple(made["why"] for made in finding["judgements"])
    return tuple(line for line in finding["because"] if line not in elsewhere and not line.endswith(judged))


def _with_name(line: str, record: str, lang: str) -> str:
    own = record.partition(":")[2]
    return line if own and own in _WORDS.findall(line) else f"{_name(record, lang)}: {line}"


def _name(record: str, lang: str) -> str:
    kind, _, own = record.partition(":")
    return str(words(lang)["record"]["whole"]) if kind == COLLABORATION else record_name(kind, own, lang)


def _concerns(records: Sequence[str], lang: str) -> str:
    if len(records) == 1:
        return _name(records[0], lang)
    listed = [record.partition(":")[2] for record in records if not record.endswith(":*")]
    kind = editions.vocabulary().kinds.get(records[0].split(":")[0])
    if kind is None or len(listed) <= 1:
        return ", ".join(_name(record, lang) for record in records)
    return str(words(lang)["record"]["several"]).format(
        n=len(listed), plural=kind.plural.in_language(lang).lower(), ids=_some(listed)
    )


def _judgement(made: Mapping[str, Any], finding: Finding, lang: str, *, several: bool) -> Judgement:
    say = words(lang)["value"]
    kind = str(made.get("record", finding["record"])).split(":")[0]
    value = say["true"] if made["value"] is True else say["false"] if made["value"] is False else str(made["value"])
    of = _name(finding["record"], lang) if several else ""
    return Judgement(ask(made["fact"], kind, lang).question, of, value, made["by"], str(made["on"]), made["why"])


def _without_repeats(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))
