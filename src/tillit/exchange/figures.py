"""Figures as people read them and as programs do: "128,5833" in a text, 128.58333333333334 in JSON."""

from decimal import Decimal
from fractions import Fraction

from tillit.exchange.words import number

SHOWN = 4
"""Decimals of a figure in a text; JSON holds as many as a float does."""


def told(value: Fraction | Decimal | int, lang: str, decimals: int = SHOWN) -> str:
    """Return a figure rounded to some decimals, those at the end that are 0 left out: "128,5833", "−3,0626", "50"."""
    exact = Fraction(value)
    whole, rest = divmod(abs(round(exact, decimals)), 1)
    sign = "\u2212" if round(exact, decimals) < 0 else ""
    digits = f"{int(rest * 10**decimals):0{decimals}}".rstrip("0")
    point = "." if lang == "en" else ","
    return sign + number(100 * int(whole), lang) + (point + digits if digits else "")


def as_number(value: Fraction | Decimal | int | None) -> float | int | None:
    """Return a figure for JSON: the nearest float, a whole number as it is; None stays None."""
    if value is None:
        return None
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(exact)
