"""A message of the outbox as a mail, in the language of the one who gets it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from tillit.apps.outbox.models import Message
from tillit.web.mail.kinds import KINDS
from tillit.web.mail.letter import Attachment


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]


def rendered(message: Message, *, at: datetime) -> Mail:
    """Return what a message says at a moment. :raises NotNeeded: it should not go out any more"""
    with override(message.to.language):
        letter = KINDS[message.kind](message, at)
        context = {**letter.context, "to": message.to, "site": settings.SITE_ADDRESS}
        head, _, body = render_to_string(letter.template, context).strip().partition("\n\n")
        page = render_to_string(letter.page, context) if letter.page else None
    # What somebody has written may hold a line break; a subject may not.
    return Mail(" ".join(head.split()), _evened(body), page, letter.attachments)


def as_email(message: Message, mail: Mail) -> EmailMultiAlternatives:
    """Return the mail ready to be sent.

    Its Message-ID is made of the message's own key: a second copy, after a stop between sending and marking, is known
    by mail servers and readers to be the same mail.
    """
    email = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[message.to.email],
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.SITE_ADDRESS).hostname}>",
            "Auto-Submitted": "auto-generated",  # so that nobody's holiday reply comes back
            "Content-Language": message.to.language,
        },
    )
    if mail.html is not None:
        email.attach_alternative(mail.html, "text/html")
    for each in mail.attachments:
        email.attach(each.name, each.content, each.type)
    return email


def _evened(body: str) -> str:
    """Return a text without the gaps that a template's own lines leave behind."""
    kept: list[str] = []
    for line in map(str.rstrip, body.strip().splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept) + "\n"
