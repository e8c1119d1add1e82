"""One's own absences: who answers in one's place, and in whose place one answers oneself."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from tillit.apps.parties import access, actions, queries
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties import forms
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain
from tillit.web.parties.upkeep import both


@signed_in
@both
def absences(request: SignedInRequest) -> HttpResponse:
    me, today = request.actor.person, localdate()
    workplaces = {str(each.pk): each for each in queries.workplaces_of(me, today)}
    colleagues = {each: queries.colleagues_of(me, each, today) for each in workplaces.values()}
    by_key = {str(each.pk): each for people in colleagues.values() for each in people}

    def act(said: dict[str, Any]) -> None:
        place, taker = said.pop("taker").split(".")
        here = workplaces[place]
        actions.delegate(organisation=here, taker=by_key[taker], by=me, acting_for=here, at=now(), **said)

    own = queries.absences(today, giver=me)
    deeds = {f"end-{each.id}": _ending(request, each) for each in own}
    if by_key:
        deeds["away"] = Deed(
            lambda *a, **k: forms.AbsenceForm(*a, colleagues=colleagues, **k), act, _("Frånvaron är anmäld.")
        )
    context = {"own": own, "others": queries.absences(today, taker=me)}
    return answer(request, "parties/absences.html", context, deeds, to=reverse("parties:absences"))


def _ending(request: SignedInRequest, absence: queries.Absence) -> Deed:
    def act(_said: dict[str, Any]) -> None:
        delegation = access.own_absence(request.actor.person, absence.id)
        actions.end_delegation(delegation=delegation, by=request.actor.person, acting_for=None, at=now())

    return Deed(Plain, act, _("Frånvaron är avslutad."))
