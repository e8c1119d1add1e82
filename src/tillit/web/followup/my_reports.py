"""One person's year of reports, over partnerships and organs, as a page and as a calendar file."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from tillit.apps.followup.queries.calendar import Due, due_for
from tillit.apps.followup.report_words import STATE_WORDS, period_word
from tillit.apps.partnerships.access import SPEAKS
from tillit.web.accounts.acting import Actor, SignedInRequest, signed_in
from tillit.web.followup.report_told import due_told_rows
from tillit.web.mail.letter import whole

TO_COME = ("late", "open", "coming")


def mine_of(actor: Actor) -> tuple[Due, ...]:
    """Return what the one who asks is to report, everywhere. Two queries."""
    speaks = bool(actor.roles & SPEAKS)
    return due_for(actor.person, actor.organisation, localdate(), speaks=speaks)


@signed_in
@require_safe
def my_reports(request: SignedInRequest) -> HttpResponse:
    told = due_told_rows(mine_of(request.actor))
    ahead = [each for each in told if each.due.state == "coming"]
    context = {
        "now": [each for each in told if each.due.state in ("late", "open")],
        "late": sum(each.due.state == "late" for each in told),
        "months": [
            (date_format(list_[0].due.due.replace(day=1), "F Y"), list_)
            for list_ in (
                list(of) for _key, of in groupby(ahead, key=lambda each: (each.due.due.year, each.due.due.month))
            )
        ],
        "waiting": [each for each in told if each.due.state == "waiting"],
        "asked": bool(told),
        "today": localdate(),
    }
    return render(request, "followup/my_reports.html", context)


@signed_in
@require_safe
def my_reports_ics(request: SignedInRequest) -> HttpResponse:
    rows = [each for each in mine_of(request.actor) if each.state in TO_COME]
    headers = {"Content-Disposition": 'attachment; filename="rapporter.ics"', "Cache-Control": "no-store"}
    return HttpResponse(calendar_of(rows, now()), content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of(rows: Iterable[Due], at: datetime) -> bytes:
    """Return what is to be reported as a calendar: the last day in time of each, whole days."""
    from icalendar import Calendar, Event

    file = Calendar()
    file.add("prodid", "-//Tillit//Tillit//SV")
    file.add("version", "2.0")
    for each in rows:
        event = Event()
        event.add("uid", f"{each.reporter}-{each.period}@tillit")
        event.add("dtstamp", at)
        event.add("summary", f"{each.partnership}: {each.name}, {period_word(each.period)} ({each.whose})")
        event.add("description", str(STATE_WORDS[each.state]))
        event.add("url", whole(reverse("followup:report_form", args=[each.slug, each.reporter, str(each.period)])))
        event.add("dtstart", each.due)
        event.add("dtend", each.due + timedelta(days=1))
        file.add_component(event)
    written: bytes = file.to_ical()
    return written
