"""For whom a person acts on a day, and as what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation that a person acts for, with each role there and its unit; no unit: the whole organisation."""

    organisation: Organisation
    roles: frozenset[tuple[str, UUID | None]]

    @property
    def organisation_id(self) -> UUID:
        return self.organisation.pk

    @property
    def organisation_name(self) -> str:
        return self.organisation.name

    @property
    def kind(self) -> str:
        return self.organisation.kind

    @property
    def role_names(self) -> frozenset[str]:
        """Return the roles, wherever in the organisation they hold."""
        return frozenset(role for role, _ in self.roles)

    def units_of(self, role: str) -> frozenset[UUID | None]:
        """Return where the role holds: keys of units, None for the whole organisation; empty without the role."""
        return frozenset(unit for name, unit in self.roles if name == role)


def seats_of(person: Person | None, today: date) -> tuple[Seat, ...]:
    """Return the person's seats that day, by name of organisation. None, nobody, has none.

    An organisation that has left has no seats. One query, none for nobody.
    """
    return seats_by_person([person], today).get(person.pk, ()) if person is not None else ()


def seats_by_person(people: Iterable[Person], today: date) -> dict[UUID, tuple[Seat, ...]]:
    """Return the seats of several people that day, under their keys; nobody without a seat is there. One query."""
    found = (
        Role.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person__in=list(people), since__lte=today)
        .filter(Q(organisation__left_on__isnull=True) | Q(organisation__left_on__gt=today))
        .select_related("organisation")
        .order_by("person_id", "organisation__name", "organisation_id")
    )
    return {key: tuple(_seats(roles)) for key, roles in groupby(found, key=lambda role: role.person_id)}


def _seats(roles: Iterable[Role]) -> Iterator[Seat]:
    for _, of_one in groupby(roles, key=lambda role: role.organisation_id):
        held = list(of_one)
        yield Seat(held[0].organisation, frozenset((role.role, role.unit_id) for role in held))
