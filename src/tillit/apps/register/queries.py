"""What anybody reads: the list, narrowed and page by page, and one collaboration. Only the register's own tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tillit.apps.register import index
from tillit.apps.register.models import Entry, EntryParty
from tillit.apps.register.place import EVERYTHING, Span, span_of, year_of
from tillit.apps.register.words import asked_for, kind_word, organisation_word, outcome_word

PAGE = 50
MOST_COUNTED = 1000
_COLUMNS = (
    "place", "public_id", "title", "kind", "state", "starts_on", "ends_on", "town", "outcome", "edition", "value",
    "value_is", "organisations", "published_at", "changed_at", "made_up",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words, a kind, an outcome, a year, an organisation's key; "" and None are all."""

    q: str = ""
    kind: str = ""
    outcome: str = ""
    year: int | None = None
    organisation: UUID | None = None

    @property
    def everything(self) -> bool:
        return not (self.q or self.kind or self.outcome or self.year or self.organisation)

    @property
    def span(self) -> Span:
        return span_of(self.year) if self.year else EVERYTHING

    @property
    def asked(self) -> index.Asked | None:
        """Return what the index is asked for, or None where only days or nothing narrow the list."""
        words = [kind_word(self.kind)] if self.kind else []
        words += [outcome_word(self.outcome)] if self.outcome else []
        words += [organisation_word(self.organisation)] if self.organisation else []
        beginnings = asked_for(self.q)
        return index.Asked(tuple(words), beginnings, self.span) if words or beginnings else None


@dataclass(frozen=True, slots=True)
class Row:
    """A public collaboration as one line of a list. `value` in kronor, None where nobody has said any."""

    place: int
    public_id: str
    title: str
    kind: str
    state: str
    starts_on: date
    ends_on: date
    town: str
    outcome: str
    edition: str
    value: Decimal | None
    value_is: str
    organisations: tuple[Mapping[str, str], ...]
    published_at: datetime
    changed_at: datetime
    made_up: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, newest first; `newer` and `older`: from which place those pages go on, None at the ends.

    `found` is exact up to `MOST_COUNTED`; `more`: there are more than that.
    """

    rows: tuple[Row, ...]
    newer: int | None
    older: int | None
    found: int
    more: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a public row: published, changed (parts of `content`), withdrawn."""

    at: datetime
    what: str
    parts: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One public collaboration whole, or its tombstone: `content` is empty, `withdrawn_at` says when it left."""

    row: Row
    content: Mapping[str, Any]
    withdrawn_at: datetime | None
    withdrawn_because: str
    changes: tuple[Change, ...]


def listed(wanted: Wanted, *, older_than: int | None = None, newer_than: int | None = None) -> Page:
    """Return a page of the list, counted from a place and away from it. Three queries at most."""
    found = count(wanted, most=MOST_COUNTED + 1)
    many = found > MOST_COUNTED
    if newer_than is not None:
        places = _places(wanted, (newer_than + 1, EVERYTHING[1]), PAGE + 1, many=many, newest_first=False)
        if len(places) > PAGE:
            shown = places[PAGE - 1 :: -1]
            return Page(rows_at(shown), shown[0], shown[-1], min(found, MOST_COUNTED), many)
        older_than = None  # what is newer is less than a page: then that is the first page, whole
    span = EVERYTHING if older_than is None else (EVERYTHING[0], older_than)
    places = _places(wanted, span, PAGE + 1, many=many)
    shown = places[:PAGE]
    newer = None if older_than is None else shown[0] if shown else older_than - 1
    older = shown[-1] if len(places) > PAGE else None
    return Page(rows_at(shown), newer, older, min(found, MOST_COUNTED), many)


def count(wanted: Wanted, *, most: int) -> int:
    """Return how many there are, at most `most`. One query."""
    asked = wanted.asked
    if asked is not None:
        return index.count(asked, most=most)
    return _public(wanted.span).values("place")[:most].count()


def rows_from(wanted: Wanted, *, skip: int, size: int, found: int) -> tuple[Row, ...]:
    """Return `size` rows after the first `skip`, of a list that has `found` in all. Two queries."""
    return rows_at(_places(wanted, EVERYTHING, size, many=found > index.RARE, skip=skip))


def every_row(wanted: Wanted, *, at_a_time: int = 500) -> Iterator[Row]:
    """Yield every row of a list, a few hundred at a time, so that neither memory nor a transaction grows."""
    many, older_than = count(wanted, most=MOST_COUNTED + 1) > MOST_COUNTED, EVERYTHING[1]
    while places := _places(wanted, (EVERYTHING[0], older_than), at_a_time, many=many):
        yield from rows_at(places)
        older_than = places[-1]


def published_of(organisation: UUID) -> frozenset[str]:
    """Return the public ids of an organisation's collaborations that stand in the register. One query."""
    there = EntryParty.objects.filter(organisation_key=organisation, entry__withdrawn_at__isnull=True)
    return frozenset(there.values_list("entry__public_id", flat=True))


def rows_at(places: list[int]) -> tuple[Row, ...]:
    """Return the rows at some places, in their order. One query."""
    rows = Entry.objects.filter(place__in=places).values_list(*_COLUMNS)
    found = {values[0]: Row(*values) for values in rows}
    return tuple(found[place] for place in places if place in found)


def titles_of(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of those that anybody may read, by public id; the others are left out. One query."""
    rows = Entry.objects.filter(public_id__in=list(public_ids), withdrawn_at__isnull=True)
    return dict(rows.order_by("place").values_list("public_id", "title"))


def shown(public_id: str) -> Shown | None:
    """Return a public collaboration or its tombstone, None where there has never been any. Two queries."""
    if "\x00" in public_id:  # PostgreSQL takes no such sign
        return None
    entry = Entry.objects.filter(public_id=public_id).first()
    if entry is None:
        return None
    changes = tuple(Change(each.at, each.what, tuple(each.parts), each.version) for each in entry.changes.all())
    row = Row(entry.place or 0, *(getattr(entry, name) for name in _COLUMNS[1:]))
    return Shown(row, entry.content, entry.withdrawn_at, entry.withdrawn_because, changes)


def years() -> tuple[int, ...]:
    """Return every year from the newest to the oldest that a list can have rows of. One query."""
    # A subquery for each end: asked for both at once, SQLite reads every row.
    ends = "SELECT (SELECT max(place) FROM register_entry), (SELECT min(place) FROM register_entry)"
    with connection.cursor() as cursor:
        cursor.execute(ends)
        newest, oldest = cursor.fetchone()
    if newest is None:
        return ()
    return tuple(range(year_of(newest), year_of(oldest) - 1, -1))


def name_of(organisation: UUID) -> str:
    """Return what an organisation was called when it was last published, "" where it never was. One query."""
    latest = EntryParty.objects.filter(organisation_key=organisation).order_by("-starts_on")
    return latest.values_list("name", flat=True).first() or ""


def _places(
    wanted: Wanted, span: Span, size: int, *, many: bool, newest_first: bool = True, skip: int = 0
) -> list[int]:
    asked = wanted.asked
    if asked is not None:
        return index.places(asked, span=span, size=size, newest_first=newest_first, many=many, skip=skip)
    rows = _public((max(span[0], wanted.span[0]), min(span[1], wanted.span[1])))
    ordered = rows.order_by("-place" if newest_first else "place")
    found = ordered.values_list("place", flat=True)[skip : skip + size]
    return [place for place in found if place is not None]


def _public(span: Span) -> QuerySet[Entry]:
    return Entry.objects.filter(place__gte=span[0], place__lt=span[1])
