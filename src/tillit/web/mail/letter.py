"""What a mail is made of before it has words: a template, what goes into it, and files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse


class NotNeeded(Exception):
    """What the mail asks for has been done or taken back since it was written: it should not go out."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    type: str
    """Such as "text/calendar"."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`template` extends mail/_letter.txt; `page`, where there is one, is the same as HTML."""

    template: str
    context: Mapping[str, object]
    page: str = ""
    attachments: tuple[Attachment, ...] = field(default=())


def link_to(name: str, *args: object) -> str:
    """Return the whole address of a page, in the language that is written in."""
    return whole(reverse(name, args=args))


def whole(path: str) -> str:
    """Return an address that works outside the site, of one that begins with a slash."""
    return f"{settings.SITE_ADDRESS}{path}"
