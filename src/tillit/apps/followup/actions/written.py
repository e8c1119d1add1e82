"""What is typed about indicators, as it is kept: texts, figures, and choices that are known."""

from collections.abc import Container
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import line
from tillit.core.text import nfc

LONGEST = 2000
MOST = Decimal(10) ** 12
DECIMALS = 6


def prose(text: str, *, field: str, most: int = LONGEST) -> str:
    """Return a text of several lines, in one Unicode form.

    :raises Refused: it is too long, cannot be shown, or holds a personal number
    """
    plain = "\n".join(nfc(text).strip().splitlines())  # a browser sends its own ends of lines
    line(" ".join(plain.split()), field=field, most=most, needed=False)
    if len(plain) > most:
        raise Refused(_("Texten är längre än %(most)s tecken. Korta den.") % {"most": most}, field=field)
    return plain


def figure(value: Decimal | None, *, field: str) -> Decimal | None:
    """Let a number pass that a column can hold. :raises Refused: it is too large, too fine, or no number"""
    if value is None:
        return None
    if not value.is_finite() or abs(value) >= MOST:
        raise Refused(_("Talet är för stort. Välj en större enhet, till exempel tusental."), field=field)
    if value != round(value, DECIMALS):
        raise Refused(_("Talet har fler än sex decimaler. Avrunda det."), field=field)
    return value


def known(value: object, words: Container[object], *, field: str) -> None:
    """Let a value pass that is one of those there are. :raises Refused: it is none"""
    if value not in words:
        raise Refused(_("Välj ett av alternativen."), field=field)
