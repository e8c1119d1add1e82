"""The mails about questions, answers and invitations: what matters, and one link."""

from datetime import datetime

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.actions.links import link_for, token_of
from tillit.apps.collaborations.models import STATE_WORDS, Approval, Collaboration, Participant
from tillit.apps.collaborations.queries.approvals import question
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Organisation
from tillit.core.process import states
from tillit.web.language import tongue
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def asked(message: Message, at: datetime) -> Letter:
    """Return a question, asked, changed or asked again. :raises NotNeeded: it has been answered or taken back"""
    approval = Approval.objects.select_related("organisation").get(pk=message.context["approval"])
    if approval.answer != "waiting":
        raise NotNeeded
    behalf = Person.objects.filter(pk=key).first() if (key := message.context.get("on_behalf_of")) else None
    context = {
        "question": question(approval, tongue()),
        "changed": message.kind == "approval_changed",
        "behalf": behalf,
        "link": answer_link(message, approval, at),
        "by_link": message.to.user_id is None,
    }
    return Letter("mail/approval.txt", context)


def answer_link(message: Message, approval: Approval, at: datetime) -> str:
    """Return where the question is answered: by a signed link for somebody without an account."""
    if message.to.user_id is not None:
        return link_to("approvals:question", approval.pk)
    return link_to("approvals:link", token_of(link_for(person=message.to, approval=approval, at=at)))


def decided(message: Message, _at: datetime) -> Letter:
    """Return how a collaboration, or an employer's approval, was decided."""
    if "approval" in message.context:
        approval = Approval.objects.select_related("collaboration", "participant__person").get(
            pk=message.context["approval"]
        )
        return Letter("mail/answered.txt", {"approval": approval, "title": approval.collaboration.title})
    found = Collaboration.objects.get(pk=message.context["collaboration"])
    return Letter("mail/decided.txt", {"found": found, "state": STATE_WORDS[found.state]})


def left(message: Message, _at: datetime) -> Letter:
    """Return that an organisation has left a collaboration, and what it means for what goes on."""
    found = Collaboration.objects.get(pk=message.context["collaboration"])
    context = {
        "found": found,
        "state": STATE_WORDS[found.state],
        "planned": found.state in states.PLANNED,
        "organisation": Organisation.objects.get(pk=message.context["organisation"]).name,
        "reason": message.context["reason"],
        "link": link_to("collaborations:show", found.public_id),
    }
    return Letter("mail/party_left.txt", context)


def invited(message: Message, _at: datetime) -> Letter:
    """Return an invitation to take part. :raises NotNeeded: the person is no longer among the participants"""
    found = Participant.objects.select_related("collaboration", "employer").get(pk=message.context["participant"])
    if found.removed_at is not None:
        raise NotNeeded
    link = link_to("approvals:invitations") if message.to.user_id is not None else ""
    return Letter("mail/participant.txt", {"found": found, "about": found.collaboration, "link": link})


APPROVAL_KINDS = {
    "approval_request": asked,
    "approval_changed": asked,
    "decided": decided,
    "party_left": left,
    "participant_invitation": invited,
}
