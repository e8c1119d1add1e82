"""D6: can it be known whether a goal is met? What is missing is listed, M1–M12; there is no score.

Structure, not opinion: nothing here says whether a goal is good. Blocking: M1, M2, M3, M4, M7, M9. A goal is measurable
when at least one of its indicators passes all of them; those that do not are listed all the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from tillit.core.indicators.goal_text import EFFECT, ORGAN, advice
from tillit.core.indicators.growth import months_between
from tillit.core.indicators.judged import DOWN, RANGE, UP
from tillit.core.indicators.periods import MONTHS

QUANTITATIVE, QUALITATIVE = "quantitative", "qualitative"
BLOCKING = ("M1", "M2", "M3", "M4", "M7", "M9")
REMARKS = ("M5", "M6", "M8", "M10", "M11", "M12")
FEWEST_LEVELS, FEWEST_OBSERVATIONS = 3, 4


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as far as it is written. None and "" mean that nobody has said.

    `levels` is how many levels of a qualitative one are described; its baseline and target are levels. A range has
    `low` and `high`, its target. `least` and `most` are what the indicator can be at all. `on_path` says whether it
    stands on a path of the adopted effect logic, `counts_meetings` that it counts meetings and nothing else.
    """

    id: str
    kind: str = QUANTITATIVE
    direction: str | None = None
    unit: str = ""
    levels: int = 0
    baseline: Decimal | None = None
    baseline_day: date | None = None
    na_reason: str = ""
    target: Decimal | None = None
    target_day: date | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    frequency: str | None = None
    owner: str = ""
    owner_party: str = ""
    source: str = ""
    method: str = ""
    decision_use: str = ""
    on_path: bool | None = None
    counts_meetings: bool = False

    @property
    def has_baseline(self) -> bool:
        return self.baseline is not None and self.baseline_day is not None

    @property
    def has_target(self) -> bool:
        there = self.low is not None and self.high is not None if self.direction == RANGE else self.target is not None
        return there and self.target_day is not None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its indicators; level and tier are those it is counted under."""

    id: str
    text: str
    kind: str = EFFECT
    level: str = ""
    tier: str = ""
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """One indicator: what keeps it from measuring the goal, what should be there besides, what could not be tried."""

    id: str
    lacking: tuple[str, ...]
    remarks: tuple[str, ...]
    untried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measurability:
    """A goal's answer. `lacking` is empty when it is measurable, else what its indicators lack, each code once.

    `advice` is about the words only, and hinders nothing.
    """

    goal: str
    is_measurable: bool
    lacking: tuple[str, ...]
    remarks: tuple[str, ...]
    untried: tuple[str, ...]
    indicators: tuple[Examined, ...]
    advice: tuple[str, ...]


def measurability(goal: Goal) -> Measurability:
    """Return what is missing for a goal to be measurable (D6)."""
    told = advice(goal.text, goal.kind)
    if not goal.indicators:
        untried = tuple(f"M{number}" for number in range(2, 10))
        return Measurability(goal.id, False, ("M1",), ("M10", "M11"), untried, (), told)
    found = tuple(examined(each) for each in goal.indicators)
    passes = any(not each.lacking for each in found)
    lacking = () if passes else _in_order(code for each in found for code in each.lacking)
    only_meetings = goal.kind == ORGAN and all(each.counts_meetings for each in goal.indicators)
    remarks = _in_order([code for each in found for code in each.remarks] + ["M12"] * only_meetings)
    untried = _in_order(code for each in found for code in each.untried)
    return Measurability(goal.id, passes, lacking, remarks, untried, found, told)


def examined(indicator: Indicator) -> Examined:
    """Return what one indicator lacks. Each check answers True, False, or None where it cannot be tried."""
    answers = {code: check(indicator) for code, check in _CHECKS.items()}
    lacking = tuple(code for code, holds in answers.items() if holds is False and code in BLOCKING)
    remarks = tuple(code for code, holds in answers.items() if holds is False and code in REMARKS)
    return Examined(indicator.id, lacking, remarks, tuple(code for code, holds in answers.items() if holds is None))


def _has_measure(indicator: Indicator) -> bool:
    return indicator.levels >= FEWEST_LEVELS if indicator.kind == QUALITATIVE else bool(indicator.unit.strip())


def _has_start(indicator: Indicator) -> bool:
    return indicator.has_baseline or bool(indicator.na_reason.strip())


def _has_later_target(indicator: Indicator) -> bool:
    if not indicator.has_target or indicator.direction not in (UP, DOWN, RANGE):
        return False  # a neutral indicator has no target and may not serve a goal
    return (
        indicator.baseline_day is None or indicator.target_day is None or indicator.target_day > indicator.baseline_day
    )


def _is_often_enough(indicator: Indicator) -> bool | None:
    if indicator.frequency is None:
        return False
    if indicator.baseline_day is None or indicator.target_day is None:
        return None
    return (
        months_between(indicator.baseline_day, indicator.target_day) // MONTHS[indicator.frequency]
        >= FEWEST_OBSERVATIONS
    )


def _goes_its_way(indicator: Indicator) -> bool | None:
    """Return whether the target lies where the direction says; no way to go is M9's to tell."""
    if indicator.direction not in (UP, DOWN):
        return indicator.direction == RANGE
    if not indicator.has_target or not _has_start(indicator):
        return None
    if indicator.baseline is None or indicator.target is None or not indicator.has_baseline:
        return True
    return (
        indicator.target >= indicator.baseline if indicator.direction == UP else indicator.target <= indicator.baseline
    )


def _has_somewhere_to_go(indicator: Indicator) -> bool | None:
    if indicator.direction == RANGE:
        return True
    if indicator.target is None or not _has_start(indicator):
        return None
    if indicator.most is not None and indicator.target > indicator.most:
        return False
    if indicator.least is not None and indicator.target < indicator.least:
        return False
    return not indicator.has_baseline or indicator.target != indicator.baseline


_CHECKS: Mapping[str, Callable[[Indicator], bool | None]] = MappingProxyType(
    {
        "M2": _has_measure,
        "M3": _has_start,
        "M4": _has_later_target,
        "M5": lambda indicator: bool(indicator.owner.strip() and indicator.owner_party.strip()),
        "M6": _is_often_enough,
        "M7": _goes_its_way,
        "M8": lambda indicator: bool(indicator.source.strip() and indicator.method.strip()),
        "M9": _has_somewhere_to_go,
        "M10": lambda indicator: indicator.on_path is True,
        "M11": lambda indicator: bool(indicator.decision_use.strip()),
    }
)


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes), key=lambda code: int(code[1:])))
