"""Rows of the report and how they are measured: interleaved, several rounds, the best of each side."""

import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """One comparison. `ratio` is ours / anchor; `target` bounds the ratio, or `ours` where there is no anchor."""

    name: str
    ours: float
    anchor: float | None
    unit: str
    ratio: float | None
    target: float
    holds: bool

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def against(name: str, ours: float, anchor: float, unit: str, target: float) -> Row:
    """Return a row that holds ours against an anchor measured in the same run."""
    ratio = ours / anchor
    return Row(name, _plain(ours), _plain(anchor), unit, _plain(ratio), target, ratio <= target)


def below(name: str, ours: float, unit: str, bound: float) -> Row:
    """Return a row that holds ours against a bound of its own."""
    return Row(name, _plain(ours), None, unit, None, bound, ours < bound)


def _plain(number: float) -> float:
    return float(f"{number:.4g}")


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes, without the garbage collector in between."""
    gc.collect()
    gc.disable()
    try:
        started = perf_counter()
        work()
        return perf_counter() - started
    finally:
        gc.enable()


def best(sides: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the shortest of several rounds for each side; they take turns, so that a busy machine hits all alike."""
    found = dict.fromkeys(sides, float("inf"))
    for _ in range(rounds):
        for name, measured in sides.items():
            found[name] = min(found[name], measured())
    return found
