"""The rules: a list by heading to look in, a page for each rule and provision, and the tables of places."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Edition
from tillit.exchange.cards import edition_name
from tillit.exchange.official_text import stored
from tillit.exchange.place_rows import place_tables
from tillit.exchange.words import words
from tillit.web.language import tongue
from tillit.web.rules.page import defined, number, page
from tillit.web.rules.rows import Wanted, by_heading, options, rows

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition as one line of the list of editions."""

    edition: Edition
    name: str
    title: str
    status: str
    provenance: str
    encoded: str
    here: bool


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    edition, lang = _edition(request), tongue()
    wanted = _wanted(request)
    every = rows(edition.id, lang)
    found = [row for row in every if wanted.fits(row)]
    context = {
        "edition": edition,
        "name": edition_name(edition.id),
        "says": _said(edition),
        "newest": edition.id == editions.newest(),
        "wanted": wanted,
        "filters": [(name, options(name, every, wanted, lang)) for name in ("kind", "bearer", "certainty")],
        "headings": by_heading(found).items(),
        "found": len(found),
        "all": len(every),
        "editions": [_edition_row(id_, edition) for id_ in editions.FOLDERS],
        "numbers": [number(each, lang) for each in edition.parameters.values()],
        "terms": defined(edition, lang),
        "loaded": stored(settings.TEXTS, edition.id) is not None,
    }
    return render(request, "rules/rules.html", context)


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    named = "utgava" in request.GET
    among = [_edition(request)] if named else [editions.edition(id_) for id_ in editions.newest_of_each_line()]
    pages = ((each, page(rule_id, each, tongue(), today=localdate(), texts=settings.TEXTS)) for each in among)
    edition, found = next(((each, shown) for each, shown in pages if shown is not None), (among[0], None))
    if found is None:
        raise Http404
    context = {
        "page": found,
        "name": edition_name(edition.id),
        "says": _said(edition),
        "back": "" if edition.id == editions.newest() else "?" + urlencode({"utgava": edition.id}),
    }
    return render(request, "rules/rule.html", context)


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    return render(request, "rules/places.html", {"tables": place_tables(tongue())})


def _edition(request: HttpRequest) -> Edition:
    """Return the edition that the address asks for, or else the newest."""
    asked = request.GET.get("utgava", editions.newest())
    if asked not in editions.FOLDERS:
        raise Http404
    return editions.edition(asked)


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET
    return Wanted(
        given.get("q", "").strip()[:LONGEST_SEARCH],
        given.get("bearer", ""),
        given.get("kind", ""),
        given.get("certainty", ""),
    )


def _said(edition: Edition) -> dict[str, str]:
    """Return what an edition is in words: its status, what it is built on and how much of it is here."""
    say, document = words(tongue()), edition.document
    return {key: say[key][getattr(document, key)] for key in ("status", "provenance", "encoded")}


def _edition_row(id_: str, chosen: Edition) -> EditionRow:
    each = editions.edition(id_)
    title = each.document.title.in_language(tongue())
    return EditionRow(each, edition_name(id_), title, **_said(each), here=id_ == chosen.id)
