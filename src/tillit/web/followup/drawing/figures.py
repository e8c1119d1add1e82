"""How a picture and its table write a number, a period and what is missing: the same way in both."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tillit.apps.followup.report_words import period_word
from tillit.apps.followup.shares import PERCENT

Value = Decimal | Fraction | int
MOST_PLACES = 3
__all__ = ["missing", "number", "period_word", "places_of", "with_unit"]
NO_BREAK = "\N{NO-BREAK SPACE}"


def missing() -> str:
    """Return what stands where no approved value is: unknown is not 0."""
    return _("uppgift saknas")


def number(value: Value, places: int = MOST_PLACES) -> str:
    """Return a number in the language of the page, rounded half up to at most so many places: "1 234,5"."""
    exact = Fraction(value)
    plain = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = plain.normalize()
    if shown == shown.to_integral():
        shown = shown.quantize(Decimal(1))
    return str(number_format(shown or Decimal(0), use_l10n=True, force_grouping=True)).replace(" ", NO_BREAK)


def with_unit(value: Value, unit: str, places: int = MOST_PLACES) -> str:
    """Return a number with its unit: "43 %", "115 dagar"."""
    said = number(value, places)
    if not unit:
        return said
    return f"{said}{NO_BREAK}{'%' if unit.strip().casefold() in PERCENT else unit}"


def places_of(values: Iterable[Value | None]) -> int:
    """Return how many decimals values are written with; what is computed of them has one more.

    As many as they need, at most three. A quotient needs no end of them, and has three digits or so.
    """
    known = [Fraction(each) for each in values if each is not None]
    needed = max((_needed(each) for each in known), default=0)
    if needed <= MOST_PLACES:
        return needed
    largest = max(abs(each) for each in known)
    return 1 if largest >= 10 else 2 if largest >= 1 else MOST_PLACES


def _needed(value: Fraction) -> int:
    places = range(MOST_PLACES + 1)
    return next((each for each in places if (value * 10**each).denominator == 1), MOST_PLACES + 1)
