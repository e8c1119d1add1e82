"""Who may see and change what of an organisation: each function fetches and authorises in one move."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Delegation, Employment, Invitation, Organisation, Procurement, Role, Unit
from tillit.apps.parties.queries import has_role, is_administrator, successor, works_there

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Care:
    """An organisation that somebody looks after. `acting_for`: None for an operator, who acts for the site."""

    organisation: Organisation
    acting_for: Organisation | None

    @property
    def operator(self) -> bool:
        return self.acting_for is None


def organisation_to_see(key: UUID) -> Organisation:
    """Return the organisation; every signed-in person may see it. 404 where there is none. One query."""
    found = _organisations().filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def organisation_to_administer(key: UUID, person: Person, today: date) -> Organisation:
    """Return an organisation that the person administers that day, else 403."""
    organisation = organisation_to_see(key)
    if not is_administrator(person, organisation, today):
        raise PermissionDenied
    return organisation


def organisation_to_look_after(key: UUID, person: Person, today: date) -> Care:
    """Return an organisation for one of its administrators, or for an operator of the site; else 403."""
    organisation = organisation_to_see(key)
    if is_administrator(person, organisation, today):
        return Care(organisation, organisation)
    if is_operator(person):
        return Care(organisation, None)
    raise PermissionDenied


def is_operator(person: Person) -> bool:
    """Return whether a person runs the site."""
    return person.user is not None and person.user.is_operator


def sees_people(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether a person may see who works for an organisation: one who works or acts for it that day."""
    return works_there(person, organisation, today)


def ledger_to_read(key: UUID, person: Person, today: date) -> Organisation:
    """Return the organisation for its auditors and administrators, or those of what it has become; else 403."""
    organisation = organisation_to_see(key)
    if not has_role(person, successor(organisation, today), ("auditor", "administrator"), today):
        raise PermissionDenied
    return organisation


def may_read_ledger(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether a person may read an organisation's ledger."""
    return has_role(person, successor(organisation, today), ("auditor", "administrator"), today)


def unit_of(organisation: Organisation, key: UUID) -> Unit:
    """Return a unit of the organisation; 404 where it is another's."""
    return _or_404(Unit.objects.filter(organisation=organisation, pk=key).select_related("parent", "head"))


def person_of(organisation: Organisation, key: UUID) -> Person:
    """Return somebody who works or acts for the organisation, now or once; 404 where they never did."""
    person = _or_404(Person.objects.filter(pk=key).select_related("user"))
    where = {"person": person, "organisation": organisation}
    if not (Employment.objects.filter(**where).exists() or Role.objects.filter(**where).exists()):
        raise Http404
    return person


def role_of(organisation: Organisation, person: Person, key: int) -> Role:
    """Return a role that the person has in the organisation; 404 where it is another's."""
    return _or_404(Role.objects.filter(organisation=organisation, person=person, pk=key))


def employment_of(organisation: Organisation, person: Person, key: int) -> Employment:
    """Return the person's employment in the organisation; 404 where it is another's."""
    return _or_404(Employment.objects.filter(organisation=organisation, person=person, pk=key))


def invitation_of(organisation: Organisation, key: UUID) -> Invitation:
    """Return an invitation of the organisation; 404 where it is another's."""
    return _or_404(Invitation.objects.filter(organisation=organisation, pk=key))


def procurement_of(buyer: Organisation, key: int) -> Procurement:
    """Return a procurement of the buyer; 404 where it is another's."""
    return _or_404(Procurement.objects.filter(buyer=buyer, pk=key).prefetch_related("bidders"))


def own_absence(person: Person, key: UUID) -> Delegation:
    """Return an absence that is the person's own; 404 where it is another's."""
    return _or_404(Delegation.objects.filter(giver=person, pk=key).select_related("organisation"))


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("parent", "merged_into")


def _or_404(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404
    return found
