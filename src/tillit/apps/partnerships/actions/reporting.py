"""What was due is reported by the party, judged by the office and never by the party itself, or let off by a decision.

There is one standing word on each time. A new one takes the place of the old, which is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.commitment_facts import Owed, key_of, said_of, supporting
from tillit.apps.partnerships.models import CURRENT, Commitment, CommitmentEvent
from tillit.apps.partnerships.occurring import a_time, column_of, not_its_own
from tillit.core.text import nfc

JUDGED = ("met", "partial", "not_met")
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A time that a commitment was due: whose, and the day; None where the commitment has no stated day."""

    commitment: Commitment
    party: Organisation | None = None
    due_on: date | None = None


@transaction.atomic
def report_occurrence(
    *,
    occasion: Occasion,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    note: str = "",
    done_on: date | None = None,
) -> CommitmentEvent:
    """Report that a commitment was met, for somebody else to judge. `done_on`: when it was; today where not said.

    :raises Refused: it is not due then, or it is judged as met, partly met or let off: the office changes that
    """
    today = _begin(occasion, at, note)
    said_on = _past(done_on, today)
    standing = _standing(occasion)
    if standing is not None and standing.verdict not in ("claimed", "not_met"):
        raise Refused(_("Tillfället är redan bedömt. Be kansliet ändra bedömningen om den är fel."), field="due_on")
    made = _say(occasion, standing, by, at, verdict="claimed", said_on=said_on, note=_note(note))
    audit.note("partnerships.occurrence_reported", subject=occasion.commitment, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def withdraw_report(
    *, event: CommitmentEvent, by: Person, at: datetime, acting_for: Organisation | None = None
) -> CommitmentEvent:
    """Take back a report that nobody has judged. It is kept, and no longer stands.

    :raises Refused: it is judged, or no longer stands
    """
    locked(event.commitment.partnership)
    standing = CommitmentEvent.objects.filter(CURRENT, pk=event.pk, verdict="claimed").first()
    if standing is None:
        raise Refused(_("Redovisningen är redan bedömd eller tillbakadragen. Läs in sidan igen."))
    standing.superseded_at = at
    standing.save(update_fields=["superseded_at"])
    audit.note("partnerships.report_withdrawn", subject=standing.commitment, by=by, at=at, acting_for=acting_for)
    return standing


@transaction.atomic
def verify_occurrence(
    *,
    occasion: Occasion,
    verdict: str,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    fraction: Decimal | None = None,
    done_on: date | None = None,
    note: str = "",
) -> CommitmentEvent:
    """Judge whether a commitment was met, partly (`fraction`, half where not said) or not. For the office.

    The day that it was done, which tells how late it was, is the one said here, else the report's, else today.

    :raises Refused: the party judges itself, what is needed is not shown, or there is still time to meet it
    """
    today = _begin(occasion, at, note)
    not_its_own(by, occasion.commitment, occasion.party, today)
    owes = a_time(occasion.commitment, occasion.party, occasion.due_on, today)
    _can_be_judged(occasion, owes, verdict, fraction, today)
    standing = _standing(occasion)
    told = standing.said_on if standing is not None and standing.verdict != "waived" else None
    said_on = _past(done_on or told, today)
    said = {"verdict": verdict, "said_on": said_on, "note": _note(note), "fraction": fraction}
    made = _say(occasion, standing, by, at, **said)
    audit.note(
        "partnerships.occurrence_judged",
        subject=occasion.commitment,
        by=by,
        at=at,
        acting_for=acting_for,
        verdict=verdict,
    )
    return made


@transaction.atomic
def waive_occurrence(
    *,
    occasion: Occasion,
    decision: str,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    note: str = "",
) -> CommitmentEvent:
    """Let a party off a time that it was due, by a decision that is named. For the office.

    :raises Refused: no decision is named, or the party lets itself off
    """
    today = _begin(occasion, at, note)
    not_its_own(by, occasion.commitment, occasion.party, today)
    named = line(decision, field="decision", most=300)
    said = {"verdict": "waived", "said_on": today, "note": _note(note), "decision": named}
    made = _say(occasion, _standing(occasion), by, at, **said)
    audit.note("partnerships.occurrence_waived", subject=occasion.commitment, by=by, at=at, acting_for=acting_for)
    return made


def _begin(occasion: Occasion, at: datetime, note: str) -> date:
    """Return the day of an act on a time that it is possible to speak of. :raises Refused:"""
    locked(occasion.commitment.partnership)
    today = day_of(at)
    a_time(occasion.commitment, occasion.party, occasion.due_on, today)
    refuse_personal_numbers(note=note)
    return today


def _can_be_judged(
    occasion: Occasion, owes: tuple[Owed, ...], verdict: str, fraction: Decimal | None, today: date
) -> None:
    if verdict not in JUDGED:
        raise Refused(_("Välj om det är uppfyllt, delvis uppfyllt eller inte uppfyllt."), field="verdict")
    if fraction is not None and (verdict != "partial" or not 0 < fraction < 1 or fraction != round(fraction, 3)):
        raise Refused(_("En andel mellan 0 och 1 skrivs bara när det är delvis uppfyllt."), field="fraction")
    commitment, due = occasion.commitment, occasion.due_on
    if verdict == "not_met" and due is not None and (today - due).days <= commitment.grace_days:
        raise Refused(_("Tiden har inte gått ut. Bedöm när sista dagen har varit."), field="verdict")
    if verdict != "not_met" and commitment.evidence_required and not _shown(occasion, owes, today):
        raise Refused(_("Åtagandet kräver underlag. Godta ett underlag för tillfället först."), field="verdict")


def _shown(occasion: Occasion, owes: tuple[Owed, ...], today: date) -> bool:
    """Return whether accepted evidence supports the time."""
    party = column_of(occasion.commitment, occasion.party)
    said = said_of(Q(commitment=occasion.commitment, party=party))
    accepted = said.evidence.get(key_of(occasion.commitment.pk, getattr(party, "pk", None)), ())
    return any(supporting(each.promise, occasion.due_on, today, accepted) for each in owes)


def _standing(occasion: Occasion) -> CommitmentEvent | None:
    party = column_of(occasion.commitment, occasion.party)
    return occasion.commitment.events.filter(CURRENT, party=party, due_on=occasion.due_on).first()


def _say(
    occasion: Occasion, standing: CommitmentEvent | None, by: Person | None, at: datetime, **said: Any
) -> CommitmentEvent:
    """Return the word that now stands, in the place of the one that stood."""
    words = {"fraction": None, "decision": "", **said}
    if standing is not None:
        return replace_row(standing, at=at, by=by, **words)
    return CommitmentEvent.objects.create(
        commitment=occasion.commitment,
        party=column_of(occasion.commitment, occasion.party),
        due_on=occasion.due_on,
        recorded_at=at,
        recorded_by=by,
        **words,
    )


def _past(day: date | None, today: date) -> date:
    possible(day, field="done_on")
    if day is not None and day > today:
        raise Refused(_("Dagen ligger i framtiden. Välj en dag som har varit."), field="done_on")
    return day or today


def _note(text: str) -> str:
    plain = nfc(text).strip()
    if len(plain) > LONGEST_NOTE:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": LONGEST_NOTE}, field="note")
    return plain
