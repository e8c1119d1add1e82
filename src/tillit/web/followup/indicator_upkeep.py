"""What the office changes of an indicator: its place, what it means, a new version, and that it is followed no more."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.followup.actions.definitions import Definition, begin_version, change_definition
from tillit.apps.followup.actions.indicators import (
    IndicatorFacts,
    change_indicator,
    close_indicator,
    reopen_indicator,
)
from tillit.apps.followup.goal_words import lacks
from tillit.apps.followup.queries.indicators import (
    CLOSED,
    Choice,
    IndicatorRow,
    choices_for,
    indicator_row,
    versions_of,
)
from tillit.core.indicators.periods import period_of
from tillit.web.accounts.acting import Actor, SignedInRequest, signed_in
from tillit.web.followup.indicator_bearing_forms import OnForm
from tillit.web.followup.indicator_forms import (
    DefinitionForm,
    PlaceForm,
    VersionForm,
    definition_facts,
    initial_of,
    place_facts,
)
from tillit.web.followup.indicator_list_told import finding, fixes, notes_of, state_told, untried_told
from tillit.web.followup.indicator_versions_told import versions_told
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.occasion_forms import Press

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


def to_write(request: SignedInRequest, slug: str, key: UUID) -> tuple[Entered, Actor, IndicatorRow]:
    """Return who is there and the indicator that they write on. Five queries.

    :raises Http404: there is none that they may know of
    :raises PermissionDenied: they may read it and no more
    """
    here = enter(request, slug)
    row = indicator_row(here.partnership, here.sight, key, here.today)
    if row is None:
        raise Http404
    return here, here.run(), row


def who(actor: Actor) -> dict[str, Any]:
    """Return who acts, when and for whom."""
    return {"by": actor.person, "at": now(), "acting_for": actor.organisation}


def context_of(here: Entered, row: IndicatorRow, slug: str) -> dict[str, Any]:
    """Return what every page that writes on an indicator tells: the finding and what is missing."""
    return {
        **here.context,
        "row": row,
        "indicator": row.indicator,
        "version": row.version,
        "finding": finding(row),
        "told": state_told(row),
        "lacking": fixes(row.lacking, row, slug),
        "better": fixes(row.remarks, row, slug),
        "untried": untried_told(row),
        "notes": notes_of(row),
    }


@signed_in
@READS_AND_WRITES
def upkeep(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """What is missing, and forms for the place and the definition."""
    here, actor, row = to_write(request, slug, key)
    is_closed = row.state == CLOSED
    deeds = _opening(actor, row) if is_closed else _changing(here, actor, row)
    context = {**context_of(here, row, slug), "is_closed": is_closed}
    to = reverse("followup:indicator_upkeep", args=[slug, key])
    return answer(request, "followup/indicator_upkeep.html", context, deeds, to=to)


def _opening(actor: Actor, row: IndicatorRow) -> dict[str, Deed]:
    return {
        "reopen": Deed(
            Press, lambda _said: reopen_indicator(indicator=row.indicator, **who(actor)), _("Indikatorn följs igen.")
        )
    }


def _changing(here: Entered, actor: Actor, row: IndicatorRow) -> dict[str, Deed]:
    version, chosen = row.version, _with_own(row, choices_for(here.partnership, "level", "goal", "step", "party"))
    initial = initial_of(version)

    def place(said: Mapping[str, Any]) -> object:
        facts = IndicatorFacts(**place_facts(said, here.partnership))
        return change_indicator(indicator=row.indicator, facts=facts, **who(actor))

    def define(said: Mapping[str, Any]) -> object:
        definition = Definition(**definition_facts(said, version))
        return change_definition(version=version, definition=definition, **who(actor))

    return {
        "define": Deed(
            partial(DefinitionForm, chosen=chosen, frozen=row.is_observed, initial=initial),
            define,
            _("Definitionen är sparad."),
        ),
        "place": Deed(partial(PlaceForm, chosen=chosen, initial=initial), place, _("Ändringen är sparad.")),
        "close": Deed(
            partial(OnForm, initial={"on": here.today}),
            lambda said: close_indicator(indicator=row.indicator, **said, **who(actor)),
            _("Indikatorn har fått en sista dag."),
        ),
    }


def _with_own(row: IndicatorRow, chosen: Mapping[str, tuple[Choice, ...]]) -> Mapping[str, tuple[Choice, ...]]:
    """Return what can be chosen with what is chosen already, though it would not be there to choose now."""
    goal, party, node = row.indicator.goal, row.version.owner_party, row.indicator.node_code
    own = {
        "goal": [Choice(str(goal.pk), goal.text, goal.status)] if goal else [],
        "party": [Choice(str(party.pk), party.name, "")] if party else [],
        "step": [Choice(node, "", "")] if node else [],
    }
    found = dict(chosen)
    for sort, rows in own.items():
        keys = {each.key for each in chosen[sort]}
        found[sort] = (*chosen[sort], *(each for each in rows if each.key not in keys))
    return found


@signed_in
@READS_AND_WRITES
def version(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """A new version of what is reported already. There is none to make where nothing is."""
    here, actor, row = to_write(request, slug, key)
    if not row.is_observed or row.state == CLOSED:
        raise Http404
    chosen = _with_own(row, {"party": (), "goal": (), "step": (), **choices_for(here.partnership, "party")})
    next_start = period_of(here.today, row.version.frequency).ahead(1).start
    initial = {**initial_of(row.version), "starts_on": next_start}

    def begin(said: Mapping[str, Any]) -> object:
        definition = Definition(**definition_facts(said, row.version))
        why = {"reason": said["reason"], "decision": said["decision"]}
        return begin_version(indicator=row.indicator, definition=definition, **why, **who(actor))

    deeds = {
        "begin": Deed(
            partial(VersionForm, chosen=chosen, initial=initial),
            begin,
            _("Den nya versionen är upplagd. Sätt utgångsvärde och mål på nytt: serien och banan börjar om där."),
        )
    }
    to = reverse("followup:indicator_upkeep", args=[slug, key])
    return answer(request, "followup/indicator_version.html", context_of(here, row, slug), deeds, to=to)


@require_safe
def versions(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """What an indicator has meant and means, for everybody who may see it."""
    here = enter(request, slug)
    row = indicator_row(here.partnership, here.sight, key, here.today)
    if row is None:
        raise Http404
    told = versions_told(versions_of(row.indicator))
    context = {**here.context, "row": row, "indicator": row.indicator, "versions": told, "lacks": lacks(row.lacking)}
    return render(request, "followup/indicator_versions.html", context)
