"""The public side: rows of their own, so that no public page can reach what has not been published."""

import uuid
from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """A collaboration as anybody may read it. Written by `publish` and by nothing else; removed rows leave a tombstone.

    `content` holds what the page shows: title, purpose, benefits, organisations, kind, dates, values, outcome of the
    check, edition. No person, unless there is a lawful basis for it. `words` is what the search reads.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_id = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    content = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because=""),
                name="a_withdrawn_entry_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-starts_on", "-id"], name="entry_starts"),
            models.Index(fields=["kind", "-starts_on", "-id"], name="entry_kind"),
            models.Index(fields=["outcome", "-starts_on", "-id"], name="entry_outcome"),
        ]

    def __str__(self) -> str:
        return self.public_id


class EntryParty(models.Model):
    """An organisation of a published collaboration, for lists of one organisation's own. Name as at publication."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="parties")
    organisation_key = models.UUIDField()
    name = models.CharField(max_length=200)
    side = models.CharField(max_length=10)
    starts_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("entry", "organisation_key", name="an_entry_names_an_organisation_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation_key", "-starts_on", "entry"], name="entry_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class EntryChange(models.Model):
    """What happened to a public row, for its history: published, changed (which parts), withdrawn."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    parts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.what}"
