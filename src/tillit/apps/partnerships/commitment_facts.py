"""Commitments as the core reads them: one per party, with what was said of each time and what supports it. One way.

A commitment of a class is one for each party that is in the partnership in that role, or is of that kind, during the
days that both run. Where nobody has said what somebody promises in common, each party still owes it by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import CharField, DecimalField, Q, Value

from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Commitment, CommitmentEvent, Evidence, Membership
from tillit.core.governance.commitments import (
    Commitment as Promise,
    CommitmentEvent as Word,
    Evidence as Support,
    Recurrence,
    due_days,
    supports,
)
from tillit.core.governance.entities import Interval

CLAIMED, MET, PARTLY_MET = "claimed", "met", "partial"
_COLUMNS = ("commitment_id", "party_id", "due_on")


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment as one party owes it, or an organ (`party` None). `promise` is the core's; both know it by `key`."""

    row: Commitment
    party: Organisation | None
    promise: Promise

    @property
    def key(self) -> str:
        return self.promise.id

    @property
    def name(self) -> str:
        """Return who owes it."""
        return self.party.name if self.party is not None else str(self.row.organ)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands about some commitments: words and accepted evidence, under the keys of `Owed`."""

    words: Mapping[str, Sequence[Word]]
    evidence: Mapping[str, Sequence[Support]]


def key_of(commitment: object, party: object) -> str:
    """Return what the core knows a commitment of a party by; the party is named for a commitment of a class only."""
    return f"{commitment}:{party or ''}"


def owed(rows: Iterable[Commitment], memberships: Iterable[Membership]) -> tuple[Owed, ...]:
    """Return each commitment once per party that owes it. `memberships`: those of the same partnerships. No query.

    The rows have their level, organisation and organ with them, the memberships their organisation.
    """
    inside = Inside(memberships)
    found: list[Owed] = []
    for row in rows:
        during = Interval(row.starts_on, row.ends_on)
        if row.organisation is not None:
            found.append(Owed(row, row.organisation, promise_of(row, str(row.organisation_id), during)))
        elif row.organ_id is not None:
            found.append(Owed(row, None, promise_of(row, f"organ:{row.organ_id}", during)))
        else:
            for party, days in inside.of_class(row):
                own = (promise_of(row, str(party.pk), each, of_class=True) for each in common_days(days, during))
                found += (Owed(row, party, promise) for promise in own)
    return tuple(found)


def promise_of(row: Commitment, party: str, during: Interval, *, of_class: bool = False) -> Promise:
    """Return a row as the core's commitment of one party."""
    again = None
    if row.first_due is not None and row.every_months is not None:
        again = Recurrence(row.first_due, row.every_months)
    return Promise(
        id=key_of(row.pk, party if of_class else None),
        party=party,
        level=row.level.code,
        area=row.area,
        during=during,
        tier=row.tier,
        kind=row.kind,
        weight=row.weight,
        due=row.due_on,
        recurrence=again,
        evidence_required=row.evidence_required,
        grace_days=row.grace_days,
        agreement=str(row.agreement_id) if row.agreement_id else None,
    )


def said_of(of_commitment: Q) -> Said:
    """Return the words that stand, and the evidence that is accepted, of the events that a condition holds. One query.

    The condition is put in terms that events and evidence have in common: "commitment", "party".
    """
    nothing = Value(None, output_field=DecimalField(max_digits=4, decimal_places=3))
    events = CommitmentEvent.objects.filter(of_commitment, CURRENT).order_by()
    accepted = Evidence.objects.filter(of_commitment, accepted_on__isnull=False).order_by()
    blank = Value("", output_field=CharField())
    rows = events.values_list(*_COLUMNS, "said_on", "verdict", "fraction", "decision").union(
        accepted.annotate(no_verdict=blank, no_fraction=nothing, no_decision=blank).values_list(
            *_COLUMNS, "effective_on", "no_verdict", "no_fraction", "no_decision"
        ),
        all=True,
    )
    words: dict[str, list[Word]] = {}
    shown: dict[str, list[Support]] = {}
    for commitment, party, due, day, verdict, fraction, decision in rows:
        key = key_of(commitment, party)
        if verdict:
            words.setdefault(key, []).append(word_of(key, due, day, verdict, fraction, decision))
        else:
            shown.setdefault(key, []).append(Support(day, due))
    return Said(words, shown)


