"""Fixed point: money and other decimals are whole hundredths, so that no back end can round differently."""

from decimal import Decimal

HUNDRED = 100
CENT = Decimal("0.01")
LARGEST = 10**12
"""No number in a case or a rule is larger than this, in its own unit (the hundredths fit 64 bits with room to add)."""


def hundredths(value: Decimal) -> int:
    """Return a decimal as whole hundredths.

    :raises ValueError: "not_a_number", "too_large" or "too_many_decimals"
    """
    if not value.is_finite():
        raise ValueError("not_a_number")
    if value.copy_abs() > LARGEST:
        raise ValueError("too_large")
    rounded = value.quantize(CENT)  # exact comparisons only: arithmetic would round to the context's 28 digits
    if rounded != value:
        raise ValueError("too_many_decimals")
    return int(rounded.scaleb(2))


def decimal_of(text: str) -> Decimal:
    """Return the number written in `text` with a decimal point ("245.00").

    :raises ValueError: "not_a_number" when it is no plain number (no thousands separators, no exponent, no comma)
    """
    stripped = text.strip()
    plain = stripped.removeprefix("-")
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        raise ValueError("not_a_number")
    return Decimal(stripped)


def as_decimal(whole: int) -> Decimal:
    """Return whole hundredths as a decimal with two digits."""
    return Decimal(whole).scaleb(-2)
