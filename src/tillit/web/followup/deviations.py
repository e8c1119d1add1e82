"""What deviates in a partnership: the list, one with all that it rests on, and the thresholds it is judged by."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.followup.actions import handling
from tillit.apps.followup.actions.handling import OVER
from tillit.apps.followup.actions.thresholds import Decided, decide_thresholds, deciding_organs
from tillit.apps.followup.models import Deviation, Thresholds
from tillit.apps.followup.queries.deviations import (
    SECTIONS,
    Wanted,
    deviation_list,
    deviation_of,
    owners_of,
    told_alone,
)
from tillit.apps.followup.sentences.rules_told import remedy, rule_told
from tillit.apps.followup.threshold_words import RULE_WORDS, THRESHOLDS
from tillit.apps.followup.thresholds import in_force
from tillit.apps.partnerships.access import speaks_for
from tillit.apps.partnerships.models import CURRENT
from tillit.core.indicators.facts import facts_of as plain_facts
from tillit.web.accounts.acting import Actor
from tillit.web.followup import deviation_forms as forms
from tillit.web.followup.deviation_told import (
    SECTION_WORDS,
    STATE_WORDS,
    act_of,
    facts_of,
    happened,
    headline,
    params_of,
    rules_told,
)
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.views import page_number
from tillit.web.partnerships.entered import Entered, enter

both = require_http_methods(["GET", "HEAD", "POST"])
ASKED = {"state": "lage", "section": "slag", "rule": "regel", "indicator": "indikator"}
"""What is asked for in the address, by its name there."""


@require_safe
def deviations(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    given = request.GET
    asked = {name: given.get(key, "") for name, key in ASKED.items()}
    wanted = Wanted(**asked, page=page_number(request))
    found = deviation_list(here.partnership, here.sight, wanted)
    kept = given.copy()
    kept.pop("sida", None)
    context = {
        "found": found,
        "headline": headline(here.partnership, found.counts),
        "sections": [
            (section, SECTION_WORDS[section], rows)
            for section in SECTIONS
            if (rows := [each for each in found.rows if each.section == section])
        ],
        "wanted": wanted,
        "query": kept.urlencode(),
        "states": STATE_WORDS.items(),
        "kinds": SECTION_WORDS.items(),
        "rules": RULE_WORDS.items(),
    }
    return render(request, "followup/deviations.html", {**here.context, **context})


@both
def deviation(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    row = deviation_of(here.partnership, here.sight, key)
    if row is None:
        raise Http404
    found, events = told_alone(row)
    names = here.sight.party or here.sight.office or here.sight.evaluator
    context = {
        "row": row,
        "found": found,
        "rule": RULE_WORDS[row.rule],
        "rule_says": rule_told(row.rule, row.params),
        "remedy": remedy(row.rule, row.code, row.direction),
        "facts": facts_of(row),
        "params": params_of(row),
        "events": happened(events, names=names),
        "over": row.status in OVER,
    }
    deeds = _deeds(here, row)
    to = reverse("followup:deviation", args=[slug, key])
    return answer(request, "followup/deviation.html", {**here.context, **context}, deeds, to=to)


def _deeds(here: Entered, row: Deviation) -> dict[str, Deed]:
    """Return what the one who asks may do about a deviation: the office all, a party explain its own."""
    actor = here.actor
    if actor is None or row.status in OVER:
        return {}
    explain = Deed(forms.ExplainForm, _act(handling.explain, row, actor), _("Förklaringen är sparad."))
    if not here.sight.office:
        owns = actor.organisation is not None and any(speaks_for(actor, each) for each in owners_of(row))
        return {"explain": explain} if owns else {}
    deeds = {}
    if row.status == "new":
        deeds["acknowledge"] = Deed(forms.Press, _act(handling.acknowledge, row, actor), _("Avvikelsen är kvitterad."))
    return {
        **deeds,
        "explain": explain,
        "act_on": Deed(forms.ActForm, _act(handling.act_on, row, actor), _("Åtgärden är sparad.")),
        "follow": Deed(forms.FollowForm, _act(handling.follow, row, actor), _("Avvikelsen följs.")),
        "close": Deed(forms.CloseForm, _act(handling.close, row, actor), _("Avvikelsen är stängd.")),
        "dismiss": Deed(forms.DismissForm, _act(handling.dismiss, row, actor), _("Avvikelsen är avvisad.")),
    }


def _act(act: Any, row: Deviation, actor: Actor) -> Any:
    return lambda said: act(deviation=row, by=actor.person, at=now(), acting_for=actor.organisation, **said)


@both
def thresholds(request: HttpRequest, slug: str) -> HttpResponse:
    """Every rule with its thresholds, for all who may see the partnership; the office records decisions."""
    here = enter(request, slug)
    rows = list(
        Thresholds.objects.filter(CURRENT, partnership=here.partnership)
        .select_related("organ")
        .order_by("starts_on", "pk")
    )
    deeds = {}
    if request.method == "POST" or here.sight.office:
        actor, used = here.run(), in_force(row for row in rows if row.starts_on <= here.today)
        organs = deciding_organs(here.partnership, here.today)
        for rule, fields in THRESHOLDS.items():
            if fields:
                initial = {each.name: forms.typed(each, getattr(used[rule], each.name)) for each in fields}
                initial |= {"starts_on": here.today}
                deeds[act_of(rule)] = _decision(here, actor, rule, organs, initial)
    rules = rules_told(rows, here.today, lambda rule, of: rule_told(rule, plain_facts(of)))
    context = {"rules": rules, "ours": sum(any(line.differs for line in each.lines) for each in rules)}
    to = reverse("followup:thresholds", args=[slug])
    return answer(request, "followup/thresholds.html", {**here.context, **context}, deeds, to=to)


def _decision(here: Entered, actor: Actor, rule: str, organs: Any, initial: dict[str, Any]) -> Deed:
    made: list[forms.DecideForm] = []

    def form(*args: Any, **kwargs: Any) -> forms.DecideForm:
        made.append(forms.DecideForm(*args, rule=rule, organs=organs, initial=initial, **kwargs))
        return made[-1]

    def act(_said: dict[str, Any]) -> object:
        decided = Decided(**made[-1].said())
        return decide_thresholds(
            partnership=here.partnership,
            rule=rule,
            decided=decided,
            by=actor.person,
            at=now(),
            acting_for=actor.organisation,
        )

    return Deed(partial(form), act, _("Beslutet är antecknat."))
