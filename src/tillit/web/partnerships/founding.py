"""A partnership founded, by somebody who speaks for an organisation."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.actions.templates import found_from_template
from tillit.apps.partnerships.models import Partnership
from tillit.web.accounts.acting import SignedInRequest, acting_as
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.forms import FoundForm


@acting_as(*sorted(SPEAKS))
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    actor, made = request.actor, list[Partnership]()

    def act(said: dict[str, Any]) -> None:
        code, frame = said.pop("template"), Frame(**said)
        made.append(
            found_from_template(code=code, frame=frame, by=actor.person, at=now(), acting_for=actor.acting_for)
            if code
            else found_partnership(frame=frame, by=actor.person, at=now(), acting_for=actor.acting_for)
        )

    first = {"starts_on": localdate(), "openness": "public", "template": request.GET.get("modell", "")}
    deeds = {"found": Deed(lambda *a, **k: FoundForm(*a, initial=first, **k), act, _("Partnerskapet är upplagt."))}
    answered = answer(request, "partnerships/new.html", {}, deeds, to=reverse("partnerships:partnerships"))
    return redirect("partnerships:show", slug=made[0].slug) if made else answered
