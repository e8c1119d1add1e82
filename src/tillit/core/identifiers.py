"""Numbers that name organisations, and the HSA-ids of health care, as people write them."""

import re
from collections.abc import Sequence

from tillit.core.errors import BadInput, Problem
from tillit.core.text import personal_number_in

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_CENTURY_OF_LEGAL_PERSONS = "16"
_LEAST_THIRD = "2"
_HSA_LONGEST = 31
_HSA = re.compile(r"SE(\d{10})-[A-Z0-9]+", re.ASCII)


def organisation_number(text: str) -> str:
    """Return an organisation number as ten digits: "556016-0680", "16 556016 0680" and "5560160680" are one.

    The third digit is at least 2 and the last one is a check digit (lag 1974:174 om identitetsbeteckning för juridiska
    personer m.fl.). A sole trader's number is a personal number, and is refused as one.

    :raises BadInput: identifier.personal_number, not_ten_digits, third_digit or check_digit
    """
    digits = _BETWEEN.sub("", text)
    if personal_number_in(digits):
        raise BadInput([Problem("identifier.personal_number")])
    if len(digits) == 12:
        digits = digits.removeprefix(_CENTURY_OF_LEGAL_PERSONS)
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()):
        raise BadInput([Problem("identifier.not_ten_digits")])
    if digits[2] < _LEAST_THIRD:
        raise BadInput([Problem("identifier.third_digit")])
    if not check_digit_holds(digits):
        raise BadInput([Problem("identifier.check_digit")])
    return digits


def hsa_id(text: str) -> str:
    """Return an HSA-id in capitals: "SE", the organisation's number, a dash and the organisation's own signs.

    :raises BadInput: identifier.hsa_form, or identifier.hsa_number when the number in it cannot be
    """
    plain = text.strip().upper()
    found = _HSA.fullmatch(plain)
    if found is None or len(plain) > _HSA_LONGEST:
        raise BadInput([Problem("identifier.hsa_form")])
    try:
        organisation_number(found.group(1))
    except BadInput:
        raise BadInput([Problem("identifier.hsa_number")]) from None
    return plain


def check_digit_holds(digits: Sequence[str]) -> bool:
    """Return whether the last digit is right, by Luhn: every second digit doubled, from the one before the last."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        total += sum(divmod(int(sign) * (1 + place % 2), 10))
    return total % 10 == 0


def grouped(number: str) -> str:
    """Return ten digits as they are read: "556016-0680"; anything else as it is."""
    return f"{number[:6]}-{number[6:]}" if len(number) == 10 else number
