"""The public side: rows of their own, so that no public page can reach what has not been published."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

CHANGES = {
    "published": _("blev öppen"),
    "changed": _("ändrades"),
    "withdrawn": _("togs bort"),
}
BECAUSE = {
    "withheld": _("De som samverkar har bestämt att den inte ska vara öppen."),
    "delayed": _("De som samverkar har bestämt att den ska bli öppen en senare dag."),
}
"""Why a row left by itself. Any other reason is the operator's own words."""


class Entry(models.Model):
    """A collaboration as anybody may read it. Written by `publish` and by nothing else; removed rows leave a tombstone.

    `content` holds what the page shows, as `content.content_of` makes it. No person, unless there is a lawful basis.
    `place`: where it stands in the list, newest first from the highest (see `place.py`), None for a tombstone.
    `value`: the best known total in kronor, and `value_is` which one that is. `organisations`: [{"key", "name",
    "side"}], for lists. `words`: what the search reads. `revision`: the collaboration's when it was read last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_id = models.CharField(max_length=12, unique=True)
    place = models.BigIntegerField(unique=True, null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    town = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    edition = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value_is = models.CharField(max_length=10, blank=True)
    organisations = models.JSONField(default=list)
    content = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="", place__isnull=False)
                & ~models.Q(title="")
                | models.Q(withdrawn_at__isnull=False, place__isnull=True, title="", words="")
                & ~models.Q(withdrawn_because=""),
                name="a_withdrawn_entry_says_why_and_nothing_else",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, value_is="")
                | models.Q(value__isnull=False, value_is__in=["estimated", "committed", "actual"]),
                name="a_value_says_which_it_is",
            ),
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
    what = models.CharField(max_length=20, choices=list(CHANGES.items()))
    parts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.what}"
