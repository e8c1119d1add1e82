"""A question answered: by the one it was put to, by somebody who stands in, or with a signed link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking, assessing, gates
from tillit.apps.collaborations.actions.submitting import move_to, tried_or_refused
from tillit.apps.collaborations.answerers import standing
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.stopping import refuse_open
from tillit.apps.collaborations.whole import Whole, locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.parties.conditions import day_of
from tillit.core.process import states
from tillit.core.text import personal_number_in

Answer = Literal["approved", "conditions", "declined"]


@transaction.atomic
def answer(
    *,
    approval: Approval,
    answer: Answer,
    seen_version: int,
    by: Person,
    at: datetime,
    conditions: str = "",
    reason: str = "",
    by_link: bool = False,
) -> Approval:
    """Answer a question about the version that the answerer has seen, and let the collaboration go on.

    :raises Refused: it is answered or taken back already, the person may not answer it, what was seen has changed,
        conditions or a reason is missing, or the engine finds something in the way of a check or a review
    """
    collaboration = locked(approval.collaboration_id)
    current = Approval.objects.select_related("organisation", "unit", "participant", "version", "answered_by").get(
        pk=approval.pk
    )
    behalf = _may(current, collaboration, seen_version, by, at)
    conditions, reason = _worded(answer, conditions, reason)
    if answer != "declined":
        _refuse_unready(current, whole_of(collaboration), at)
    _write(current, _Given(answer, conditions, reason, by, behalf, by_link), at)
    _go_on(collaboration, current, answer, reason, by=by, at=at)
    current.refresh_from_db()
    return current


@dataclass(frozen=True, slots=True)
class _Given:
    answer: Answer
    conditions: str
    reason: str
    by: Person
    behalf: Person | None
    by_link: bool


def _write(approval: Approval, given: _Given, at: datetime) -> None:
    """Write an answer where none stands yet, and call off what was written to those who were asked.

    :raises Refused: somebody else answered in the same moment
    """
    written = Approval.objects.filter(pk=approval.pk, answer="waiting", version=approval.version_id).update(
        answer=given.answer,
        answered_at=at,
        answered_by=given.by,
        on_behalf_of=given.behalf,
        conditions=given.conditions,
        reason=given.reason,
        by_link=given.by_link,
    )
    if not written:
        raise Refused(_("Någon annan hann svara. Ladda om sidan och se vad svaret blev."))
    outbox.call_off(key_prefix=f"approval:{approval.pk}:", at=at)
    audit.note(
        f"collaborations.answered_{given.answer}",
        subject=approval,
        by=given.by,
        at=at,
        acting_for=approval.organisation,
        collaboration=str(approval.collaboration_id),
        version=approval.version.number,
        by_link=given.by_link,
        on_behalf_of=str(given.behalf.pk) if given.behalf else "",
    )


def _may(
    approval: Approval, collaboration: Collaboration, seen_version: int, by: Person, at: datetime
) -> Person | None:
    """Return in whose place a person answers, None for their own.

    :raises Refused: the question is not open, is not theirs, or has changed since they read it
    """
    if approval.answer == "lapsed" or collaboration.state not in states.BEING_APPROVED:
        raise Refused(_("Frågan är återtagen. Du behöver inte svara."))
    if approval.answer != "waiting":
        who = approval.answered_by.name if approval.answered_by else ""
        raise Refused(
            _("%(name)s har redan svarat: %(answer)s.") % {"name": who, "answer": approval.get_answer_display()}
        )
    found = standing(approval, by, day_of(at))
    if found is None:
        if approval.participant is not None and approval.participant.person_id == by.pk:
            raise Refused(_("Ingen godkänner sitt eget deltagande. Be den som är chef över dig."))
        raise Refused(_("Frågan är inte ställd till dig."))
    if seen_version != approval.version.number:
        raise Refused(_("Planen har ändrats sedan du läste den. Se vad som är nytt och svara igen."))
    return found.on_behalf_of


def _worded(answer: Answer, conditions: str, reason: str) -> tuple[str, str]:
    conditions, reason = conditions.strip(), reason.strip()
    if answer == "conditions" and not conditions:
        raise Refused(_("Skriv vilka villkor som gäller."), field="conditions")
    if answer == "declined" and not reason:
        raise Refused(_("Skriv varför. Den som frågade får läsa det."), field="reason")
    for field, text in (("conditions", conditions), ("reason", reason)):
        if personal_number_in(text):
            raise Refused(_("Ett personnummer får inte stå här. Skriv namn eller roll i stället."), field=field)
    return conditions if answer == "conditions" else "", reason


def _refuse_unready(approval: Approval, whole: Whole, at: datetime) -> None:
    """Refuse a check or a review while the engine finds something in the way of the side that makes it.

    :raises Refused: a stop, something missing, a judgement not made, a warning not answered
    """
    if approval.kind == states.EMPLOYER:
        return
    result = tried_or_refused(whole, at=at)
    asked = "company" if approval.kind == states.COMPANY_CHECK else "all"
    found = gates.hindrances(result.check, asked=asked, employers_answered=False)
    warned = gates.unanswered(result.warnings, (each.key for each in whole.acknowledgements))
    refuse_open((*found, *(warned if approval.kind == states.CARE_REVIEW else ())))


def _go_on(
    collaboration: Collaboration, approval: Approval, answer: Answer, reason: str, *, by: Person, at: datetime
) -> None:
    if answer == "declined" and approval.kind != states.EMPLOYER:
        move_to(
            collaboration, states.DECLINED, reason, by=by, acting_for=approval.organisation, at=at, audit_as="declined"
        )
        return
    whole = whole_of(collaboration)
    result = tried_or_refused(whole, at=at)
    if approval.kind == states.EMPLOYER:
        assessing.keep(whole, result, at=at, today=day_of(at))
        asking.tell_answer(whole, approval, at=at)
    collaboration.revision += 1
    collaboration.changed_at = at
    collaboration.save(update_fields=["revision", "changed_at"])
    asking.advance(collaboration, result, at=at)


def answer_several(
    *, approvals: Iterable[tuple[Approval, int]], by: Person, at: datetime, by_link: bool = False
) -> tuple[list[Approval], list[tuple[Approval, Refused]]]:
    """Approve several at once, each with the version that was seen; return those that went and those that did not.

    Each is an act of its own: one that cannot be given does not take the others with it.
    """
    given: list[Approval] = []
    refused: list[tuple[Approval, Refused]] = []
    for approval, seen in approvals:
        try:
            given.append(answer(approval=approval, answer="approved", seen_version=seen, by=by, at=at, by_link=by_link))
        except Refused as why:
            refused.append((approval, why))
    return given, refused


@transaction.atomic
def ask_again(*, approval: Approval, by: Person, acting_for: object, at: datetime) -> Approval:
    """Ask an employer again that has said no, after a change or a talk.

    :raises Refused: the answer was no no, or the question is not about the plan as it stands
    """
    collaboration = locked(approval.collaboration_id)
    current = Approval.objects.select_related("participant", "version").get(pk=approval.pk)
    whole = whole_of(collaboration)
    if current.answer != "declined" or collaboration.state not in states.BEING_APPROVED:
        raise Refused(_("Bara ett nej kan frågas om igen, och bara medan planen behandlas."))
    if (
        Approval.objects.filter(follows=current).exists()
        or current.participant is None
        or current.participant.removed_at
    ):
        raise Refused(_("Frågan är redan ställd igen eller gäller någon som inte längre är med."))
    named = {"organisation_id": current.organisation_id, "unit_id": current.unit_id, "participant": current.participant}
    asked = asking.ask(whole, current.kind, named, at=at, follows=current)
    audit.note("collaborations.asked_again", subject=asked, by=by, at=at, acting_for=acting_for)
    return asked
