"""Fixed point: money and other decimals are whole hundredths, so that no back end can round differently."""

from decimal import Decimal, InvalidOperation

HUNDRED = 100
LARGEST = 10**12
"""No number in a case or a rule is larger than this, in its own unit (the hundredths fit 64 bits with room to add)."""


def hundredths(value: Decimal) -> int:
    """Return a decimal as whole hundredths.

    :raises ValueError: "not_a_number", "too_large" or "too_many_decimals"
    """
    if not value.is_finite():
        raise ValueError("not_a_number")
    if abs(value) > LARGEST:
        raise ValueError("too_large")
    scaled = value * HUNDRED
    whole = int(scaled)
    if whole != scaled:
        raise ValueError("too_many_decimals")
    return whole


def decimal_of(text: str) -> Decimal:
    """Return the number written in `text` with a decimal point ("245.00").

    :raises ValueError: "not_a_number" when it is no plain number (no thousands separators, no exponent, no comma)
    """
    stripped = text.strip()
    plain = stripped.removeprefix("-")
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        raise ValueError("not_a_number")
    try:
        return Decimal(stripped)
    except InvalidOperation as error:  # "." alone
        raise ValueError("not_a_number") from error


def as_decimal(whole: int) -> Decimal:
    """Return whole hundredths as a decimal with two digits."""
    return Decimal(whole).scaleb(-2)
