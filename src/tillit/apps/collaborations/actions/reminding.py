"""Reminders written to those who have not answered, reported or closed, and others told when nobody does."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import reminding
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.reminding import Lookup, Note
from tillit.apps.collaborations.whole import locked
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.queries import known_keys
from tillit.core.process import states

BATCH = 200
"""How many questions, or collaborations, are looked at in one go. Ours: their keys fit in one query."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many mails were written of each kind, and about how many questions nobody is left to write to."""

    reminders: int = 0
    escalations: int = 0
    outcomes: int = 0
    closings: int = 0
    nobody: int = 0


def remind_due(*, at: datetime, today: date) -> Reminded:
    """Write every reminder that is due and not written yet; return how many of each kind. Again is as once.

    Each question is an act of its own, so that one that breaks off leaves those before it written. Ten queries for a
    batch of 200 that has nothing new, and `Lookup`'s for each place; for each question that has, six and four a mail.
    """
    look = Lookup(today)
    counts: dict[str, int] = {}
    nobody = 0
    for batch in _batches(_questions(today)):
        due = [(each, reminding.of_question(each, look)) for each in batch]
        nobody += sum(1 for each, notes in due if not notes and _overdue(each, look))
        for each, notes in _unwritten(due):
            _write(each.collaboration_id, each, notes, _still_asked(each), counts, at)
    for several in _batches(_outcomes(at, today)):
        found = [(each, reminding.of_outcome(each, look)) for each in several]
        for one, notes in _unwritten(found):
            _write(one.pk, one, notes, _stillwritten(one), counts, at)
    return Reminded(
        reminders=counts.get("approval_reminder", 0),
        escalations=counts.get("approval_escalation", 0),
        outcomes=counts.get("outcome_reminder", 0),
        closings=counts.get("closing_reminder", 0),
        nobody=nobody,
    )


def _overdue(approval: Approval, look: Lookup) -> bool:
    return approval.due_on is not None and approval.due_on < look.today and not look.answerers(approval)


def _questions(today: date) -> QuerySet[Approval]:
    latest = today + timedelta(days=reminding.DAYS_BEFORE)
    return (
        Approval.objects.filter(answer="waiting", due_on__lte=latest, collaboration__state__in=states.BEING_APPROVED)
        .select_related("collaboration", "organisation__merged_into", "unit__head", "participant", "version")
        .prefetch_related("collaboration__parties__contact__user", "collaboration__parties__organisation")
    )


def _outcomes(at: datetime, today: date) -> QuerySet[Collaboration]:
    horizon = reminding.horizon(today)
    return Collaboration.objects.filter(
        # A day more than is needed, since a moment is compared with a day; `of_outcome` decides.
        Q(ends_on__gt=horizon) | Q(state_since__gt=at - (today - horizon) - timedelta(days=1)),
        state__in=(states.APPROVED, states.CARRIED_OUT, states.REPORTED),
        ends_on__lt=today,
    ).prefetch_related("parties__contact__user", "parties__organisation__merged_into", "parties__unit", "versions")


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Yield the rows in batches, by the keys that were there at the beginning."""
    keys = iter(list(rows.order_by("pk").values_list("pk", flat=True)))
    while batch := list(islice(keys, BATCH)):
        yield list(rows.filter(pk__in=batch).order_by("pk"))


def _unwritten(due: Iterable[tuple[Row, tuple[Note, ...]]]) -> Iterator[tuple[Row, tuple[Note, ...]]]:
    """Yield each row with what has not been written of it. One query."""
    rows = list(due)
    there = known_keys(note.key for _row, notes in rows for note in notes)
    for row, notes in rows:
        if left := tuple(note for note in notes if note.key not in there):
            yield row, left


def _still_asked(approval: Approval) -> Callable[[], bool]:
    rows = Approval.objects.filter(pk=approval.pk, answer="waiting", version=approval.version_id)
    return rows.exists


def _stillwritten(collaboration: Collaboration) -> Callable[[], bool]:
    rows = Collaboration.objects.filter(pk=collaboration.pk, state=collaboration.state, version=collaboration.version)
    return rows.exists


@transaction.atomic
def _write(
    key: UUID,
    about: Approval | Collaboration,
    notes: tuple[Note, ...],
    needed: Callable[[], bool],
    counts: dict[str, int],
    at: datetime,
) -> None:
    """Write mails about one thing, unless it was done while we looked, or another process has written them."""
    locked(key)
    there = known_keys(note.key for note in notes)
    left = [note for note in notes if note.key not in there]
    if not left or not needed():
        return
    for note in left:
        outbox.write(key=note.key, kind=note.kind, to=note.to, context=note.context, at=at)
        counts[note.kind] = counts.get(note.kind, 0) + 1
    kinds = sorted({note.kind for note in left})
    audit.note("collaborations.reminded", subject=about, by=None, at=at, kinds=kinds, mails=len(left))
