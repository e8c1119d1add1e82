"""A collaboration with everything that its acts and pages read, fetched once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tillit.apps.collaborations.models import (
    Acknowledgement,
    Approval,
    Collaboration,
    Judgement,
    Paper,
    Participant,
    Party,
    Version,
)
from tillit.core.process.states import EMPLOYER, HAPPENED

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Whole:
    """A collaboration as its last version has it; `content` is that version's, or the draft's before there is one.

    `approvals` newest last, answered and lapsed ones too; `judgements` only those that stand.
    """

    collaboration: Collaboration
    version: Version | None
    parties: tuple[Party, ...]
    participants: tuple[Participant, ...]
    approvals: tuple[Approval, ...]
    judgements: tuple[Judgement, ...]
    papers: tuple[Paper, ...]
    acknowledgements: tuple[Acknowledgement, ...]

    @property
    def content(self) -> Content:
        content: Content = self.version.content if self.version is not None else self.collaboration.draft
        return content

    @property
    def phase(self) -> str:
        """Return the rulebook's phase: a plan until it has been carried out."""
        return "carried_out" if self.collaboration.state in HAPPENED else "planned"

    def side(self, side: str) -> tuple[Party, ...]:
        """Return the organisations on a side that have not left."""
        return tuple(each for each in self.parties if each.side == side and each.left_at is None)

    def latest(self, kind: str, organisation: object, participant: object = None) -> Approval | None:
        """Return the question of a kind to an organisation that stands, about one participant where asked; or None."""
        followed = {each.follows_id for each in self.approvals}
        return next(
            (
                each
                for each in reversed(self.approvals)
                if (each.kind, each.organisation_id, each.participant_id) == (kind, organisation, participant)
                and each.answer != "lapsed"
                and each.pk not in followed
            ),
            None,
        )

    def employer_answers(self) -> dict[str, bool]:
        """Return whether the employer has approved, by record id, of those whose employer has answered."""
        found = {}
        for each in self.participants:
            standing = self.latest(EMPLOYER, each.employer_id, each.pk)
            if standing is not None and standing.answer != "waiting":
                found[each.record_id] = standing.is_given
        return found


def whole_of(collaboration: Collaboration) -> Whole:
    """Return everything of a collaboration. Seven queries."""
    key = collaboration.pk
    return Whole(
        collaboration,
        Version.objects.filter(collaboration=key, number=collaboration.version).first(),
        tuple(
            Party.objects.filter(collaboration=key)
            .select_related("organisation", "unit__head", "contact")
            .order_by("id")
        ),
        tuple(
            Participant.objects.filter(collaboration=key, removed_at__isnull=True)
            .select_related("person", "employer", "unit__head")
            .order_by("position", "record_id")
        ),
        tuple(
            Approval.objects.filter(collaboration=key)
            .select_related("organisation", "unit", "participant__person", "answered_by", "on_behalf_of", "version")
            .order_by("asked_at", "pk")
        ),
        tuple(
            Judgement.objects.filter(collaboration=key, lapsed_at__isnull=True)
            .select_related("by", "acting_for")
            .order_by("made_at", "pk")
        ),
        tuple(Paper.objects.filter(collaboration=key, document__removed_at__isnull=True).select_related("document")),
        tuple(Acknowledgement.objects.filter(collaboration=key).select_related("by", "acting_for")),
    )


def locked(key: UUID) -> Collaboration:
    """Return a collaboration that nobody else can change until our transaction ends."""
    return Collaboration.objects.select_for_update().get(pk=key)
