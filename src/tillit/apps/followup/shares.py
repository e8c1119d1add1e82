"""How the figures of a ratio are kept and shown: as a share, numerator through denominator, and as percent where the
indicator's unit says so.

Kept so, a baseline, a target, a limit and an observation can be compared whichever of them has its parts.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from tillit.apps.followup.models import IndicatorVersion

HUNDRED, STEP = Decimal(100), Decimal("0.000001")
PERCENT = frozenset({"%", "procent", "percent", "per cent"})


def in_percent(aggregation: str, unit: str) -> bool:
    """Return whether figures are read and written as percent, and kept as a hundredth of that."""
    return aggregation == "ratio" and unit.strip().casefold() in PERCENT


def shown(version: IndicatorVersion, value: Decimal | None) -> Decimal | None:
    """Return a figure as people write it: 0.43 is 43 where the unit is percent."""
    if value is None or not in_percent(version.aggregation, version.unit):
        return value
    return value * HUNDRED


def kept(version: IndicatorVersion, value: Decimal | None) -> Decimal | None:
    """Return a figure that somebody wrote as it is kept: 43 is 0.43 where the unit is percent."""
    if value is None or not in_percent(version.aggregation, version.unit):
        return value
    return value / HUNDRED


def share(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return numerator through denominator, to the millionth that a column holds; the parts are kept beside it."""
    return (numerator / denominator).quantize(STEP, ROUND_HALF_EVEN)
