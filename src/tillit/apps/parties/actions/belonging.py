"""Companies join and leave trade associations; public buyers' procurements open and close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of, in_order, line, one_at_a_time, possible, takes_part
from tillit.apps.parties.models import AssociationMembership, Organisation, Procurement

BUYERS = ("region", "municipality", "university", "other")
"""The kinds that buy under the acts on public procurement; authorities are among "other"."""


@transaction.atomic
def join_association(
    *,
    organisation: Organisation,
    association: Organisation,
    since: date | None,
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
) -> AssociationMembership:
    """Return the membership of a trade association from a day on; None: since when is not known.

    :raises Refused: it is no trade association, or the organisation is a member already
    """
    one_at_a_time()
    takes_part(organisation, day_of(at))
    possible(since, field="since")
    if association.kind != "trade_association" or association == organisation:
        raise Refused(_("Välj en branschförening."), field="association")
    runs = Q(until__isnull=True) | Q(until__gt=since or date.min)
    if organisation.memberships.filter(runs, association=association).exists():
        raise Refused(_("%(name)s är redan medlem där.") % {"name": organisation}, field="association")
    membership = organisation.memberships.create(association=association, since=since)
    audit.note(
        "parties.association_joined",
        subject=organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        association=str(association.pk),
    )
    return membership


@transaction.atomic
def leave_association(
    *,
    membership: AssociationMembership,
    until: date,
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
) -> None:
    """End a membership; the day itself is not part of it.

    :raises Refused: it has ended already, or would end before it began
    """
    membership = AssociationMembership.objects.select_for_update().get(pk=membership.pk)
    possible(until, field="until")
    in_order(membership.since, until, field="until")
    if membership.until is not None:
        raise Refused(_("Medlemskapet upphörde redan %(day)s.") % {"day": membership.until}, field="until")
    AssociationMembership.objects.filter(pk=membership.pk).update(until=until)
    audit.note(
        "parties.association_left",
        subject=membership.organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        association=str(membership.association_id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementFacts:
    """What is said of a procurement, as somebody typed it."""

    subject: str
    opened_on: date
    reference: str = ""
    closed_on: date | None = None


@transaction.atomic
def record_procurement(
    *,
    buyer: Organisation,
    facts: ProcurementFacts,
    bidders: Iterable[Organisation] = (),
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> Procurement:
    """Return the record of a procurement that a public buyer runs, with the companies known to be bidders.

    :raises Refused: the organisation buys under other rules, the days do not follow, or a bidder is no company
    """
    takes_part(buyer, day_of(at))
    if buyer.kind not in BUYERS:
        raise Refused(_("Bara offentliga köpare upphandlar: regioner, kommuner, lärosäten och myndigheter."))
    possible(facts.opened_on, field="opened_on")
    possible(facts.closed_on, field="closed_on")
    in_order(facts.opened_on, facts.closed_on, field="closed_on")
    procurement = Procurement.objects.create(
        buyer=buyer,
        subject=line(facts.subject, field="subject", most=300),
        reference=line(facts.reference, field="reference", most=100, needed=False),
        opened_on=facts.opened_on,
        closed_on=facts.closed_on,
    )
    procurement.bidders.set(_companies(bidders))
    audit.note("parties.procurement_recorded", subject=procurement, by=by, at=at, acting_for=acting_for)
    return procurement


@transaction.atomic
def set_bidders(
    *,
    procurement: Procurement,
    bidders: Iterable[Organisation],
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> None:
    """Say which companies are known to bid. :raises Refused: one of them is no company"""
    chosen = _companies(bidders)
    procurement.bidders.set(chosen)
    audit.note(
        "parties.bidders_set",
        subject=procurement,
        by=by,
        at=at,
        acting_for=acting_for,
        bidders=sorted(str(each.pk) for each in chosen),
    )


@transaction.atomic
def close_procurement(
    *, procurement: Procurement, on: date, by: Person, acting_for: Organisation, at: datetime
) -> None:
    """Close a procurement on a day. :raises Refused: it has closed already, or would before it opened"""
    procurement = Procurement.objects.select_for_update().get(pk=procurement.pk)
    possible(on, field="on")
    in_order(procurement.opened_on, on, field="on")
    if procurement.closed_on is not None:
        raise Refused(_("Upphandlingen avslutades redan %(day)s.") % {"day": procurement.closed_on}, field="on")
    Procurement.objects.filter(pk=procurement.pk).update(closed_on=on)
    audit.note(
        "parties.procurement_closed", subject=procurement, by=by, at=at, acting_for=acting_for, on=on.isoformat()
    )


def _companies(bidders: Iterable[Organisation]) -> list[Organisation]:
    chosen = list(bidders)
    for each in chosen:
        if each.kind not in ("company", "private_provider"):
            raise Refused(_("%(name)s är inget företag. Välj bland företagen.") % {"name": each}, field="bidders")
    return chosen
