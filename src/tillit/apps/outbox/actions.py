"""Mail is written down, called off, taken in hand, and marked as sent or failed. Sending itself is done elsewhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.outbox.models import Message

CLAIM_LASTS = timedelta(minutes=10)
"""After this, whoever took the mail in hand is taken to be gone, and another may take it."""
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=5)
"""Doubled for each attempt: ten attempts take 42 hours."""
NO_ADDRESS = "no address"
GIVEN_UP = "begun too many times, and whoever began never said how it went"


@transaction.atomic
def write(
    *,
    key: str,
    kind: str,
    to: Person,
    context: dict[str, Any],
    at: datetime,
    not_before: datetime | None = None,
) -> Message:
    """Return the mail that is to go out, written in the transaction of the act that asks for it.

    The same key again gives the mail that is there already, sent or stopped as it may be: what is to be asked anew has
    a key of its own. Somebody without an address: the mail is stopped at once, so that it is seen and not lost.
    """
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "to": to, "context": context, "written_at": at, "not_before": not_before or at},
    )
    if new and not to.email:
        _mark_stopped(message, at, NO_ADDRESS)
        _note_stop(message, at)
    return message


@transaction.atomic
def call_off(*, at: datetime, keys: Iterable[str] = (), key_prefix: str = "") -> int:
    """Return how many mails were called off: those that wait under these keys, or under keys that begin so.

    What has gone out has gone out, and what was stopped before is left as it is.
    """
    which = Q(key__in=list(keys))
    if key_prefix:
        which |= Q(key__startswith=key_prefix)
    return _waiting().filter(which).update(stopped_at=at, last_error="")


def claim(*, at: datetime, most: int = 20) -> list[Message]:
    """Return mails that are due, in the order they became so, now in the hands of the caller and of nobody else.

    Whoever claims says for each how it went: `sent`, `failed` or `put_back`. A claim that has grown old is taken over,
    and so is one from a time to come, which is what a clock that was set back leaves.
    """
    due = _waiting().filter(not_before__lte=at).filter(_free(at)).order_by("not_before", "written_at", "pk")
    with transaction.atomic():
        rows = _passing_locked(due).select_related("to__user")
        mine = [message for message in rows[:most] if _take(message, at)]
    return [message for message in mine if not _worn_out(message, at)]


def renew(message: Message, at: datetime) -> bool:
    """Return whether the mail is still in the caller's hands, and hold it for another while when it is.

    Asked just before it is sent: it may have been called off, or taken over by somebody who found us slow.
    """
    held = _waiting().filter(pk=message.pk, claimed_at=message.claimed_at).update(claimed_at=at)
    if held:
        message.claimed_at = at
    return bool(held)


def sent(message: Message, at: datetime) -> None:
    """Mark a mail as gone out. One that was called off meanwhile is marked too: it did go out."""
    Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(sent_at=at, stopped_at=None, last_error="")
    message.sent_at, message.stopped_at, message.last_error = at, None, ""


def put_back(message: Message, error: str) -> None:
    """Let go of a mail that was not tried, as when no mail server answers: due at once, and no attempt is counted."""
    mine = _waiting().filter(pk=message.pk, claimed_at=message.claimed_at)
    mine.update(claimed_at=None, attempts=F("attempts") - 1, last_error=_short(error))


def failed(message: Message, at: datetime, error: str) -> None:
    """Let a mail wait for its next attempt, each time twice as long. After ten it is stopped, to be seen to."""
    if message.attempts >= MOST_ATTEMPTS:
        stop(message, at, error)
        return
    later = at + FIRST_WAIT * 2 ** max(message.attempts - 1, 0)
    mine = _waiting().filter(pk=message.pk, claimed_at=message.claimed_at)
    mine.update(claimed_at=None, not_before=later, last_error=_short(error))


def stop(message: Message, at: datetime, error: str) -> None:
    """Stop a mail that cannot go out however often it is tried, so that somebody sees to it."""
    # The ledger's lock comes first, and the row is passed by when another holds it: an act may be calling the mail off
    # at this moment and wait for the ledger. What is passed by here stays claimed, and is taken over when that is old.
    with transaction.atomic():
        _note_stop(message, at)
        mine = _passing_locked(_waiting().filter(pk=message.pk, claimed_at=message.claimed_at)).first()
        if mine is None:
            transaction.set_rollback(True)
        else:
            _mark_stopped(message, at, error)


@transaction.atomic
def try_again(*, message: Message, by: Person | None, at: datetime) -> bool:
    """Return whether a mail that was stopped waits again, with all its attempts left. None: whoever runs the site."""
    woken = Message.objects.filter(pk=message.pk, stopped_at__isnull=False).exclude(last_error="")
    if not woken.update(stopped_at=None, claimed_at=None, not_before=at, attempts=0):
        return False
    audit.note("outbox.tried_again", subject=message, by=by, at=at, kind=message.kind)
    return True


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True)


def _free(at: datetime) -> Q:
    gone = Q(claimed_at__lte=at - CLAIM_LASTS) | Q(claimed_at__gte=at + CLAIM_LASTS)
    return Q(claimed_at__isnull=True) | gone


def _take(message: Message, at: datetime) -> bool:
    # Asked again in the same statement that writes: nobody gets a mail that another took meanwhile.
    taken = _waiting().filter(_free(at), pk=message.pk).update(claimed_at=at, attempts=F("attempts") + 1)
    message.claimed_at, message.attempts = at, message.attempts + 1
    return bool(taken)


def _worn_out(message: Message, at: datetime) -> bool:
    """A mail that ends the process each time it is tried must not do so for ever."""
    if message.attempts <= MOST_ATTEMPTS:
        return False
    stop(message, at, message.last_error or GIVEN_UP)
    return True


def _mark_stopped(message: Message, at: datetime, error: str) -> None:
    message.stopped_at, message.last_error = at, _short(error)
    message.save(update_fields=["stopped_at", "last_error"])


def _note_stop(message: Message, at: datetime) -> None:
    audit.note("outbox.stopped", subject=message, by=None, at=at, kind=message.kind, attempts=message.attempts)


def _passing_locked(rows: QuerySet[Message]) -> QuerySet[Message]:
    """SQLite has one writer at a time, and no rows that are locked."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


def _short(error: str) -> str:
    return " ".join(error.split())[:300] or "failed"
