"""Organisations become parties to an agreement, sign it, and withdraw from it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, line, possible, takes_part
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.agreements import standing
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Agreement, AgreementParty, Membership
from tillit.apps.partnerships.models.words import METHODS

LONGEST_CAPACITY, LONGEST_NAME, LONGEST_AUTHORITY = 80, 120, 200
SIGNABLE = ("being_signed", "in_force", "notice_given")


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature: whose, on what authority (a decision on delegation, a company's signatories), how and when.

    `effective_from`: a day agreed for this party, which goes before the day of signing.
    """

    signatory: str
    authority: str
    signed_on: date
    method: str = ""
    effective_from: date | None = None


@transaction.atomic
def add_party(
    *,
    agreement: Agreement,
    organisation: Organisation,
    by: Person | None,
    at: datetime,
    capacity: str = "",
    acting_for: Organisation | None = None,
) -> AgreementParty:
    """Name an organisation as a party that is to sign. One that has withdrawn is asked anew.

    :raises Refused: it is named already, takes no part in Tillit, or the agreement has ended
    """
    _here, current = standing(agreement)
    if current.status == "ended":
        raise Refused(_("Avtalet har upphört. Ingen kan bli part i det."))
    takes_part(organisation, day_of(at))
    said = line(capacity, field="capacity", most=LONGEST_CAPACITY, needed=False)
    before = current.parties.filter(CURRENT, organisation=organisation).first()
    if before is not None and before.withdrawn_on is not None and not _relied_on(before):
        made = replace_row(before, at=at, by=by, capacity=said, **_UNSIGNED)
    else:
        with held(lambda: _refuse_twice(current, organisation)):
            made = AgreementParty.objects.create(
                agreement=current, organisation=organisation, capacity=said, recorded_at=at, recorded_by=by
            )
    audit.note("partnerships.agreement_party_added", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def sign(
    *,
    party: AgreementParty,
    signing: Signing,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> AgreementParty:
    """Note that a party has signed, said by who speaks for it or by the office. It is bound from then on (I-3).

    Whether `by` may say so is the caller's to have asked; for whom they acted is in the ledger.

    :raises Refused: the agreement is not being signed, the party has signed or withdrawn, or the day is to come
    """
    _here, current = standing(party.agreement)
    row = current_row(party)
    if current.status not in SIGNABLE:
        raise Refused(_("Avtalet är inte framlagt för underskrift."))
    if row.signed_on is not None or row.withdrawn_on is not None:
        raise Refused(_("Parten har redan skrivit under, eller har lämnat avtalet."))
    possible(signing.signed_on, field="signed_on")
    possible(signing.effective_from, field="effective_from")
    if signing.signed_on > day_of(at):
        raise Refused(_("Dagen har inte kommit än. Skriv den dag då avtalet skrevs under."), field="signed_on")
    if signing.method and signing.method not in METHODS:
        raise Refused(_("Välj ett av alternativen."), field="method")
    made = replace_row(
        row,
        at=at,
        by=by,
        signatory=line(signing.signatory, field="signatory", most=LONGEST_NAME),
        authority=line(signing.authority, field="authority", most=LONGEST_AUTHORITY),
        method=signing.method,
        signed_on=signing.signed_on,
        effective_from=signing.effective_from,
    )
    audit.note("partnerships.agreement_signed", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def withdraw(
    *, party: AgreementParty, on: date, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> AgreementParty:
    """Note that a party leaves an agreement from a day, signed or not, outside of what its notice says.

    :raises Refused: it has left already, or somebody acceded by it on that day or later
    """
    _here, _current = standing(party.agreement)
    row = current_row(party)
    possible(on, field="on")
    if row.withdrawn_on is not None:
        raise Refused(_("Parten har redan lämnat avtalet."))
    with held(lambda: _refuse_unfounded(row, on)):
        made = replace_row(row, at=at, by=by, withdrawn_on=on)
    audit.note("partnerships.agreement_withdrawn", subject=made, by=by, at=at, acting_for=acting_for)
    return made


def current_row(party: AgreementParty) -> AgreementParty:
    """Return the row that holds of a party to an agreement. :raises Refused: somebody has replaced the one given"""
    row = AgreementParty.objects.filter(CURRENT, pk=party.pk).first()
    if row is None:
        raise Refused(_("Någon annan ändrade samma sak i samma stund. Läs in sidan igen och se vad som gäller nu."))
    return row


_UNSIGNED = {
    "signatory": "",
    "authority": "",
    "method": "",
    "signed_on": None,
    "effective_from": None,
    "withdrawn_on": None,
    "notice_given_on": None,
    "ends_on": None,
}


def _relied_on(party: AgreementParty) -> bool:
    """Return whether the organisation is in the partnership by this very signature (I-4)."""
    return Membership.objects.filter(
        CURRENT, via=party.agreement_id, organisation=party.organisation_id, role="acceded"
    ).exists()


def _refuse_twice(agreement: Agreement, organisation: Organisation) -> None:
    if agreement.parties.filter(CURRENT, organisation=organisation).exists():
        raise Refused(_("%(name)s är redan part i avtalet.") % {"name": organisation.name}, field="organisation")


def _refuse_unfounded(party: AgreementParty, on: date) -> None:
    rests = Membership.objects.filter(
        CURRENT, via=party.agreement_id, organisation=party.organisation_id, role="acceded", starts_on__gte=on
    )
    if rests.exists():
        raise Refused(
            _("Parten är ansluten genom det här avtalet från den dagen eller senare. Välj en senare dag."),
            field="on",
        )
