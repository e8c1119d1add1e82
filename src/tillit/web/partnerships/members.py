"""Who is in a partnership; the office lets organisations in, changes what they are and lets them leave."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillit.apps.partnerships.actions import memberships as acts
from tillit.apps.partnerships.actions.memberships import Position
from tillit.apps.partnerships.models import Agreement, Sector
from tillit.apps.partnerships.queries.memberships import Members, members
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import member_forms as forms
from tillit.web.partnerships.agreements import both
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by


@require_safe
def parties(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    page = members(here.partnership, here.sight, here.today)
    return render(request, "partnerships/parties.html", {**here.context, "page": page})


@signed_in
@both
def look_after(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let organisations in and out: for the office."""
    here = enter(request, slug)
    asked = by(here)
    page = members(here.partnership, here.sight, here.today)
    to = reverse("partnerships:parties_upkeep", args=[slug])
    context = {**here.context, "page": page}
    return answer(request, "partnerships/parties_upkeep.html", context, _deeds(here, page, asked), to=to)


def _deeds(here: Entered, page: Members, asked: dict[str, Any]) -> dict[str, Deed]:
    sectors = {str(each.pk): each for each in here.partnership.sectors.all()}
    agreements = {str(each.pk): each for each in here.partnership.agreements.all()}
    rows = {str(each.row.pk): each.row for each in (*page.now, *page.coming)}
    listed = [(str(each.row.pk), f"{each.name}, {each.role}") for each in (*page.now, *page.coming)]
    lists: dict[str, Any] = {"sectors": sectors.values(), "agreements": agreements.values()}

    position = partial(_position, sectors, agreements)
    deeds = {
        "join": Deed(
            partial(forms.JoinForm, **lists, initial={"starts_on": here.today}),
            lambda said: acts.join(
                partnership=here.partnership,
                organisation=said["organisation"],
                position=position(said),
                starts_on=said["starts_on"],
                **asked,
            ),
            _("Parten är med från den dagen."),
        )
    }
    if rows:
        deeds["change"] = Deed(
            partial(forms.ChangeForm, parties=listed, **lists),
            lambda said: acts.change_membership(
                membership=rows[said["party"]], to=position(said), from_day=said["from_day"], **asked
            ),
            _("Sparat."),
        )
        deeds["leave"] = Deed(
            partial(forms.LeaveForm, parties=listed, initial={"on": here.today}),
            lambda said: acts.leave(membership=rows[said["party"]], on=said["on"], **asked),
            _("Det är antecknat att parten lämnar."),
        )
    return deeds


def _position(sectors: dict[str, Sector], agreements: dict[str, Agreement], said: dict[str, Any]) -> Position:
    return Position(
        role=said["role"],
        sector=sectors.get(said["sector"]),
        size=said["size"],
        voting=said["voting"] == "yes",
        stage=said["stage"],
        via=agreements.get(said["via"]),
        source=said["source"],
    )
