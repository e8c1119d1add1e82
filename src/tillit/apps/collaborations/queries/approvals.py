"""A question as the one who answers it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tillit.apps.collaborations.models import APPROVAL_KIND_WORDS, Approval, Assessment
from tillit.apps.collaborations.queries.changes import ChangeRow, changes_in_words, names_in
from tillit.core.process.reach import touching
from tillit.exchange.words import Lang


@dataclass(frozen=True, slots=True)
class Cost:
    label: str
    amount: str
    """Kronor as text with two decimals, "" where nobody has said any."""


@dataclass(frozen=True, slots=True)
class Given:
    """The answer as it stands: "waiting" until somebody has answered."""

    answer: str
    word: str
    at: datetime | None
    by: str
    conditions: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """How a participant takes part; `mode` "" and `meal` None where nobody has said it."""

    mode: str
    meal: bool | None
    travels: bool


@dataclass(frozen=True, slots=True)
class Question:
    """All that somebody needs to answer: what, why, when, where, whom and what it costs, and what is new.

    `outcome`: the engine's, of the last assessment; "" before there is one. `conditions`: those of an earlier answer.
    """

    id: UUID
    kind: str
    kind_word: str
    organisation: str
    given: Given
    due_on: date | None
    version: int
    public_id: str
    title: str
    purpose: str
    benefits: tuple[tuple[str, str], ...]
    starts_on: date
    ends_on: date
    town: str
    asked_by: str
    participant: str
    part: Part
    costs: tuple[Cost, ...]
    outcome: str
    changes: tuple[ChangeRow, ...]
    earlier_conditions: str
    made_up: bool


def question(approval: Approval, lang: Lang) -> Question:
    """Return a question as its version has it. At most nine queries."""
    whole = (
        Approval.objects.select_related(
            "collaboration", "organisation", "participant__person", "version", "answered_by", "follows__version"
        )
        .prefetch_related("collaboration__parties__organisation")
        .get(pk=approval.pk)
    )
    content = whole.version.content
    about, participant = content["about"], whole.participant
    own = participant.record_id if participant else ""
    last = Assessment.objects.filter(collaboration=whole.collaboration_id).only("outcome").first()
    earlier = whole.follows
    changed = touching(whole.kind, own, earlier.version.content, content) if earlier else ()
    return Question(
        id=whole.pk,
        kind=whole.kind,
        kind_word=str(APPROVAL_KIND_WORDS[whole.kind]),
        organisation=whole.organisation.name,
        given=_given(whole),
        due_on=whole.due_on,
        version=whole.version.number,
        public_id=whole.collaboration.public_id,
        title=about["title"],
        purpose=str(about.get("purpose", "")),
        benefits=tuple((side, str(about.get(f"benefit_{side}") or "")) for side in ("care", "company", "patient")),
        starts_on=date.fromisoformat(about["starts_on"]),
        ends_on=date.fromisoformat(about["ends_on"]),
        town=str(about.get("town", "")),
        asked_by=_proposer(whole),
        participant=str(participant or ""),
        part=_part(content, own),
        costs=_costs(content, own),
        outcome=last.outcome if last else "",
        changes=changes_in_words(changed, lang, names_in(content)) if changed else (),
        earlier_conditions=earlier.conditions if earlier else "",
        made_up=whole.collaboration.made_up,
    )


def _given(approval: Approval) -> Given:
    by = approval.answered_by.name if approval.answered_by else ""
    word = approval.get_answer_display()
    return Given(approval.answer, word, approval.answered_at, by, approval.conditions, approval.reason)


def _part(content: Mapping[str, Any], own: str) -> Part:
    them: Mapping[str, Any] = next((each for each in content.get("participant", []) if each["id"] == own), {})
    facts = them.get("facts", {})
    travels = bool(own) and any(each.get("traveller") == own for each in content.get("leg", []))
    return Part(str(facts.get("mode", "")), facts.get("meal_offered"), travels)


def _proposer(approval: Approval) -> str:
    parties = approval.collaboration.parties.all()
    return next((each.organisation.name for each in parties if each.role == "proposer"), "")


def _costs(content: Mapping[str, Any], participant: str) -> tuple[Cost, ...]:
    """Return the costs that concern an answer: all of them, or one participant's and those that are shared."""
    return tuple(
        Cost(
            str(each.get("label") or each.get("category", "")),
            str(each.get("committed") or each.get("estimated") or ""),
        )
        for each in content.get("cost", [])
        if not participant or each.get("participant") in (None, "", participant)
    )
