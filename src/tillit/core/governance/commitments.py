"""D9: what has been promised, when it falls due, and which evidence supports which time (I-26).

A commitment of a class of parties is one commitment per party of the class here. A recurrence is a first day and a
number of months; that is what agreements use. A day that a month lacks becomes its last (RFC 5545 would leave it out).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tillit.core.governance.entities import Interval
from tillit.core.period import months_after

MONTHLY, QUARTERLY, YEARLY = 1, 3, 12
MET, PARTLY_MET, NOT_MET, WAIVED = "met", "partial", "not_met", "waived"
JUDGEMENTS = (MET, PARTLY_MET, NOT_MET, WAIVED)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Due on `first` and every `months` after, counted from `first`; `until`: the last day that can be one."""

    first: date
    months: int = YEARLY
    until: date | None = None

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError("recurrence_months")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of a party, or an organ, at a level and a tier. Due once, or again and again, or on no stated day.

    `weight`: 1 unless said otherwise. `grace_days`: days after the due day that the agreement allows.
    """

    id: str
    party: str
    level: str
    area: str
    during: Interval
    tier: str = ""
    kind: str = ""
    weight: Decimal = Decimal(1)
    due: date | None = None
    recurrence: Recurrence | None = None
    evidence_required: bool = False
    grace_days: int = 0
    agreement: str | None = None

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError("commitment_weight")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something was done. `effective_date`: the day it speaks of; when it was uploaded is no input.

    `occurrence`: the due day that somebody has said it is for; it goes before the effective date.
    """

    effective_date: date
    occurrence: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentEvent:
    """A claim or a judgement on one time that a commitment was due; `occurrence` None: told by the evidence.

    `judgement` None: claimed and not judged. `fraction`: how much was met, ½ where nobody said. `waiver`: the decision
    that lets the party off.
    """

    commitment: str
    judgement: str | None
    occurrence: date | None = None
    claimed_at: date | None = None
    fraction: Fraction | None = None
    evidence: Evidence | None = None
    verified: bool = False
    waiver: str | None = None

    def __post_init__(self) -> None:
        if self.fraction is not None and not 0 <= self.fraction <= 1:
            raise ValueError("event_fraction")


def read_recurrence(rule: str, first: date) -> Recurrence:
    """Return a recurrence written as in a calendar: "FREQ=MONTHLY;INTERVAL=3;UNTIL=20281231".

    :raises ValueError: "recurrence": anything but FREQ (MONTHLY, QUARTERLY, YEARLY), INTERVAL and UNTIL (a day)
    """
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    length = {"MONTHLY": MONTHLY, "QUARTERLY": QUARTERLY, "YEARLY": YEARLY}.get(parts.pop("FREQ", ""))
    interval, until = parts.pop("INTERVAL", "1"), parts.pop("UNTIL", None)
    if parts or length is None or not interval.isdecimal() or int(interval) < 1:
        raise ValueError("recurrence")
    try:
        return Recurrence(first, length * int(interval), None if until is None else date.fromisoformat(until))
    except ValueError:
        raise ValueError("recurrence") from None


def due_days(commitment: Commitment, before: date) -> tuple[date, ...]:
    """Return the days before a day on which a commitment was or will be due, earliest first.

    The day on which it ends can still be a due day: what is due then concerns the time before.
    """
    end = min((day for day in (before - timedelta(days=1), commitment.during.end) if day is not None), default=before)
    found: list[date] = []
    if commitment.due is not None:
        found.append(commitment.due)
    if commitment.recurrence is not None:
        found += _recurring(commitment.recurrence, end)
    return tuple(sorted({day for day in found if commitment.during.start <= day <= end}))


def _recurring(recurrence: Recurrence, end: date) -> list[date]:
    last = end if recurrence.until is None else min(end, recurrence.until)
    days: list[date] = []
    while (day := months_after(recurrence.first, len(days) * recurrence.months)) <= last and day not in days[-1:]:
        days.append(day)
    return days


def supports(evidence: Evidence, due: date, previous: date | None, grace_days: int = 0) -> bool:
    """Return whether evidence supports the time that was due on a day (I-26).

    The one it names, or else: previous due day < effective date ≤ due day + grace. The first time has no lower end.
    """
    if evidence.occurrence is not None:
        return evidence.occurrence == due
    after = previous is None or previous < evidence.effective_date
    return after and evidence.effective_date <= due + timedelta(days=grace_days)


def placed(event: CommitmentEvent, commitment: Commitment, days: Sequence[date]) -> date | None:
    """Return the due day that an event is about: the one it says, or the first that its evidence supports."""
    if event.occurrence is not None:
        return event.occurrence
    if event.evidence is None:
        return None
    pairs = zip(days, (None, *days), strict=False)
    fitting = (due for due, before in pairs if supports(event.evidence, due, before, commitment.grace_days))
    return next(fitting, None)


def coming(commitments: Iterable[Commitment], start: date, months: int = 12) -> tuple[tuple[date, Commitment], ...]:
    """Return what is due from a day on and `months` ahead, earliest first."""
    end = months_after(start, months)
    found = [(day, each) for each in commitments for day in due_days(each, end) if day >= start]
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].id)))
