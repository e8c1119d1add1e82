"""What an observation rests on is kept beside it: a file, or an address. It goes along to the row that replaces it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.documents.actions import add_document
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.errors import Refused
from tillit.apps.followup.models import Observation, ObservationEvidence
from tillit.apps.parties.conditions import line
from tillit.apps.parties.models import Organisation

SORT = "other"
"""What evidence is among the sorts of documents: the rulebook has none for it."""


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
    link = _address(shown)
    version = None
    if shown.file is not None:
        version = _kept(observation, title, shown.file, by, at, acting_for)
    made = ObservationEvidence.objects.create(
        observation=observation, title=title, link=link, version=version, added_at=at
    )
    audit.note("followup.observation.shown", subject=observation, by=by, at=at, acting_for=acting_for)
    return made


def carry_evidence(old: Observation, new: Observation) -> None:
    """Let evidence stand beside the row that takes another's place too."""
    for each in old.evidence.all():
        ObservationEvidence.objects.create(
            observation=new, title=each.title, link=each.link, version=each.version, added_at=each.added_at
        )


def _address(shown: Shown) -> str:
    link = line(shown.link, field="evidence_link", most=400, needed=False)
    if (shown.file is None) == (not link):
        raise Refused(_("Lägg till en fil eller skriv en adress, inte båda."), field="evidence_link")
    if link:
        try:
            URLValidator(schemes=["https", "http"])(link)
        except ValidationError as error:
            raise Refused(
                _("Adressen kan inte stämma. Skriv den som https://exempel.se/sida."), field="evidence_link"
            ) from error
    return link


def _kept(
    observation: Observation,
    title: str,
    file: "File[bytes]",
    by: Person,
    at: datetime,
    acting_for: Organisation | None,
) -> DocumentVersion:
    keeper = observation.reporter.organisation or acting_for
    if keeper is None:
        raise Refused(
            _("Välj vilken organisation du företräder, så att filen får någon som bevarar den."), field="evidence_file"
        )
    try:
        document = add_document(
            owner=observation,
            sort=SORT,
            title=title,
            keeper=keeper,
            file=file,
            by=by,
            acting_for=acting_for or keeper,
            at=at,
        )
    except Refused as refused:
        raise Refused(refused.message, field="evidence_file") from refused
    return document.versions.get()
