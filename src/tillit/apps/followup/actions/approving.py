"""What is sent in is approved, by somebody else than who sent it in, or returned with a reason. For the office."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.asked import locked_through
from tillit.apps.followup.models import Indicator, Observation
from tillit.apps.parties.conditions import day_of, line
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import CURRENT, Partnership


@transaction.atomic
def approve(
    *, observation: Observation, by: Person, at: datetime, acting_for: Organisation | None = None, judge: bool = True
) -> Observation:
    """Approve what was sent in; in a period that is locked it is locked at once. `judge`: run the rules, too.

    Four eyes: nobody approves what they sent in themselves, unless nobody else runs the office. Then the row tells it:
    it has the same person in both places.

    :raises Refused: it does not wait for approval any more, or they sent it in themselves
    """
    row = _waiting(observation)
    partnership = row.reporter.indicator.partnership
    today = day_of(at)
    if row.submitted_by_id == by.pk and office_of(partnership, today) - {by.pk}:
        raise Refused(_("Du skickade själv in värdet. Be någon annan på kansliet godkänna det."))
    through = locked_through(partnership)
    row.status = "locked" if through is not None and row.ends_on <= through else "approved"
    row.approved_on, row.approved_by = today, by
    row.save(update_fields=["status", "approved_on", "approved_by"])
    alone = row.submitted_by_id == by.pk
    audit.note("followup.observation.approved", subject=row, by=by, at=at, acting_for=acting_for, alone=alone)
    if judge:
        judge_anew(partnership=partnership, at=at, indicators=[row.reporter.indicator])
    return row


@transaction.atomic
def return_report(
    *, observation: Observation, reason: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Observation:
    """Return what was sent in, with what is to be put right. Until it comes again the period is not reported.

    :raises Refused: no reason is given, or it does not wait for approval any more
    """
    row = _waiting(observation)
    row.status, row.returned_reason = "returned", line(reason, field="reason", most=300)
    row.save(update_fields=["status", "returned_reason"])
    audit.note("followup.observation.returned", subject=row, by=by, at=at, acting_for=acting_for)
    judge_anew(partnership=row.reporter.indicator.partnership, at=at, indicators=[row.reporter.indicator])
    return row


def office_of(partnership: Partnership, today: date) -> frozenset[object]:
    """Return the keys of those who run the office on a day. One query."""
    there = Q(until__isnull=True) | Q(until__gt=today)
    rows = partnership.stewards.filter(there, role="office", since__lte=today)
    return frozenset(rows.values_list("person", flat=True))


def _waiting(observation: Observation) -> Observation:
    locked(observation.reporter.indicator.partnership)
    rows = Observation.objects.filter(CURRENT, pk=observation.pk, status="submitted")
    row = rows.select_related("reporter__indicator__partnership").first()
    if row is None:
        raise Refused(_("Värdet väntar inte längre på godkännande. Läs in sidan igen."))
    return row


@transaction.atomic
def approve_sound(
    *, observations: Iterable[Observation], by: Person, at: datetime, acting_for: Organisation | None = None
) -> int:
    """Return how many of these were approved: those that wait still, that nothing is asked about, that correct
    nothing, and that somebody else sent in. The others are to be looked at one by one. The rules are run once.
    """
    touched = list[Indicator]()
    for each in observations:
        if each.status != "submitted" or each.held or each.supersedes_id is not None or each.submitted_by_id == by.pk:
            continue
        if not Observation.objects.filter(CURRENT, pk=each.pk, status="submitted").exists():
            continue
        row = approve(observation=each, by=by, at=at, acting_for=acting_for, judge=False)
        touched.append(row.reporter.indicator)
    if touched:
        judge_anew(partnership=touched[0].partnership, at=at, indicators=touched)
    return len(touched)
