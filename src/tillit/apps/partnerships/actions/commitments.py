"""Commitments are made, changed until something is said of them, and ended; nothing is ever taken away."""

from collections.abc import Container
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import line, possible
from tillit.apps.parties.models import KINDS, Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import (
    CURRENT,
    Agreement,
    Clause,
    Commitment,
    Level,
    Membership,
    Organ,
    Partnership,
)
from tillit.apps.partnerships.models.words import (
    AREA_WORDS,
    COMMITMENT_KIND_WORDS,
    OPENNESS,
    ROLE_WORDS,
    TIER_WORDS,
)
from tillit.core.text import nfc

LONGEST_TEXT = 2000
MOST_WEIGHT = Decimal(999)
MOST_MONTHS, MOST_GRACE = 240, 3660
MOST_QUANTITY = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts:
    """What is promised, by whom, on which level, and when it is due.

    Of a party, of an organ, or of every party of a kind or role. `level` None and `tier` "": the organ's. Due once on
    `due_on`, or on `first_due` and every `every_months` after; neither: no day is stated. `weight` is 1 unless said.
    """

    text: str
    area: str
    kind: str
    starts_on: date
    level: Level | None = None
    tier: str = ""
    organisation: Organisation | None = None
    organ: Organ | None = None
    of_kind: str = ""
    of_role: str = ""
    agreement: Agreement | None = None
    clause: Clause | None = None
    quantity: Decimal | None = None
    unit: str = ""
    ends_on: date | None = None
    due_on: date | None = None
    first_due: date | None = None
    every_months: int | None = None
    grace_days: int = 0
    weight: Decimal = Decimal(1)
    evidence_required: bool = False
    openness: str = "parties"
    source: str = ""


