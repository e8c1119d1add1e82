"""Reads the ledger, and says whether the chain holds."""

from dataclasses import dataclass
from datetime import datetime

from tillit.apps.audit.actions import START, link
from tillit.apps.audit.models import Act


@dataclass(frozen=True, slots=True)
class Line:
    """An act as a page shows it. `by` is "" where the site itself acted."""

    number: int
    at: datetime
    action: str
    by: str
    detail: dict[str, object]
    subject: str = ""
    subject_key: str = ""


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of acts: those on it, its number, how many pages and how many acts there are."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int


def acts_of(subject_key: object, *, most: int = 500) -> tuple[Line, ...]:
    """Return the acts on one row, the latest first. One query."""
    rows = Act.objects.filter(subject_key=str(subject_key)).select_related("by").order_by("-number")[:most]
    return tuple(_line(row) for row in rows)


def acts_for(organisation_key: object, *, page: int = 1, size: int = 50) -> LinePage:
    """Return a page of what was done for an organisation, the latest first; the nearest page there is. Two queries."""
    rows = Act.objects.filter(acting_for=str(organisation_key)).select_related("by").order_by("-number")
    total = rows.count()
    pages = max(1, -(-total // size))
    here = min(max(page, 1), pages)
    lines = tuple(_line(row) for row in rows[(here - 1) * size : here * size])
    return LinePage(lines, here, pages, total)


def first_broken_link() -> int | None:
    """Return the number of the first act that does not fit the chain, or None when all do."""
    previous = START
    for number, act in enumerate(Act.objects.order_by("number").iterator(chunk_size=2000), start=1):
        if act.number != number or act.previous != previous or act.hash != link(act):
            return act.number
        previous = act.hash
    return None


def _line(row: Act) -> Line:
    by = row.by.name if row.by else ""
    return Line(row.number, row.at, row.action, by, row.detail, row.subject, row.subject_key)
