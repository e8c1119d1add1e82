"""A person's own invitations, with the employer's answers: to say whether one comes, and to show one's employer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.collaborations.actions.partaking import answer_invitation
from tillit.apps.collaborations.models import Participant
from tillit.apps.collaborations.queries.work import taking_part
from tillit.apps.errors import Refused
from tillit.core.process import states
from tillit.web.accounts.acting import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: SignedInRequest) -> HttpResponse:
    rows = taking_part(request.actor.person).prefetch_related(
        "approvals__answered_by", "collaboration__parties__organisation"
    )
    if request.method == "POST":
        return _answer(request, rows)
    return render(request, "approvals/invitations.html", {"rows": rows, "open": states.PLANNED})


def _answer(request: SignedInRequest, rows: object) -> HttpResponse:
    said, _sep, key = request.POST.get("do", "").partition(":")
    found = next((each for each in rows if str(each.pk) == key), None)  # type: ignore[attr-defined]
    if found is None or said not in ("yes", "no"):
        raise Http404
    try:
        answer_invitation(participant=found, comes=said == "yes", by=request.actor.person, at=now())
        messages.success(request, _("Ditt svar är sparat."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("approvals:invitations")


@signed_in
@require_safe
def calendar(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Return the meeting as a calendar file: the whole days where no time is set."""
    found = Participant.objects.select_related("collaboration").filter(pk=key, person=request.actor.person).first()
    if found is None:
        raise Http404
    from icalendar import Calendar, Event

    about = found.collaboration
    event = Event()
    event.add("uid", f"{found.pk}@tillit")
    event.add("dtstamp", about.changed_at)
    event.add("summary", about.title)
    event.add("location", about.town)
    if about.starts_at is not None:
        event.add("dtstart", datetime.combine(about.starts_on, about.starts_at))
        event.add("dtend", datetime.combine(about.ends_on, about.ends_at or about.starts_at))
    else:
        event.add("dtstart", about.starts_on)
        event.add("dtend", about.ends_on + timedelta(days=1))
    file = Calendar()
    file.add("prodid", "-//Tillit//Tillit//SV")
    file.add("version", "2.0")
    file.add_component(event)
    headers = {"Content-Disposition": 'attachment; filename="mote.ics"'}
    return HttpResponse(file.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)
