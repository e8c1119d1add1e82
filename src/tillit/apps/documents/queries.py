"""Reads documents with their versions, and what a version holds, tried against its hash."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from tillit.apps.documents.keeping import Damaged, read_back
from tillit.apps.documents.models import Document, DocumentVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An uploaded file as a page shows it; `size` in bytes."""

    id: UUID
    number: int
    name: str
    size: int
    sha256: str
    content_type: str
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its versions, the newest first. `keeper`: "" where nobody is named."""

    id: UUID
    sort: str
    title: str
    keeper: str
    removed_at: datetime | None
    versions: tuple[VersionRow, ...]

    @property
    def newest(self) -> VersionRow:
        return self.versions[0]


def name_of(owner: models.Model) -> str:
    """Return what a document calls the row that it belongs to: "collaborations.collaboration:<key>"."""
    return f"{owner._meta.label_lower}:{owner.pk}"


def documents_of(owner: models.Model, *, removed: bool = False) -> tuple[DocumentRow, ...]:
    """Return the documents of a row by title, those taken out only when asked for. Two queries."""
    rows = Document.objects.filter(owner=name_of(owner)).select_related("keeper").order_by("title", "pk")
    newest_first = DocumentVersion.objects.select_related("uploaded_by").order_by("-number")
    found = rows.prefetch_related(models.Prefetch("versions", newest_first))
    return tuple(_row(each) for each in found if removed or each.removed_at is None)


def content_of(version: DocumentVersion) -> bytes:
    """Return what was uploaded, byte for byte. Send it as an attachment, never as a page.

    :raises Damaged: what is kept is gone, or no longer what was uploaded
    """
    return read_back(version)


def damaged_versions() -> Iterator[tuple[DocumentVersion, str]]:
    """Yield the versions whose content is gone or changed, with a sentence about each. Reads every file."""
    for version in DocumentVersion.objects.order_by("uploaded_at", "pk").iterator(chunk_size=500):
        try:
            read_back(version)
        except Damaged as damage:
            yield version, str(damage)


def _row(document: Document) -> DocumentRow:
    versions = tuple(
        VersionRow(
            each.pk,
            each.number,
            each.name,
            each.size,
            each.sha256,
            each.content_type,
            each.uploaded_by.name,
            each.uploaded_at,
        )
        for each in document.versions.all()
    )
    keeper = document.keeper.name if document.keeper else ""
    return DocumentRow(document.pk, document.sort, document.title, keeper, document.removed_at, versions)
