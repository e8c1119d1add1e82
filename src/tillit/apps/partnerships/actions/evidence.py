"""Evidence is added by the party or the office, and accepted or refused by somebody who is not of the party.

The day that it speaks of, or the time that it names, says which time it supports; when it came in never does (I-26).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.documents.proving import address, kept
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of, in_order, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.reporting import Occasion
from tillit.apps.partnerships.commitment_facts import supporting
from tillit.apps.partnerships.models import Evidence
from tillit.apps.partnerships.occurring import a_time, column_of, days_of, not_its_own, owed_by
from tillit.core.governance.commitments import Evidence as Support


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """What evidence shows: a file, or an address to look at. `effective_on`: the day that it speaks of.

    `valid_until`: the first day on which it no longer holds, None where nobody has said any.
    """

    title: str
    effective_on: date
    valid_until: date | None = None
    file: "File[bytes] | None" = None
    link: str = ""


@transaction.atomic
def add_evidence(
    *,
    occasion: Occasion,
    facts: EvidenceFacts,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Evidence:
    """Return new evidence; the occasion's day is None where the effective day decides which time it is for.

    What was done too late lies outside every time, so such evidence names its own.

    :raises Refused: it is neither a file nor an address, speaks of a day to come, or is of no time that there is
    """
    commitment, today = occasion.commitment, day_of(at)
    locked(commitment.partnership)
    title = line(facts.title, field="title", most=200)
    link = address(facts.link, facts.file, field="link")
    _of_some_time(occasion, facts, today)
    keeper = occasion.party or commitment.organisation
    who: dict[str, Any] = {"by": by, "at": at, "acting_for": acting_for}
    version = kept(commitment, facts.file, title=title, keeper=keeper, field="file", **who)
    made = Evidence.objects.create(
        commitment=commitment,
        party=column_of(commitment, occasion.party),
        title=title,
        effective_on=facts.effective_on,
        due_on=occasion.due_on,
        valid_until=facts.valid_until,
        version=version,
        link=link,
        uploaded_at=at,
        uploaded_by=by,
    )
    audit.note("partnerships.evidence_added", subject=commitment, **who)
    return made


@transaction.atomic
def accept_evidence(
    *, evidence: Evidence, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Evidence:
    """Accept evidence as showing what it says. For the office.

    :raises Refused: it is of their own party, or accepted already
    """
    current = _to_judge(evidence, by, at)
    if current.accepted_on is not None:
        raise Refused(_("Underlaget är redan godtaget."))
    current.accepted_on, current.accepted_by, current.refused_reason = day_of(at), by, ""
    current.save(update_fields=["accepted_on", "accepted_by", "refused_reason"])
    audit.note("partnerships.evidence_accepted", subject=current.commitment, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def refuse_evidence(
    *, evidence: Evidence, reason: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Evidence:
    """Refuse evidence, also what was accepted before; what rested on it counts as reported and no more. For the office.

    :raises Refused: no reason is given, or it is of their own party
    """
    current = _to_judge(evidence, by, at)
    current.refused_reason = line(reason, field="reason", most=300)
    current.accepted_on = current.accepted_by = None
    current.save(update_fields=["accepted_on", "accepted_by", "refused_reason"])
    audit.note("partnerships.evidence_refused", subject=current.commitment, by=by, at=at, acting_for=acting_for)
    return current


def _to_judge(evidence: Evidence, by: Person, at: datetime) -> Evidence:
    locked(evidence.commitment.partnership)
    current = Evidence.objects.select_related("commitment", "party").get(pk=evidence.pk)
    not_its_own(by, current.commitment, current.party, day_of(at))
    return current


def _of_some_time(occasion: Occasion, facts: EvidenceFacts, today: date) -> None:
    possible(facts.effective_on, field="effective_on")
    possible(facts.valid_until, field="valid_until")
    if facts.effective_on > today:
        raise Refused(_("Dagen ligger i framtiden. Välj en dag som har varit."), field="effective_on")
    in_order(facts.effective_on, facts.valid_until, field="valid_until")
    if facts.valid_until == facts.effective_on:
        raise Refused(_("Underlaget gäller minst en dag. Välj en senare sista dag."), field="valid_until")
    if occasion.due_on is not None:
        a_time(occasion.commitment, occasion.party, occasion.due_on, today)
        return
    owes = owed_by(occasion.commitment, occasion.party)
    if not owes:
        raise Refused(_("Åtagandet är inte den partens. Välj en av parterna i listan."), field="party")
    days, support = days_of(owes, today), Support(facts.effective_on)
    if days and not any(supporting(each.promise, day, today, (support,)) for each in owes for day in days):
        raise Refused(
            _("Dagen hör inte till något tillfälle. Välj vilket tillfälle underlaget gäller."), field="due_on"
        )
