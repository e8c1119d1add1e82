"""The answer as it grows: what the last step decided, and which questions have fallen away and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from tillit.core.rulebook.check import Check
from tillit.core.rulebook.editions import edition, newest_of_each_line, vocabulary
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import COLLABORATION, Fact, Provision, Text
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, OUTCOMES, UNDECIDED
from tillit.exchange.guide import WHOLE, Guide, Spot, group_of
from tillit.exchange.words import Lang, say, value

REASONS = 2


@dataclass(frozen=True, slots=True)
class News:
    """A rule that the last answers decided, and how."""

    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Fallen:
    """A question that is not asked any more, and the answers that made it needless."""

    question: str
    because: tuple[str, ...]


def decided(before: Check | None, after: Check, lang: Lang) -> tuple[News, ...]:
    """Return the rules that came out otherwise than before: breaches, what is met, what is left to a person."""
    if before is None:
        return ()
    old, new = _outcomes(before), _outcomes(after)
    found = [
        (outcome, News(title.in_language(lang), OUTCOMES[outcome]))
        for key, (outcome, title) in new.items()
        if outcome not in (UNDECIDED, NOT_APPLICABLE) and key in old and old[key][0] != outcome
    ]
    order = (BREACH, MEETS, JUDGE)
    return tuple(news for _, news in sorted(found, key=lambda each: order.index(each[0])))


def _outcomes(check: Check) -> dict[tuple[str, str], tuple[int, Text]]:
    worst: dict[tuple[str, str], tuple[int, Text]] = {}
    for finding in check.findings:
        if finding.rule.modality != "upplysning":
            key = (finding.rule.edition, finding.rule.id)
            outcome = max(finding.outcome, worst[key][0] if key in worst else NOT_APPLICABLE)
            worst[key] = (outcome, finding.rule.title)
    return worst


def fallen(guide: Guide, lang: Lang) -> tuple[Fallen, ...]:
    """Return the questions that have fallen away, in the order of the vocabulary, with what made them so."""
    case = guide.check.case
    found = [
        Fallen(_question(each.kind, each.name, lang), _reasons(each.because, case, lang)) for each in guide.dropped
    ]
    return tuple(dict.fromkeys(found))


def _question(kind: str, name: str, lang: Lang) -> str:
    known = vocabulary().kinds[kind]
    if name == WHOLE:
        return known.whole_question.in_language(lang)
    question = known.facts[name].question.in_language(lang)
    return question if kind == COLLABORATION else f"{known.plural.in_language(lang)}: {question}"


def _reasons(because: tuple[Spot, ...], case: Case, lang: Lang) -> tuple[str, ...]:
    said = dict.fromkeys(_reason(record, name, case, lang) for record, name in because)
    return tuple(said)[:REASONS]


def _reason(record: str, name: str, case: Case, lang: Lang) -> str:
    kind = record.partition(":")[0]
    if name == WHOLE:
        return say("guide.reason.none", lang, kind=vocabulary().kinds[kind].plural.in_language(lang))
    fact = vocabulary().kinds[kind].facts[name]
    given = _given(record, name, case)
    return f"{fact.question.in_language(lang)} {value(fact, given, lang)}"


def _given(record: str, name: str, case: Case) -> object:
    kind = record.partition(":")[0]
    own = [case.collaboration] if kind == COLLABORATION else case.listing(kind).records
    return next((each.values.get(name) for each in own if each.key == record), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is given: the group, the record kind and the fact."""

    group: str
    kind: str
    name: str


def ways(guide: Guide) -> dict[tuple[str, str], Place]:
    """Return where each rule's answer can be changed: the first observed fact that it waits for or has used."""
    found: dict[tuple[str, str], Place] = {}
    for finding in guide.check.findings:
        kind = finding.record.partition(":")[0]
        places = (_place(name, kind) for name in (*finding.missing, *finding.touched))
        own = next((place for place in places if place is not None), None)
        if own is None and kind != COLLABORATION:
            own = Place(group_of(kind, WHOLE), kind, WHOLE)
        if own is not None:
            found.setdefault((finding.rule.edition, finding.rule.id), own)
    return found


def ways_by_question(guide: Guide, lang: Lang) -> dict[str, Place]:
    """Return where each question that a finding asks can be answered."""
    found: dict[str, Place] = {}
    for finding in guide.check.findings:
        kind = finding.record.partition(":")[0]
        for name in finding.missing:
            place = _place(name, kind)
            if place is not None:
                found.setdefault(_asked_in_words(place, lang), place)
    return found


def _asked_in_words(place: Place, lang: Lang) -> str:
    known = vocabulary().kinds[place.kind]
    text = known.whole_question if place.name == WHOLE else known.facts[place.name].question
    return text.in_language(lang)


def _place(name: str, kind: str) -> Place | None:
    """Return the place of what a name asks for, None for what nobody fills in as such."""
    parts = name.split(".")
    if parts[0] == "records" and len(parts) == 3:
        return Place(group_of(parts[1], WHOLE), parts[1], WHOLE)
    home, _, bare = name.rpartition(".")
    kinds = vocabulary().kinds
    home = home.partition(":")[0] or (kind if bare in kinds[kind].facts else COLLABORATION)
    fact: Fact | None = kinds[home].facts.get(bare) if home in kinds else None
    return Place(fact.group, home, bare) if fact is not None and fact.kind == "observed" else None


def kind_help(lang: Lang) -> dict[str, str]:
    """Return what each kind of collaboration means, where a rulebook of today defines it."""
    found: dict[str, str] = {}
    for provision in _of_kinds("definition"):
        for kind in provision.situations:
            found.setdefault(kind, provision.statement.in_language(lang))
    return found


def kind_advice(lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return how to tell kinds from each other: title and advice, in the order of the rulebook."""
    return tuple(
        (provision.title.in_language(lang), provision.statement.in_language(lang))
        for provision in _of_kinds("advice")
        if provision.situations
    )


def _of_kinds(kind: str) -> Iterator[Provision]:
    for id_ in newest_of_each_line():
        yield from (provision for provision in edition(id_).provisions if provision.kind == kind)
