"""The same meeting in the world proposed by several companies: found, and joined to one event.

Readings. What one company plans is not told to another, nor can it be asked out by trying titles: a likeness is only
looked for among what is approved or has happened and is open from the start. No title is told, only days, town and
the event that the others have joined; whoever joins an event knows that it is told how many companies are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from tillit.apps.collaborations.clashes import mark
from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.models import Party
from tillit.apps.collaborations.parts import IN_FORCE
from tillit.apps.collaborations.whole import Whole
from tillit.core.process import states
from tillit.core.process.titles import look_alike

AGREED = (states.APPROVED, *states.HAPPENED)
MOST = 500
"""As many as are looked at of those that are in the same town on the same days."""
LONGEST = timedelta(days=31)
"""What lasts longer is no meeting to come to, and is not looked for."""


@dataclass(frozen=True, slots=True)
class _Other:
    company: UUID
    key: UUID
    title: str
    first: date
    last: date
    event: UUID | None
    name: str


def same_event(whole: Whole, *, content: Mapping[str, Any]) -> tuple[Caution, ...]:
    """Return that other companies are in the same event, or have what looks like the same one. One query, or none."""
    event = whole.collaboration.event_id
    about = content["about"]
    if event is not None:
        return _joined(_others(whole, Q(collaboration__event=event)), event)
    town = " ".join(str(about.get("town") or "").split())
    if not town:
        return ()
    where = Q(
        collaboration__state__in=AGREED,
        collaboration__openness="public",
        collaboration__starts_on__lte=about["ends_on"],
        collaboration__starts_on__gte=date.fromisoformat(about["starts_on"]) - LONGEST,
        collaboration__ends_on__gte=about["starts_on"],
        collaboration__town__in={town, town.lower(), town.upper(), town.title(), town.capitalize()},
    )
    alike = [each for each in _others(whole, where) if look_alike(each.title, about["title"])]
    return _suggested(alike, town, whole)


def _others(whole: Whole, where: Q) -> list[_Other]:
    """Return the other companies' collaborations in force, a row for each company. One query."""
    ours = [each.organisation_id for each in whole.side("company")]
    rows = (
        Party.objects.filter(where, side="company", left_at__isnull=True, collaboration__state__in=IN_FORCE)
        .exclude(Q(organisation__in=ours) | Q(collaboration=whole.collaboration.pk))
        .order_by("collaboration__starts_on", "pk")
    )
    columns = ("title", "starts_on", "ends_on", "event_id", "event__name")
    found = rows.values_list("organisation_id", "collaboration_id", *(f"collaboration__{name}" for name in columns))
    return [
        _Other(company, key, title, first, last, event, name or "")
        for company, key, title, first, last, event, name in found[:MOST]
    ]


def _joined(others: list[_Other], event: UUID) -> tuple[Caution, ...]:
    companies = {each.company for each in others}
    if not companies:
        return ()
    return (Caution("event_shared", str(event), {"event": others[0].name, "companies": len(companies)}),)


def _suggested(alike: list[_Other], town: str, whole: Whole) -> tuple[Caution, ...]:
    """Return one suggestion for each event that the others have joined, and for each that is in none."""
    groups: dict[UUID, list[_Other]] = {}
    for each in alike:
        groups.setdefault(each.event or each.key, []).append(each)
    return tuple(
        Caution(
            "same_event",
            mark(whole.collaboration.pk, key),
            {
                "companies": len({each.company for each in those}),
                "town": town,
                "first": min(each.first for each in those).isoformat(),
                "last": max(each.last for each in those).isoformat(),
                "event": those[0].name,
            },
        )
        for key, those in groups.items()
    )
