"""What the page of a collaboration holds: what it says, how it stands to the rules, who has answered, what is next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tillit.apps.accounts.models import Person
from tillit.apps.audit.queries import acts_of
from tillit.apps.collaborations import access, assessing
from tillit.apps.collaborations.actions.outcome import may_close
from tillit.apps.collaborations.models import Collaboration, Event, Judgement
from tillit.apps.collaborations.queries.cautions import caution_in_words
from tillit.apps.collaborations.queries.changes import names_in
from tillit.apps.collaborations.queries.events import others_in
from tillit.apps.collaborations.whole import Whole, whole_of
from tillit.apps.register.queries import titles_of
from tillit.core.errors import BadInput
from tillit.core.process import states
from tillit.core.rulebook.editions import vocabulary
from tillit.exchange.answer import answer
from tillit.exchange.summary import Group, Summary, summary
from tillit.exchange.words import Lang, record_name
from tillit.web.accounts.acting import Actor
from tillit.web.parties.log_words import in_words

_NUMBERED = re.compile(r"\bp\d+\b")


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning with how somebody went on from it; `reason` is "" while nobody has. `person`: whom it is about."""

    key: str
    says: str
    reason: str
    by: str
    person: UUID | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The event a collaboration belongs to, how many others do, and the titles of those that anybody may read."""

    row: Event
    others: int
    open: dict[str, str]


@dataclass(frozen=True, slots=True)
class May:
    """What the one who reads the page may do now."""

    write: bool
    judge: bool
    hand_in: bool
    change: bool
    carry_out: bool
    report: bool
    close: bool
    end: bool
    postpone: bool
    resume: bool


def context(found: Collaboration, actor: Actor, lang: Lang, today: date) -> dict[str, Any]:
    """Return what the page holds. About fourteen queries, whatever the size."""
    whole = whole_of(found)
    told, cautions = tried(whole, lang, today)
    reads_whole = access.reads_whole(actor, found, whole.parties, today)
    return {
        "found": found,
        "stuck": found.state in states.BEING_APPROVED and all(each.answer != "waiting" for each in whole.approvals),
        "about": whole.content.get("about", {}),
        "content": whole.content,
        "whole": whole,
        "summary": told,
        "cautions": cautions if reads_whole else for_one(cautions, actor.person),
        "may": may(actor, whole),
        "event": gathered(found),
        "versions": found.versions.select_related("made_by", "acting_for").order_by("-number")[:50],
        "acts": [(each, in_words(each.action)) for each in acts_of(found.pk, most=50)],
        "judged": [(each, *judged(each, lang)) for each in whole.judgements],
        "replaced": {each.follows_id for each in whole.approvals},
        "drafted": names_in(whole.content).values() if whole.version is None else (),
    }


def judged(judgement: Judgement, lang: Lang) -> tuple[str, str]:
    """Return the question that a judgement answers, and what it is asked of: "" for the collaboration itself."""
    kind, _sep, own = judgement.record.partition(":")
    fact = vocabulary().kinds[kind].facts.get(judgement.fact)
    question = fact.question.in_language(lang) if fact else judgement.fact
    return question, record_name(kind, own, lang) if own else ""


def for_one(cautions: tuple[Caution, ...], person: Person) -> tuple[Caution, ...]:
    """Return the warnings that one who only takes part reads: those about nobody, and about themselves."""
    return tuple(each for each in cautions if each.person in (None, person.pk))


def gathered(found: Collaboration) -> Gathered | None:
    """Return the event of a collaboration, None where it belongs to none. Three queries, or none."""
    if found.event is None:
        return None
    others = others_in(found.event.pk, found)
    return Gathered(found.event, len(others), titles_of(others))


def tried(whole: Whole, lang: Lang, today: date) -> tuple[Summary | None, tuple[Caution, ...]]:
    """Return the engine's answer on what stands now, and the warnings; None where it cannot be tried.

    What only waits for an employer's answer is left out: that is told among the answers.
    """
    content = whole.collaboration.draft if whole.version is None else None
    try:
        result = assessing.tried(whole, today=today, content=content)
    except BadInput:
        return None, ()
    answered = {each.key: each for each in whole.acknowledgements}
    cautions = tuple(
        Caution(
            each.key,
            caution_in_words(each.plain(), lang),
            answered[each.key].reason if each.key in answered else "",
            answered[each.key].by.name if each.key in answered else "",
            each.person,
        )
        for each in result.warnings
    )
    told = summary(answer(result.settled, lang=lang, everything=True), lang=lang)
    return by_name(told, names_in(whole.content if content is None else content)), cautions


def by_name(told: Summary, names: Mapping[str, str]) -> Summary:
    """Return an answer in which participants whom we have numbered ("p1") go by their names."""

    def named(text: str) -> str:
        return _NUMBERED.sub(lambda found: names.get(found[0], found[0]), text)

    def group(each: Group) -> Group:
        cards = (replace(card, concerns=named(card.concerns), seen=tuple(map(named, card.seen))) for card in each.cards)
        return replace(each, cards=tuple(cards))

    return replace(told, groups=tuple(map(group, told.groups)))


def may(actor: Actor, whole: Whole) -> May:
    """Return what somebody may do with a collaboration in the state it is in."""
    found = whole.collaboration
    writes, judges = access.may_write(actor, found), access.may_judge(actor, found)
    other_side = actor.organisation is not None and may_close(whole, actor.organisation)
    changing = found.state in (*states.BEING_APPROVED, states.APPROVED)
    return May(
        write=writes and found.state in (*states.PLANNED, states.CARRIED_OUT),
        judge=judges and found.state in (*states.PLANNED, states.CARRIED_OUT),
        hand_in=writes and states.may("submit", found.state),
        change=writes and changing and found.draft_differs,
        carry_out=writes and states.may("carry_out", found.state),
        report=writes and states.may("report", found.state),
        close=judges and other_side and states.may("close", found.state),
        end=writes and states.may("cancel", found.state),
        postpone=writes and states.may("postpone", found.state),
        resume=writes and states.may("resume", found.state),
    )