@transaction.atomic
def make_commitment(
    *,
    partnership: Partnership,
    facts: CommitmentFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Commitment:
    """Return a new commitment.

    :raises Refused: it is nobody's or several's, lies outside the partnership, or could never be due
    """
    here = locked(partnership)
    made = Commitment.objects.create(partnership=here, created_at=at, **_columns(here, facts))
    audit.note("partnerships.commitment_made", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    facts: CommitmentFacts,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Commitment:
    """Change a commitment that nobody has reported on, judged or shown evidence for yet.

    :raises Refused: somebody has: end it and make a new one; else as `make_commitment`
    """
    here = locked(commitment.partnership)
    current = Commitment.objects.get(pk=commitment.pk)
    if current.events.exists() or current.evidence.exists():
        raise Refused(_("Åtagandet är redan redovisat eller har underlag. Avsluta det och lägg upp ett nytt."))
    for name, value in _columns(here, facts).items():
        setattr(current, name, value)
    current.save()
    audit.note("partnerships.commitment_changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def end_commitment(
    *, commitment: Commitment, ends_on: date, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Commitment:
    """Let a commitment end; `ends_on` is the first day on which it no longer holds. It and its history stay.

    What is due on that very day can still be asked for: it concerns the time before.

    :raises Refused: that is before it begins, or something that was due later is reported or judged
    """
    locked(commitment.partnership)
    current = Commitment.objects.get(pk=commitment.pk)
    possible(ends_on, field="ends_on")
    if ends_on <= current.starts_on:
        raise Refused(_("Åtagandet slutar innan det börjar. Välj en senare dag."), field="ends_on")
    later = current.events.filter(CURRENT, due_on__gt=ends_on)
    if later.exists():
        raise Refused(_("Något som förfaller efter den dagen är redan redovisat. Välj en senare dag."), field="ends_on")
    current.ends_on = ends_on
    current.save(update_fields=["ends_on"])
    audit.note(
        "partnerships.commitment_ended", subject=current, by=by, at=at, acting_for=acting_for, on=ends_on.isoformat()
    )
    return current


def _columns(here: Partnership, facts: CommitmentFacts) -> dict[str, object]:
    """Return the columns of a commitment with what follows from its organ and its clause. :raises Refused:"""
    facts = _filled(facts)
    _refuse_unknown(facts)
    _refuse_nobody(here, facts)
    _refuse_elsewhere(here, facts)
    _refuse_never_due(facts)
    _refuse_numbers(facts)
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    text = nfc(facts.text).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise Refused(_("Skriv vad som utlovas, med högst 2 000 tecken."), field="text")
    line(" ".join(text.split()), field="text", most=LONGEST_TEXT)  # no personal numbers, nothing that cannot be shown
    unit = line(facts.unit, field="unit", most=40, needed=facts.quantity is not None)
    return {**said, "text": text, "unit": unit, "source": line(facts.source, field="source", most=300, needed=False)}


def _filled(facts: CommitmentFacts) -> CommitmentFacts:
    if facts.organ is not None:
        facts = replace(facts, level=facts.level or facts.organ.level, tier=facts.tier or facts.organ.tier)
    if facts.clause is not None and facts.agreement is None:
        facts = replace(facts, agreement=facts.clause.agreement)
    return facts


def _refuse_unknown(facts: CommitmentFacts) -> None:
    known: dict[str, Container[object]] = {
        "area": AREA_WORDS,
        "kind": COMMITMENT_KIND_WORDS,
        "openness": OPENNESS,
        "tier": ("", *TIER_WORDS),
        "of_kind": ("", *KINDS),
        "of_role": ("", *ROLE_WORDS),
    }
    for field, words in known.items():
        if getattr(facts, field) not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)
    if facts.openness == "organ" and facts.organ is None:
        raise Refused(_("Bara ett organs åtagande kan döljas för parterna. Välj en annan öppenhet."), field="openness")


def _refuse_nobody(here: Partnership, facts: CommitmentFacts) -> None:
    of_class = bool(facts.of_kind or facts.of_role)
    if (facts.organisation is not None) + (facts.organ is not None) + of_class != 1:
        raise Refused(
            _("Välj vems åtagandet är: en part, ett organ eller alla parter av ett slag eller i en roll."),
            field="organisation",
        )
    if facts.organisation is None:
        return
    if not Membership.objects.filter(CURRENT, partnership=here, organisation=facts.organisation).exists():
        raise Refused(
            _("%(name)s är inte med i partnerskapet. Lägg till parten först.") % {"name": facts.organisation},
            field="organisation",
        )


def _refuse_elsewhere(here: Partnership, facts: CommitmentFacts) -> None:
    if facts.level is None:
        raise Refused(_("Välj nivå."), field="level")
    for field in ("level", "organ", "agreement"):
        row = getattr(facts, field)
        if row is not None and row.partnership_id != here.pk:
            raise Refused(_("Det hör till ett annat partnerskap. Välj ett av de egna."), field=field)
    if facts.clause is not None and facts.clause.agreement_id != getattr(facts.agreement, "pk", None):
        raise Refused(_("Punkten står i ett annat avtal. Välj en i samma avtal."), field="clause")


def _refuse_never_due(facts: CommitmentFacts) -> None:
    for field in ("starts_on", "ends_on", "due_on", "first_due"):
        possible(getattr(facts, field), field=field)
    if facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise Refused(_("Åtagandet slutar innan det börjar. Välj en senare dag."), field="ends_on")
    if (facts.first_due is None) != (facts.every_months is None):
        raise Refused(
            _("Skriv både första dagen och hur många månader det är mellan gångerna, eller inget av dem."),
            field="first_due" if facts.first_due is None else "every_months",
        )
    if facts.due_on is not None and facts.first_due is not None:
        raise Refused(_("Välj om det förfaller en gång eller återkommer."), field="due_on")
    for field in ("due_on", "first_due"):
        day = getattr(facts, field)
        if day is not None and (day < facts.starts_on or (facts.ends_on is not None and day > facts.ends_on)):
            raise Refused(_("Dagen ligger utanför den tid som åtagandet gäller."), field=field)


def _refuse_numbers(facts: CommitmentFacts) -> None:
    if not 0 < facts.weight <= MOST_WEIGHT or facts.weight != round(facts.weight, 2):
        raise Refused(_("Vikten är ett tal över noll, med högst två decimaler."), field="weight")
    if facts.every_months is not None and not 1 <= facts.every_months <= MOST_MONTHS:
        raise Refused(_("Skriv ett antal månader mellan 1 och 240."), field="every_months")
    if not 0 <= facts.grace_days <= MOST_GRACE:
        raise Refused(_("Skriv ett antal dagar mellan 0 och 3 660."), field="grace_days")
    if facts.quantity is not None and (
        not 0 <= facts.quantity <= MOST_QUANTITY or facts.quantity != round(facts.quantity, 2)
    ):
        raise Refused(_("Mängden är ett tal från noll, med högst två decimaler."), field="quantity")
