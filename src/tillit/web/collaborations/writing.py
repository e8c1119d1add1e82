"""A draft written: what it is about, who takes part, what it costs. A page sends the revision it was made from."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions import drafting, partaking
from tillit.apps.collaborations.answerers import contacts_of
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.errors import Refused
from tillit.core.process.content import Plain
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.collaborations import listing
from tillit.web.collaborations.fields import AboutForm
from tillit.web.parties.fields import OrganisationNamed, Plain as PlainForm

Wrong = Refused | None


def save(request: SignedInRequest, found: Collaboration, content: Plain) -> Wrong:
    """Keep a draft; return what stood in the way, or None."""
    revision = request.POST.get("revision", "")
    actor = request.actor
    try:
        drafting.save_draft(
            collaboration=found,
            content=content,
            revision=int(revision) if revision.isascii() and revision.isdigit() else -1,
            by=actor.person,
            acting_for=actor.acting_for,
            at=now(),
        )
    except Refused as refused:
        return refused
    messages.success(request, _("Utkastet är sparat. Det gäller när det är inlämnat."))
    return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    form = AboutForm(request.POST) if request.method == "POST" else AboutForm(initial=found.draft.get("about", {}))
    if request.method == "POST" and form.is_valid():
        refused = save(request, found, {**found.draft, "about": form.content()})
        if refused is None:
            return redirect("collaborations:step", public_id=public_id, slug="vad")
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
    shown = {"found": found, "form": form, "here": "about"}
    return render(request, "collaborations/about.html", shown, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _list(request, public_id, "collaborations/people.html", listing.people_rows, listing.people_of)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _list(request, public_id, "collaborations/costs.html", listing.cost_rows, listing.costs_of)


def _list(
    request: SignedInRequest,
    public_id: str,
    template: str,
    rows: Callable[[Collaboration], Any],
    read: Callable[[SignedInRequest, Collaboration], Plain],
) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    wrong: Wrong = None
    if request.method == "POST":
        try:
            wrong = save(request, found, read(request, found))
        except Refused as refused:
            wrong = refused
        if wrong is None:
            return redirect(request.path)
    shown = {"found": found, "wrong": wrong, **rows(found)}
    if wrong is not None:
        shown |= {"rows": listing.typed(request.POST), "whole": request.POST.get("whole", "unknown")}
    return render(request, template, shown, status=422 if wrong else 200)


class PartyForm(PlainForm):
    """An organisation to bring in, by its name or number."""

    organisation = OrganisationNamed(label=gettext_lazy("Organisation"), max_length=200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def parties(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    form = PartyForm(request.POST if request.POST.get("act") == "add" else None)
    wrong: Wrong = None
    if request.method == "POST":
        wrong = _party(request, found, form)
        if wrong is None and not form.errors:
            return redirect("collaborations:parties", public_id=public_id)
    rows = found.parties.filter(left_at__isnull=True).select_related("organisation", "unit", "contact")
    rows = rows.prefetch_related("organisation__units").order_by("id")
    with_contacts = [(row, contacts_of(row.organisation, row.unit, localdate())) for row in rows]
    shown = {"found": found, "form": form, "rows": with_contacts, "wrong": wrong}
    return render(request, "collaborations/parties.html", shown, status=422 if wrong or form.errors else 200)


def _party(request: SignedInRequest, found: Collaboration, form: PartyForm) -> Wrong:
    """Bring an organisation in, or say which unit of one it is and who is its contact."""
    actor = request.actor
    act: dict[str, Any] = {"by": actor.person, "at": now()}
    try:
        if request.POST.get("act") == "add":
            if form.is_valid():
                chosen = form.cleaned_data["organisation"]
                partaking.add_party(collaboration=found, organisation=chosen, acting_for=actor.acting_for, **act)
        else:
            party = get_object_or_404(found.parties, pk=_number(request.POST.get("party", "")))
            wanted = _key(request.POST.get("unit", ""))
            unit = party.organisation.units.filter(pk=wanted).first() if wanted else None
            named = _key(request.POST.get("contact", ""))
            contact = Person.objects.filter(pk=named).first() if named else None
            act |= {"unit": unit, "contact": contact}
            partaking.place_party(collaboration=found, party=party, acting_for=actor.acting_for, **act)
    except Refused as refused:
        return refused
    return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
