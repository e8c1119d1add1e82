"""What waits to go out, and what was stopped and must be seen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from tillit.apps.outbox.models import Message

_WAITS = Q(sent_at__isnull=True, stopped_at__isnull=True)
_STOPPED = Q(stopped_at__isnull=False) & ~Q(last_error="")


@dataclass(frozen=True, slots=True)
class State:
    """How the outbox stands. `due` of those `waiting` could go now; `oldest` is since when the first of them could."""

    waiting: int
    due: int
    stopped: int
    oldest: datetime | None
    last_sent: datetime | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A mail that did not go out, without what it says. `to` is the person's name."""

    id: UUID
    kind: str
    to: str
    written_at: datetime
    stopped_at: datetime
    attempts: int
    error: str


def state(at: datetime) -> State:
    """Return how the outbox stands. One query. Called off is not stopped: nobody has to see to it."""
    due = _WAITS & Q(not_before__lte=at)
    return State(
        **Message.objects.aggregate(
            waiting=Count("pk", filter=_WAITS),
            due=Count("pk", filter=due),
            stopped=Count("pk", filter=_STOPPED),
            oldest=Min("not_before", filter=due),
            last_sent=Max("sent_at"),
        )
    )


def stopped(*, most: int = 100) -> tuple[Stopped, ...]:
    """Return the mails that were stopped by a fault, the latest first. One query."""
    rows = Message.objects.filter(_STOPPED).select_related("to").order_by("-stopped_at", "pk")[:most]
    return tuple(
        Stopped(row.pk, row.kind, row.to.name, row.written_at, row.stopped_at, row.attempts, row.last_error)
        for row in rows
        if row.stopped_at is not None
    )


def written(*, key_prefix: str) -> bool:
    """Return whether any mail has been written under a key that begins so, sent or not. One query."""
    return Message.objects.filter(key__startswith=key_prefix).exists()


def known_keys(keys: Iterable[str]) -> frozenset[str]:
    """Return which of these keys a mail has been written under already. One query."""
    return frozenset(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))