def said_in(events: Iterable[CommitmentEvent], evidence: Iterable[Evidence]) -> Said:
    """Return the same of rows that have been read: of the words those that stand, of the evidence what is accepted."""
    words: dict[str, list[Word]] = {}
    shown: dict[str, list[Support]] = {}
    for event in events:
        if event.superseded_at is None:
            key = key_of(event.commitment_id, event.party_id)
            word = word_of(key, event.due_on, event.said_on, event.verdict, event.fraction, event.decision)
            words.setdefault(key, []).append(word)
    for each in evidence:
        if each.accepted_on is not None:
            shown.setdefault(key_of(each.commitment_id, each.party_id), []).append(support_of(each))
    return Said(words, shown)


def support_of(evidence: Evidence) -> Support:
    """Return evidence as the core reads it."""
    return Support(evidence.effective_on, evidence.due_on)


def words_of(owes: Iterable[Owed], said: Said, on: date) -> tuple[Word, ...]:
    """Return what is said of some commitments with the evidence that supports each time (I-26). No query."""
    found: dict[str, list[Word]] = {}
    for each in owes:
        if each.key not in found:  # the same party can be in the partnership twice
            words, evidence = said.words.get(each.key, ()), said.evidence.get(each.key, ())
            found[each.key] = [supported(word, evidence, each.promise, on) for word in words]
    return tuple(word for words in found.values() for word in words)


def supporting(promise: Promise, due: date | None, on: date, evidence: Iterable[Support]) -> tuple[Support, ...]:
    """Return the evidence that supports the time that was due on a day; None: a commitment without a stated day."""
    if due is None:
        return tuple(evidence)
    before = [day for day in due_days(promise, max(due, on)) if day < due]
    previous = before[-1] if before else None
    return tuple(each for each in evidence if supports(each, due, previous, promise.grace_days))


def supported(word: Word, evidence: Sequence[Support], promise: Promise, on: date) -> Word:
    """Return a word with the evidence that supports the time it is about, where there is any."""
    found = supporting(promise, word.occurrence, on, evidence) if word.judgement is not None else ()
    return replace(word, evidence=found[0]) if found else word


def word_of(key: str, due: date | None, day: date, verdict: str, fraction: Any, decision: str) -> Word:
    """Return an event as the core reads it."""
    return Word(
        key,
        None if verdict == CLAIMED else verdict,
        due,
        day,
        None if fraction is None else Fraction(fraction),
        verified=verdict in (MET, PARTLY_MET),
        waiver=decision or None,
    )


@dataclass(frozen=True, slots=True)
class Class:
    """The parties of a partnership that a commitment of a class is of: of a kind, in a role, or both; "" is any."""

    partnership_id: UUID
    of_kind: str
    of_role: str


class Inside:
    """Who is in which partnership as what and when, looked up by kind and role."""

    def __init__(self, memberships: Iterable[Membership]) -> None:
        self._rows = tuple(memberships)
        self._known: dict[tuple[UUID, str, str], list[tuple[Organisation, list[Interval]]]] = {}

    def of_class(self, row: Commitment | Class) -> list[tuple[Organisation, list[Interval]]]:
        """Return the parties of a commitment's class with the days of each, joined where they meet."""
        asked = (row.partnership_id, row.of_kind, row.of_role)
        if asked not in self._known:
            found: dict[UUID, tuple[Organisation, list[Interval]]] = {}
            for each in self._rows:
                if belongs(row, each):
                    days = found.setdefault(each.organisation_id, (each.organisation, []))[1]
                    days.append(Interval(each.starts_on, each.ends_on))
            self._known[asked] = [(party, _joined(days)) for party, days in found.values()]
        return self._known[asked]


def belongs(row: Commitment | Class, membership: Membership) -> bool:
    """Return whether a membership is one of a commitment's class, whatever its days."""
    here = membership.partnership_id == row.partnership_id
    kind = not row.of_kind or membership.organisation.kind == row.of_kind
    return here and kind and (not row.of_role or membership.role == row.of_role)


def _joined(days: Iterable[Interval]) -> list[Interval]:
    """Return intervals without overlap: somebody in two roles at once owes a thing once."""
    found: list[Interval] = []
    for each in sorted(days, key=lambda interval: interval.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < each.start):
            found.append(each)
        elif last.end is not None and (each.end is None or each.end > last.end):
            found[-1] = Interval(last.start, each.end)
    return found


def common_days(days: Iterable[Interval], during: Interval) -> Iterable[Interval]:
    """Yield the parts of some intervals that are within another."""
    for each in days:
        if each.meets(during):
            ends = [day for day in (each.end, during.end) if day is not None]
            yield Interval(max(each.start, during.start), min(ends, default=None))
