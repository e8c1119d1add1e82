"""Rows of seats and of who sits there, of a partnership or of one organ. Each is one query, made once (`prepared`)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Cast

from tillit.apps.partnerships.models import CURRENT, Appointment, Membership, Seat, Sector
from tillit.apps.prepared import prepared

AFFILIATED = ("id", "name", "kind", "county_code")
_HELD = {
    "h_key": "pk",
    "h_party": "organisation__name",
    "h_person": "person__name",
    "h_role": "role",
    "h_since": "starts_on",
    "h_until": "ends_on",
    "h_decision": "decision",
    "h_other": "affiliations__organisation__name",
    "h_share": "affiliations__share",
}
_NAMED = ("h_person", "h_decision")


def _still(today: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gt=today)


@prepared
def seats_in(where: UUID, whole: bool, today: date) -> QuerySet[Seat]:
    """Return the seats of a whole partnership, or of one organ, by their keys."""
    there = Q(organ__partnership=where) if whole else Q(organ=where)
    rows = Seat.objects.filter(there, _still(today))
    return rows.select_related("sector").order_by("organ", "number")


@prepared
def sitting_in(where: UUID, whole: bool, today: date) -> QuerySet[Appointment]:
    """Return who sits there, once for each other organisation that they have a share in."""
    there = Q(seat__organ__partnership=where) if whole else Q(seat__organ=where)
    whose = {name: F(f"affiliations__organisation__{name}") for name in AFFILIATED}
    rows = Appointment.objects.filter(CURRENT, there, _still(today), starts_on__lte=today).annotate(
        share=F("affiliations__share"), **{f"also_{name}": each for name, each in whose.items()}
    )
    return rows.select_related("organisation").order_by("starts_on", "pk", "affiliations__pk")


@prepared
def frame_of(partnership: UUID, today: date) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return the memberships of a day and the sectors."""
    blank: dict[str, Any] = {"nobody": Value(None, CharField()), "no_day": Value(None, DateField())}
    sectors: QuerySet[Any] = Sector.objects.filter(partnership=partnership).order_by().annotate(**blank)
    members = Membership.objects.filter(CURRENT, _still(today), partnership=partnership, starts_on__lte=today)
    return sectors.values_list("nobody", "pk", "code", "name", "no_day", "order").union(
        members.order_by()
        .annotate(who=Cast("organisation_id", CharField()))
        .values_list("who", "sector_id", "sector__code", "size", "starts_on", "pk"),
        all=True,
    )


@prepared
def held_in(organ: UUID, today: date, named: bool) -> "QuerySet[Any]":
    """Return the seats of an organ once for each who sits there and each share; `named`: with names."""
    held = FilteredRelation("appointments", condition=Q(appointments__superseded_at__isnull=True))
    rows = Seat.objects.filter(_still(today), organ=organ).select_related("sector", "nominating").annotate(held=held)
    columns = {name: F(f"held__{path}") for name, path in _HELD.items() if named or name not in _NAMED}
    return rows.annotate(**columns).order_by("number", "held__starts_on", "held__pk", "held__affiliations__pk")
