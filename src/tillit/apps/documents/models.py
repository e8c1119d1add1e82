"""A document and its versions. What a version holds is known by its SHA-256; a version is never overwritten."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation


class Document(models.Model):
    """A paper of a collaboration or an agreement. `sort` is one of the rulebook's sorts of documents.

    `owner`: the kind and key of what it belongs to ("collaborations.collaboration:<key>"). `keeper`: who keeps it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(max_length=80, db_index=True)
    sort = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    keeper = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="keeps")
    removed_at = models.DateTimeField(null=True, blank=True)
    """When it was taken out of the record. Its versions stay."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_document_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """What was uploaded once. `size` in bytes; `content_type` as the file itself tells it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to="documents", max_length=300)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("document", "number", name="a_version_number_once"),
            models.UniqueConstraint("document", "sha256", name="the_same_file_is_the_same_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"
