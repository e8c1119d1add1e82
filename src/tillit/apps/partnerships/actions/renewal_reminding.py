"""The office of a partnership is told of notice, ends, reviews and signatures that are due, each once (D11)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.queries import known_keys
from tillit.apps.partnerships.models import Agreement, Partnership
from tillit.apps.partnerships.queries.agreements import loaded
from tillit.apps.partnerships.queries.renewals import Notice, notices

KIND = "agreement_notice"


def remind_renewals(*, at: datetime, today: date) -> int:
    """Return how many mails were written to the offices of partnerships about their agreements. Again is as once.

    Days on which nobody was told are not made up for: what stands today is told. Five queries for each partnership
    that has something to tell; each mail is an act of its own, so that what breaks off half-way goes on the next time.
    """
    going_on = Partnership.objects.exclude(status="ended").filter(agreements__isnull=False).distinct().order_by("pk")
    return sum(_of_partnership(each, at, today) for each in going_on)


def key_of(notice: Notice, to: Person) -> str:
    """Return what makes a mail the same: agreement, end and kind, and to whom."""
    return f"agreement:{notice.agreement}:{notice.end}:{notice.kind}:{to.pk}"


def _of_partnership(partnership: Partnership, at: datetime, today: date) -> int:
    due = list(notices(loaded(partnership), today))
    if not due:
        return 0
    running = Q(until__isnull=True) | Q(until__gt=today)
    rows = partnership.stewards.filter(running, role="office", since__lte=today).select_related("person").order_by("pk")
    office = [each.person for each in rows]
    keys = [key_of(notice, person) for notice in due for person in office]
    there = known_keys(keys)
    left = [(each, [person for person in office if key_of(each, person) not in there]) for each in due]
    return sum(_write(notice, people, at) for notice, people in left if people)


@transaction.atomic
def _write(notice: Notice, people: Sequence[Person], at: datetime) -> int:
    row = Agreement.objects.select_for_update().get(pk=notice.agreement)
    context = {"agreement": str(row.pk), "end": notice.end, "kind": notice.kind}
    for person in people:
        outbox.write(key=key_of(notice, person), kind=KIND, to=person, context=context, at=at)
    audit.note("partnerships.agreement_reminded", subject=row, by=None, at=at, kind=notice.kind, mails=len(people))
    return len(people)
