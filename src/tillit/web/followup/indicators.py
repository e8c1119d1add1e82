"""The indicators of a partnership: what each lacks to measure a goal; and a new one, blank or from the library."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.followup.actions.definitions import Definition
from tillit.apps.followup.actions.indicators import IndicatorFacts, write_indicator
from tillit.apps.followup.actions.library import Taking, definition_of, take_from_library
from tillit.apps.followup.goal_words import lacks
from tillit.apps.followup.library import library
from tillit.apps.followup.library_shape import LibraryEntry
from tillit.apps.followup.models import Indicator
from tillit.apps.followup.queries.indicators import CLOSED, COMPLETE, FOLLOWED, LACKING, Wanted, choices_for, listed
from tillit.apps.followup.shares import HUNDRED, in_percent
from tillit.core.indicators.measurability import BLOCKING, REMARKS
from tillit.core.indicators.periods import QUARTER, period_of
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.indicator_forms import (
    MEANING,
    TRUTHS,
    UPKEEP,
    NewForm,
    definition_facts,
    place_facts,
    plain,
)
from tillit.web.followup.indicator_list_told import groups_told, headline
from tillit.web.followup.library import figure_told
from tillit.web.language import tongue
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.views import page_number
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.told import level_word

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def indicators(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    given = request.GET
    wanted = Wanted(given.get("niva", ""), given.get("lage", ""), given.get("saknas", ""), page_number(request))
    found = listed(here.partnership, here.sight, here.today, wanted)
    kept = given.copy()
    kept.pop("sida", None)
    context = {
        "found": found,
        "headline": headline(found),
        "groups": groups_told(found, slug),
        "wanted": wanted,
        "query": kept.urlencode(),
        "levels": [(each.code, level_word(each)) for each in here.partnership.levels.all()],
        "states": [
            (LACKING, _("saknar något som behövs")),
            (COMPLETE, _("har det som behövs")),
            (FOLLOWED, _("följs utan mål")),
            (CLOSED, _("följs inte längre")),
        ],
        "codes": [(each.code, each.what) for each in lacks((*BLOCKING[1:], *REMARKS[:-1]))],
    }
    return render(request, "followup/indicators.html", {**here.context, **context})


@signed_in
@READS_AND_WRITES
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new indicator. `mal` in the address: the goal it serves; `bibliotek`: the entry it is made from."""
    here = enter(request, slug)
    actor = here.run()
    entry = library().entry(request.GET.get("bibliotek", ""))
    chosen = choices_for(here.partnership, "level", "goal", "step", "party")
    made: list[Indicator] = []

    def write(said: Mapping[str, Any]) -> None:
        who: dict[str, Any] = {"by": actor.person, "at": now(), "acting_for": actor.organisation}
        facts, definition = IndicatorFacts(**place_facts(said, here.partnership)), Definition(**definition_facts(said))
        if entry is None:
            made.append(write_indicator(partnership=here.partnership, facts=facts, definition=definition, **who))
            return
        taking = Taking(
            entry=entry,
            facts=facts,
            definition=definition,
            with_baseline=bool(said.get("with_baseline")),
            lang=tongue(),
        )
        made.append(take_from_library(partnership=here.partnership, taking=taking, **who))

    def form(*args: Any, **kwargs: Any) -> NewForm:
        return NewForm(
            *args, chosen=chosen, initial=_initial(request, here, entry), baseline=_baseline(entry), **kwargs
        )

    context = {**here.context, "entry": entry, "name": entry.name.said(tongue()) if entry else ""}
    to = lazystr(_Next(slug, made))
    deeds = {"write": Deed(form, write, _("Indikatorn är upplagd. Det som saknas står nedan."))}
    return answer(request, "followup/indicator_new.html", context, deeds, to=cast(str, to))


class _Next:
    """The page of the indicator that was made, known once it is."""

    def __init__(self, slug: str, made: list[Indicator]) -> None:
        self._slug, self._made = slug, made

    def __str__(self) -> str:
        return reverse("followup:indicator_upkeep", args=[self._slug, self._made[-1].pk])


def _initial(request: SignedInRequest, here: Entered, entry: LibraryEntry | None) -> dict[str, Any]:
    """Return what a new indicator's form is filled in with: from the library, and with the goal in the address."""
    usual: dict[str, Any] = {
        "goal": _goal_key(request.GET.get("mal", "")),
        "openness": "public",
        "kind": "quantitative",
        "aggregation": "none",
        "frequency": QUARTER,
        "spc_enabled": ["yes"],
        "starts_on": period_of(here.today, QUARTER).start,
    }
    if entry is None:
        return usual
    said = definition_of(entry, period_of(here.today, entry.frequency).start, tongue())
    taken = {name: getattr(said, name) for name in (*MEANING, *UPKEEP)}
    truths = {name: ["yes"] if taken[name] else [] for name in TRUTHS if name in taken}
    times = HUNDRED if in_percent(said.aggregation, said.unit) else 1
    limits = {name: plain(None if taken[name] is None else taken[name] * times) for name in ("low", "high")}
    level = here.partnership.levels.filter(code=entry.level).values_list("pk", flat=True).first()
    return {**usual, **taken, **truths, **limits, "name": entry.name.said(tongue()), "level": level}


def _goal_key(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return ""


def _baseline(entry: LibraryEntry | None) -> str:
    figure = entry.baseline(entry.frequency, entry.aggregation) if entry is not None else None
    if entry is None or figure is None:
        return ""
    said = {"figure": figure_told(entry, figure), "year": figure.year}
    return _("Ta med det senaste offentliga talet, %(figure)s för %(year)s, som utgångsvärde?") % said
