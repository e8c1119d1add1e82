"""Figures, shares, days and periods as they stand in a sentence, from what a deviation has stored."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tillit.apps.followup.report_words import period_word
from tillit.core.indicators.periods import Period

DIGITS = 3
MOST_PERIODS = 4
EXACT_PLACES = 3


def figure(value: Fraction | Decimal | str | int, places: int | None = None) -> str:
    """Return a figure to read: as it is with two decimals or fewer, else with three significant digits and from 10 to
    1 000 one decimal.

    `places`: how many decimals what is computed has at most; what is less than 1 keeps its digits.
    """
    exact = Fraction(value)
    if exact == 0:
        return "0"
    decimals = 2 if (exact * 100).denominator == 1 else _decimals(exact)
    if places is not None and abs(exact) >= 1:
        decimals = min(decimals, places)
    rounded = round(exact, decimals)
    plain = (Decimal(rounded.numerator) / Decimal(rounded.denominator)).normalize()
    return number_format(format(plain, "f"), use_l10n=True, force_grouping=True)


def _decimals(exact: Fraction) -> int:
    size = (Decimal(abs(exact.numerator)) / Decimal(exact.denominator)).adjusted()
    return max(0, DIGITS - 1 - size, 1 if size == DIGITS - 1 else 0)


def places_of(values: Iterable[Fraction | None]) -> int:
    """Return how many decimals figures are written with by those who state them: quotients, which have no end of
    them, do not count."""
    needed = (_needed(each) for each in values if each is not None)
    return max((each for each in needed if each is not None), default=0)


def _needed(value: Fraction) -> int | None:
    return next((each for each in range(EXACT_PLACES + 1) if (value * 10**each).denominator == 1), None)


def amount(value: Fraction | Decimal | str | int | None, unit: str = "", places: int | None = None) -> str:
    """Return a figure with its unit, or that it is not known."""
    if value is None:
        return _("uppgift saknas")
    return f"{figure(value, places)} {unit}".rstrip()


def share(value: Fraction | Decimal | str | None) -> str:
    """Return a share as percent, cut and not rounded, without its sign; with one decimal, over 100 with none."""
    if value is None:
        return _("uppgift saknas")
    size = abs(Fraction(value))
    shown = Fraction(int(size * 100)) if size > 1 else Fraction(int(size * 1000), 10)
    return f"{figure(shown)} %"


def periods(stored: Sequence[Mapping[str, Any]]) -> str:
    """Return periods as they are written, the first four, and how many more there are."""
    named = ", ".join(period_word(Period(each["frequency"], each["number"])) for each in stored[:MOST_PERIODS])
    more = len(stored) - MOST_PERIODS
    if more < 1:
        return named
    return _("%(named)s och %(n)s till") % {"named": named, "n": more}
