"""Those who owe something are reminded before it is due and when it is late, once for each time and never twice.

The days are ours, no text states any. A key names the commitment, whose, which time, what kind of mail and to whom: the
same reminder has the same key however often it is asked for. Days on which nobody was reminded are not made up for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.queries import known_keys
from tillit.apps.partnerships.commitment_facts import owed, said_of
from tillit.apps.partnerships.models import CURRENT, Commitment, CommitmentEvent, Membership, Partnership
from tillit.apps.partnerships.queries.occurrences import Time, times_of
from tillit.apps.partnerships.reached import Whom

DAYS_BEFORE = 14
"""Days before it is due that those who owe it are reminded. Ours: no text states any."""
DAYS_LATE = 30
"""How many days after the last day a reminder of what is late is still written. Ours: no text states any."""
SOON, LATE = "commitment_due", "commitment_overdue"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many mails were written of each kind, and about how many times nobody is there to write to."""

    due: int = 0
    overdue: int = 0
    nobody: int = 0


def remind_commitments(*, at: datetime, today: date) -> Reminded:
    """Write every reminder of a commitment that is due and not written yet. Again is as once.

    Three queries for each partnership that has commitments, and one where something is due; two for each organisation,
    one for each organ, that is written to; for each time that has something new, twelve and four a mail.
    """
    counts = {SOON: 0, LATE: 0, "nobody": 0}
    running = Partnership.objects.exclude(status="ended").filter(commitments__isnull=False).distinct().order_by("pk")
    for partnership in running.iterator():
        _of_partnership(partnership, at, today, counts)
    return Reminded(counts[SOON], counts[LATE], counts["nobody"])


def kind_of(time: Time, today: date) -> str:
    """Return which reminder of a time is due on a day, "" for none."""
    if time.state == "overdue":
        return LATE if time.days_overdue <= DAYS_LATE else ""
    if time.state not in ("coming", "due"):
        return ""
    return SOON if (time.due - today).days <= DAYS_BEFORE else ""


def _of_partnership(partnership: Partnership, at: datetime, today: date, counts: dict[str, int]) -> None:
    rows = Commitment.objects.filter(partnership=partnership, starts_on__lte=today)
    members = Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation__merged_into")
    named = rows.select_related("partnership", "level", "organisation__merged_into", "organ")
    owes = owed(named, members)
    times = times_of(owes, said_of(Q(commitment__partnership=partnership)), today, ahead=1)
    due = [(time, kind) for time in times if (kind := kind_of(time, today))]
    if not due:
        return
    organs = {each.row.pk: each.row.organ_id for each in owes}
    whom = Whom({each.party for each in owes if each.party}, today)
    notes = [(time, kind, whom.of(time.party, organs[time.commitment])) for time, kind in due]
    counts["nobody"] += sum(1 for _time, _kind, people in notes if not people)
    there = known_keys(_key(time, kind, person) for time, kind, people in notes for person in people)
    for time, kind, people in notes:
        if left := [person for person in people if _key(time, kind, person) not in there]:
            counts[kind] += _write(time, kind, left, at)


@transaction.atomic
def _write(time: Time, kind: str, people: Sequence[Person], at: datetime) -> int:
    """Return how many mails about a time were written, unless it was reported while we looked or another wrote them."""
    row = Commitment.objects.select_for_update(of=("self",)).get(pk=time.commitment)
    party = time.party if row.of_kind or row.of_role else None
    there = known_keys(_key(time, kind, person) for person in people)
    left = [person for person in people if _key(time, kind, person) not in there]
    if not left or CommitmentEvent.objects.filter(CURRENT, commitment=row, party=party, due_on=time.due).exists():
        return 0
    context = {"commitment": str(row.pk), "party": str(party or ""), "due": time.due.isoformat()}
    for person in left:
        outbox.write(key=_key(time, kind, person), kind=kind, to=person, context=context, at=at)
    audit.note("partnerships.reminded", subject=row, by=None, at=at, kind=kind, mails=len(left))
    return len(left)


def _key(time: Time, kind: str, to: Person) -> str:
    return f"commitment:{time.commitment}:{time.party or ''}:{time.due.isoformat()}:{kind}:{to.pk}"
