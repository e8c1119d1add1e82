"""The procurements of a public buyer, with the companies known to bid."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from tillit.apps.parties import access, actions, queries
from tillit.apps.parties.actions import ProcurementFacts
from tillit.apps.parties.actions.belonging import BUYERS
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties import forms
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.upkeep import SAVED, both


@signed_in
@both
def procurements(request: SignedInRequest, key: UUID) -> HttpResponse:
    today = localdate()
    here = access.organisation_to_administer(key, request.actor.person, today)
    if here.kind not in BUYERS:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        bidders = said.pop("bidders")
        actions.record_procurement(
            buyer=here,
            facts=ProcurementFacts(**said),
            bidders=bidders,
            by=request.actor.person,
            acting_for=here,
            at=now(),
        )

    deeds = {"record": Deed(forms.ProcurementForm, act, _("Upphandlingen är antecknad."))}
    context = {"organisation": here, "rows": queries.procurement_rows(here, today)}
    to = reverse("parties:procurements", args=[key])
    return answer(request, "parties/procurements.html", context, deeds, to=to)


@signed_in
@both
def procurement(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    here = access.organisation_to_administer(key, request.actor.person, localdate())
    found = access.procurement_of(here, number)
    asked: dict[str, Any] = {"procurement": found, "by": request.actor.person, "acting_for": here, "at": now()}
    known = "\n".join(sorted(each.name for each in found.bidders.all()))
    deeds = {
        "bidders": Deed(
            lambda *a, **k: forms.BiddersForm(*a, initial={"bidders": known}, **k),
            lambda said: actions.set_bidders(bidders=said["bidders"], **asked),
            SAVED,
        )
    }
    if found.closed_on is None:
        deeds["close"] = Deed(
            lambda *a, **k: forms.OnDay(*a, initial={"on": localdate()}, **k),
            lambda said: actions.close_procurement(on=said["on"], **asked),
            _("Upphandlingen är avslutad."),
        )
    context = {"organisation": here, "procurement": found}
    to = reverse("parties:procurements", args=[key])
    return answer(request, "parties/procurement.html", context, deeds, to=to)
