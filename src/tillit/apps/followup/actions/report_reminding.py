"""Those who are to report are reminded a week before it is due and when it is late, once for each period.

The days are ours, no text states any. A key names the reporter, the period, what kind of mail and to whom: the same
reminder has the same key however often it is asked for. Days on which nobody was reminded are not made up for.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.followup.models import Observation, Reporter
from tillit.apps.followup.queries.calendar import Due, due_of
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.queries import known_keys
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.apps.partnerships.reached import Whom

DAYS_BEFORE = 7
"""Days before it is due that those who report are reminded. Ours: no text states any."""
DAYS_LATE = 30
"""How many days after it was due a reminder of what is late is still written. Ours: no text states any."""
SOON, LATE = "report_due", "report_late"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many mails were written of each kind, and about how many periods nobody is there to write to."""

    due: int = 0
    late: int = 0
    nobody: int = 0


def remind_reports(*, at: datetime, today: date) -> Reminded:
    """Write every reminder of a report that is due and not written yet. Again is as once.

    Two queries for each partnership whose follow-up has begun, and three where something is due; two for each
    organisation, one for each organ, that is written to; for each period that has something new, some and four a mail.
    """
    counts = {SOON: 0, LATE: 0, "nobody": 0}
    running = Partnership.objects.exclude(status="ended").filter(not_started=False, indicators__reporters__isnull=False)
    for partnership in running.distinct().order_by("pk"):
        _of_partnership(partnership, at, today, counts)
    return Reminded(counts[SOON], counts[LATE], counts["nobody"])


def kind_of(row: Due) -> str:
    """Return which reminder of a period is due on the day that it was read, "" for none."""
    if row.state == "late":
        return LATE if -row.days_left <= DAYS_LATE else ""
    return SOON if row.state == "open" and row.days_left <= DAYS_BEFORE else ""


def _of_partnership(partnership: Partnership, at: datetime, today: date, counts: dict[str, int]) -> None:
    rows = due_of(Q(indicator__partnership=partnership), today, ahead=1)
    due = [(row, kind) for row in rows if (kind := kind_of(row))]
    if not due:
        return
    parties = {row.organisation for row, _kind in due if row.organisation}
    whom = Whom(Organisation.objects.filter(pk__in=parties).select_related("merged_into"), today)
    notes = [(row, kind, whom.of(row.organisation, row.organ)) for row, kind in due]
    counts["nobody"] += sum(1 for _row, _kind, people in notes if not people)
    there = known_keys(_key(row, kind, person) for row, kind, people in notes for person in people)
    for row, kind, people in notes:
        if left := [person for person in people if _key(row, kind, person) not in there]:
            counts[kind] += _write(row, kind, left, at)


@transaction.atomic
def _write(row: Due, kind: str, people: list[Person], at: datetime) -> int:
    """Return how many mails about a period were written; none where it was sent in while we looked."""
    reporter = Reporter.objects.select_for_update(of=("self",)).get(pk=row.reporter)
    there = known_keys(_key(row, kind, person) for person in people)
    left = [person for person in people if _key(row, kind, person) not in there]
    sent = Observation.objects.filter(
        CURRENT,
        reporter=reporter,
        frequency=row.period.frequency,
        number=row.period.number,
        status__in=("submitted", "approved", "locked"),
    )
    if not left or sent.exists():
        return 0
    context = {"reporter": str(row.reporter), "period": str(row.period)}
    for person in left:
        outbox.write(key=_key(row, kind, person), kind=kind, to=person, context=context, at=at)
    audit.note("followup.reminded", subject=reporter, by=None, at=at, kind=kind, mails=len(left))
    return len(left)


def _key(row: Due, kind: str, to: Person) -> str:
    return f"report:{row.reporter}:{row.period}:{kind}:{to.pk}"
