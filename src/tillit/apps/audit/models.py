"""One row per act, chained by hashes: who changes or removes a row breaks every link after it."""

from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person


class Act(models.Model):
    """An act that was done. Append-only: rows are written by `note` and by nothing else.

    `detail` holds codes and keys, never names of people or free text that they wrote.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=36, blank=True)
    """The key of the organisation that the person acted for, where there was one."""
    subject = models.CharField(max_length=40)
    """What kind of row it concerns: "collaborations.collaboration"."""
    subject_key = models.CharField(max_length=36)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_key", "number"], name="audit_of_subject"),
            models.Index(fields=["acting_for", "number"], name="audit_for_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
