"""D3, the rules: patterns that chance alone seldom makes. A rule completes at the last point of a window of points.

Every point of a completed window is marked, except that rules about points beyond a line mark those points only. A
missing period breaks every window. Rule sets: Making Data Count (ours), Nelson 1984, Western Electric, Wheeler.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from tillit.core.indicators.chart import Limits, Values

HIGH, LOW, NEITHER = "high", "low", "neither"
_SIDE = {1: HIGH, -1: LOW, 0: NEITHER}
BEYOND, TREND, ALTERNATING, WITHIN, BOTH_SIDES = "beyond", "trend", "alternating", "within", "both_sides"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule: `least` of `points` successive points, beyond or within `share` of the way from the mean to a limit.

    One sigma is a third of the way. Trend: strictly rising or falling; alternating: up and down in turn.
    """

    label: str
    kind: str
    points: int
    share: Fraction = Fraction(0)
    least: int = 0


def beyond(label: str, least: int, points: int, share: Fraction) -> Pattern:
    """Return the rule of points beyond a line on the same side; a point on the line is not beyond it."""
    return Pattern(label, BEYOND, points, share, least)


_SIGMA = Fraction(1, 3)
RULES: Mapping[str, tuple[Pattern, ...]] = MappingProxyType(
    {
        "making_data_count": (
            beyond("S1", 1, 1, 3 * _SIGMA),
            Pattern("S2", TREND, 7),
            beyond("S3", 2, 3, 2 * _SIGMA),
            beyond("S4", 7, 7, Fraction(0)),
        ),
        "nelson": (
            beyond("N1", 1, 1, 3 * _SIGMA),
            beyond("N2", 9, 9, Fraction(0)),
            Pattern("N3", TREND, 6),
            Pattern("N4", ALTERNATING, 14),
            beyond("N5", 2, 3, 2 * _SIGMA),
            beyond("N6", 4, 5, _SIGMA),
            Pattern("N7", WITHIN, 15, _SIGMA),
            Pattern("N8", BOTH_SIDES, 8, _SIGMA),
        ),
        "western_electric": (
            beyond("W1", 1, 1, 3 * _SIGMA),
            beyond("W2", 2, 3, 2 * _SIGMA),
            beyond("W3", 4, 5, _SIGMA),
            beyond("W4", 8, 8, Fraction(0)),
        ),
        "wheeler": (
            beyond("H1", 1, 1, 3 * _SIGMA),
            beyond("H2", 3, 4, Fraction(1, 2)),
            beyond("H3", 8, 8, Fraction(0)),
        ),
    }
)
"""The rules of each set, in the order in which one label is chosen for a point that several mark."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A point that chance does not explain: its index in the series, the first rule that marks it, and on which side.

    The side of a trend is where it goes.
    """

    index: int
    rule: str
    side: str


def signals(values: Values, found: Limits, rules: str = "making_data_count") -> tuple[Signal, ...]:
    """Return one signal for each point that a rule marks, by index. Without variation (M̄R = 0) no rule is applied."""
    if found.mean_moving_range == 0:
        return ()
    first: dict[int, Signal] = {}
    for pattern in RULES[rules]:
        for index, side in marked(pattern, values, found.mean, found.distance).items():
            first.setdefault(index, Signal(index, pattern.label, side))
    return tuple(first[index] for index in sorted(first))


def marked(pattern: Pattern, values: Values, centre: Fraction, distance: Fraction) -> dict[int, str]:
    """Return the points that one rule marks, each with its side, whatever other rules say of them.

    A point that ends one trend and begins the opposite one has the side of the first.
    """
    sides = _sides(pattern, values, centre, distance)
    found: dict[int, str] = {}
    for end, side in _completed(pattern, values, sides):
        for index in range(end - pattern.points + 1, end + 1):
            if pattern.kind != BEYOND or sides[index] == side:
                own = sides[index] if pattern.kind == BOTH_SIDES else side
                found.setdefault(index, _SIDE[own or 0])
    return found


def completions(pattern: Pattern, values: Values, centre: Fraction, distance: Fraction = Fraction(0)) -> list[int]:
    """Return the indexes at which a rule completes: the last point of each of its windows."""
    return [end for end, _ in _completed(pattern, values, _sides(pattern, values, centre, distance))]


def _sides(pattern: Pattern, values: Values, centre: Fraction, distance: Fraction) -> list[int | None]:
    """Return for each point +1 or −1 where it is beyond the line of a rule, above or below, else 0."""
    if pattern.kind in (TREND, ALTERNATING):
        return _steps(values)
    high, low = centre + pattern.share * distance, centre - pattern.share * distance
    return [None if each is None else (each > high) - (each < low) for each in values]


def _steps(values: Values) -> list[int | None]:
    """Return for each point whether it is over (+1) or under (−1) the one before it; None where one is missing."""
    pairs = pairwise([None, *values])
    return [None if before is None or after is None else (after > before) - (after < before) for before, after in pairs]


def _completed(pattern: Pattern, values: Values, sides: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the last index of each completed window and its side: +1, −1, or 0 where it has none."""
    unbroken = 0
    for end, value in enumerate(values):
        unbroken = 0 if value is None else unbroken + 1
        if unbroken < pattern.points:
            continue
        steps = pattern.kind in (TREND, ALTERNATING)
        window = [each or 0 for each in sides[end - pattern.points + 1 + steps : end + 1]]
        side = _side(pattern, window)
        if side is not None:
            yield end, side


def _side(pattern: Pattern, window: Sequence[int]) -> int | None:
    """Return the side of a window that completes the rule, None when it does not."""
    if pattern.kind in (BEYOND, TREND):
        least = pattern.least if pattern.kind == BEYOND else len(window)
        return next((side for side in (1, -1) if window.count(side) >= least), None)
    holds = {
        ALTERNATING: all(before * after == -1 for before, after in pairwise(window)),
        WITHIN: not any(window),
        BOTH_SIDES: all(window) and len(set(window)) == 2,
    }
    return 0 if holds[pattern.kind] else None
