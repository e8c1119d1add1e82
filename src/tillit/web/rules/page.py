"""Everything that is said about one rule or provision, ready for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Edition, Parameter, Provision, Reading, Rule, RuleCase, names_of
from tillit.exchange.answer import plain_source
from tillit.exchange.cards import Ask, ask, edition_name, place_in
from tillit.exchange.examples import Told, decided_by
from tillit.exchange.in_words import Said, fact_value, in_words, is_simple, sentence
from tillit.exchange.official_text import stored
from tillit.exchange.parameters import value_told
from tillit.exchange.rule_rows import provision_named, rule_named
from tillit.exchange.terms import Piece, definitions, home, pieces
from tillit.exchange.words import words
from tillit.web.rules.rows import Lang, Row, neighbours, rows


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as it is written and in plain words: one sentence where it is short, else lists."""

    key: str
    code: str
    sentence: str
    said: Said


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One of a rule's own cases: the facts in words, the outcome they must give and what is asked for then."""

    facts: tuple[tuple[str, str], ...]
    expect: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A parameter with its values, newest first: value, first day and source; none when nobody has set it."""

    name: str
    title: str
    values: tuple[tuple[str, date, str], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """The paragraph of the official text that is cited, the cited sentence marked; `there` is whether it is found."""

    loaded: bool
    there: bool = False
    sentences: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A rule or a provision with all that belongs to it."""

    row: Row
    norm: Rule | Provision
    edition: Edition
    statement: tuple[Piece, ...]
    way_out: tuple[Piece, ...]
    terms: tuple[Piece, ...]
    sentence: str
    facts: Mapping[str, str]
    term: str
    reading: Reading | None
    reading_text: str
    question: str
    expressions: tuple[Expression, ...]
    asks: tuple[Ask, ...]
    cases: tuple[CaseRow, ...]
    numbers: tuple[Number, ...]
    examples: tuple[Told, ...]
    cited: Cited
    before: Row | None
    after: Row | None
    elsewhere: tuple[tuple[str, str], ...]


def page(id_: str, edition: Edition, lang: Lang, *, today: date, texts: Path | None) -> Page | None:
    """Return the page of a rule, the scope or a provision, or None when the edition has none of that name."""
    found = rule_named(edition, id_) or provision_named(edition, id_)
    if found is None:
        return None
    rule = found if isinstance(found, Rule) else None
    row = next(each for each in rows(edition.id, lang) if each.id == id_)
    seen: set[str] = set()
    statement = pieces(row.statement, edition.id, lang, seen=seen, own=id_)
    way_out = rule.way_out.in_language(lang) if rule and rule.way_out else ""
    ways = pieces(way_out, edition.id, lang, seen=seen, own=id_)
    before, after = neighbours(id_, edition.id, lang)
    return Page(
        row=row,
        norm=found,
        edition=edition,
        statement=statement,
        way_out=ways,
        terms=tuple(piece for piece in (*statement, *ways) if piece.id),
        sentence=place_in(plain_source(found.source), lang),
        facts=_facts(rule, lang) if rule else {},
        term=found.term.in_language(lang) if isinstance(found, Provision) and found.term else "",
        reading=found.reading,
        reading_text=found.reading.text.in_language(lang) if found.reading else "",
        question=rule.question.in_language(lang) if rule and rule.question else "",
        expressions=_expressions(rule, edition, lang) if rule else (),
        asks=tuple(ask(name, rule.record, lang) for name in _names(rule)) if rule else (),
        cases=tuple(_case(case, rule, lang) for case in rule.cases) if rule else (),
        numbers=tuple(number(each, lang) for each in _numbers(rule, edition)) if rule else (),
        examples=decided_by(id_, edition.id, lang, as_of=today) if rule else (),
        cited=_cited(found, edition, texts),
        before=before,
        after=after,
        elsewhere=tuple((other, edition_name(other)) for other in _others(id_, edition)),
    )


def number(parameter: Parameter, lang: Lang) -> Number:
    """Return a parameter as the pages show it."""
    newest_first = sorted(parameter.values, key=lambda each: each.valid_from, reverse=True)
    values = tuple((value_told(parameter, each, lang), each.valid_from, each.source) for each in newest_first)
    return Number(parameter.name, parameter.title.in_language(lang), values)


def defined(edition: Edition, lang: Lang) -> tuple[Piece, ...]:
    """Return every defined term of an edition, in the order of the alphabet."""
    found = [
        Piece(term := each.term.in_language(lang), id_, home(id_, edition.id), term, each.statement.in_language(lang))
        for id_, each in definitions(edition.id).items()
        if each.term
    ]
    return tuple(sorted(found, key=lambda piece: piece.term.casefold()))


def _facts(rule: Rule, lang: Lang) -> Mapping[str, str]:
    say = words(lang)
    return {
        "record": editions.vocabulary().kinds[rule.record].title.in_language(lang),
        "modality": say["modality"][rule.modality],
        "phases": ", ".join(say["phase"][phase] for phase in rule.phases),
    }


def _names(rule: Rule) -> list[str]:
    trees = [tree for tree in (rule.applies_tree, rule.requires_tree, rule.judge_tree) if tree is not None]
    named = dict.fromkeys(name for tree in trees for name in tree.facts())
    return [name for name in named if editions.vocabulary().fact(rule.record, name) is not None]


def _numbers(rule: Rule, edition: Edition) -> list[Parameter]:
    return [each for name, each in edition.parameters.items() if name in names_of(rule)]


def _expressions(rule: Rule, edition: Edition, lang: Lang) -> tuple[Expression, ...]:
    written = (
        ("applies", rule.applies, rule.applies_tree),
        ("requires", rule.requires, rule.requires_tree),
        ("judge", rule.judge, rule.judge_tree),
    )
    found = [
        (key, code, in_words(tree, rule.record, edition, lang))
        for key, code, tree in written
        if code and tree is not None
    ]
    return tuple(
        Expression(key, code, sentence(said, lang) if is_simple(said, lang) else "", said) for key, code, said in found
    )


def _case(case: RuleCase, rule: Rule, lang: Lang) -> CaseRow:
    known = editions.vocabulary()
    facts = tuple(
        (ask(name, rule.record, lang).question, fact_value(known.fact(rule.record, name), value, lang))
        for name, value in case.facts.items()
    )
    return CaseRow(facts, case.expect, tuple(ask(name, rule.record, lang).question for name in case.missing or ()))


def _cited(found: Rule | Provision, edition: Edition, texts: Path | None) -> Cited:
    text = stored(texts, edition.id)
    if text is None:
        return Cited(loaded=False)
    paragraph = text.paragraph(found.source)
    if paragraph is None:
        return Cited(loaded=True)
    told, at = paragraph
    return Cited(loaded=True, there=True, sentences=tuple((each, place == at) for place, each in enumerate(told)))


def _others(id_: str, edition: Edition) -> list[str]:
    """Return the other editions of the same line that have something of this name."""
    known = (editions.edition(other) for other in editions.FOLDERS if other != edition.id)
    same = [each for each in known if each.document.line == edition.document.line]
    return [each.id for each in same if rule_named(each, id_) or provision_named(each, id_)]
