"""Documents are added, get new versions, and are taken out of the record; no version is ever overwritten."""

from datetime import datetime

from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.documents.keeping import Kept, keep
from tillit.apps.documents.models import Document, DocumentVersion
from tillit.apps.documents.queries import name_of
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.parties.models import Organisation
from tillit.core.rulebook.editions import vocabulary
from tillit.core.text import nfc

LONGEST_TITLE = 200


@transaction.atomic
def add_document(
    *,
    owner: models.Model,
    sort: str,
    title: str,
    keeper: Organisation | None,
    file: "File[bytes]",
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> Document:
    """Return a new document of a row, with the file as its first version. `keeper`: None where nobody is named yet.

    :raises Refused: the sort or title cannot be, or the file is none that is kept
    """
    if sort not in sorts():
        raise Refused(_("Välj vad det är för handling."), field="sort")
    named = " ".join(nfc(title).split())
    if not named or len(named) > LONGEST_TITLE or not named.isprintable():
        raise Refused(_("Skriv vad handlingen heter, med högst 200 tecken."), field="title")
    refuse_personal_numbers(title=named)
    kept = keep(file)
    document = Document.objects.create(owner=name_of(owner), sort=sort, title=named, keeper=keeper)
    version = _new_version(document, kept, 1, by, at)
    audit.note(
        "documents.added", subject=document, by=by, at=at, acting_for=acting_for, sort=sort, sha256=version.sha256
    )
    return document


@transaction.atomic
def add_version(
    *, document: Document, file: "File[bytes]", by: Person, acting_for: Organisation, at: datetime
) -> DocumentVersion:
    """Return the file as the document's newest version, or the version that it already is.

    :raises Refused: the document is removed, or the file is none that is kept
    """
    kept = keep(file)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _there(document)
    same = document.versions.filter(sha256=kept.sha256).first()
    if same is not None:
        return same
    last = document.versions.order_by("-number").first()
    version = _new_version(document, kept, last.number + 1 if last else 1, by, at)
    audit.note(
        "documents.version_added",
        subject=document,
        by=by,
        at=at,
        acting_for=acting_for,
        number=version.number,
        sha256=version.sha256,
    )
    return version


@transaction.atomic
def remove_document(*, document: Document, by: Person, acting_for: Organisation, at: datetime) -> None:
    """Take a document out of the record; its versions stay. :raises Refused: it is removed already"""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _there(document)
    Document.objects.filter(pk=document.pk).update(removed_at=at)
    audit.note("documents.removed", subject=document, by=by, at=at, acting_for=acting_for)


def sorts() -> dict[str, dict[str, str]]:
    """Return the rulebook's sorts of documents with their words in each language."""
    fact = vocabulary().kinds["document"].facts["sort"]
    return {value: {"sv": label.sv, "en": label.en} for value, label in fact.labels.items()}


def _there(document: Document) -> None:
    if document.removed_at is not None:
        raise Refused(_("Handlingen är borttagen. Läs in sidan igen, och lägg till den på nytt om den behövs."))


def _new_version(document: Document, kept: Kept, number: int, by: Person, at: datetime) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        sha256=kept.sha256,
        size=kept.size,
        name=kept.name,
        content_type=kept.content_type,
        file=kept.where,
        uploaded_by=by,
        uploaded_at=at,
    )
