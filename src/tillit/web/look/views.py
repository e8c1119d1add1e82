"""`/utseende/`: the look, part by part. Only where one develops or shows; elsewhere there is no such page."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.core.rulebook.engine import check_case
from tillit.exchange import examples
from tillit.exchange.answer import answer
from tillit.exchange.summary import OUTCOMES, Summary, summary
from tillit.exchange.words import words
from tillit.web.language import tongue
from tillit.web.look.colours import pairs

SHOWN_ON = date(2026, 11, 23)
"""The day on which the shown example is tried: a made-up day, so that the page looks the same every day."""


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    told = _example()
    cards = [group.cards[0] for group in told.groups] + list(told.met[:1])
    context = {
        "outcomes": [(each, words(tongue())["outcome"][each]) for each in OUTCOMES],
        "summary": told,
        "cards": cards,
        "schemes": [("light", pairs("light")), ("dark", pairs("dark"))],
    }
    return render(request, "look/look.html", context)


def _example() -> Summary:
    """Return an example with findings of as many kinds as there are."""
    slugs = examples.index()
    slug = "lunchseminarium" if "lunchseminarium" in slugs else next(iter(slugs))
    found = answer(check_case(examples.case_of(slug), as_of=SHOWN_ON), lang=tongue())
    return summary(found, lang=tongue())
