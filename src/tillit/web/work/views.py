"""What waits for the one who is signed in, what they wait for, and what is coming."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tillit.apps.collaborations import access
from tillit.apps.collaborations.queries import work
from tillit.apps.collaborations.queries.waiting import waiting_for
from tillit.apps.followup.queries.calendar import due_for, to_do
from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.queries.occurrences import waiting_for_party
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.followup.report_told import due_told_rows

ACTS = {
    "hand_in": (_("Utkast att skriva klart och lämna in"), "collaborations:show"),
    "hand_in_change": (_("Ändring att lämna in"), "collaborations:hand_in"),
    "resume": (_("Uppskjuten: ta upp den igen eller ställ in den"), "collaborations:show"),
    "carry_out": (_("Sista dagen har varit: säg att den är genomförd, eller ställ in den"), "collaborations:outcome"),
    "report": (_("Utfallet ska redovisas"), "collaborations:show"),
    "close": (_("Utfallet är redovisat: avsluta eller skicka tillbaka"), "collaborations:outcome"),
}
"""Per act: what it is called, and the page it is done from."""
FIRST = 5
"""How many questions and invitations are shown here; the rest stand on the page of their own."""


@signed_in
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    actor, today = request.actor, localdate()
    questions = waiting_for(actor.person, today)
    tasks = work.tasks_of(actor.person, actor.organisation, actor.roles, today) if actor.organisation else ()
    speaks = actor.organisation is not None and actor.roles & SPEAKS
    promises = waiting_for_party(actor.acting_for, today) if speaks else ()
    reports = to_do(due_for(actor.person, actor.organisation, today, speaks=bool(speaks), ahead=1), today)
    invitations = list(work.invitations_of(actor.person, today))
    context = {
        "questions": questions[:FIRST],
        "more_questions": len(questions) - FIRST,
        "tasks": [(each, *ACTS[each.act]) for each in tasks],
        "promises": promises[:FIRST],
        "more_promises": len(promises) - FIRST,
        "reports": due_told_rows(reports[:FIRST]),
        "more_reports": len(reports) - FIRST,
        "invitations": invitations[:FIRST],
        "more_invitations": len(invitations) - FIRST,
        "waits": len(questions) + len(tasks) + len(promises) + len(reports) + len(invitations),
        "awaited": work.awaited_by(
            actor.person, actor.organisation, actor.roles, today, but=[each.id for each in questions]
        ),
        "coming": work.coming_for(actor.person, actor.organisation, actor.roles, today),
        "reads": bool(actor.organisation and actor.roles & access.READS),
        "writes": bool(actor.organisation and actor.roles & access.WRITES),
        "today": today,
    }
    return render(request, "work/mine.html", context)
