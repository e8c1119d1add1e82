"""An answer as a person reads it: a headline that says the finding, and the findings gathered into cards, in order.

The page and the protocol are both made from this, so they cannot say different things.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tillit.core.rulebook import editions
from tillit.exchange.cards import Card, Question, cards_of, edition_name, questions, rule_of, words

# From worst to best, which is also the order in which they are shown.
OUTCOMES = ("breach", "undecided", "judge", "meets", "not_applicable")
MANY = 4
"""From how many cards on a group shows its questions first, each once."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one outcome; where many wait for answers, also each question once."""

    outcome: str
    cards: tuple[Card, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A rule that is tried first when the collaboration has come further."""

    rule: str
    rulebook: str
    title: str
    phase: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rules came out in one way, with the word for it."""

    outcome: str
    word: str
    rules: int


@dataclass(frozen=True, slots=True)
class Share:
    """How it stands for one who bears duties under the agreement."""

    bearer: str
    word: str
    outcome: str
    outcome_word: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole answer, ready to be laid out."""

    lang: str
    title: str
    outcome: str
    word: str
    headline: str
    verdict: str
    sentence: str
    limit: str
    phase: str
    edition: str
    outside: tuple[str, ...]
    as_of: str
    groups: tuple[Group, ...]
    met: tuple[Card, ...]
    notices: tuple[Card, ...]
    later: tuple[Later, ...]
    tally: tuple[Count, ...]
    shares: tuple[Share, ...]


def summary(answer: Mapping[str, Any], *, lang: str) -> Summary:
    """Return an answer as people read it, in Swedish or English."""
    say = words(lang)
    cards = cards_of(answer["findings"], lang=lang)
    counted = [card for card in cards if not card.notice]
    by_rule = _worst_of_each_rule(counted)
    outcome, phase = answer["outcome"], answer["phase"]
    later = tuple(_later(entry, answer["edition"], lang) for entry in answer["later"])
    rules = Counter(by_rule.values())
    rules["not_applicable"] = _not_applicable(answer, cards)
    divided = outcome == "judge" and any(rules[worse] for worse in ("breach", "undecided"))
    return Summary(
        lang=lang,
        title=answer["title"],
        outcome=outcome,
        word=say["outcome"][outcome],
        headline=say["editions"]["headline"] if divided else _headline(answer, counted, say),
        verdict=say["editions"]["verdict"] if divided else _verdict(answer, say),
        sentence=_sentence(rules, say),
        limit=say["limit"][outcome],
        phase=say["phase"][phase],
        edition=" + ".join(edition_name(layer["id"]) for layer in answer["layers"]),
        outside=_outside(answer, cards),
        as_of=answer["as_of"],
        groups=tuple(
            Group(name, found, questions(found) if len(found) >= MANY else ())
            for name in ("breach", "undecided", "judge")
            if (found := tuple(card for card in counted if card.outcome == name))
        ),
        met=tuple(card for card in counted if card.outcome == "meets"),
        notices=tuple(card for card in cards if card.notice and card.outcome in ("breach", "undecided", "judge")),
        later=later,
        tally=tuple(
            Count(name, say["outcome"][name], rules[name])
            for name in ("meets", "breach", "undecided", "judge", "not_applicable")
        ),
        shares=tuple(_share(bearer, found, say) for bearer, found in answer["outcomes"].items()),
    )


def _share(bearer: str, found: str, say: Mapping[str, Any]) -> Share:
    return Share(bearer, say["bearer"][bearer], found, say["outcome"][found])


def _verdict(answer: Mapping[str, Any], say: Mapping[str, Any]) -> str:
    """Return the verdict in one sentence; where one bearer was asked for, it clears nobody else."""
    outcome, asked = answer["outcome"], answer.get("asked", "all")
    if outcome == "meets" and asked != "all":
        return str(say["verdict"]["meets_for"]).format(bearer=str(say["bearer"][asked]).lower())
    return str(say["verdict"].get(f"{outcome}_{answer['phase']}") or say["verdict"][outcome])


def _outside(answer: Mapping[str, Any], cards: Iterable[Card]) -> tuple[str, ...]:
    """Return why the rules do not apply at all, where the answer was asked for everything and that is so."""
    scopes = {editions.edition(layer["id"]).scope.id for layer in answer["layers"]}
    if answer["outcome"] != "not_applicable":
        return ()
    return tuple(line for card in cards if card.rule in scopes for line in card.seen)


def _later(entry: Mapping[str, Any], edition_id: str, lang: str) -> Later:
    rulebook = entry.get("rulebook", edition_id)
    rule = rule_of(rulebook, entry["rule"])
    title = rule.title.in_language(lang) if rule else entry["rule"]
    return Later(entry["rule"], rulebook, title, words(lang)["phase"][entry["phase"]])


def _worst_of_each_rule(cards: Iterable[Card]) -> dict[tuple[str, str], str]:
    worst: dict[tuple[str, str], str] = {}
    for card in cards:
        key = (card.rulebook, card.rule)
        worst[key] = min(worst.get(key, card.outcome), card.outcome, key=OUTCOMES.index)
    return worst


def _not_applicable(answer: Mapping[str, Any], cards: Iterable[Card]) -> int:
    shown = {(card.rulebook, card.rule) for card in cards if card.outcome != "not_applicable"}
    waiting = {(entry.get("rulebook", answer["edition"]), entry["rule"]) for entry in answer["later"]}
    rules = {
        (layer["id"], rule.id)
        for layer in answer["layers"]
        for rule in editions.edition(layer["id"]).rules
        if rule.modality != "upplysning"
    }
    return len(rules - shown - waiting)


def _headline(answer: Mapping[str, Any], cards: Sequence[Card], say: Mapping[str, Any]) -> str:
    outcome, phase, asked = answer["outcome"], answer["phase"], answer.get("asked", "all")
    if outcome == "meets" and asked != "all":
        return str(say["headline"]["meets_for"]).format(bearer=str(say["bearer"][asked]).lower())
    worst = [card for card in cards if card.outcome == outcome]
    many = len(questions(worst)) if outcome == "undecided" else len(worst)
    forms = say["headline"].get(f"{outcome}_{phase}") or say["headline"][outcome]
    if many <= 1:
        return str(forms[0])
    number = say["numbers"][many] if many < len(say["numbers"]) else str(many)
    text = str(forms[1]).format(n=number)
    return text[:1].upper() + text[1:]


def _sentence(rules: Mapping[str, int], say: Mapping[str, Any]) -> str:
    forms = say["sentence"]
    parts = [
        str(forms[name][0 if rules[name] == 1 else 1]).format(n=rules[name])
        for name in ("meets", "breach", "undecided", "judge")
        if rules.get(name)
    ]
    if not parts:
        return str(forms["nothing"])
    if len(parts) == 1:
        return f"{parts[0]}."
    return f"{', '.join(parts[:-1])} {forms['and']} {parts[-1]}."
