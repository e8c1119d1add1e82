"""One search: the organisation's own collaborations, the open register, rules, examples and organisations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.web.accounts.acting import Actor, actor_of
from tillit.web.language import tongue
from tillit.web.search.found import everything

LONGEST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    actor: Actor | None = actor_of(request)
    groups = everything(sought, actor, tongue()) if sought else ()
    found = sum(each.number for each in groups)
    context = {"sought": sought, "groups": groups, "found": found, "more": any(each.more for each in groups)}
    return render(request, "search/search.html", context)
