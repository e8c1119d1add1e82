"""The way of an agreement: out for comment, being signed, in force, notice given, ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.agreements import EDITABLE, standing
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.agreement_facts import CONCLUDED, agreement_fact, is_root, written_term
from tillit.apps.partnerships.models import CURRENT, Agreement, AgreementParty
from tillit.core.governance import agreements as core
from tillit.core.governance.renewal import notice_date

UNSIGNED_TYPES = frozenset(
    {"statutes", "rules_of_procedure", "articles_of_association", "government_assignment", "programme_decision"}
)
"""What is decided and not signed: such an agreement is in force without parties."""
RUNNING = ("in_force", "notice_given")
WAYS = {
    "consultation": ("draft",),
    "draft": ("consultation", "being_signed"),
    "being_signed": EDITABLE,
    "in_force": ("being_signed",),
}
"""Per status: where it can be come to from."""


@transaction.atomic
def send_out(
    *, agreement: Agreement, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Agreement:
    """Send a draft out for comment; it can still be changed. :raises Refused: it is no draft"""
    return _moved(agreement, "consultation", by, at, acting_for)


@transaction.atomic
def take_back(
    *, agreement: Agreement, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Agreement:
    """Make an agreement a draft again. :raises Refused: somebody has signed it"""
    return _moved(agreement, "draft", by, at, acting_for, _refuse_signed)


@transaction.atomic
def begin_signing(
    *, agreement: Agreement, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Agreement:
    """Put an agreement before its parties to sign: from now on its text stands.

    :raises Refused: it has no parties though it is of a sort that is signed
    """
    return _moved(agreement, "being_signed", by, at, acting_for, _refuse_alone)


@transaction.atomic
def put_in_force(
    *, agreement: Agreement, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Agreement:
    """Let an agreement be in force from its day. It binds each party from when that party has signed (I-3).

    Not all need to have signed: who has not is not bound, and is told of. A main agreement is the only one (I-1).

    :raises Refused: nobody has signed it, or another main agreement is in force on one of its days
    """
    return _moved(agreement, "in_force", by, at, acting_for, _refuse_unsigned, _refuse_second_root)


@transaction.atomic
def give_notice(
    *,
    agreement: Agreement,
    on: date,
    by: Person | None,
    at: datetime,
    party: AgreementParty | None = None,
    acting_for: Organisation | None = None,
) -> Agreement | AgreementParty:
    """Note that notice was given: of the whole agreement, or by one party for itself.

    The day it ends is written down when it can be known: a notice that came after its last day, or where nobody has
    stated what notice takes, leaves it to `end_agreement`, once the parties have settled it.

    :raises Refused: it is not in force, has notice already, or ends by itself on a day that is set
    """
    _here, current = standing(agreement)
    _refuse_not_running(current)
    _refuse_day(on, current)
    if current.term_mode == core.FIXED:
        raise Refused(_("Avtalet upphör av sig självt. Ska det upphöra tidigare: skriv när det upphör."), field="on")
    ends_on = _ending(current, on)
    if party is not None:
        row = _current_party(party, current)
        if row.notice_given_on is not None or row.withdrawn_on is not None or row.signed_on is None:
            raise Refused(_("Parten är inte bunden, eller har redan sagt upp avtalet."))
        changed = replace_row(row, at=at, by=by, notice_given_on=on, ends_on=ends_on)
        audit.note("partnerships.party_gave_notice", subject=changed, by=by, at=at, acting_for=acting_for)
        return changed
    if current.notice_given_on is not None:
        raise Refused(_("Avtalet är redan uppsagt."))
    current.notice_given_on, current.ends_on, current.status = on, ends_on, "notice_given"
    current.save(update_fields=["notice_given_on", "ends_on", "status"])
    audit.note("partnerships.notice_given", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def end_agreement(
    *, agreement: Agreement, on: date, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> Agreement:
    """Settle the first day on which an agreement no longer holds, whatever its term says.

    What lies under it and goes on longer is told of, as is a party that is in the partnership by it.

    :raises Refused: it is not in force, the day is not after its first, or it would meet the main agreement after it
    """
    _here, current = standing(agreement)
    _refuse_not_running(current)
    _refuse_day(on, current)
    if on <= current.valid_from:
        raise Refused(_("Avtalet kan upphöra tidigast dagen efter att det börjar gälla."), field="on")
    current.ends_on = on
    if on <= day_of(at):
        current.status = "ended"
    with held(lambda: _refuse_second_root(current, day_of(at))):
        current.save(update_fields=["ends_on", "status"])
    audit.note("partnerships.agreement_ended", subject=current, by=by, at=at, acting_for=acting_for, on=on.isoformat())
    return current


def _moved(
    agreement: Agreement,
    to: str,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None,
    *checks: Callable[[Agreement, date], None],
) -> Agreement:
    _here, current = standing(agreement)
    if current.status not in WAYS[to]:
        raise Refused(_("Avtalet är inte i ett läge där det går. Läs in sidan igen."))

    def check() -> None:
        for each in checks:
            each(current, day_of(at))

    current.status = to
    with held(check):
        current.save(update_fields=["status"])
    audit.note(f"partnerships.agreement_{to}", subject=current, by=by, at=at, acting_for=acting_for)
    return current


def _ending(agreement: Agreement, notice_on: date) -> date | None:
    """Return the first day without the agreement when notice is given on a day; None where it cannot be told."""
    fact = agreement_fact(agreement)
    if agreement.ends_on is not None:
        return agreement.ends_on
    last = notice_date(replace(fact, notice_given_at=None), notice_on)
    # The last day of the period that runs on the day of notice: a day too late for it is for the parties to settle.
    if last is not None and notice_on > last:
        return None
    end = core.effective_end(replace(fact, notice_given_at=notice_on), notice_on)
    return end if end is None or end > agreement.valid_from else None


def _current_party(party: AgreementParty, agreement: Agreement) -> AgreementParty:
    row = AgreementParty.objects.filter(CURRENT, pk=party.pk, agreement=agreement).first()
    if row is None:
        raise Refused(_("Parten har ändrats av någon annan. Läs in sidan igen."))
    return row


def _refuse_not_running(agreement: Agreement) -> None:
    if agreement.status not in RUNNING:
        raise Refused(_("Avtalet gäller inte, så det kan inte sägas upp eller upphöra."))


def _refuse_day(on: date, agreement: Agreement) -> None:
    possible(on, field="on")
    if on < agreement.valid_from:
        raise Refused(_("Dagen ligger före den första som avtalet gäller."), field="on")


def _refuse_signed(agreement: Agreement, _today: date) -> None:
    if agreement.parties.filter(CURRENT, signed_on__isnull=False).exists():
        raise Refused(_("Någon har redan skrivit under. Skriv ett tilläggsavtal i stället."))


def _refuse_alone(agreement: Agreement, _today: date) -> None:
    if agreement.type not in UNSIGNED_TYPES and not agreement.parties.filter(CURRENT).exists():
        raise Refused(_("Avtalet har inga parter. Lägg till dem som ska skriva under."))


def _refuse_unsigned(agreement: Agreement, _today: date) -> None:
    bound = agreement.parties.filter(CURRENT).exclude(signed_on=None, effective_from=None)
    if agreement.type not in UNSIGNED_TYPES and not bound.exists():
        raise Refused(_("Ingen har skrivit under än. Avtalet kan gälla när någon har gjort det."))


def _refuse_second_root(agreement: Agreement, today: date) -> None:
    """Let an agreement pass that is the only main one on each of its days (I-1)."""
    form = agreement.partnership.legal_form
    if not is_root(agreement, form):
        return
    days = written_term(agreement, today)
    beside = Agreement.objects.filter(partnership=agreement.partnership_id, status__in=CONCLUDED, parent=None)
    for other in beside.exclude(pk=agreement.pk):
        theirs = written_term(other, today)
        if is_root(other, form) and theirs.meets(days) and not (other.status == "ended" and theirs.end is None):
            raise Refused(
                _("%(title)s gäller redan under någon av dagarna. Ett partnerskap har ett huvudavtal i taget.")
                % {"title": other.title}
            )
