"""What an XmR chart is drawn of: the parts of a series with what D3 says of each, and its signals as runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext_lazy

from tillit.core.indicators.chart import ChartParams, Limits, baseline, segments
from tillit.core.indicators.judged import IMPROVEMENT, NEUTRAL_CHANGE, WORSENING
from tillit.core.indicators.periods import Period
from tillit.core.indicators.signals import HIGH, LOW, Signal
from tillit.core.indicators.spc import TOO_FEW, Change, Charted, change, latest_code
from tillit.web.followup.drawing.figures import places_of

WAY_WORDS = {
    IMPROVEMENT: gettext_lazy("bättre"),
    WORSENING: gettext_lazy("sämre"),
    HIGH: gettext_lazy("högt"),
    LOW: gettext_lazy("lågt"),
}


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn: the name and unit of an indicator, its periods, what D3 judges, and the thresholds of that."""

    key: str
    name: str
    unit: str
    periods: tuple[Period, ...]
    charted: Charted
    params: ChartParams


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the series with one definition, and what D3 says at its end. `base`: the periods its limits rest on."""

    span: range
    base: range
    found: Change

    @property
    def limits(self) -> Limits | None:
        """Return the limits as far as they are drawn: too few values have none."""
        return None if self.found.code == TOO_FEW else self.found.limits

    @property
    def varies(self) -> bool:
        return self.limits is not None and self.limits.upper > self.limits.lower


@dataclass(frozen=True, slots=True)
class Run:
    """Signals beside each other that one rule made, and which way they point."""

    first: int
    last: int
    rule: str
    way: str

    @property
    def kind(self) -> str:
        """Return the class of its marks: improvement, worsening, or neutral where no way is better."""
        return self.way if self.way in (IMPROVEMENT, WORSENING) else NEUTRAL_CHANGE

    @property
    def word(self) -> str:
        return f"{self.rule} {WAY_WORDS[self.way]}"


@dataclass(frozen=True, slots=True)
class Laid:
    """A series with what is drawn of it. `places`: decimals of its values; what is computed has one more.

    `target` is the final one where the picture has room for it: no further off than the limits are apart.
    """

    of: Series
    parts: tuple[Part, ...]
    runs: tuple[Run, ...]
    places: int
    target: Decimal | None

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        return self.of.charted.values

    @property
    def latest(self) -> Part:
        return self.parts[-1]

    def run_of(self, index: int) -> Run | None:
        return next((run for run in self.runs if run.first <= index <= run.last), None)

    def part_of(self, index: int) -> Part:
        return next(part for part in self.parts if index in part.span)


def laid(of: Series) -> Laid:
    """Return a series with the parts, runs and target that are drawn."""
    found = parts(of.charted, of.params)
    runs = tuple(run for part in found for run in runs_of(part.found.signals, of.charted.direction))
    return Laid(of, found, runs, places_of(of.charted.values), _near(of.charted.target, found[-1].limits))


def parts(of: Charted, params: ChartParams) -> tuple[Part, ...]:
    """Return the parts of a series, each as D3 judged it at its end."""
    found = []
    for span in segments(len(of.values), of.starts):
        starts = tuple(each for each in of.starts if each < span.stop)
        then = Charted(of.values[: span.stop], of.direction, of.target, starts)
        known = [None if each is None else Fraction(each) for each in of.values[span.start : span.stop]]
        base = range(span.start, span.start + len(baseline(known, params.baseline)))
        found.append(Part(span, base, change(then, params)))
    return tuple(found)


def runs_of(signals: Sequence[Signal], direction: str) -> Iterator[Run]:
    """Yield runs of signals: beside each other, of one rule, pointing one way."""
    told = [(each.index, each.rule, latest_code(each.side, direction)) for each in signals]
    for (rule, way, _place), group in groupby(enumerate(told), lambda one: (*one[1][1:], one[1][0] - one[0])):
        indexes = [each[0] for _order, each in group]
        yield Run(indexes[0], indexes[-1], rule, way)


def _near(target: Decimal | None, limits: Limits | None) -> Decimal | None:
    if target is None or limits is None:
        return None
    reach = limits.upper - limits.lower
    return target if limits.lower - reach <= target <= limits.upper + reach else None
