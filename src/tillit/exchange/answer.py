"""The answer as the contract has it: one plain object, in the language asked for, for JSON, pages and the protocol."""

import string
from dataclasses import asdict
from datetime import date
from typing import Any

from tillit.core.rulebook.check import Check, Finding
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.engine import VERSION
from tillit.core.rulebook.facts import Judgement
from tillit.core.rulebook.model import COLLABORATION, SCOPE_ID, Derived, Fact, Source, Text
from tillit.core.rulebook.values import BREACH, JUDGE, NOT_APPLICABLE, OUTCOMES, UNDECIDED
from tillit.exchange import words
from tillit.exchange.questions import fact_named, question_of

SCHEMA = "tillit.answer/1"
Answer = dict[str, Any]


def answer(check: Check, *, lang: str, asked: str = "all", everything: bool = False) -> Answer:
    """Return the contract's answer.

    `asked` is a bearer or "all": `outcome` and `counts` are theirs, and what others bear is marked as a notice.
    `everything` adds the rules that are not applicable to the findings; the edition's scope is always among them.
    """
    counted = [
        finding
        for finding in check.findings
        if everything or finding.outcome != NOT_APPLICABLE or finding.rule.id == SCOPE_ID
    ]
    return {
        "schema": SCHEMA,
        "title": check.case.title,
        "outcome": OUTCOMES[check.outcome(asked)],
        "outcomes": {bearer: OUTCOMES[worst] for bearer, worst in check.outcomes().items()},
        "asked": asked,
        "edition": check.edition.id,
        "edition_hash": check.edition.hash,
        "engine": VERSION,
        "layers": [asdict(layer) for layer in check.layers],
        "phase": check.case.phase,
        "starts_on": check.case.starts_on.isoformat(),
        "ends_on": check.case.ends_on.isoformat(),
        "as_of": check.as_of.isoformat(),
        "findings": [_finding(check, finding, lang, asked) for finding in counted],
        "later": [
            {"rule": later.rule.id, "rulebook": later.rule.edition, "phase": later.phase} for later in check.later
        ],
        "counts": check.counts(asked),
    }


def _finding(check: Check, finding: Finding, lang: str, asked: str) -> dict[str, Any]:
    rule = finding.rule
    shows_way = rule.way_out is not None and finding.outcome in (BREACH, UNDECIDED, JUDGE)
    return {
        "rule": rule.id,
        "rulebook": rule.edition,
        "norms": list(rule.norms),
        "record": finding.record,
        "bearer": rule.bearer,
        "notice": check.weight(finding, asked) is None,
        "outcome": finding.word,
        "certainty": rule.certainty,
        "source": plain_source(rule.source),
        "statement": rule.statement.in_language(lang),
        "because": because(finding, lang),
        "missing": list(finding.missing),
        "touched": list(finding.touched),
        "irrelevant": list(finding.irrelevant),
        "judgements": [_judgement(judgement) for judgement in finding.judgements],
        "way_out": rule.way_out.in_language(lang) if shows_way and rule.way_out is not None else "",
    }


def plain_source(source: Source) -> dict[str, Any]:
    """Return where a rule comes from; the public page, its edition and when it was read only where it has them."""
    return {name: value for name, value in asdict(source).items() if value is not None}


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "fact": judgement.fact,
        "record": judgement.record,
        "value": judgement.value,
        "by": judgement.by,
        "on": judgement.on.isoformat(),
        "why": judgement.why,
    }


def because(finding: Finding, lang: str) -> list[str]:
    """Return the sentences that say why a finding came out as it did: what was seen, lacking and judged."""
    rule, kind = finding.rule, finding.record.partition(":")[0]
    said: list[str] = []
    own = rule.because.get(finding.word)
    if own is not None and not finding.record.endswith(":*") and (finding.outcome != JUDGE or _is_told(own, finding)):
        said.append(_filled(own, finding, lang))
    elif finding.outcome == BREACH:
        said.append(words.say("because.breach", lang, record=_label(finding, lang), title=rule.title.in_language(lang)))
    if finding.outcome == UNDECIDED:
        said.extend(
            words.say("because.unknown", lang, question=question_of(name, kind, lang)) for name in finding.missing
        )
    if finding.outcome == JUDGE and finding.missing:
        said.extend(
            words.say("because.unjudged", lang, question=question_of(name, kind, lang)) for name in finding.missing
        )
    if finding.outcome == JUDGE and not finding.missing and rule.certainty != "seed":
        said.append(words.say("because.softened", lang))
    said.extend(_judged(judgement, lang) for judgement in finding.judgements)
    if finding.estimated:
        said.append(words.say("because.estimated", lang))
    return said


def _is_told(text: Text, finding: Finding) -> bool:
    """Return whether every placeholder of a sentence has something known to stand for."""
    wanted = {name for _, name, _, _ in string.Formatter().parse(text.sv) if name}
    return wanted <= {"record", *finding.values}


def _filled(text: Text, finding: Finding, lang: str) -> str:
    known = vocabulary()
    kind = finding.record.partition(":")[0]
    shown = {"record": _label(finding, lang)}
    for name, value in finding.values.items():
        fact = fact_named(name, kind, known)
        if fact is not None:
            shown[name] = _shown(fact, value, lang)
    return string.Formatter().vformat(text.in_language(lang), (), _Lenient(shown))


def _shown(fact: Fact | Derived, value: object, lang: str) -> str:
    if isinstance(fact, Derived):
        if isinstance(value, date):
            return words.day(value, lang)
        return words.number(int(str(value)), lang, decimals=2) if fact.type == "decimal" else str(value)
    return words.value(fact, value, lang)


class _Lenient(dict[str, str]):
    """What is not known is said to be so, instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def _label(finding: Finding, lang: str) -> str:
    kind, _, own = finding.record.partition(":")
    return words.record_name(kind, own, lang) if kind == COLLABORATION or own == "*" or own.isdigit() else own


def _judged(judgement: Judgement, lang: str) -> str:
    kind = judgement.record.partition(":")[0]
    return words.say(
        "because.judged",
        lang,
        question=question_of(judgement.fact, kind, lang),
        value=words.say("value.yes" if judgement.value else "value.no", lang),
        by=judgement.by,
        on=judgement.on.isoformat(),
        why=judgement.why,
    )
