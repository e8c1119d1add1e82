"""The mails about what is owed in a partnership: what, when, and one link."""

from datetime import date, datetime

from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.commitment_facts import Said
from tillit.apps.partnerships.models import CURRENT, Commitment
from tillit.apps.partnerships.occurring import owed_by
from tillit.apps.partnerships.queries.occurrences import times_of
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def owes(message: Message, at: datetime) -> Letter:
    """Return what is due soon, or late. :raises NotNeeded: something is said of it, or it is no longer owed"""
    rows = Commitment.objects.select_related("partnership", "level", "organisation", "organ")
    row = rows.get(pk=message.context["commitment"])
    due, key = date.fromisoformat(message.context["due"]), message.context["party"]
    party = Organisation.objects.get(pk=key) if key else None
    said = row.events.filter(CURRENT, party=party, due_on=due)
    if row.partnership.status == "ended" or said.exists():
        raise NotNeeded
    times = times_of(owed_by(row, party), Said({}, {}), day_of(at))
    time = next((each for each in times if each.due == due), None)
    if time is None:
        raise NotNeeded
    address = link_to("partnerships:commitment", row.partnership.slug, row.pk)
    context = {"row": row, "time": time, "link": f"{address}?part={key}" if key else address}
    return Letter("mail/commitment_reminder.txt", context)


COMMITMENT_KINDS = {"commitment_due": owes, "commitment_overdue": owes}
