"""Dated rows that follow when somebody moves: one ends, the next begins the same day, nothing is overwritten."""

from datetime import date

from django.db.models import Q, QuerySet

from tillit.apps.parties.models import Employment, Organisation, Role, Unit


def ahead(day: date) -> Q:
    """Return what rows that run on the day, or will, have in common."""
    return Q(until__isnull=True) | Q(until__gt=day)


def move_staff(
    staff: QuerySet[Employment], to: Organisation, day: date, *, unit: Unit | None = None, keep_unit: bool = False
) -> None:
    """End employments on a day and begin them anew where they go on; `keep_unit` in the unit that they were in."""
    for each in staff.filter(ahead(day)):
        first = max(day, each.since) if each.since else day
        until, each_unit = each.until, each.unit if keep_unit else unit
        _end(each, first)
        there = Employment.objects.filter(ahead(first), person_id=each.person_id, organisation=to, unit=each_unit)
        if not there.exists():
            Employment.objects.create(
                person_id=each.person_id, organisation=to, unit=each_unit, title=each.title, since=first, until=until
            )


def move_roles(roles: QuerySet[Role], to: Organisation, day: date) -> None:
    """End roles on a day and begin them anew in another organisation; those in a unit stay in it."""
    for each in roles.filter(ahead(day)):
        first, until = max(day, each.since), each.until
        _end(each, first)
        named = {"person_id": each.person_id, "organisation": to, "unit_id": each.unit_id, "role": each.role}
        if not Role.objects.filter(ahead(first), **named).exists():
            Role.objects.create(**named, since=first, until=until)


def end_roles(roles: QuerySet[Role], day: date) -> None:
    """End roles on a day; one that would begin later never begins."""
    for each in roles.filter(ahead(day)):
        _end(each, max(day, each.since))


def _end(row: Employment | Role, day: date) -> None:
    row.until = day
    row.save(update_fields=["until"])
