"""Those who look after an organisation: what is said of it, its ties to others, its units and procurements."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from tillit.apps.accounts.models import Person
from tillit.apps.parties import access, actions, queries
from tillit.apps.parties.actions import Particulars, UnitFacts
from tillit.apps.parties.models import Organisation, Unit
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties import forms, ties
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import key as key_of

both = require_http_methods(["GET", "HEAD", "POST"])
SAVED = gettext_lazy("Sparat.")


@signed_in
@both
def new(request: SignedInRequest) -> HttpResponse:
    """Add an organisation: for those who run the site."""
    if not access.is_operator(request.actor.person):
        raise PermissionDenied

    added: list[Organisation] = []

    def act(said: dict[str, Any]) -> None:
        added.append(actions.add_organisation(particulars=Particulars(**said), by=request.actor.person, at=now()))

    deeds = {"add": Deed(forms.OrganisationForm, act, _("Organisationen är tillagd."))}
    answered = answer(request, "parties/new.html", {}, deeds, to=reverse("parties:organisations"))
    return redirect("parties:ties", key=added[0].pk) if added else answered


@signed_in
@both
def change(request: SignedInRequest, key: UUID) -> HttpResponse:
    care = access.organisation_to_look_after(key, request.actor.person, localdate())
    here = care.organisation

    def form(*given: Any, **named: Any) -> forms.OrganisationForm:
        return forms.OrganisationForm(*given, organisation=here, **named)

    def act(said: dict[str, Any]) -> None:
        to = Particulars(**({"kind": here.kind} | said))
        actions.change_organisation(
            organisation=here, to=to, by=request.actor.person, acting_for=care.acting_for, at=now()
        )

    deeds = {"change": Deed(form, act, SAVED)}
    return answer(request, "parties/change.html", {"organisation": here}, deeds, to=page_of(here))


@signed_in
@both
def ties_of(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What an organisation is part of and a member of, and its leaving."""
    today = localdate()
    care = access.organisation_to_look_after(key, request.actor.person, today)
    here = care.organisation
    deeds = ties.deeds(care, request.actor.person, now())
    context = {"organisation": here, "page": queries.organisation_page(here, today), "operator": care.operator}
    return answer(request, "parties/ties.html", context, deeds, to=reverse("parties:ties", args=[key]))


@signed_in
@both
def new_unit(request: SignedInRequest, key: UUID) -> HttpResponse:
    here = access.organisation_to_administer(key, request.actor.person, localdate())
    units = queries.unit_rows(here)

    def act(said: dict[str, Any]) -> None:
        actions.add_unit(
            organisation=here, facts=_facts(here, said), by=request.actor.person, acting_for=here, at=now()
        )

    deeds = {"add": Deed(lambda *a, **k: forms.UnitForm(*a, units=units, **k), act, _("Enheten är tillagd."))}
    return answer(request, "parties/new_unit.html", {"organisation": here}, deeds, to=page_of(here) + "#enheter")


@signed_in
@both
def unit(request: SignedInRequest, key: UUID, unit_key: UUID) -> HttpResponse:
    here = access.organisation_to_administer(key, request.actor.person, localdate())
    found = access.unit_of(here, unit_key)
    deeds = _unit_deeds(here, found, request.actor.person)
    context = {"organisation": here, "unit": found}
    return answer(request, "parties/unit.html", context, deeds, to=page_of(here) + "#enheter")


def page_of(organisation: Organisation) -> str:
    """Return the address of an organisation's page."""
    return reverse("parties:organisation", args=[organisation.pk])


def _unit_deeds(here: Organisation, found: Unit, person: Person) -> dict[str, Deed]:
    if found.closed_on is not None:
        return {}
    others = [row for row in queries.unit_rows(here) if row.id != found.pk]
    people = queries.colleagues_of(None, here, localdate())
    asked: dict[str, Any] = {"by": person, "acting_for": here, "at": now()}
    said = {"name": found.name, "key": found.key, "hsa_id": found.hsa_id, "parent": found.parent_id}
    by_key = {str(each.pk): each for each in people}
    return {
        "change": Deed(
            lambda *a, **k: forms.UnitForm(*a, units=others, initial=said, **k),
            lambda new: actions.change_unit(unit=found, to=_facts(here, new), **asked),
            SAVED,
        ),
        "head": Deed(
            lambda *a, **k: forms.HeadForm(*a, people=people, initial={"head": found.head_id}, **k),
            lambda new: actions.name_head(unit=found, head=by_key.get(new["head"]), **asked),
            SAVED,
        ),
        "close": Deed(
            lambda *a, **k: forms.OnDay(*a, initial={"on": localdate()}, **k),
            lambda new: actions.close_unit(unit=found, on=new["on"], **asked),
            _("Enheten är stängd."),
        ),
    }


def _facts(here: Organisation, said: dict[str, Any]) -> UnitFacts:
    parent = key_of(said["parent"])
    above = access.unit_of(here, parent) if parent else None
    return UnitFacts(key=said["key"], name=said["name"], hsa_id=said["hsa_id"], parent=above)
