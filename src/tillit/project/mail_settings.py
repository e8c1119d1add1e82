"""Reads what the environment says of mail. A setting that cannot be read stops the start, with its remedy."""

import re
from collections.abc import Sequence
from email.utils import parseaddr

from django.core.exceptions import ImproperlyConfigured

from tillit.project import environment as env

PORTS = {"starttls": 587, "tls": 465, "none": 25}


def security() -> str:
    """Return how the line to the mail server is kept from others: starttls, tls or none."""
    value = env.text("TILLIT_MAIL_SECURITY", "starttls").lower()
    if value not in PORTS:
        raise ImproperlyConfigured(f"TILLIT_MAIL_SECURITY={value!r} is not known. Set it to {', '.join(PORTS)}.")
    return value


def site_address(hosts: Sequence[str], *, https: bool) -> str:
    """Return where the site is found from outside, without a slash at the end. "" when nothing tells it."""
    given = env.text("TILLIT_ADDRESS").rstrip("/")
    if given:
        if not re.fullmatch(r"https?://[\w.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?", given, re.ASCII):
            raise ImproperlyConfigured(
                f"TILLIT_ADDRESS={given!r} is not the address of a site. Write it as https://tillit.example.se"
            )
        return given
    named = next((host for host in hosts if not host.startswith((".", "*"))), "")
    return f"{'https' if https else 'http'}://{named}" if named else ""


def sender(address: str) -> str:
    """Return from whom mail comes; no-reply at the site's own name when nothing else is set."""
    host = re.sub(r"^https?://|:\d+$", "", address) or "localhost"
    given = env.text("TILLIT_MAIL_FROM") or f"Tillit <no-reply@{host}>"
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(given)[1]):
        raise ImproperlyConfigured(f"TILLIT_MAIL_FROM={given!r} holds no address. Write Tillit <tillit@example.se>")
    return given
