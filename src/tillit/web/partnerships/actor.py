"""What it means to be an actor, for a party and for one who considers joining; page and PDF say the same."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tillit.apps.followup.queries.duties import duties, duties_told
from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models.words import LEVEL_WORDS, ROLE_WORDS
from tillit.apps.partnerships.queries.actor import actor_page
from tillit.apps.partnerships.queries.prospect import kinds_of, prospect_page, roles_of
from tillit.exchange.yearly import Yearly
from tillit.web.language import tongue
from tillit.web.partnerships.actor_told import actor_told
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.prospect_told import prospect_told
from tillit.web.partnerships.told import as_pdf, shown_tables

PLACES = {
    "agreement": "partnerships:agreement",
    "organ": "partnerships:organ",
    "commitment": "partnerships:commitment",
    "indicator": "followup:indicator",
}
"""What a cell leads to, and the name of the page it has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The prospect that is asked about; "" where nothing is chosen yet."""

    kind: str
    role: str
    level: str

    @property
    def query(self) -> str:
        return f"?slag={self.kind}&roll={self.role}&niva={self.level}"


@require_safe
def actor(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    told = _actor(here, key)
    context = {"told": told, "tables": _tables(told, slug), "pdf": reverse("partnerships:actor_pdf", args=[slug, key])}
    return render(request, "partnerships/told.html", {**here.context, **context})


@require_safe
def actor_pdf(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    told = _actor(enter(request, slug), key)
    return as_pdf(told, f"aktor-{slug}-{slugify(told.facts[0][1])}")


@require_safe
def prospect(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    asked = _asked(request, here)
    told = _prospect(here, asked) if asked.kind and asked.role else None
    context = {
        "asked": asked,
        "kinds": [(code, KINDS[code]) for code in kinds_of()],
        "roles": [(code, ROLE_WORDS[code]) for code in roles_of(here.partnership)],
        "levels": list(LEVEL_WORDS.items()),
        "told": told,
        "tables": _tables(told, slug) if told is not None else (),
        "pdf": reverse("partnerships:prospect_pdf", args=[slug]) + asked.query,
    }
    return render(request, "partnerships/prospect.html", {**here.context, **context})


@require_safe
def prospect_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    asked = _asked(request, here)
    if not (asked.kind and asked.role):
        raise Http404
    return as_pdf(_prospect(here, asked), f"bli-aktor-{slug}-{asked.kind}-{asked.role}")


def _actor(here: Entered, key: UUID) -> Yearly:
    found = actor_page(here.partnership, key, here.sight, here.today, beside=duties_told)
    if found is None:
        raise Http404
    reports = duties(found.beside, here.partnership, found.organisation, here.sight, here.today)
    whole = here.sight.office or here.sight.evaluator
    return actor_told(here.partnership, found, reports, here.today, tongue(), whole=whole)


def _prospect(here: Entered, asked: Asked) -> Yearly:
    page = prospect_page(here.partnership, asked.kind, asked.role, here.sight, here.today, asked.level)
    return prospect_told(here.partnership, page, here.today, tongue())


def _asked(request: HttpRequest, here: Entered) -> Asked:
    """Return what is chosen; what is no choice is as nothing chosen."""
    kind, role, level = (request.GET.get(name, "") for name in ("slag", "roll", "niva"))
    return Asked(
        kind if kind in kinds_of() else "",
        role if role in roles_of(here.partnership) else "",
        level if level in LEVEL_WORDS else "",
    )


def _tables(told: Yearly, slug: str) -> tuple[object, ...]:
    def address(to: str) -> str:
        sort, _sep, key = to.partition(":")
        try:
            return reverse(PLACES[sort], args=[slug, key])
        except NoReverseMatch:
            return ""

    return shown_tables(told, address)
