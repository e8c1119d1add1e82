"""One organisation becomes part of another: closed for what is new, its units and people go on in the other."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of, one_at_a_time, possible, takes_part
from tillit.apps.parties.models import Delegation, Invitation, Organisation, Procurement, Unit
from tillit.apps.parties.moves import ahead, end_roles, move_roles, move_staff

FOLLOW = ("author", "participant", "contact_person", "head_of_operations")
"""Roles that go on in the other organisation. Those that judge or look after all of it are for the other to give:
nobody becomes its administrator, auditor or compliance officer by a merger. A role in a unit follows its unit."""


@transaction.atomic
def merge_organisations(
    *,
    organisation: Organisation,
    into: Organisation,
    on: date,
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
) -> None:
    """Make an organisation part of another from a day on. Both names stay, and what was done stays the first one's.

    :raises Refused: the day has not come, one of them takes no part, they are one, or both have a unit of one key
    """
    one_at_a_time()
    organisation = Organisation.objects.get(pk=organisation.pk)
    into = Organisation.objects.get(pk=into.pk)
    _may_become_one(organisation, into, on, day_of(at))
    Organisation.objects.filter(pk=organisation.pk).update(merged_into=into, merged_on=on)
    if into.parent_id == organisation.pk:
        Organisation.objects.filter(pk=into.pk).update(parent=organisation.parent_id)
    organisation.children.exclude(pk=into.pk).update(parent=into)
    organisation.units.update(organisation=into)
    move_staff(organisation.staff.all(), into, on, keep_unit=True)
    stays = Q(role__in=FOLLOW) | Q(unit__isnull=False)
    move_roles(organisation.roles.filter(stays), into, on)
    end_roles(organisation.roles.exclude(stays), on)
    _absences(organisation, into, on, at)
    _dealings(organisation, into, on)
    Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    audit.note(
        "parties.organisations_merged",
        subject=organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        into=str(into.pk),
        on=on.isoformat(),
    )


def _may_become_one(organisation: Organisation, into: Organisation, on: date, today: date) -> None:
    takes_part(organisation, today)
    if into.merged_into is not None:
        raise Refused(
            _("%(name)s är själv en del av %(other)s. Välj den i stället.") % {"name": into, "other": into.merged_into},
            field="into",
        )
    takes_part(into, today)
    if into == organisation:
        raise Refused(_("Välj en annan organisation än den själv."), field="into")
    if into.side != organisation.side:
        raise Refused(
            _("De två står på olika sidor i samverkan och kan inte bli en. Välj en annan organisation."), field="into"
        )
    possible(on, field="on")
    if on > today:
        raise Refused(_("Dagen har inte kommit än. Anteckna sammanslagningen då."), field="on")
    same = Unit.objects.filter(organisation=into, key__in=organisation.units.values("key")).first()
    if same is not None:
        raise Refused(_("Båda har en enhet med nyckeln %(key)s. Ändra nyckeln hos den ena först.") % {"key": same.key})


def _absences(organisation: Organisation, into: Organisation, on: date, at: datetime) -> None:
    """Let those who stand in for somebody go on doing so in the other organisation."""
    for each in Delegation.objects.filter(organisation=organisation, ended_at__isnull=True, ends_on__gte=on):
        Delegation.objects.create(
            organisation=into,
            giver_id=each.giver_id,
            taker_id=each.taker_id,
            starts_on=max(each.starts_on, on),
            ends_on=each.ends_on,
        )
        if each.starts_on < on:
            Delegation.objects.filter(pk=each.pk).update(ends_on=on - timedelta(days=1))
        else:
            Delegation.objects.filter(pk=each.pk).update(ended_at=at)


def _dealings(organisation: Organisation, into: Organisation, on: date) -> None:
    """Let memberships and open procurements go on in the other organisation."""
    for each in organisation.memberships.filter(ahead(on)):
        first = max(on, each.since) if each.since else on
        if not into.memberships.filter(ahead(first), association_id=each.association_id).exists():
            into.memberships.create(association_id=each.association_id, since=first, until=each.until)
        each.until = first
        each.save(update_fields=["until"])
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=on)
    for procurement in Procurement.objects.filter(still_open, bidders=organisation):
        procurement.bidders.add(into)
    organisation.procurements.filter(still_open).update(buyer=into)
