"""Mail that is to go out. A row is written in the transaction of the act that asks for it; nothing is sent there."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person


class Message(models.Model):
    """A mail to one person. `key` says what it is about, so that the same thing is never written twice.

    The words are made when it is sent, from `kind` and `context`: no secret link is ever stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    context = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    """When somebody began to send it. A claim that has grown old is taken over: the one who made it is gone."""
    sent_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    """When it was called off: what it asks for is no longer needed, or it was tried too many times."""
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(stopped_at__isnull=True),
                name="sent_or_stopped_not_both",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at__isnull=True, stopped_at__isnull=True),
                name="outbox_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.key
