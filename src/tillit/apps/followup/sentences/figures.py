"""Figures, shares, days and periods as they stand in a sentence, from what a deviation has stored."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tillit.core.indicators.periods import Period

DIGITS = 4
MOST_PERIODS = 4


def figure(value: Fraction | Decimal | str | int) -> str:
    """Return a figure to read: as it is with two decimals or fewer, else with four significant digits."""
    exact = Fraction(value)
    if exact == 0:
        return "0"
    decimals = 2 if (exact * 100).denominator == 1 else _decimals(exact)
    rounded = round(exact, decimals)
    plain = (Decimal(rounded.numerator) / Decimal(rounded.denominator)).normalize()
    return number_format(format(plain, "f"), use_l10n=True, force_grouping=True)


def _decimals(exact: Fraction) -> int:
    size = (Decimal(abs(exact.numerator)) / Decimal(exact.denominator)).adjusted()
    return max(0, DIGITS - 1 - size)


def amount(value: Fraction | Decimal | str | int | None, unit: str = "") -> str:
    """Return a figure with its unit, or that it is not known."""
    if value is None:
        return _("uppgift saknas")
    return f"{figure(value)} {unit}".rstrip()


def share(value: Fraction | Decimal | str | None) -> str:
    """Return a share as percent with at most one decimal, cut and not rounded, without its sign."""
    if value is None:
        return _("uppgift saknas")
    return f"{figure(Fraction(int(abs(Fraction(value)) * 1000), 10))} %"


def periods(stored: Sequence[Mapping[str, Any]]) -> str:
    """Return periods as they are written, the first four, and how many more there are."""
    named = ", ".join(str(Period(each["frequency"], each["number"])) for each in stored[:MOST_PERIODS])
    more = len(stored) - MOST_PERIODS
    if more < 1:
        return named
    return _("%(named)s och %(n)s till") % {"named": named, "n": more}
