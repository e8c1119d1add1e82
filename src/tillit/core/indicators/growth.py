"""D1b: the ratio of actual to required growth, for export beside other countries' figures only; D1 is what is shown.

The two disagree exactly when growth is judged geometrically. Source: Open SDG's progress measure, after Statistics
Canada.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from tillit.core.indicators.judged import DIGITS, sign_of

ACHIEVED, SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION = (
    "achieved",
    "substantial",
    "moderate",
    "limited",
    "deterioration",
)


@dataclass(frozen=True, slots=True)
class Growth:
    """How fast it has grown: `ratio` of the growth a year that was needed, 1 is as fast as needed."""

    status: str
    ratio: Fraction


def months_between(first: date, last: date) -> int:
    """Return the whole months from a day to a later one; the last day of a month is never short of the same number."""
    months = 12 * (last.year - first.year) + last.month - first.month
    short = last.day < first.day and not _ends_its_month(last)
    return months - 1 if short else months


def _ends_its_month(day: date) -> bool:
    return day == date.max or (date.fromordinal(day.toordinal() + 1)).month != day.month


def growth(
    baseline: Decimal, goal: Decimal, actual: Decimal, direction: str, days: tuple[date, date, date]
) -> Growth | None:
    """Return CR and its status, None where it has no meaning: at 0 or below, no way to go, or no time gone.

    `days` are those of baseline, target and value; time is in whole months / 12.

    CR = [(A/B)^(1/(t−t0)) − 1] / [(G/B)^(1/(T−t0)) − 1]. At least 0.95 is substantial, 0.60 moderate, 0 limited,
    below 0 deterioration; a target that is reached is achieved, whatever the ratio.
    """
    start, end, day = days
    whole, gone = months_between(start, end), months_between(start, day)
    if min(baseline, goal, actual) <= 0 or goal == baseline or whole <= 0 or gone <= 0:
        return None
    ratio = (_yearly(actual, baseline, gone) - 1) / (_yearly(goal, baseline, whole) - 1)
    sign = sign_of(direction)
    if sign * (actual - goal) >= 0:
        return Growth(ACHIEVED, ratio)
    steps = ((Decimal("0.95"), SUBSTANTIAL), (Decimal("0.60"), MODERATE), (Decimal(0), LIMITED))
    return Growth(next((word for least, word in steps if ratio >= Fraction(least)), DETERIORATION), ratio)


def _yearly(value: Decimal, start: Decimal, months: int) -> Fraction:
    with localcontext(prec=DIGITS):
        return Fraction((value / start) ** (Decimal(12) / Decimal(months)))
