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


def acts_of(subject_key: object, *, most: int = 500) -> tuple[Line, ...]:
    """Return the acts on one row, the latest first. One query."""
    rows = Act.objects.filter(subject_key=str(subject_key)).select_related("by").order_by("-number")[:most]
    return tuple(Line(row.number, row.at, row.action, row.by.name if row.by else "", row.detail) for row in rows)


def first_broken_link() -> int | None:
    """Return the number of the first act that does not fit the chain, or None when all do."""
    previous = START
    for number, act in enumerate(Act.objects.order_by("number").iterator(chunk_size=2000), start=1):
        if act.number != number or act.previous != previous or act.hash != link(act):
            return act.number
        previous = act.hash
    return None
