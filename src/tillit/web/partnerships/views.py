"""The list of partnerships, and the page of one."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.apps.followup.queries.glance import glance, glance_told
from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.models.words import BASES, LEGAL_FORM_WORDS, OPENNESS, STATUS_WORDS
from tillit.apps.partnerships.queries.listing import partnership_rows
from tillit.apps.partnerships.queries.overview import overview
from tillit.web.parties.views import LONGEST_SEARCH, page_number
from tillit.web.partnerships.entered import asker, enter


@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    actor = asker(request)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    context = {
        "found": partnership_rows(actor, localdate(), search=search, page=page_number(request)),
        "search": search,
        "query": urlencode({"q": search}) if search else "",
        "founds": actor is not None and bool(actor.roles & SPEAKS),
    }
    return render(request, "partnerships/partnerships.html", context)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug, asked=True)
    found = here.partnership
    whole = overview(found, here.sight, here.today, beside=glance_told)
    within = here.sight.sees(found.openness)
    context = {
        "form": LEGAL_FORM_WORDS[found.legal_form],
        "basis": BASES.get(found.founding_basis),
        "status": STATUS_WORDS[found.status],
        "aliases": whole.aliases,
        "openness": OPENNESS[found.openness],
        "whole": whole,
        "followed": glance(whole.beside, here.sight) if within else None,
    }
    return render(request, "partnerships/show.html", {**here.context, **context})
