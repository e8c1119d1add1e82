"""Where an indicator started and where it should go: its standing baseline and targets, read for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from tillit.apps.followup.models import Baseline, Target
from tillit.apps.partnerships.models import CURRENT
from tillit.core.indicators import path as core
from tillit.core.indicators.judged import NEUTRAL, RANGE

COLUMNS = ("version_id", "day", "value", "level", "low", "high", "interpolation", "said", "decision")


@dataclass(frozen=True, slots=True)
class Start:
    """Where it stood on a day, a value or a level; or `na_reason`, why nobody knows."""

    day: date | None = None
    value: Decimal | None = None
    level: int | None = None
    na_reason: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where it should be on a day: a value, a level, or within a range. `rationale` and `decision`: why, by whom."""

    day: date
    value: Decimal | None = None
    level: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    interpolation: str = "linear"
    rationale: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Bearings:
    """The baseline, None where nobody has said anything, and the targets by day: the last one is the target."""

    baseline: Start | None = None
    targets: tuple[Aim, ...] = ()

    @property
    def target(self) -> Aim | None:
        return self.targets[-1] if self.targets else None

    def path(self, direction: str) -> core.Path:
        """Return the core's path. Targets of another kind than the direction asks for are left out, none: no path."""
        start, aims = self.baseline, [each for each in self.targets if each.level is None]
        known = start is not None and start.day is not None and start.value is not None
        baseline = core.Baseline(start.day, start.value) if start and start.day and start.value is not None else None
        if direction == NEUTRAL:
            return core.Path(direction, baseline, ())
        wanted = [each for each in aims if (each.low is not None) == (direction == RANGE)]
        if known and baseline is not None:
            wanted = [each for each in wanted if each.day > baseline.day]
        return core.Path(
            direction,
            baseline,
            tuple(core.Target(each.day, each.value, each.interpolation, each.low, each.high) for each in wanted),
        )


def bearings(versions: "QuerySet[Any] | Iterable[Any]") -> Mapping[object, Bearings]:
    """Return the bearings of versions, by their keys. One query."""
    starts, aims = standing_rows(versions)
    return gathered(starts.values_list(*COLUMNS).union(aims.values_list(*COLUMNS), all=True))


def standing_rows(versions: "QuerySet[Any] | Iterable[Any]") -> "tuple[QuerySet[Any], QuerySet[Any]]":
    """Return the baselines and the targets of versions that stand, each with `COLUMNS`."""
    starts = Baseline.objects.filter(CURRENT, version__in=versions).order_by()
    aims = Target.objects.filter(CURRENT, version__in=versions).order_by()
    empty = Value("", CharField())
    said = starts.annotate(
        low=F("value"),
        high=F("value"),
        interpolation=Value("baseline", CharField()),
        said=F("na_reason"),
        decision=empty,
    )
    return said, aims.annotate(said=F("rationale"))


def gathered(rows: Iterable[tuple[Any, ...]]) -> Mapping[object, Bearings]:
    """Return the bearings of rows of `COLUMNS`, by the keys of the versions. No query."""
    baselines: dict[object, Start] = {}
    targets: dict[object, list[Aim]] = {}
    for version, day, value, level, low, high, interpolation, said_, decision in rows:
        if interpolation == "baseline":
            baselines[version] = Start(day, value, level, said_)
        else:
            targets.setdefault(version, []).append(Aim(day, value, level, low, high, interpolation, said_, decision))
    return {
        version: Bearings(baselines.get(version), tuple(sorted(targets.get(version, ()), key=lambda each: each.day)))
        for version in {*baselines, *targets}
    }
