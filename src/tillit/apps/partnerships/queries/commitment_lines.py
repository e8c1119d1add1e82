"""Every commitment of a partnership as one party owes it, in few columns, so that ten thousand can be counted at once.

Keys and days are kept as the database has them, as text, and made into what the core reads once for each value there
is. Nothing is judged here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from tillit.apps.partnerships.answering import Promised
from tillit.apps.partnerships.commitment_facts import Class, Inside, common_days
from tillit.apps.partnerships.models import Commitment, Membership, Organ, Partnership
from tillit.apps.prepared import prepared
from tillit.core.governance.commitments import Commitment as Promise, Recurrence, due_days
from tillit.core.governance.entities import Interval
from tillit.core.governance.fulfilment import FulfilmentThresholds
from tillit.core.governance.occurrences import WINDOW_MONTHS
from tillit.core.period import months_after

LIMITS = FulfilmentThresholds()
HUNDREDTHS = 100
_TEXT = CharField()
_AS_TEXT = {
    "key": "pk",
    "organisation_key": "organisation_id",
    "organ_key": "organ_id",
    "starts": "starts_on",
    "ends": "ends_on",
    "due": "due_on",
    "first": "first_due",
    "weighs": "weight",
    "shows": "evidence_required",
}
TEXTS = len(_AS_TEXT)
TRUE = ("1", "true")
"""What the databases write for true."""
_COLUMNS = (
    *_AS_TEXT,
    "organisation__name",
    "of_kind",
    "of_role",
    "level_id",
    "area",
    "tier",
    "every_months",
    "grace_days",
    "openness",
)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a commitment is and who may see it; see `Promised`."""

    openness: str
    organisation_id: UUID | None
    organ_id: UUID | None


@dataclass(frozen=True, slots=True)
class Days:
    """When something fell due, as text of the day. `before`: the due day before each. `window`: those that count.

    `old`: those that would be red alone, were the commitment heavy and they unmet.
    """

    before: Mapping[str, date | None]
    window: frozenset[str]
    old: frozenset[str]


class Line(NamedTuple):
    """A commitment as one party owes it, or an organ. `weight`: hundredths. `promise`: with its days and no more.

    `whose`: the key, and for a commitment of a class the party's, as the database holds both in events.
    """

    key: str
    whose: str
    party: str
    holder: str
    level: int
    area: str
    tier: str
    during: Interval
    days: Days
    promise: Promise
    weight: int
    evidence_required: bool
    seen: bool

    @property
    def place(self) -> tuple[str, int, str]:
        return self.party, self.level, self.area

    @property
    def heavy(self) -> bool:
        return self.weight >= LIMITS.heavy_weight * HUNDREDTHS


class Lines:
    """Makes the lines of a partnership on a day. `sees` says whose rows the one who asks may see."""

    def __init__(
        self, members: Iterable[Membership], organs: Mapping[UUID, Organ], sees: Callable[[Promised], bool], today: date
    ) -> None:
        self._inside, self._organs, self._today = Inside(members), organs, today
        self._hex = not connection.features.has_native_uuid_field
        self._sees = cache(lambda openness, one, organ: sees(Whose(openness, one, organ)))
        self._class_of = cache(self._of_class)

    def of(self, partnership: Partnership) -> tuple[Line, ...]:
        """Return each commitment once per party that owes it. One query."""
        return tuple(self._lines(partnership.pk))

    def _lines(self, partnership: UUID) -> Iterator[Line]:
        today, sees = self._today, self._sees
        owes: Iterable[tuple[str, str, str, Interval]]
        for row in _rows(partnership):
            key, one_key, organ_key, starts, ends, due, first, weighs, shows = row[:TEXTS]
            name, of_kind, of_role, level, area, tier, every, grace, openness = row[TEXTS:]
            during = _interval(starts, ends)
            one = _uuid(one_key) if one_key else None
            organ = _uuid(organ_key) if organ_key else None
            seen, weight = sees(openness, one, organ), hundredths(weighs)
            if one is not None:
                owes = ((_dashed(one_key), name, "", during),)
            elif organ is not None:
                owes = ((f"organ:{organ}", self._organs[organ].name, "", during),)
            else:
                owes = self._class_of(Class(partnership, of_kind, of_role), during)
            for party, holder, own, days in owes:
                promise, fallen = _fallen(today, days, due, first, every, grace)
                shown = shows in TRUE
                yield Line(key, key + own, party, holder, level, area, tier, days, fallen, promise, weight, shown, seen)

    def _of_class(self, wanted: Class, during: Interval) -> tuple[tuple[str, str, str, Interval], ...]:
        """Return who owes what a class does: the party, its name, the party as events hold it, and its days."""
        return tuple(
            (str(party.pk), party.name, party.pk.hex if self._hex else str(party.pk), each)
            for party, days in self._inside.of_class(wanted)
            for each in common_days(days, during)
        )


@lru_cache(4096)
def _fallen(
    today: date, during: Interval, due: str | None, first: str | None, every: int | None, grace: int
) -> tuple[Promise, Days]:
    """Return a promise with these days, and those of them that fell due: what is past with its grace."""
    again = Recurrence(day_of(first), every) if first is not None and every is not None else None
    once = day_of(due) if due is not None else None
    promise = Promise("", "", "", "", during, due=once, recurrence=again, grace_days=grace)
    counts = (today - months_after(today, -WINDOW_MONTHS)).days
    before: dict[str, date | None] = {}
    window, old, previous = [], [], None
    for day in due_days(promise, today):
        late = (today - day).days - grace
        if late > 0:
            text = day.isoformat()
            before[text] = previous
            if late <= counts:
                window.append(text)
            if late > LIMITS.heavy_days:
                old.append(text)
        previous = day
    return promise, Days(before, frozenset(window), frozenset(old))


@prepared
def _rows(partnership: UUID) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return every commitment as `_COLUMNS`."""
    texts = {name: Cast(column, _TEXT) for name, column in _AS_TEXT.items()}
    rows = Commitment.objects.filter(partnership=partnership).order_by().annotate(**texts)
    return rows.values_list(*_COLUMNS)


@lru_cache(4096)
def day_of(text: str) -> date:
    """Return a day as the database has it."""
    return date.fromisoformat(text)


@lru_cache(512)
def hundredths(text: str) -> int:
    """Return a number with at most two decimals, as the database has it, in hundredths."""
    return int(Decimal(text) * HUNDREDTHS)


@lru_cache(4096)
def _uuid(text: str) -> UUID:
    return UUID(text)


@lru_cache(4096)
def _dashed(text: str) -> str:
    return str(UUID(text))


@lru_cache(4096)
def _interval(starts: str, ends: str | None) -> Interval:
    return Interval(day_of(starts), day_of(ends) if ends is not None else None)
