"""One indicator: its finding, its charts with their tables, what it is, and how it was judged."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillit.apps.followup.queries.goals import sees_goal
from tillit.apps.followup.queries.indicator_page import IndicatorPage, indicator_page, name_of
from tillit.web.followup import indicator_told as told
from tillit.web.followup.counted import counted
from tillit.web.followup.drawing.multiples import Multiples, multiples
from tillit.web.followup.drawing.shapes import Chart
from tillit.web.followup.drawn import course_of, levels_of, read, unit_of, xmr_of
from tillit.web.followup.scorecard_told import day_told, latest_of
from tillit.web.partnerships.entered import enter
from tillit.web.partnerships.told import level_word


@require_safe
def indicator(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    page = indicator_page(here.partnership, here.sight, key, here.today)
    if page is None:
        raise Http404
    of, goal = page.picture, page.picture.indicator.goal
    context = {
        "page": page,
        "indicator": of.indicator,
        "goal": goal if goal is not None and sees_goal(here.sight, goal) else None,
        "finding": told.finding(page),
        "latest": latest_of(of),
        "meaning": list(told.meaning(of, here.today)),
        "charts": _charts(page),
        "own": _own(page),
        "unit": unit_of(of),
        "steps": told.steps(of),
        "facts": told.facts(of),
        "versions": sorted(of.versions, key=lambda each: -each.number),
        "reported": told.reported(of),
        "earlier": told.earlier(of),
        "reporting": told.reporting(page),
        "asked_about": told.asked_about(page),
        "counted": counted(of, page.judged_by),
        "level": level_word(of.indicator.level),
        "day": day_told(here.today),
    }
    return render(request, "followup/indicator.html", {**here.context, **context})


def _charts(page: IndicatorPage) -> list[tuple[str, Chart]]:
    """Return the charts that have something to show, each with its heading."""
    of = page.picture
    if of.is_qualitative:
        found = [(_("Nivåerna över tid"), levels_of(of, page.labels))]
    else:
        found = [
            (_("Mot målet"), course_of(of, page.judged_by)),
            (_("Slump eller förändring"), xmr_of(of, page.judged_by)),
        ]
    return [(heading, chart) for heading, chart in found if chart is not None]


def _own(page: IndicatorPage) -> Multiples | None:
    """Return each reporter's own figures side by side, None where there is one reporter or they may not be seen."""
    if len(page.own) < 2 or not page.picture.series.points:
        return None
    periods = [point.period for point in page.picture.series.points]
    of = page.picture
    named = [(name_of(each.reporter), [read(of, value) for value in each.values]) for each in page.own]
    return multiples(periods, named)
