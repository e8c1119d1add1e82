"""Reads when commitments were and will be due, and what stands about each time: for one commitment, or for one party.

The states: met, partial, not_met, claimed and waived are said by somebody; overdue is what nobody has said anything
about though its time is out; due is what can still be done and has come; coming is what is ahead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet

from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.commitment_facts import Owed, Said, owed, said_of, words_of
from tillit.apps.partnerships.models import CURRENT, Commitment, Membership
from tillit.apps.prepared import prepared, read
from tillit.core.governance.commitments import CommitmentEvent as Word, due_days
from tillit.core.governance.occurrences import Occurrence, occurrences
from tillit.core.period import months_after

AHEAD = 12
"""Months ahead that are shown. The report asks for what is due in a year."""
SOON_DAYS = 30
"""Days before it is due that something is among what waits for one. Ours, as on the rest of that page."""
OPEN = ("overdue", "due", "coming", "not_met")
"""The states in which somebody still has something to do."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time that a commitment was or will be due. `last`: the last day to do it, with grace.

    `fraction`: how much of it counts as met, None while there is time. `days_late`: between the last day and the
    report, None in time. `days_overdue`: since the last day; below 0 while there is time. `counts`: within the twelve
    months that fulfilment is of.
    """

    commitment: UUID
    text: str
    partnership: str
    slug: str
    holder: str
    party: UUID | None
    due: date
    last: date
    state: str
    fraction: Fraction | None
    days_late: int | None
    days_overdue: int
    counts: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def fallen_due(owes: Sequence[Owed], said: Said, today: date) -> tuple[Occurrence, ...]:
    """Return every time that fell due before a day, as the core judges it. No query."""
    return occurrences([each.promise for each in owes], words_of(owes, said, today), today)


def times_of(owes: Sequence[Owed], said: Said, today: date, *, ahead: int = AHEAD) -> tuple[Time, ...]:
    """Return every time up to some months ahead, earliest first. No query."""
    of = {each.key: each for each in owes}
    found = [_past(of[each.commitment.id], each, said) for each in fallen_due(owes, said, today)]
    for one in owes:
        words = _by_day(said.words.get(one.key, ()))
        grace = timedelta(days=one.promise.grace_days)
        days = (day for day in due_days(one.promise, months_after(today, ahead)) if day + grace >= today)
        found += (_ahead(one, day, words.get(day), today) for day in days)
    return tuple(sorted(found, key=lambda time: (time.due, time.holder, str(time.commitment))))


def due_for(organisation: Organisation, today: date, *, partnership: UUID | None = None) -> tuple[Time, ...]:
    """Return what an organisation owes that is not judged or let off: overdue, due, and due in twelve months.

    In every partnership that has not ended, or in one; earliest first. Three queries.
    """
    memberships = _inside(organisation.pk)
    here = {each.partnership_id for each in memberships if partnership in (None, each.partnership_id)}
    if not here:
        return ()
    of_class = ~Q(of_kind="", of_role="") & Q(partnership__in=here)
    rows = Commitment.objects.filter(of_class | Q(organisation=organisation, partnership__in=here))
    owes = owed(read(rows.select_related("partnership", "level", "organisation", "organ")), memberships)
    theirs = Q(commitment__organisation=organisation) | Q(party=organisation)
    said = said_of(theirs & Q(commitment__partnership__in=here))
    return tuple(time for time in times_of(owes, said, today) if time.is_open or time.state == "claimed")


@prepared
def _inside(organisation: UUID) -> QuerySet[Membership]:
    inside = Membership.objects.filter(CURRENT, organisation=organisation).exclude(partnership__status="ended")
    return inside.select_related("organisation")


def waiting_for_party(organisation: Organisation, today: date) -> tuple[Time, ...]:
    """Return what waits for whoever speaks for an organisation: what is late, due, or due within thirty days.

    Three queries, one for an organisation that is in no partnership.
    """
    soon = today + timedelta(days=SOON_DAYS)
    found = due_for(organisation, today)
    return tuple(each for each in found if each.state in ("overdue", "due") or _near(each, soon))


def _near(time: Time, soon: date) -> bool:
    return time.state == "coming" and time.due <= soon


def _past(one: Owed, each: Occurrence, said: Said) -> Time:
    silent = each.state == "not_met" and each.due not in _by_day(said.words.get(one.key, ()))
    return _time(
        one,
        each.due,
        "overdue" if silent else each.state,
        fraction=each.fraction,
        late=each.days_late,
        overdue=each.days_overdue,
        counts=each.in_window and each.state != "waived",
    )


def _ahead(one: Owed, day: date, word: Word | None, today: date) -> Time:
    state = "due" if day <= today else "coming"
    if word is not None:
        state = word.judgement or "claimed"
    last = day + timedelta(days=one.promise.grace_days)
    return _time(one, day, state, fraction=None, late=None, overdue=(today - last).days, counts=False)


def _time(
    one: Owed, due: date, state: str, *, fraction: Fraction | None, late: int | None, overdue: int, counts: bool
) -> Time:
    row = one.row
    return Time(
        commitment=row.pk,
        text=row.text,
        partnership=row.partnership.name,
        slug=row.partnership.slug,
        holder=one.name,
        party=one.party.pk if one.party is not None else None,
        due=due,
        last=due + timedelta(days=one.promise.grace_days),
        state=state,
        fraction=fraction,
        days_late=late,
        days_overdue=overdue,
        counts=counts,
    )


def _by_day(words: Iterable[Word]) -> Mapping[date | None, Word]:
    return {word.occurrence: word for word in words}
