"""D9: each time that a commitment fell due, how much of it counts as met, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tillit.core.governance.commitments import (
    MET,
    NOT_MET,
    PARTLY_MET,
    WAIVED,
    Commitment,
    CommitmentEvent,
    due_days,
    placed,
    supports,
)
from tillit.core.period import months_after

CLAIMED = "claimed"
"""Said to be met, and nobody has accepted what shows it: counts 0."""
WINDOW_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a commitment fell due: how much of it counts as met, and how late it came.

    `state`: met, partial, not_met, claimed or waived. `days_late`: between the last day and the claim, None in time.
    `days_overdue`: days since the last day (due day and grace). `in_window`: it counts in the twelve months.
    """

    commitment: Commitment
    due: date
    fraction: Fraction
    state: str
    days_late: int | None
    days_overdue: int
    in_window: bool


def occurrences(
    commitments: Iterable[Commitment], events: Iterable[CommitmentEvent], on: date
) -> tuple[Occurrence, ...]:
    """Return every time that something fell due before a day, commitment by commitment, earliest first.

    What can still be done in time (its due day and grace are not past) has not fallen due. The window is the twelve
    months up to the day, the day itself not counted. Of several events on the same time the last one stands; one with
    a later claim than the day is not known yet.
    """
    by_commitment: dict[str, list[CommitmentEvent]] = {}
    for event in events:
        if event.claimed_at is None or event.claimed_at <= on:
            by_commitment.setdefault(event.commitment, []).append(event)
    found: list[Occurrence] = []
    for each in commitments:
        days = due_days(each, on)
        told = {placed(event, each, days): event for event in by_commitment.get(each.id, [])}
        for due, previous in zip(days, (None, *days), strict=False):
            if due + timedelta(days=each.grace_days) < on:
                found.append(_occurrence(each, due, previous, told.get(due), on))
    return tuple(found)


def _occurrence(
    commitment: Commitment, due: date, previous: date | None, event: CommitmentEvent | None, on: date
) -> Occurrence:
    last = due + timedelta(days=commitment.grace_days)
    claimed = event.claimed_at if event is not None else None
    late = (claimed - last).days if claimed is not None and claimed > last else None
    fraction, state = _counted(commitment, due, previous, event, late=late is not None)
    inside = last >= months_after(on, -WINDOW_MONTHS)
    return Occurrence(commitment, due, fraction, state, late, (on - last).days, inside)


def _counted(
    commitment: Commitment, due: date, previous: date | None, event: CommitmentEvent | None, *, late: bool
) -> tuple[Fraction, str]:
    """Return how much counts and what to call it. A waiver needs a decision; late fulfilment needs acceptance."""
    nothing = Fraction(0)
    if event is None or event.judgement == NOT_MET:
        return nothing, NOT_MET
    if event.judgement == WAIVED:
        return nothing, WAIVED if event.waiver else NOT_MET
    if event.judgement not in (MET, PARTLY_MET):
        return nothing, CLAIMED
    shown = event.evidence is not None and supports(event.evidence, due, previous, commitment.grace_days)
    accepted = event.verified and (shown or not commitment.evidence_required)
    if (commitment.evidence_required or late) and not accepted:
        return nothing, CLAIMED
    if event.judgement == MET:
        return Fraction(1), MET
    return Fraction(1, 2) if event.fraction is None else event.fraction, PARTLY_MET
