"""What is agreed where, as a table; and what comes up in the agreements, as a list and a calendar."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tillit.apps.partnerships.queries.agreements import loaded
from tillit.apps.partnerships.queries.coverage import coverage
from tillit.apps.partnerships.queries.renewals import AHEAD, END, days, timeline
from tillit.web.mail.letter import link_to
from tillit.web.partnerships.agreements import named, seen
from tillit.web.partnerships.entered import enter


@require_safe
def covered(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    page = coverage(here.partnership, here.sight, here.today)
    return render(request, "partnerships/coverage.html", {**here.context, "page": page, "named": named(here)})


@require_safe
def renewals(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    whole = seen(here, loaded(here.partnership))
    context = {"line": timeline(whole, here.today, named=named(here)), "ahead": AHEAD}
    return render(request, "partnerships/renewals.html", {**here.context, **context})


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the days of the agreements that the asker may see, for a calendar to fetch; for a visitor the open ones.

    Each event keeps its id as long as it is about the same day of the same agreement.
    """
    here = enter(request, slug)
    from icalendar import Calendar, Event

    file = Calendar()
    file.add("prodid", "-//Tillit//Tillit//SV")
    file.add("version", "2.0")
    file.add("x-wr-calname", _("Avtal: %(name)s") % {"name": here.partnership.name})
    whole = seen(here, loaded(here.partnership))
    for each in sorted(days(whole, here.today), key=lambda each: (each.day, each.title)):
        # An end is the first day without the agreement: the event is on the last day with it.
        day = each.day - timedelta(days=1) if each.kind == END else each.day
        event = Event()
        event.add("uid", f"{each.key}.{each.kind}.{each.day.isoformat()}@tillit")
        event.add("dtstamp", whole.rows[str(each.key)].created_at)
        event.add("summary", each.told.says)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("url", link_to("partnerships:agreement", slug, each.key))
        file.add_component(event)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)
