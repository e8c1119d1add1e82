"""D14: a value to be confirmed before anything is judged by it: far off, in another unit, revised, stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.judged import DATA_QUALITY, GREEN, NEUTRAL_CHANGE, NOT_ASSESSABLE, YELLOW, median, root

FAR_OFF, UNIT_JUMP, REVISED, STUCK, PARTS_DIFFER, OUT_OF_LIMITS = (
    "far_off",
    "unit_jump",
    "revised",
    "stuck",
    "parts_differ",
    "out_of_limits",
)
SOUND, TOO_FEW = "sound", "too_few"


@dataclass(frozen=True, slots=True)
class QualityThresholds:
    """When a value is held. DHIS2 holds at a modified z of 3.0; the usual 3.5 is ours (Iglewicz and Hoaglin 1993)."""

    modified_z: Decimal = Decimal("3.5")
    window: int = 12
    fewest: int = 6
    jump_low: Decimal = Decimal(8)
    jump_high: Decimal = Decimal(12)
    revision: Decimal = Decimal("0.20")
    stuck: int = 4


@dataclass(frozen=True, slots=True)
class Reported:
    """What D14 looks at: the approved values before, oldest first, and the new one.

    `revises` is the approved value that it replaces, `parts` what it should be the sum of, `low` and `high` what the
    indicator can be at all.
    """

    earlier: tuple[Decimal, ...]
    value: Decimal
    revises: Decimal | None = None
    parts: tuple[Decimal, ...] | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`held` are the reasons to ask whether the value is right, `modified_z` how far off it is.

    Too few values to know what is far off is told as such: the other reasons are looked at all the same.
    """

    verdict: str
    code: str
    direction: str
    held: tuple[str, ...]
    modified_z: Fraction | None = None


def checked(reported: Reported, thresholds: QualityThresholds | None = None) -> Checked:
    """Return whether a value is held for confirmation, and why. No value is ever changed or left out here."""
    limits = thresholds or QualityThresholds()
    window = (*reported.earlier[-limits.window :], reported.value)
    z, far = modified_z(window), is_far_off(window, limits)
    reasons = {
        OUT_OF_LIMITS: _out_of_limits(reported),
        FAR_OFF: far,
        UNIT_JUMP: is_unit_jump(reported.earlier[-4:], reported.value, limits),
        REVISED: _is_revised(reported, limits),
        STUCK: _is_stuck(reported, limits),
        PARTS_DIFFER: reported.parts is not None and sum(reported.parts) != reported.value,
    }
    held = tuple(name for name, holds in reasons.items() if holds)
    if held:
        return Checked(YELLOW, held[0], DATA_QUALITY, held, z)
    if far is None:
        return Checked(NOT_ASSESSABLE, TOO_FEW, DATA_QUALITY, ())
    return Checked(GREEN, SOUND, NEUTRAL_CHANGE, (), z)


def modified_z(window: Sequence[Decimal]) -> Fraction | None:
    """Return 0.6745 · (x − median) / MAD of the last value, itself in both; None when MAD is 0 or there is none."""
    if not window:
        return None
    values = [Fraction(each) for each in window]
    middle = median(values)
    spread = median(abs(each - middle) for each in values)
    return Fraction("0.6745") * (values[-1] - middle) / spread if spread else None


def is_far_off(window: Sequence[Decimal], limits: QualityThresholds) -> bool | None:
    """Return whether the last value is far from the rest, None with fewer than six, the new one counted.

    Where most values are the same (MAD = 0), any that differs from the middle is.
    """
    if len(window) < limits.fewest:
        return None
    z = modified_z(window)
    if z is None:
        return Fraction(window[-1]) != median(Fraction(each) for each in window)
    return abs(z) > Fraction(limits.modified_z)


def z_score(window: Sequence[Decimal]) -> Fraction | None:
    """Return the ordinary z of the last value, by n − 1: what misses an outlier that widens its own spread.

    None with fewer than two values or without spread.
    """
    values = [Fraction(each) for each in window]
    if len(values) < 2:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    variance = sum(((each - mean) ** 2 for each in values), Fraction(0)) / (len(values) - 1)
    return (values[-1] - mean) / root(variance) if variance else None


def is_unit_jump(last_four: Sequence[Decimal], value: Decimal, limits: QualityThresholds) -> bool:
    """Return True when a value is about 10 or 100 times the median of the last four, or a tenth or hundredth of it."""
    usual = abs(median(Fraction(each) for each in last_four)) if last_four else Fraction(0)
    if usual == 0 or value == 0:
        return False
    times = abs(Fraction(value)) / usual
    low, high = Fraction(limits.jump_low), Fraction(limits.jump_high)
    return any(low * by <= each <= high * by for each in (times, 1 / times) for by in (1, 10))


def _is_revised(reported: Reported, limits: QualityThresholds) -> bool:
    old = reported.revises
    if old is None:
        return False
    return abs(Fraction(reported.value) - Fraction(old)) > Fraction(limits.revision) * abs(Fraction(old))


def _is_stuck(reported: Reported, limits: QualityThresholds) -> bool:
    latest = (*reported.earlier, reported.value)[-limits.stuck :]
    return len(latest) == limits.stuck and len(set(latest)) == 1


def _out_of_limits(reported: Reported) -> bool:
    low, high = reported.low, reported.high
    return (low is not None and reported.value < low) or (high is not None and reported.value > high)
