"""Moves a collaboration as far as its answers let it: asks those whose turn it is, re-opens what a change touches."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tillit.apps.audit import actions as audit
from tillit.apps.collaborations import gates
from tillit.apps.collaborations.answerers import answerers
from tillit.apps.collaborations.assessing import Tried
from tillit.apps.collaborations.models import Approval, Collaboration, Participant, Party, Version
from tillit.apps.collaborations.whole import Whole, whole_of
from tillit.apps.outbox import actions as outbox
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import Approver
from tillit.core.process import states
from tillit.core.process.reach import touching

DAYS_TO_ANSWER = 7
"""Days until an answer is due, when the collaboration does not begin before that. Ours: no text states any."""


def required(whole: Whole, kind: str) -> list[tuple[Party | Participant, dict[str, Any]]]:
    """Return whom a kind of approval is asked of, each as the columns that name the question.

    An organisation that has left the collaboration is not asked of its people: they stay in the way of its approval,
    until the plan has them no more.
    """
    if kind == states.EMPLOYER:
        gone = _gone(whole)
        return [
            (each, {"organisation_id": each.employer_id, "unit_id": each.unit_id, "participant": each})
            for each in whole.participants
            if each.employer is not None and each.employer.is_care and each.side in ("care", "")
            if each.employer_id not in gone
        ]
    side = "company" if kind == states.COMPANY_CHECK else "care"
    return [
        (each, {"organisation_id": each.organisation_id, "unit_id": each.unit_id, "participant": None})
        for each in whole.side(side)
    ]


def _gone(whole: Whole) -> frozenset[UUID]:
    return frozenset(each.organisation_id for each in whole.parties if each.left_at is not None)


def latest(whole: Whole, kind: str, named: Mapping[str, Any]) -> Approval | None:
    """Return the answer or question that stands for what is required."""
    participant = named["participant"]
    return whole.latest(
        kind, named["organisation_id"], participant.pk if isinstance(participant, Participant) else None
    )


def open_kinds(whole: Whole) -> frozenset[str]:
    """Return the kinds of approval that something required is still missing of."""
    missing = set()
    for kind in states.APPROVAL_KINDS:
        for _who, named in required(whole, kind):
            standing = latest(whole, kind, named)
            if standing is None or not standing.is_given:
                missing.add(kind)
    return frozenset(missing)


def advance(collaboration: Collaboration, result: Tried, *, at: datetime) -> Whole:
    """Move a submitted collaboration to the step that its answers allow, and ask those whose turn it is.

    Stays with the employers while the engine still finds something in the way. Inside the act's transaction.
    """
    whole = whole_of(collaboration)
    step = states.step_of(open_kinds(whole))
    if step == states.APPROVED and in_the_way(whole, result):
        step = states.CARE_REVIEWED
    if step != collaboration.state:
        collaboration.state, collaboration.state_since = step, at
        collaboration.save(update_fields=["state", "state_since"])
        audit.note(f"collaborations.now_{step}", subject=collaboration, by=None, at=at)
        if step == states.APPROVED:
            tell(whole, "approved", at)
    kind = states.WAITING_FOR.get(step)
    if kind is not None:
        for _who, named in required(whole, kind):
            if latest(whole, kind, named) is None:
                ask(whole, kind, named, at=at)
    if step == states.CARE_REVIEWED:
        _invite(whole, at)
    return whole_of(collaboration)


def in_the_way(whole: Whole, result: Tried) -> tuple[gates.Hindrance, ...]:
    """Return all that stands between a collaboration and its approval, the answers of people left out."""
    return (
        *gates.hindrances(result.check),
        *gates.unanswered(result.warnings, (each.key for each in whole.acknowledgements)),
    )


def ask(
    whole: Whole, kind: str, named: Mapping[str, Any], *, at: datetime, follows: Approval | None = None
) -> Approval:
    """Put a question, and write to those who may answer it."""
    assert whole.version is not None
    approval = Approval.objects.create(
        collaboration=whole.collaboration,
        kind=kind,
        version=whole.version,
        follows=follows,
        asked_at=at,
        due_on=min(day_of(at) + timedelta(days=DAYS_TO_ANSWER), max(whole.collaboration.starts_on, day_of(at))),
        **named,
    )
    audit.note("collaborations.asked", subject=approval, by=None, at=at, kind=kind, version=whole.version.number)
    write_to_answerers(approval, "approval_changed" if follows else "approval_request", at=at)
    return approval


def write_to_answerers(approval: Approval, kind: str, *, at: datetime) -> None:
    """Write to everybody who may answer a question. The same thing about the same version is written once."""
    for each in answerers(approval, day_of(at)):
        key = f"approval:{approval.pk}:{kind}:{approval.version.number}:{each.person.pk}"
        write_to(approval, each, kind=kind, key=key, at=at)


def write_to(approval: Approval, to: Approver, *, kind: str, key: str, at: datetime) -> None:
    """Write to one who may answer a question, in whose place where it is somebody else's."""
    behalf = str(to.on_behalf_of.pk) if to.on_behalf_of else ""
    outbox.write(
        key=key, kind=kind, to=to.person, context={"approval": str(approval.pk), "on_behalf_of": behalf}, at=at
    )


