"""An organ gets a right about a subject on a level, and the right ends."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.organs import refuse_days, refuse_end, refuse_foreign
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Level, MandateItem, Organ, Subject
from tillit.apps.partnerships.models.words import RIGHT_WORDS
from tillit.apps.partnerships.organ_facts import mandate_fact
from tillit.core.governance.areas import ADVISORY, DECIDES, NO_AUTHORITY
from tillit.core.governance.mandates import conflicting


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """A right. Amounts are kronor, from the first included up to the other; None is unlimited. `ends_on`: first day
    on which it no longer holds. `over`: whom a "no authority" is about, "" for every other right.
    """

    subject: Subject
    right: str
    level: Level
    starts_on: date
    ends_on: date | None = None
    over: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    source: str = ""


@transaction.atomic
def give_mandate(
    *,
    organ: Organ,
    facts: MandateFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> MandateItem:
    """Give an organ a right about a subject on a level.

    :raises Refused: two would decide on the same (I-5), an advisory organ would decide (I-6), it is said to have no
        authority there, or something said cannot be
    """
    locked(organ.partnership)
    here = Organ.objects.get(pk=organ.pk)
    _refuse_bad(here, facts)
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    row = MandateItem(organ=here, recorded_at=at, recorded_by=by, **said)
    with held(lambda: _refuse_conflict(row)):
        row.save(force_insert=True)
    audit.note("partnerships.mandate_given", subject=here, by=by, at=at, acting_for=acting_for, right=facts.right)
    return row


@transaction.atomic
def end_mandate(
    *, mandate: MandateItem, on: date, by: Person, at: datetime, acting_for: Organisation | None = None
) -> MandateItem:
    """End a right; `on` is the first day on which it no longer holds.

    :raises Refused: it has not begun by then, or ends sooner
    """
    locked(mandate.organ.partnership)
    refuse_end(mandate, on)
    made = replace_row(mandate, at=at, by=by, ends_on=on)
    audit.note("partnerships.mandate_ended", subject=made.organ, by=by, at=at, acting_for=acting_for, right=made.right)
    return made


def _refuse_bad(organ: Organ, facts: MandateFacts) -> None:
    refuse_foreign(organ.partnership, subject=facts.subject, level=facts.level)
    refuse_days(facts.starts_on, facts.ends_on, organ)
    refuse_personal_numbers(over=facts.over, source=facts.source)
    if facts.right not in RIGHT_WORDS:
        raise Refused(_("Välj vad organet får göra."), field="right")
    if facts.right == NO_AUTHORITY and not facts.over.strip():
        raise Refused(_("Skriv vem organet inte bestämmer över."), field="over")
    if facts.right != NO_AUTHORITY and facts.over.strip():
        raise Refused(_("Det här fältet hör bara till ”ingen bestämmanderätt”. Lämna det tomt."), field="over")
    low, high = facts.amount_from, facts.amount_to
    if any(each is not None and each < 0 for each in (low, high)):
        raise Refused(_("Ett belopp kan inte vara mindre än noll."), field="amount_from")
    if low is not None and high is not None and high <= low:
        raise Refused(_("Beloppet ska öka: det andra ska vara större än det första."), field="amount_to")


def _refuse_conflict(row: MandateItem) -> None:
    if row.right == DECIDES and row.organ.tier == ADVISORY:
        raise Refused(
            _("Ett rådgivande organ beslutar inget. Välj en annan rätt eller ett annat organ."), field="right"
        )
    if row.right not in (DECIDES, NO_AUTHORITY):
        return
    others = MandateItem.objects.filter(CURRENT, subject=row.subject, right__in=(DECIDES, NO_AUTHORITY))
    fact = mandate_fact(row)
    for each in others.select_related("organ").order_by("pk"):
        other = mandate_fact(each)
        if conflicting(fact, [other]):
            raise Refused(_sentence(row, each), field="subject")
        same = each.organ_id == row.organ_id and each.right == row.right == DECIDES and each.level_id == row.level_id
        if same and fact.during.meets(other.during) and fact.same_amounts(other):
            raise Refused(
                _("Organet beslutar redan om det, för samma tid och belopp. Avsluta det som gäller först."),
                field="subject",
            )


def _sentence(row: MandateItem, other: MandateItem) -> str:
    if other.right == row.right:
        return _(
            "%(organ)s beslutar redan om det på den nivån, för samma tid och belopp. Bara ett organ kan göra det:"
            " avsluta det först, eller dela upp beloppen."
        ) % {"organ": other.organ}
    if row.right == DECIDES:
        return _("Organet har ingen bestämmanderätt över %(over)s i det ämnet och kan då inte besluta om det.") % {
            "over": other.over
        }
    return _("Organet beslutar om det ämnet. Då kan det inte samtidigt sakna bestämmanderätt: avsluta det först.")
