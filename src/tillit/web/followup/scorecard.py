"""The first page of follow-up: what to take a stand on, and how every indicator stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.apps.followup.queries.scorecard import scorecard as read_scorecard
from tillit.web.followup import scorecard_told as told
from tillit.web.partnerships.entered import enter


@require_safe
def scorecard(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    whole = read_scorecard(here.partnership, here.sight, here.today)
    levels = list(told.levels(whole))
    level, state = request.GET.get("niva", ""), request.GET.get("lage", "")
    level = level if level in dict(levels) else ""
    state = state if state in told.STATES else ""
    of_level = told.sifted(whole, level, "")
    context = {
        "headline": told.headline(of_level),
        "cards": told.cards(of_level, slug),
        "more": told.more(of_level),
        "groups": told.groups(told.sifted(of_level, "", state).rows),
        "any": bool(of_level.rows),
        "levels": levels,
        "level": level,
        "level_word": dict(levels).get(level, ""),
        "states": told.STATES.items(),
        "state": state,
        "day": told.day_told(here.today),
    }
    return render(request, "followup/scorecard.html", {**here.context, **context})
