"""The open register: its list, a page for each collaboration, and the list as a file. Anybody, without a cookie."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tillit.apps.register import queries
from tillit.exchange.words import whole, words
from tillit.web.language import tongue
from tillit.web.register.asked import Asked, asked, kinds
from tillit.web.register.entry import because, changes, page
from tillit.web.register.rows import lines
from tillit.web.register.table import csv_lines


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    lang, wanted = tongue(), asked(request.GET)
    found = queries.listed(wanted.wanted, older_than=wanted.after, newer_than=wanted.before)
    context = {
        "wanted": wanted.wanted,
        "found": found,
        "most": whole(queries.MOST_COUNTED, lang),
        "lines": lines(found.rows, lang),
        "kinds": tuple(kinds(lang).items()),
        "outcomes": tuple(words(lang)["outcome"].items()),
        "years": queries.years(),
        "organisation": queries.name_of(wanted.wanted.organisation) if wanted.wanted.organisation else "",
        "links": _links(wanted, found),
    }
    return render(request, "register/entries.html", context)


@require_safe
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.shown(public_id)
    if found is None:
        raise Http404
    if found.withdrawn_at is not None:
        gone = {"found": found, "because": because(found), "changes": changes(found, tongue())}
        return render(request, "register/gone.html", gone, status=410)
    return render(request, "register/entry.html", {"page": page(found, tongue())})


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    rows = queries.every_row(asked(request.GET).wanted)
    answer = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = 'attachment; filename="samverkan.csv"'
    return answer


def _links(wanted: Asked, found: queries.Page) -> dict[str, str]:
    """Return the addresses that the list leads to: the pages beside it, the same list as files, all of the register."""
    return {
        "newer": wanted.address(fore=found.newer) if found.newer is not None else "",
        "older": wanted.address(efter=found.older) if found.older is not None else "",
        "csv": reverse("register:table") + wanted.address(),
        "everybody": wanted.address(organisation=None),
    }
