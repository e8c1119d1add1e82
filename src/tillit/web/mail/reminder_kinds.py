"""The reminders: of a question without an answer, of an outcome to report or to close. What matters, and one link."""

from datetime import datetime

from tillit.apps.collaborations import access
from tillit.apps.collaborations.answerers import answerers, standing
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.queries.approvals import question
from tillit.apps.collaborations.reminding import since_of
from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.queries import has_role, successor
from tillit.core.process import states
from tillit.web.language import tongue
from tillit.web.mail.approval_kinds import answer_link
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def reminded(message: Message, at: datetime) -> Letter:
    """Return a question anew. :raises NotNeeded: it is answered, changed or taken back, or no longer theirs"""
    approval = _waiting(message)
    mine = standing(approval, message.to, day_of(at))
    if mine is None:
        raise NotNeeded
    context = {
        "question": question(approval, tongue()),
        "late": _late(approval, at),
        "behalf": mine.on_behalf_of,
        "link": answer_link(message, approval, at),
        "by_link": message.to.user_id is None,
    }
    return Letter("mail/approval_reminder.txt", context)


def escalated(message: Message, at: datetime) -> Letter:
    """Return that nobody answers a question, to who can see to it; what it is about only to who may read it.

    :raises NotNeeded: it is answered, changed or taken back
    """
    approval = _waiting(message)
    here = successor(approval.organisation, day_of(at))
    reads = has_role(message.to, here, access.READS, day_of(at), unit=approval.unit)
    shown = question(approval, tongue())
    able = answerers(approval, day_of(at))
    context = {
        "question": shown,
        "reads": reads,
        "late": _late(approval, at),
        "able": [each.person.name for each in able],
        "link": link_to("collaborations:show", shown.public_id) if reads else link_to("parties:people", here.pk),
    }
    return Letter("mail/approval_escalation.txt", context)


def outcome(message: Message, at: datetime) -> Letter:
    """Return that an outcome is to be reported. :raises NotNeeded: it is, or the days are others now"""
    return Letter("mail/outcome_reminder.txt", _of(message, at))


def closing(message: Message, at: datetime) -> Letter:
    """Return that an outcome is to be closed. :raises NotNeeded: it is, or was sent back"""
    return Letter("mail/closing_reminder.txt", _of(message, at))


def _waiting(message: Message) -> Approval:
    approval = Approval.objects.select_related("organisation", "unit", "participant", "version", "collaboration").get(
        pk=message.context["approval"]
    )
    asked = approval.answer == "waiting" and approval.collaboration.state in states.BEING_APPROVED
    if not asked or approval.version.number != message.context["version"]:
        raise NotNeeded
    return approval


def _late(approval: Approval, at: datetime) -> int:
    """Return how many days ago an answer was due; 0 or less where it is not overdue."""
    return (day_of(at) - approval.due_on).days if approval.due_on is not None else 0


def _of(message: Message, at: datetime) -> dict[str, object]:
    found = Collaboration.objects.get(pk=message.context["collaboration"])
    if (found.state, since_of(found).isoformat()) != (message.context["state"], message.context["since"]):
        raise NotNeeded
    return {
        "found": found,
        "days": (day_of(at) - since_of(found)).days,
        "link": link_to("collaborations:outcome", found.public_id),
    }


REMINDER_KINDS = {
    "approval_reminder": reminded,
    "approval_escalation": escalated,
    "outcome_reminder": outcome,
    "closing_reminder": closing,
}