def reopen(whole: Whole, before: Version, after: Version, *, at: datetime) -> list[Approval]:
    """Re-open exactly the approvals that a change touches; return the new questions.

    A question that waits and is touched is asked about the new version instead, and those who have it are told. The
    answer of an organisation that has left does not stand when it is touched, and is not asked for anew.
    """
    asked: list[Approval] = []
    followed = {each.follows_id for each in whole.approvals}
    for approval in whole.approvals:
        if approval.answer in ("lapsed", "declined") or approval.pk in followed:
            continue
        participant = approval.participant
        if participant is not None and participant.removed_at is not None:
            lapse(approval, at=at)
            continue
        touched = touching(approval.kind, participant.record_id if participant else "", before.content, after.content)
        if not touched:
            continue
        if approval.answer == "waiting":
            Approval.objects.filter(pk=approval.pk, answer="waiting").update(version=after)
            approval.version = after
            outbox.call_off(key_prefix=f"approval:{approval.pk}:", at=at)
            write_to_answerers(approval, "approval_changed", at=at)
            continue
        named = {"organisation_id": approval.organisation_id, "unit_id": approval.unit_id, "participant": participant}
        again = ask(whole, approval.kind, named, at=at, follows=approval)
        if approval.organisation_id in _gone(whole):
            lapse(again, at=at)
        else:
            asked.append(again)
    return asked


def lapse(approval: Approval, *, at: datetime) -> None:
    """Take back a question that nobody needs to answer any more. An answer that was given stays on file."""
    if Approval.objects.filter(pk=approval.pk, answer="waiting").update(answer="lapsed"):
        outbox.call_off(key_prefix=f"approval:{approval.pk}:", at=at)
        audit.note("collaborations.question_lapsed", subject=approval, by=None, at=at)


def _invite(whole: Whole, at: datetime) -> None:
    for each in whole.participants:
        if each.person is not None:
            outbox.write(
                key=f"participant:{each.pk}:invited",
                kind="participant_invitation",
                to=each.person,
                context={"participant": str(each.pk)},
                at=at,
            )


def tell(whole: Whole, what: str, at: datetime) -> None:
    """Tell the contacts of both sides how it went."""
    collaboration = whole.collaboration
    for party in whole.parties:
        if party.contact is not None and party.left_at is None:
            outbox.write(
                key=f"collaboration:{collaboration.pk}:{what}:{collaboration.version}:{party.contact_id}",
                kind="decided",
                to=party.contact,
                context={"collaboration": str(collaboration.pk), "what": what},
                at=at,
            )


def tell_left(whole: Whole, organisation: Organisation, reason: str, at: datetime) -> None:
    """Tell the contacts of those who stay that an organisation has left, and why."""
    collaboration = whole.collaboration
    for party in whole.parties:
        if party.contact is not None and party.left_at is None:
            outbox.write(
                key=f"collaboration:{collaboration.pk}:left:{organisation.pk}:{at.isoformat()}:{party.contact_id}",
                kind="party_left",
                to=party.contact,
                context={
                    "collaboration": str(collaboration.pk),
                    "organisation": str(organisation.pk),
                    "reason": reason,
                },
                at=at,
            )


def tell_answer(whole: Whole, approval: Approval, *, at: datetime) -> None:
    """Tell a participant what the employer answered, and the proposer's contact when it was no."""
    approval.refresh_from_db()
    person = approval.participant.person if approval.participant is not None else None
    to = {each.pk: each for each in (person,) if each is not None}
    if approval.answer == "declined":
        to |= {each.contact.pk: each.contact for each in whole.parties if each.role == "proposer" and each.contact}
    for each in to.values():
        outbox.write(
            key=f"answer:{approval.pk}:{each.pk}",
            kind="decided",
            to=each,
            context={"approval": str(approval.pk), "what": "employer"},
            at=at,
        )
