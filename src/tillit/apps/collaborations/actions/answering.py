"""A question answered: by the one it was put to, by somebody who stands in, or with a signed link; or asked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import asking, assessing, gates
from tillit.apps.collaborations.access import WRITES
from tillit.apps.collaborations.actions.submitting import move_to, tried_or_refused
from tillit.apps.collaborations.answerers import answerers, standing
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.stopping import refuse_open
from tillit.apps.collaborations.whole import Whole, locked, whole_of
from tillit.apps.errors import Refused
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.queries import written
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.seats import seats_of
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
def ask_again(*, approval: Approval, by: Person, acting_for: Organisation, at: datetime) -> Approval:
    """Ask an employer again that has said no, after a change or a talk; or send a question that waits once more.

    What waits stays the same question: those who may answer it now get it, with a link that works. Once a day.

    :raises Refused: the one who asks writes for neither side of the question, it is answered otherwise or taken back,
        is not about the plan as it stands, or was sent today already
    """
    collaboration = locked(approval.collaboration_id)
    rows = Approval.objects.select_related("organisation", "unit", "participant", "version")
    current = rows.get(pk=approval.pk)
    whole = whole_of(collaboration)
    if not _may_ask(whole, current, by, acting_for, day_of(at)):
        raise Refused(_("Bara den som skriver i samverkan för någon av sidorna kan fråga igen."))
    if not can_be_asked_again(whole, current):
        raise Refused(_("Bara ett nej eller en fråga som väntar kan ställas igen, och bara medan planen behandlas."))
    if current.answer == "waiting":
        _send_again(current, at)
        asked = current
    else:
        named = {name: getattr(current, name) for name in ("organisation_id", "unit_id", "participant")}
        asked = asking.ask(whole, current.kind, named, at=at, follows=current)
    audit.note("collaborations.asked_again", subject=asked, by=by, at=at, acting_for=acting_for)
    return asked


def can_be_asked_again(whole: Whole, approval: Approval) -> bool:
    """Return whether a question waits, or is an employer's no that nothing has followed, of somebody still taking part.

    A check or a review that says no ends the collaboration; what has lapsed is asked anew by itself where it is needed.
    """
    if whole.collaboration.state not in states.BEING_APPROVED:
        return False
    if approval.answer == "waiting":
        return True
    stands = approval.pk not in {each.follows_id for each in whole.approvals}
    takes_part = approval.participant is not None and approval.participant.removed_at is None
    return approval.answer == "declined" and stands and takes_part


def _may_ask(whole: Whole, approval: Approval, by: Person, acting_for: Organisation, today: date) -> bool:
    """Return whether a person writes for a party that is on the proposer's side or on that of the one who is asked."""
    sides = {approval.organisation.side, *(each.side for each in whole.parties if each.role == "proposer")}
    party = next((each for each in whole.parties if each.organisation_id == acting_for.pk), None)
    if party is None or party.left_at is not None or party.side not in sides:
        return False
    seats = (each for each in seats_of(by, today) if each.organisation_id == acting_for.pk)
    return any(each.role_names & WRITES for each in seats)


def _send_again(approval: Approval, at: datetime) -> None:
    """Write a question anew to those who may answer it today.

    :raises Refused: they were written to today already, or nobody can answer it
    """
    to = answerers(approval, day_of(at))
    if not to:
        raise Refused(_("Ingen hos dem kan svara. Be deras administratör att utse någon."))
    key = f"approval:{approval.pk}:again:{approval.version.number}:{day_of(at).isoformat()}:"
    if written(key_prefix=key):
        raise Refused(_("Frågan är redan skickad igen i dag. Vänta till i morgon, eller ring."))
    for each in to:
        asking.write_to(approval, each, kind="approval_request", key=f"{key}{each.person.pk}", at=at)
