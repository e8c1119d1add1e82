"""Writes a link of the chain, in the same transaction as the act that it tells of."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from tillit.apps.accounts.models import Person
from tillit.apps.audit.models import Act

START = "0" * 64
"""What the first link refers back to."""
_LOCK = 7_411_001


def note(
    action: str,
    *,
    subject: models.Model,
    by: Person | None,
    at: datetime,
    acting_for: object = "",
    **detail: Any,
) -> Act:
    """Return the act that was written: `by` did `action` with `subject`; None is the site itself.

    Goes in the transaction of the act, so that neither is there without the other.
    """
    with transaction.atomic():
        _wait_for_turn()
        last = Act.objects.order_by("-number").first()
        act = Act(
            number=last.number + 1 if last else 1,
            at=at,
            action=action,
            by=by,
            acting_for=str(getattr(acting_for, "pk", acting_for) or ""),
            subject=subject._meta.label_lower,
            subject_key=str(subject.pk),
            detail=detail,
            previous=last.hash if last else START,
        )
        act.hash = link(act)
        act.save(force_insert=True)
    return act


def link(act: Act) -> str:
    """Return the hash of an act and of everything before it: SHA-256 over its canonical JSON and the last hash."""
    said: Mapping[str, Any] = {
        "number": act.number,
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": act.action,
        "by": str(act.by_id or ""),
        "acting_for": act.acting_for,
        "subject": act.subject,
        "subject_key": act.subject_key,
        "detail": act.detail,
        "previous": act.previous,
    }
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _wait_for_turn() -> None:
    """Let one writer at a time past, until its transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
