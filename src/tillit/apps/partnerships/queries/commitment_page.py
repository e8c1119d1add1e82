"""Reads one commitment: who owes it, when it was and will be due, what was said of each time, and what shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from tillit.apps.partnerships.commitment_facts import Owed, owed, said_in, support_of, supporting
from tillit.apps.partnerships.models import CURRENT, Commitment, CommitmentEvent, Evidence, Membership, Partnership
from tillit.apps.partnerships.occurring import days_of
from tillit.apps.partnerships.queries.occurrences import Time, times_of
from tillit.apps.prepared import prepared
from tillit.core.governance.commitments import due_days

MOST = 24
"""How many times are shown, the latest first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that the commitment is due, or the whole of it where no day is stated (`time` None).

    `word`: what stands; `earlier`: what stood before, the latest first. `shown`: the evidence for it, accepted or not.
    """

    time: Time | None
    word: CommitmentEvent | None
    earlier: tuple[CommitmentEvent, ...]
    shown: tuple[Evidence, ...]

    @property
    def due_on(self) -> date | None:
        return self.time.due if self.time is not None else None

    @property
    def state(self) -> str:
        if self.time is not None:
            return self.time.state
        return self.word.verdict if self.word is not None else "undated"


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A commitment as one party owes it. `holders`: keys and names of everybody who does, for a commitment of a class.

    `days`: every day that something can be said about. `rest`: evidence that supports no time that is shown.
    """

    row: Commitment
    one: Owed | None
    holders: tuple[tuple[UUID, str], ...]
    moments: tuple[Moment, ...]
    more: int
    days: tuple[date, ...]
    rest: tuple[Evidence, ...]

    @property
    def party(self) -> UUID | None:
        """Return whose it is as events hold it: None but for a commitment of a class."""
        return self.one.party.pk if self.one is not None and self.one.party is not None and self.holders else None


def commitment_of(partnership: Partnership, key: UUID) -> Commitment | None:
    """Return a commitment of a partnership with all that its page names. One query."""
    rows = _rows(partnership.pk, key)
    return rows[0] if rows else None


@prepared
def _rows(partnership: UUID, key: UUID) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(partnership=partnership, pk=key)
    return rows.select_related("partnership", "level", "organisation", "organ", "agreement", "clause")


@prepared
def _inside(partnership: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation")


@prepared
def _events(commitment: UUID, party: UUID | None) -> QuerySet[CommitmentEvent]:
    rows = CommitmentEvent.objects.filter(commitment=commitment, party=party)
    return rows.select_related("recorded_by").order_by("-recorded_at", "-pk")


@prepared
def _evidence(commitment: UUID, party: UUID | None) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(commitment=commitment, party=party)
    return rows.select_related("uploaded_by", "accepted_by", "version").order_by("-effective_on", "title")


def commitment_page(row: Commitment, today: date, *, party: UUID | None = None) -> CommitmentPage:
    """Return a commitment as a party owes it: the one that is asked for, else the first by name. Three queries at most.

    A commitment that is not a class's has one who owes it, whoever is asked for.
    """
    of_class = bool(row.of_kind or row.of_role)
    members: Iterable[Membership] = ()
    if of_class:
        members = _inside(row.partnership_id)
    everybody = owed([row], members)
    parties = {each.party.pk: each.party.name for each in everybody if each.party is not None} if of_class else {}
    holders = tuple(sorted(parties.items(), key=lambda pair: pair[1]))
    whose = (party if party in parties else next((key for key, _name in holders), None)) if of_class else None
    owes = tuple(each for each in everybody if not of_class or (each.party is not None and each.party.pk == whose))
    events, shown = _events(row.pk, whose), _evidence(row.pk, whose)
    return _page(row, owes, holders, tuple(events), tuple(shown), today)


def _page(
    row: Commitment,
    owes: tuple[Owed, ...],
    holders: tuple[tuple[UUID, str], ...],
    events: tuple[CommitmentEvent, ...],
    evidence: tuple[Evidence, ...],
    today: date,
) -> CommitmentPage:
    times = times_of(owes, said_in(events, evidence), today)
    latest: list[Time | None] = list(reversed(times))
    if row.due_on is None and row.first_due is None:
        latest = [None]
    moments = tuple(_moment(time, owes, events, evidence) for time in latest[:MOST])
    used = {each.pk for moment in moments for each in moment.shown}
    rest = tuple(each for each in evidence if each.pk not in used)
    one = owes[0] if owes else None
    return CommitmentPage(row, one, holders, moments, max(0, len(latest) - MOST), days_of(owes, today), rest)


def _moment(
    time: Time | None, owes: tuple[Owed, ...], events: tuple[CommitmentEvent, ...], evidence: tuple[Evidence, ...]
) -> Moment:
    due = time.due if time is not None else None
    said = [each for each in events if each.due_on == due]
    word = next((each for each in said if each.superseded_at is None), None)
    earlier = tuple(each for each in said if each.superseded_at is not None)
    return Moment(time, word, earlier, tuple(each for each in evidence if _supports(each, due, owes)))


def _supports(evidence: Evidence, due: date | None, owes: tuple[Owed, ...]) -> bool:
    if due is None:
        return True
    mine = [each for each in owes if due in due_days(each.promise, due + timedelta(days=1))]
    return any(supporting(each.promise, due, due, (support_of(evidence),)) for each in mine)
