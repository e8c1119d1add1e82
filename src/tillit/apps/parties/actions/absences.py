"""Somebody who approves is away, and asks another to answer in their place."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import at_work, day_of, in_order, one_at_a_time, possible, takes_part
from tillit.apps.parties.models import Delegation, Organisation


@transaction.atomic
def delegate(
    *,
    organisation: Organisation,
    taker: Person,
    starts_on: date,
    ends_on: date,
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> Delegation:
    """Return the delegation: `taker` answers in the place of `by`, for the organisation, on the days named.

    :raises Refused: the days have passed or do not follow, the other is not among the organisation's people, is asked
        already, or is away themselves
    """
    one_at_a_time()
    today = day_of(at)
    takes_part(organisation, today)
    possible(starts_on, field="starts_on")
    possible(ends_on, field="ends_on")
    if starts_on < today:
        raise Refused(_("Första dagen har varit. Välj i dag eller en kommande dag."), field="starts_on")
    in_order(starts_on, ends_on, field="ends_on")
    if taker == by:
        raise Refused(_("Välj någon annan än dig själv."), field="taker")
    at_work(by, organisation, starts_on, field="organisation")
    at_work(taker, organisation, starts_on, field="taker")
    then = Delegation.objects.filter(
        organisation=organisation, starts_on__lte=ends_on, ends_on__gte=starts_on, ended_at__isnull=True
    )
    _is_free(taker, by, then)
    delegation = Delegation.objects.create(
        organisation=organisation, giver=by, taker=taker, starts_on=starts_on, ends_on=ends_on
    )
    audit.note("parties.delegated", subject=delegation, by=by, at=at, acting_for=acting_for, taker=str(taker.pk))
    return delegation


def _is_free(taker: Person, giver: Person, then: QuerySet[Delegation]) -> None:
    """Let somebody pass who can answer on the days that the absences `then` are about."""
    if then.filter(giver=giver, taker=taker).exists():
        raise Refused(_("%(name)s svarar redan åt dig någon av de dagarna.") % {"name": taker}, field="taker")
    if then.filter(giver=taker).exists():
        raise Refused(
            _("%(name)s är själv borta någon av de dagarna. Välj någon annan.") % {"name": taker}, field="taker"
        )


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Person, acting_for: Organisation | None, at: datetime) -> None:
    """End a delegation at once. :raises Refused: it has ended, or its days have passed"""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if delegation.ended_at is not None or delegation.ends_on < day_of(at):
        raise Refused(_("Det har redan upphört."))
    Delegation.objects.filter(pk=delegation.pk).update(ended_at=at)
    audit.note(
        "parties.delegation_ended",
        subject=delegation,
        by=by,
        at=at,
        acting_for=acting_for or delegation.organisation,
    )
