"""D6 for a partnership: how many of its goals can be measured, by level and tier, and in all (R18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tillit.core.indicators.judged import DATA_QUALITY, GREEN, NEUTRAL_CHANGE, NOT_ASSESSABLE, RED, YELLOW
from tillit.core.indicators.measurability import Goal, measurability

ENOUGH, FEW, TOO_FEW, NO_GOALS = "enough_measurable", "few_measurable", "too_few_measurable", "no_goals"


@dataclass(frozen=True, slots=True)
class ShareThresholds:
    """Shares of measurable goals below which it is yellow and red."""

    yellow: Decimal = Decimal("0.8")
    red: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many goals there are, and how many of them are measurable."""

    measurable: int
    goals: int


@dataclass(frozen=True, slots=True)
class Share:
    """Q: measurable goals of all; None where there are no goals, which cannot be judged."""

    verdict: str
    code: str
    direction: str
    share: Fraction | None


def share(counted: Counted, thresholds: ShareThresholds | None = None) -> Share:
    """Return Q and its verdict."""
    limits = thresholds or ShareThresholds()
    if counted.goals == 0:
        return Share(NOT_ASSESSABLE, NO_GOALS, DATA_QUALITY, None)
    found = Fraction(counted.measurable, counted.goals)
    if found < Fraction(limits.red):
        return Share(RED, TOO_FEW, DATA_QUALITY, found)
    if found < Fraction(limits.yellow):
        return Share(YELLOW, FEW, DATA_QUALITY, found)
    return Share(GREEN, ENOUGH, NEUTRAL_CHANGE, found)


def counted(goals: Iterable[Goal]) -> Mapping[tuple[str, str], Counted]:
    """Return the counts per (level, tier), in the order in which each comes first."""
    found: dict[tuple[str, str], Counted] = {}
    for goal in goals:
        before = found.get((goal.level, goal.tier), Counted(0, 0))
        more = measurability(goal).is_measurable
        found[goal.level, goal.tier] = Counted(before.measurable + more, before.goals + 1)
    return found


def total(counts: Iterable[Counted]) -> Counted:
    """Return the counts of several groups as one."""
    each = list(counts)
    return Counted(sum(one.measurable for one in each), sum(one.goals for one in each))
