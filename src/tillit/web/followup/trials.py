"""Clinical trials of a partnership: the list with what can be counted, one trial, a new one."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.followup.actions import trials as acts
from tillit.apps.followup.models.words import QUALITIES, TRIAL_PHASES, TRIAL_STATES
from tillit.apps.followup.queries.trials import TrialRow, Wanted, figures, narrowed, trial_rows
from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import speaks_for
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup import trial_forms as forms
from tillit.web.followup.trial_told import Counted, told
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.views import page_number
from tillit.web.partnerships.entered import Entered, enter

both = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50


@require_safe
def trials(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    given = request.GET
    wanted = Wanted(given.get("fas", ""), given.get("lage", ""), given.get("region", ""))
    every = trial_rows(here.partnership, here.sight)
    shown = narrowed(every, wanted)
    page = Paginator(shown, PER_PAGE).get_page(page_number(request))
    kept = {"fas": wanted.phase, "lage": wanted.state, "region": wanted.region}
    context = {
        "found": page,
        "rows": [told(row) for row in page],
        "counted": Counted.of(figures(shown)) if shown else None,
        "many": len(shown),
        "wanted": wanted,
        "phases": TRIAL_PHASES.items(),
        "states": TRIAL_STATES.items(),
        "regions": regions().items(),
        "query": urlencode({name: value for name, value in kept.items() if value}),
    }
    return render(request, "followup/trials.html", {**here.context, **context})


@signed_in
@both
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down a trial: for the office, and for who speaks for a party, as its sponsor."""
    here = enter(request, slug)
    asked = _by(here, None)
    made: list[UUID] = []

    def add(said: dict[str, Any]) -> None:
        if not here.sight.office:
            said = {**said, "sponsor": asked["acting_for"]}
        made.append(acts.add_trial(partnership=here.partnership, facts=_facts(here, said), **asked).pk)

    initial = {"openness": "parties"}
    form = partial(forms.TrialForm, networks=_networks(here), initial=initial)
    deeds = {"add": Deed(form, add, _("Prövningen är upplagd. Skriv vilka lägen den har kommit till."))}
    to = reverse("followup:trials", args=[slug])
    answered = answer(request, "followup/trial_new.html", here.context, deeds, to=to)
    if made:
        answered["Location"] = reverse("followup:trial", args=[slug, made[0]])
    return answered


@both
def trial(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    row = _to_see(here, key)
    deeds = _deeds(here, row) if request.method == "POST" or here.actor is not None else {}
    network = row.trial.network
    context = {
        "row": told(row),
        "trial": row.trial,
        "knows_network": network is None or here.sight.sees(network.openness, network.pk),
        "states": [(each, TRIAL_STATES[each.state], QUALITIES[each.quality]) for each in row.states],
        "sites": row.sites,
    }
    to = reverse("followup:trial", args=[slug, key])
    return answer(request, "followup/trial.html", {**here.context, **context}, deeds, to=to)


def _to_see(here: Entered, key: UUID) -> TrialRow:
    """Return a trial that somebody may see. :raises Http404: there is none, or it is nothing for them"""
    found = next((row for row in trial_rows(here.partnership, here.sight) if row.trial.pk == key), None)
    if found is None:
        raise Http404
    return found


def _deeds(here: Entered, row: TrialRow) -> dict[str, Deed]:
    """Return what somebody may do: the office all, the sponsor's speaker its trial, a site's speaker its patients.

    :raises PermissionDenied: nothing, and something was sent
    """
    sponsor = here.sight.office or _speaks(here, row.trial.sponsor)
    sites = [each.organisation for each in row.sites if _speaks(here, each.organisation)]
    if not sponsor and not sites:
        return {}
    asked = _by(here, row)

    def place(said: dict[str, Any]) -> None:
        if not sponsor and said["organisation"] not in sites:
            raise PermissionDenied
        recruited = acts.Recruited(said["planned"], said["so_far"], said["on"])
        acts.place_site(trial=row.trial, organisation=said["organisation"], recruited=recruited, **asked)

    first = {"organisation": sites[0].name} if sites and not sponsor else {}
    deeds = {"site": Deed(partial(forms.SiteForm, initial=first), place, _("Sparat."))}
    if sponsor:
        deeds["state"] = Deed(
            forms.StateForm,
            lambda said: acts.state_state(trial=row.trial, reached=acts.Reached(**said), **asked),
            _("Läget är sparat."),
        )
        deeds["change"] = Deed(
            partial(forms.TrialForm, networks=_networks(here), initial=forms.initial_of(row.trial)),
            lambda said: acts.change_trial(trial=row.trial, facts=_facts(here, said), **asked),
            _("Sparat."),
        )
    return deeds


def _by(here: Entered, row: TrialRow | None) -> dict[str, Any]:
    """Return who acts, for whom and when.

    :raises PermissionDenied: they neither run the record nor speak for a party
    """
    actor = here.actor
    if actor is None:
        raise PermissionDenied
    speaks = here.sight.party and actor.organisation is not None and _speaks(here, actor.organisation)
    if not here.sight.office and not speaks:
        raise PermissionDenied
    return {"by": actor.person, "acting_for": actor.organisation, "at": now()}


def _speaks(here: Entered, organisation: Organisation | None) -> bool:
    return (
        here.actor is not None
        and organisation is not None
        and here.sight.party
        and speaks_for(here.actor, organisation)
    )


def _networks(here: Entered) -> list[tuple[str, str]]:
    organs = here.partnership.organs.exclude(level__code="national").select_related("level")
    return [(str(each.pk), each.name) for each in organs if here.sight.sees(each.openness, each.pk)]


def _facts(here: Entered, said: dict[str, Any]) -> acts.TrialFacts:
    network = here.partnership.organs.filter(pk=said["network"]).first() if said["network"] else None
    return acts.TrialFacts(**{**said, "network": network})
