"""The mails about what is to be reported: what, for when, and one link."""

from datetime import datetime

from django.db.models import Q

from tillit.apps.followup.models import Reporter
from tillit.apps.followup.queries.calendar import due_of
from tillit.apps.followup.report_words import period_word
from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def to_report(message: Message, at: datetime) -> Letter:
    """Return what is to be reported soon, or is late. :raises NotNeeded: it is sent in, or no longer asked for"""
    reporter = Reporter.objects.get(pk=message.context["reporter"])
    code = message.context["period"]
    rows = due_of(Q(pk=reporter.pk), day_of(at), ahead=1)
    row = next((each for each in rows if str(each.period) == code), None)
    if row is None or row.state not in ("late", "open"):
        raise NotNeeded
    link = link_to("followup:report_form", row.slug, row.reporter, code)
    return Letter("mail/report_reminder.txt", {"row": row, "period": period_word(row.period), "link": link})


REPORT_KINDS = {"report_due": to_report, "report_late": to_report}
