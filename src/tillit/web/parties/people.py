"""The people of an organisation: who works there, what roles they have, who is asked in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.parties import access, actions, queries
from tillit.apps.parties.actions import Post
from tillit.apps.parties.actions.invitations import invite, withdraw_invitation
from tillit.apps.parties.models import Organisation, Unit
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties import forms
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain, key as key_of
from tillit.web.parties.upkeep import both


@signed_in
@both
def people(request: SignedInRequest, key: UUID) -> HttpResponse:
    today, moment = localdate(), now()
    here = access.organisation_to_administer(key, request.actor.person, today)
    waiting = queries.invitation_rows(here, moment)
    deeds = {"employ": _employing(here, request.actor.person), "invite": _inviting(here, request.actor.person)}
    deeds |= {f"withdraw-{row.id}": _withdrawing(here, row.id, request.actor.person) for row in waiting}
    context = {"organisation": here, "people": queries.people_of(here, today), "waiting": waiting}
    return answer(request, "parties/people.html", context, deeds, to=reverse("parties:people", args=[key]))


@signed_in
@both
def person(request: SignedInRequest, key: UUID, person_key: UUID) -> HttpResponse:
    today = localdate()
    here = access.organisation_to_administer(key, request.actor.person, today)
    found = access.person_of(here, person_key)
    row = next((row for row in queries.people_of(here, today) if row.id == found.pk), None)
    deeds = _giving(here, found, request.actor.person)
    for role in row.roles if row else ():
        deeds[f"take-{role.id}"] = _taking(here, found, role.id, request.actor.person)
    for job in row.employments if row else ():
        deeds[f"end-{job.id}"] = _ending(here, found, job.id, request.actor.person)
    context = {"organisation": here, "person": found, "row": row}
    to = reverse("parties:person", args=[key, person_key])
    return answer(request, "parties/person.html", context, deeds, to=to)


def _employing(here: Organisation, by: Person) -> Deed:
    units = queries.unit_rows(here)

    def act(said: dict[str, Any]) -> None:
        actions.take_on(
            organisation=here,
            name=said["name"],
            email=said["email"],
            post=Post(unit=_unit(here, said), title=said["title"], since=said["since"]),
            by=by,
            at=now(),
        )

    return Deed(lambda *a, **k: forms.EmployForm(*a, units=units, **k), act, _("Personen är tillagd."))


def _inviting(here: Organisation, by: Person) -> Deed:
    units = queries.unit_rows(here)

    def act(said: dict[str, Any]) -> None:
        given = {"email": said["email"], "name": said["name"], "roles": said["roles"]}
        invite(organisation=here, unit=_unit(here, said), by=by, at=now(), **given)

    return Deed(lambda *a, **k: forms.InviteForm(*a, units=units, **k), act, _("Inbjudan skickas nu."))


def _withdrawing(here: Organisation, key: UUID, by: Person) -> Deed:
    def act(_said: dict[str, Any]) -> None:
        withdraw_invitation(invitation=access.invitation_of(here, key), by=by, at=now())

    return Deed(Plain, act, _("Inbjudan är återkallad."))


def _giving(here: Organisation, found: Person, by: Person) -> dict[str, Deed]:
    units = queries.unit_rows(here)
    asked: dict[str, Any] = {"organisation": here, "by": by, "acting_for": here}

    def act(said: dict[str, Any]) -> None:
        actions.give_role(person=found, role=said["role"], unit=_unit(here, said), at=now(), **asked)

    return {"give": Deed(lambda *a, **k: forms.RoleForm(*a, units=units, **k), act, _("Rollen är given."))}


def _taking(here: Organisation, found: Person, key: int, by: Person) -> Deed:
    def act(_said: dict[str, Any]) -> None:
        actions.take_role(role=access.role_of(here, found, key), by=by, acting_for=here, at=now())

    return Deed(Plain, act, _("Rollen är avslutad."))


def _ending(here: Organisation, found: Person, key: int, by: Person) -> Deed:
    def act(said: dict[str, Any]) -> None:
        employment = access.employment_of(here, found, key)
        actions.end_employment(employment=employment, until=said["until"], by=by, acting_for=here, at=now())

    return Deed(
        lambda *a, **k: forms.UntilDay(*a, initial={"until": localdate()}, **k), act, _("Anställningen är avslutad.")
    )


def _unit(here: Organisation, said: dict[str, Any]) -> Unit | None:
    key = key_of(said["unit"])
    return access.unit_of(here, key) if key else None
