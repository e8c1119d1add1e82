"""What an observation rests on is kept beside it: a file, or an address. It goes along to the row that replaces it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.documents.proving import address, kept
from tillit.apps.followup.models import Observation, ObservationEvidence
from tillit.apps.parties.conditions import line
from tillit.apps.parties.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Evidence to be added: a file, or an address to look at."""

    title: str
    file: "File[bytes] | None" = None
    link: str = ""


@transaction.atomic
def show_evidence(
    *, observation: Observation, shown: Shown, by: Person, at: datetime, acting_for: Organisation | None = None
) -> ObservationEvidence:
    """Return new evidence of an observation.

    :raises Refused: it is neither a file nor an address, or nobody is there to keep the file
    """
    title = line(shown.title, field="evidence_title", most=200)
    link = address(shown.link, shown.file, field="evidence_link")
    who: dict[str, Any] = {"by": by, "at": at, "acting_for": acting_for}
    keeper = observation.reporter.organisation
    version = kept(observation, shown.file, title=title, keeper=keeper, field="evidence_file", **who)
    made = ObservationEvidence.objects.create(
        observation=observation, title=title, link=link, version=version, added_at=at
    )
    audit.note("followup.observation.shown", subject=observation, **who)
    return made


def carry_evidence(old: Observation, new: Observation) -> None:
    """Let evidence stand beside the row that takes another's place too."""
    for each in old.evidence.all():
        ObservationEvidence.objects.create(
            observation=new, title=each.title, link=each.link, version=each.version, added_at=each.added_at
        )
