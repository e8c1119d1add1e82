"""Rules as their pages show them."""

from dataclasses import dataclass
from typing import Literal

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Edition, Reading, Rule
from tillit.exchange.answer import plain_source
from tillit.exchange.cards import Ask, ask, place_in, words

Lang = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as one line of the list."""

    id: str
    rulebook: str
    section: str
    title: str
    statement: str
    norms: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One of a rule's own cases: the facts and the outcome they must give."""

    facts: tuple[tuple[str, str], ...]
    expect: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """Everything that is said about a rule."""

    row: RuleRow
    sentence: str
    page: str
    record: str
    bearer: str
    modality: str
    phases: str
    certainty: str
    reading: Reading | None
    reading_text: str
    way_out: str
    question: str
    expressions: tuple[tuple[str, str], ...]
    asks: tuple[Ask, ...]
    cases: tuple[CaseRow, ...]


def in_the_order_of_the_agreement(edition: Edition) -> list[Rule]:
    """Return every rule, the scope included, as the agreement's norms follow each other."""
    place = {norm.id: number for number, norm in enumerate(edition.norms)}
    return sorted(
        (edition.scope, *edition.rules), key=lambda rule: min(place.get(norm, len(place)) for norm in rule.norms)
    )


def rule_row(rule: Rule, lang: Lang) -> RuleRow:
    return RuleRow(
        id=rule.id,
        rulebook=rule.edition,
        section=rule.source.section,
        title=rule.title.in_language(lang),
        statement=rule.statement.in_language(lang),
        norms=", ".join(rule.norms),
    )


def rule_page(rule: Rule, lang: Lang) -> RulePage:
    say = words(lang)
    kind = editions.vocabulary().kinds[rule.record]
    written = (("applies", rule.applies), ("requires", rule.requires), ("judge", rule.judge))
    trees = [tree for tree in (rule.applies_tree, rule.requires_tree, rule.judge_tree) if tree is not None]
    names = dict.fromkeys(name for tree in trees for name in sorted(tree.facts()))
    return RulePage(
        row=rule_row(rule, lang),
        sentence=place_in(plain_source(rule.source), lang),
        page=rule.source.page or "",
        record=kind.title.in_language(lang),
        bearer=say["bearer"][rule.bearer],
        modality=say["modality"][rule.modality],
        phases=", ".join(say["phase"][phase] for phase in rule.phases),
        certainty=say["certainty"][rule.certainty],
        reading=rule.reading,
        reading_text=rule.reading.text.in_language(lang) if rule.reading else "",
        way_out=rule.way_out.in_language(lang) if rule.way_out else "",
        question=rule.question.in_language(lang) if rule.question else "",
        expressions=tuple((name, text) for name, text in written if text),
        asks=tuple(ask(name, rule.record, lang) for name in names),
        cases=tuple(
            CaseRow(tuple((name, _shown(value)) for name, value in case.facts.items()), case.expect)
            for case in rule.cases
        ),
    )


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
