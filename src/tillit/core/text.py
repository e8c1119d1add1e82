"""Text as people write it: one Unicode form, and personal identity numbers found so that they can be refused."""

import re
import unicodedata
from datetime import date

_WITH_CENTURY = 8
_COORDINATION = 60
_CANDIDATE = re.compile(r"(?<!\d)((?:1[89]|20)?\d{6})[\s\-+\u2010-\u2015\u2212.]{0,3}(\d{4})(?!\d)")


def nfc(text: str) -> str:
    """Return the text in Unicode's composed form, so that "å" is one letter however it was typed."""
    return unicodedata.normalize("NFC", text)


def personal_number_in(text: str) -> str | None:
    """Return the first Swedish personal identity or coordination number in a text, or None.

    Ten or twelve digits with or without a separator, a date that can be (a coordination number has 60 added to the
    day) and a right check digit. An organisation number has at least 2 as its third digit, so its "month" is at least
    20 and it is never taken for one. Source: folkbokföringslagen (1991:481) 18–18 a §§ for the form.
    """
    plain = unicodedata.normalize("NFKC", text)
    seen = (sign for sign in plain if unicodedata.category(sign) != "Cf")  # soft hyphens, joiners: nobody sees them
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen)
    for found in _CANDIDATE.finditer(digits):
        day, last = found.group(1), found.group(2)
        if _is_a_day(day) and _check_digit_holds(day[-6:] + last):
            return found.group(0)
    return None


def _is_a_day(digits: str) -> bool:
    years = [int(digits[:4])] if len(digits) == _WITH_CENTURY else [1900 + int(digits[:2]), 2000 + int(digits[:2])]
    month, day = int(digits[-4:-2]), int(digits[-2:])
    if day > _COORDINATION:
        day -= _COORDINATION
    return any(_exists(year, month, day) for year in years)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_digit_holds(ten: str) -> bool:
    total = 0
    for position, sign in enumerate(ten):
        total += sum(divmod(int(sign) * (2 if position % 2 == 0 else 1), 10))
    return total % 10 == 0
