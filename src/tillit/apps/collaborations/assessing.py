"""Tries a collaboration with the engine, and keeps the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tillit.apps.collaborations import across, gates
from tillit.apps.collaborations.facts import case_of
from tillit.apps.collaborations.models import Assessment
from tillit.apps.collaborations.whole import Whole
from tillit.core.rulebook.check import Check
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.values import OUTCOMES
from tillit.exchange.answer import answer


@dataclass(frozen=True, slots=True)
class Tried:
    """The engine's check of a content, and the warnings that go with it."""

    check: Check
    warnings: tuple[gates.Caution, ...]
    waiting: frozenset[str] = frozenset()
    """The record ids of the participants whose employer has not answered."""

    @property
    def settled(self) -> Check:
        """Return the check without what only waits for an employer."""
        return gates.settled(self.check, self.waiting)

    @property
    def outcome(self) -> str:
        return OUTCOMES[self.settled.outcome()]


def tried(whole: Whole, *, today: date, content: Mapping[str, Any] | None = None, phase: str = "") -> Tried:
    """Return what the engine and the counts across collaborations say: of a content, or of the last version.

    :raises BadInput: the content is no case, or no edition was in force on its days
    """
    check = check_case(case_of(whole, content=content, phase=phase), as_of=today)
    said = whole.content if content is None else content
    counted = across.warnings(whole, content=said)
    return Tried(check, (*gates.notices(check), *counted), _waiting(whole, said))


def _waiting(whole: Whole, content: Mapping[str, Any]) -> frozenset[str]:
    answered = whole.employer_answers()
    return frozenset(
        each["id"] for each in content.get("participant", []) if each.get("employer") and each["id"] not in answered
    )


def keep(whole: Whole, result: Tried, *, at: datetime, today: date) -> Assessment:
    """Write an assessment of the last version and put its outcome on the collaboration."""
    assert whole.version is not None
    told = answer(result.check, lang="sv")
    assessment = Assessment.objects.create(
        collaboration=whole.collaboration,
        version=whole.version,
        phase=told["phase"],
        as_of=today,
        made_at=at,
        outcome=result.outcome,
        outcomes=told["outcomes"],
        edition=told["edition"],
        layers=told["layers"],
        answer=told,
        warnings=[each.plain() for each in result.warnings],
    )
    whole.collaboration.outcome = assessment.outcome
    whole.collaboration.edition = assessment.edition
    whole.collaboration.save(update_fields=["outcome", "edition"])
    return assessment
