"""Reads who may do what for whom on a day: roles, heads of units, those who stand in for somebody away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Delegation, Employment, Organisation, Role, Unit


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may answer for an organisation, by themselves or in the place of one who is away."""

    person: Person
    on_behalf_of: Person | None = None


def running(today: date) -> Q:
    """Return what roles, employments and memberships that run on a day have in common; their last day is not in."""
    return (Q(until__isnull=True) | Q(until__gt=today)) & (Q(since__isnull=True) | Q(since__lte=today))


def successor(organisation: Organisation, today: date) -> Organisation:
    """Return the organisation that answers for this one on a day: itself, or what it became by mergers.

    One query per merger, none without one.
    """
    here = organisation
    while here.merged_into_id is not None and here.merged_on is not None and here.merged_on <= today:
        assert here.merged_into is not None
        here = here.merged_into
    return here


def answers_for(organisation: Organisation) -> tuple[Organisation, ...]:
    """Return the organisation and all that have become part of it by mergers. One query per generation of mergers."""
    found, newest = [organisation], [organisation]
    while newest:
        newest = list(Organisation.objects.filter(merged_into__in=newest).exclude(pk__in=[each.pk for each in found]))
        found += newest
    return tuple(found)


def has_role(
    person: Person, organisation: Organisation, roles: Iterable[str], today: date, *, unit: Unit | None = None
) -> bool:
    """Return whether a person has one of the roles that day, in the whole organisation or, where one is named, in the
    unit or one that it belongs to. Nobody has for an organisation that has left or is part of another.

    One query, and one per level of units above a named unit.
    """
    if not organisation.takes_part_on(today) or successor(organisation, today) != organisation:
        return False
    where = Q(unit__isnull=True)
    if unit is not None:
        where |= Q(unit__in=[each.pk for each in upwards(unit)])
    return Role.objects.filter(
        running(today), where, person=person, organisation=organisation, role__in=list(roles)
    ).exists()


def is_administrator(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether a person looks after the organisation's units, people and roles that day. One query."""
    return has_role(person, organisation, ("administrator",), today)


def upwards(unit: Unit) -> tuple[Unit, ...]:
    """Return a unit and those it belongs to, nearest first. One query per level."""
    found: list[Unit] = []
    here: Unit | None = unit
    while here is not None and here not in found:
        found.append(here)
        here = here.parent
    return tuple(found)


def approvers_of(unit: Unit | None, organisation: Organisation, today: date) -> tuple[Approver, ...]:
    """Return who may approve for the people of a unit that day, and who stands in for them.

    The unit's head; where nobody is named or the head has left, its heads of operations; then the same for the unit
    that it belongs to, and at last the heads of operations of the whole organisation. Nobody is found where nobody is
    there. At most three queries per level of units, and two.
    """
    answering = successor(organisation, today)
    for each in upwards(unit) if unit is not None else ():
        if people := _heads(each, answering, today):
            return with_substitutes(people, answering, today)
    everywhere = Role.objects.filter(
        running(today), organisation=answering, role="head_of_operations", unit__isnull=True
    )
    return with_substitutes(_people(everywhere), answering, today)


def holders_of(
    organisation: Organisation, roles: Iterable[str], today: date, *, unit: Unit | None = None
) -> tuple[Approver, ...]:
    """Return who has one of the roles that day, in the whole organisation or in the unit, and who stands in for them.

    Two queries, and one per level of units above a named unit.
    """
    answering = successor(organisation, today)
    where = Q(unit__isnull=True)
    if unit is not None:
        where |= Q(unit__in=[each.pk for each in upwards(unit)])
    held = Role.objects.filter(running(today), where, organisation=answering, role__in=list(roles))
    return with_substitutes(_people(held), answering, today)


def with_substitutes(people: Iterable[Person], organisation: Organisation, today: date) -> tuple[Approver, ...]:
    """Return people, and those they have asked to answer in their place that day; nobody is named twice. One query."""
    themselves = tuple(people)
    if not themselves:
        return ()
    away = (
        Delegation.objects.filter(
            organisation=organisation,
            giver__in=themselves,
            starts_on__lte=today,
            ends_on__gte=today,
            ended_at__isnull=True,
        )
        .exclude(taker__in=themselves)
        .select_related("giver", "taker__user")
        .order_by("taker__name", "pk")
    )
    in_place = {each.taker_id: Approver(each.taker, on_behalf_of=each.giver) for each in away}
    return (*(Approver(each) for each in themselves), *in_place.values())


def works_there(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether a person is employed by, or has any role in, an organisation that day. At most two queries."""
    where = {"person": person, "organisation": organisation}
    return (
        Employment.objects.filter(running(today), **where).exists()
        or Role.objects.filter(running(today), **where).exists()
    )


def _heads(unit: Unit, organisation: Organisation, today: date) -> list[Person]:
    if unit.head_id is not None:
        there = Employment.objects.filter(running(today), person=OuterRef("pk"), organisation=organisation)
        head = Person.objects.filter(Exists(there), pk=unit.head_id).select_related("user").first()
        if head is not None:
            return [head]
    return _people(Role.objects.filter(running(today), organisation=organisation, role="head_of_operations", unit=unit))


def _people(roles: QuerySet[Role]) -> list[Person]:
    found = roles.select_related("person__user").order_by("person__name", "person_id")
    return list({role.person_id: role.person for role in found}.values())
