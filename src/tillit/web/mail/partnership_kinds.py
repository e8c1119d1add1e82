"""The mail to the office of a partnership about an agreement: what is due, and one link."""

from datetime import datetime

from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.apps.partnerships.models import Agreement
from tillit.apps.partnerships.queries.agreements import loaded
from tillit.apps.partnerships.queries.renewals import notices
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def due(message: Message, at: datetime) -> Letter:
    """Return what is due in an agreement. :raises NotNeeded: it no longer is, or they no longer run the office"""
    row = Agreement.objects.select_related("partnership").get(pk=message.context["agreement"])
    known = (row.pk, message.context["end"], message.context["kind"])
    standing = notices(loaded(row.partnership), day_of(at))
    found = next((each for each in standing if (each.agreement, each.end, each.kind) == known), None)
    office = row.partnership.stewards.filter(person=message.to, role="office", until=None)
    if found is None or row.partnership.status == "ended" or not office.exists():
        raise NotNeeded
    context = {
        "partnership": row.partnership,
        "title": row.title,
        "says": found.says,
        "link": link_to("partnerships:agreement", row.partnership.slug, row.pk),
    }
    return Letter("mail/agreement_notice.txt", context)


PARTNERSHIP_KINDS = {"agreement_notice": due}
