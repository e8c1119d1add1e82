"""For whom a person acts on a day, and as what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from tillit.apps.accounts.models import Person, User
from tillit.apps.parties.models import Organisation, Role
from tillit.apps.prepared import prepared

_ORDER = ("organisation__name", "organisation_id")


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


def person_of(user: User, today: date) -> tuple[Person | None, tuple[Seat, ...]]:
    """Return the person of an account with their seats that day. One query, two for one who has no seat."""
    found = _of_account(user.pk, today)
    if not found:
        return Person.objects.filter(user=user).first(), ()
    return found[0].person, tuple(_seats(found))


@prepared
def _of_account(user: UUID, today: date) -> QuerySet[Role]:
    return _held(today).filter(person__user=user).select_related("person").order_by(*_ORDER)


def seats_by_person(people: Iterable[Person], today: date) -> dict[UUID, tuple[Seat, ...]]:
    """Return the seats of several people that day, under their keys; nobody without a seat is there. One query."""
    found = _held(today).filter(person__in=list(people)).order_by("person_id", *_ORDER)
    return {key: tuple(_seats(roles)) for key, roles in groupby(found, key=lambda role: role.person_id)}


def _held(today: date) -> QuerySet[Role]:
    """Return the roles that hold that day, in organisations that have not left."""
    rows = Role.objects.filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today)
    rows = rows.filter(Q(organisation__left_on__isnull=True) | Q(organisation__left_on__gt=today))
    return rows.select_related("organisation")


def _seats(roles: Iterable[Role]) -> Iterator[Seat]:
    for _, of_one in groupby(roles, key=lambda role: role.organisation_id):
        held = list(of_one)
        yield Seat(held[0].organisation, frozenset((role.role, role.unit_id) for role in held))
