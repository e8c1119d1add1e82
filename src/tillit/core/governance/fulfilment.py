"""D9: how much of what fell due in the last twelve months was met, by weight, and what is heavily overdue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from tillit.core.governance.commitments import NOT_MET, WAIVED
from tillit.core.governance.flags import (
    GREEN,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    Facts,
    Flag,
    Judge,
    Judged,
    Rule,
    as_text,
)
from tillit.core.governance.occurrences import CLAIMED, Occurrence

RULE = Rule("D9", 1)
FULFILMENT = "fulfilment"


@dataclass(frozen=True, slots=True)
class FulfilmentThresholds:
    """Shares below which fulfilment is yellow and red; the weight and the days that make one unmet time red alone."""

    yellow: Decimal = Decimal("0.9")
    red: Decimal = Decimal("0.7")
    heavy_weight: Decimal = Decimal(3)
    heavy_days: int = 30


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """F = Σ weight · fraction / Σ weight over `count` times; None when nothing was due."""

    share: Fraction | None
    met_weight: Fraction
    weight: Fraction
    count: int


def fulfilment(rows: Iterable[Occurrence]) -> Fulfilment:
    """Return the fulfilment of what fell due in the window; what is waived is not counted.

    Every time weighs by its commitment, so a total over parties weighs times and not parties.
    """
    counted = [each for each in rows if each.in_window and each.state != WAIVED]
    weight = sum((Fraction(each.commitment.weight) for each in counted), Fraction(0))
    met = sum((Fraction(each.commitment.weight) * each.fraction for each in counted), Fraction(0))
    return Fulfilment(met / weight if counted else None, met, weight, len(counted))


def views(rows: Iterable[Occurrence], *names: str) -> dict[tuple[str, ...], tuple[Occurrence, ...]]:
    """Return the rows by values of their commitment: views(rows, "party", "level", "area"), sorted."""
    found: dict[tuple[str, ...], list[Occurrence]] = {}
    for each in rows:
        found.setdefault(tuple(getattr(each.commitment, name) for name in names), []).append(each)
    return {key: tuple(found[key]) for key in sorted(found)}


def fulfilment_facts(rows: Sequence[Occurrence], on: date) -> dict[str, Any]:
    """Return all that a verdict on fulfilment rests on, as JSON: the window, and what is overdue from before it."""
    relevant = [each for each in rows if each.in_window or each.state in (NOT_MET, CLAIMED)]
    return {
        "today": on.isoformat(),
        "occurrences": [
            {
                "commitment": each.commitment.id,
                "due": each.due.isoformat(),
                "weight": as_text(each.commitment.weight),
                "fraction": as_text(each.fraction),
                "state": each.state,
                "days_overdue": each.days_overdue,
                "in_window": each.in_window,
            }
            for each in relevant
        ],
    }


def judge_fulfilment(facts: Facts, limits: FulfilmentThresholds) -> Judged:
    """Return the verdict: red under 0.7 or with one heavy time unmet for more than 30 days, yellow under 0.9.

    Partly met is not unmet. A heavy time stays red until something of it is met or it is waived, also when it
    has left the window (our reading: a debt does not lapse by waiting). Nothing due and nothing heavy: not assessable.
    """
    counted = [row for row in facts["occurrences"] if row["state"] != WAIVED]
    inside = [row for row in counted if row["in_window"]]
    weight = sum((Fraction(row["weight"]) for row in inside), Fraction(0))
    met = sum((Fraction(row["weight"]) * Fraction(row["fraction"]) for row in inside), Fraction(0))
    heavy = [f"{row['commitment']} {row['due']}" for row in counted if _heavy(row, limits)]
    share = met / weight if weight else None
    result = {"share": as_text(share), "met": as_text(met), "weight": as_text(weight), "heavy": heavy}
    if heavy or (share is not None and share < Fraction(limits.red)):
        return Judged(RED, result)
    if share is None:
        return Judged(NOT_ASSESSABLE, result)
    return Judged(YELLOW if share < Fraction(limits.yellow) else GREEN, result)


def _heavy(row: Mapping[str, Any], limits: FulfilmentThresholds) -> bool:
    weight, unmet = Decimal(row["weight"]), Fraction(row["fraction"]) == 0
    return weight >= limits.heavy_weight and unmet and row["days_overdue"] > limits.heavy_days


def fulfilment_flags(
    rows: Sequence[Occurrence],
    *,
    subject: str,
    on: date,
    dimensions: Mapping[str, str] | None = None,
    thresholds: FulfilmentThresholds | None = None,
) -> tuple[Flag, ...]:
    """Return the flag of one view of the rows: of a party, a level, an area or any cross of them."""
    facts, limits = fulfilment_facts(rows, on), thresholds or FulfilmentThresholds()
    judged = judge_fulfilment(facts, limits)
    return RULE.flags(FULFILMENT, judged, subject=subject, day=on, facts=facts, params=limits, dimensions=dimensions)


JUDGES: Mapping[str, Judge] = MappingProxyType({FULFILMENT: judge_fulfilment})
"""Per finding: the rule as a function of stored facts and thresholds."""
