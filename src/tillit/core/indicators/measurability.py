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
class Gauge:
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
    gauges: tuple[Gauge, ...] = ()


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
    gauges: tuple[Examined, ...]
    advice: tuple[str, ...]


def measurability(goal: Goal) -> Measurability:
    """Return what is missing for a goal to be measurable (D6)."""
    told = advice(goal.text, goal.kind)
    if not goal.gauges:
        untried = tuple(f"M{number}" for number in range(2, 10))
        return Measurability(goal.id, False, ("M1",), ("M10", "M11"), untried, (), told)
    found = tuple(examined(each) for each in goal.gauges)
    passes = any(not each.lacking for each in found)
    lacking = () if passes else _in_order(code for each in found for code in each.lacking)
    only_meetings = goal.kind == ORGAN and all(each.counts_meetings for each in goal.gauges)
    remarks = _in_order([code for each in found for code in each.remarks] + ["M12"] * only_meetings)
    untried = _in_order(code for each in found for code in each.untried)
    return Measurability(goal.id, passes, lacking, remarks, untried, found, told)


def examined(gauge: Gauge) -> Examined:
    """Return what one indicator lacks. Each check answers True, False, or None where it cannot be tried."""
    answers = {code: check(gauge) for code, check in _CHECKS.items()}
    lacking = tuple(code for code, holds in answers.items() if holds is False and code in BLOCKING)
    remarks = tuple(code for code, holds in answers.items() if holds is False and code in REMARKS)
    return Examined(gauge.id, lacking, remarks, tuple(code for code, holds in answers.items() if holds is None))


def _has_measure(gauge: Gauge) -> bool:
    return gauge.levels >= FEWEST_LEVELS if gauge.kind == QUALITATIVE else bool(gauge.unit.strip())


def _has_start(gauge: Gauge) -> bool:
    return gauge.has_baseline or bool(gauge.na_reason.strip())


def _has_later_target(gauge: Gauge) -> bool:
    if not gauge.has_target or gauge.direction not in (UP, DOWN, RANGE):
        return False  # a neutral indicator has no target and may not serve a goal
    return gauge.baseline_day is None or gauge.target_day is None or gauge.target_day > gauge.baseline_day


def _is_often_enough(gauge: Gauge) -> bool | None:
    if gauge.frequency is None:
        return False
    if gauge.baseline_day is None or gauge.target_day is None:
        return None
    return months_between(gauge.baseline_day, gauge.target_day) // MONTHS[gauge.frequency] >= FEWEST_OBSERVATIONS


def _goes_its_way(gauge: Gauge) -> bool | None:
    """Return whether the target lies where the direction says; no way to go is M9's to tell."""
    if gauge.direction not in (UP, DOWN):
        return gauge.direction == RANGE
    if not gauge.has_target or not _has_start(gauge):
        return None
    if gauge.baseline is None or gauge.target is None or not gauge.has_baseline:
        return True
    return gauge.target >= gauge.baseline if gauge.direction == UP else gauge.target <= gauge.baseline


def _has_somewhere_to_go(gauge: Gauge) -> bool | None:
    if gauge.direction == RANGE:
        return True
    if gauge.target is None or not _has_start(gauge):
        return None
    if gauge.most is not None and gauge.target > gauge.most:
        return False
    if gauge.least is not None and gauge.target < gauge.least:
        return False
    return not gauge.has_baseline or gauge.target != gauge.baseline


_CHECKS: Mapping[str, Callable[[Gauge], bool | None]] = MappingProxyType(
    {
        "M2": _has_measure,
        "M3": _has_start,
        "M4": _has_later_target,
        "M5": lambda gauge: bool(gauge.owner.strip() and gauge.owner_party.strip()),
        "M6": _is_often_enough,
        "M7": _goes_its_way,
        "M8": lambda gauge: bool(gauge.source.strip() and gauge.method.strip()),
        "M9": _has_somewhere_to_go,
        "M10": lambda gauge: gauge.on_path is True,
        "M11": lambda gauge: bool(gauge.decision_use.strip()),
    }
)


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(codes), key=lambda code: int(code[1:])))
