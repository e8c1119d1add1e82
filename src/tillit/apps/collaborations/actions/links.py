"""Signed links, with which somebody without an account answers: for one person, once, until a time."""

import uuid
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations.actions.answering import Answer, answer
from tillit.apps.collaborations.models import Approval, ApprovalLink
from tillit.apps.errors import Refused

SALT = "tillit.approval-link"
DAYS = 14
"""How long a link can be used. Ours: long enough for a holiday week, short enough to be useless in an old mailbox."""


@transaction.atomic
def make_link(*, person: Person, approvals: list[Approval], at: datetime) -> ApprovalLink:
    """Make a link with which a person answers questions; earlier ones about any of them are withdrawn."""
    ApprovalLink.objects.filter(
        person=person, approvals__in=approvals, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    link = ApprovalLink.objects.create(person=person, made_at=at, expires_at=at + timedelta(days=DAYS))
    link.approvals.set(approvals)
    audit.note("collaborations.link_made", subject=link, by=None, at=at)
    return link


def token_of(link: ApprovalLink) -> str:
    """Return the signed token of a link, for its address. It holds the link's key and nothing else.

    No time is signed, so that a mail that is sent a second time holds the very same address.
    """
    return signing.Signer(salt=SALT).sign_object(str(link.pk))


def link_of(token: str, *, at: datetime) -> ApprovalLink:
    """Return the link that a token names, if it can be used. Opening it uses nothing up: a mail filter opens links too.

    :raises Refused: the token is not ours, the link is used, withdrawn or too old
    """
    try:
        key = uuid.UUID(signing.Signer(salt=SALT).unsign_object(token))
        link = ApprovalLink.objects.select_related("person__user").get(pk=key)
    except (signing.BadSignature, ValueError, ApprovalLink.DoesNotExist):
        raise Refused(_("Länken går inte att använda. Öppna den direkt från brevet, hel och hållen.")) from None
    if link.used_at is not None:
        raise Refused(
            _("Länken är redan använd: svaret är givet. Behöver du ändra det, hör av dig till den som frågade.")
        )
    if link.withdrawn_at is not None:
        raise Refused(_("Länken är ersatt av en nyare. Använd den i det senaste brevet."))
    if link.expires_at <= at:
        raise Refused(_("Länken är för gammal. Be den som frågade om en ny."))
    return link


@transaction.atomic
def opened(*, link: ApprovalLink, at: datetime) -> None:
    """Note that somebody opened a link."""
    audit.note("collaborations.link_opened", subject=link, by=link.person, at=at)


@transaction.atomic
def answer_by_link(
    *,
    token: str,
    approval: Approval,
    answer_given: Answer,
    seen_version: int,
    at: datetime,
    conditions: str = "",
    reason: str = "",
) -> Approval:
    """Answer a question with a link. The link is used up when everything it was made for has been answered.

    :raises Refused: the link cannot be used or is about something else, or the question cannot be answered
    """
    link = link_of(token, at=at)
    locked_link = ApprovalLink.objects.select_for_update().get(pk=link.pk)
    if locked_link.used_at is not None:
        raise Refused(
            _("Länken är redan använd: svaret är givet. Behöver du ändra det, hör av dig till den som frågade.")
        )
    if not locked_link.approvals.filter(pk=approval.pk).exists():
        raise Refused(_("Länken gäller en annan fråga."))
    given = answer(
        approval=approval,
        answer=answer_given,
        seen_version=seen_version,
        by=link.person,
        at=at,
        conditions=conditions,
        reason=reason,
        by_link=True,
    )
    if not locked_link.approvals.filter(answer="waiting").exists():
        ApprovalLink.objects.filter(pk=link.pk).update(used_at=at)
    return given


@transaction.atomic
def link_for(*, person: Person, approval: Approval, at: datetime) -> ApprovalLink:
    """Return the link with which a person answers a question: the one there is while it can be used, else a new one."""
    there = ApprovalLink.objects.filter(
        person=person, approvals=approval, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).first()
    return there or make_link(person=person, approvals=[approval], at=at)
