"""D8: the verdict on a tally against its norm, with the seats that would have to move."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from tillit.core.governance.apportionment import gallagher, hamilton, loosemore_hanby, shares_of, whole
from tillit.core.governance.flags import (
    GREEN,
    NOT_ASSESSABLE,
    RED,
    YELLOW,
    Facts,
    Flag,
    Judge,
    Judged,
    NoThresholds,
    Rule,
    as_text,
)
from tillit.core.governance.representation import BOUNDS, Norm, Tally

RULE = Rule("D8", 1)
BALANCE, NOT_COVERED = "balance", "not_covered"
_NONE = NoThresholds()


@dataclass(frozen=True, slots=True)
class BalanceThresholds:
    """Seats to move from which a balance is yellow and red."""

    yellow: Decimal = Decimal(1)
    red: Decimal = Decimal(2)


@dataclass(frozen=True, slots=True)
class Balance:
    """Seats against a norm: `index` is Loosemore–Hanby, `least` the smallest that so many whole seats can reach.

    `seats`: those that are counted. `to_move` = seats · (index − least), never below 0: shared seats can come nearer
    than whole ones. `to_move_whole` is rounded up.
    """

    seats: int
    shares: Mapping[str, Fraction]
    index: Fraction
    least: Fraction
    nearest: Mapping[str, int]
    to_move: Fraction
    to_move_whole: int
    gallagher: Decimal


def balance(counts: Mapping[str, Fraction], norm: Mapping[str, Fraction]) -> Balance | None:
    """Return how far counted seats are from a norm; None when no seat is counted.

    Seats that are shared may sum to a broken number where a part counts in no category: then they are rounded up.
    """
    total = sum(counts.values(), Fraction(0))
    if not total:
        return None
    seats, shares = whole(total), shares_of(counts)
    nearest = hamilton(seats, norm)
    index = loosemore_hanby(shares, norm)
    least = loosemore_hanby({each: Fraction(count, seats) for each, count in nearest.items()}, norm)
    to_move = max(Fraction(0), seats * (index - least))
    return Balance(seats, shares, index, least, nearest, to_move, whole(to_move), gallagher(shares, norm))


def balance_facts(tally: Tally, norm: Norm) -> dict[str, Any]:
    """Return all that a verdict on representation rests on, as JSON."""
    shares = norm.shares
    return {
        "counts": {each: as_text(count) for each, count in tally.counts.items()},
        "unplaced": list(tally.unplaced),
        "unknown": list(tally.unknown),
        "vacant": list(tally.vacant),
        "kind": norm.kind,
        "categories": list(norm.categories),
        "norm": None if shares is None else {each: as_text(share) for each, share in shares.items()},
        "minimum": dict(norm.minimum),
        "maximum": dict(norm.maximum),
        "source": norm.source,
    }


def judge_balance(facts: Facts, limits: BalanceThresholds) -> Judged:
    """Return the verdict: red from two seats to move, or where a category that is to have a seat has none.

    Norms of shares imply one seat each when there are as many seats as categories. Fewer than a smallest number, or
    more than a largest, is yellow (our reading; the model gives the colour of none at all only). Not assessable: no
    shares to hold against, no seat counted, or a seat that nobody can place.
    """
    counts = {each: Fraction(count) for each, count in facts["counts"].items()}
    if facts["unknown"] or not any(counts.values()) or (facts["norm"] is None and facts["kind"] != BOUNDS):
        return Judged(NOT_ASSESSABLE, {"reason": _why_not(facts, counts)})
    norm = None if facts["norm"] is None else {each: Fraction(share) for each, share in facts["norm"].items()}
    minimum = _minimum(facts, norm, whole(sum(counts.values(), Fraction(0))))
    empty = [each for each, least in minimum.items() if least >= 1 and not counts.get(each)]
    few = [each for each, least in minimum.items() if counts.get(each, 0) < least]
    many = [each for each, most in facts["maximum"].items() if counts.get(each, 0) > most]
    result: dict[str, Any] = {"empty": empty, "too_few": few, "too_many": many}
    moves = Fraction(0)
    if norm is not None:
        found = balance(counts, norm)
        assert found is not None
        moves = found.to_move
        result |= _figures(found)
    if empty or moves >= Fraction(limits.red):
        return Judged(RED, result)
    return Judged(YELLOW if few or many or moves >= Fraction(limits.yellow) else GREEN, result)


def _why_not(facts: Facts, counts: Mapping[str, Fraction]) -> str:
    if facts["unknown"]:
        return "unknown"
    return "norm_lacking" if any(counts.values()) else "no_seats"


def _minimum(facts: Facts, norm: Mapping[str, Fraction] | None, seats: int) -> dict[str, int]:
    implied = norm is not None and seats >= len(facts["categories"])
    least = {each: 1 for each in facts["categories"] if implied and norm is not None and norm.get(each)}
    stated: Mapping[str, int] = facts["minimum"]
    return least | {each: max(count, least.get(each, 0)) for each, count in stated.items()}


def _figures(found: Balance) -> dict[str, Any]:
    return {
        "seats": found.seats,
        "index": as_text(found.index),
        "least": as_text(found.least),
        "nearest": dict(found.nearest),
        "to_move": as_text(found.to_move),
        "to_move_whole": found.to_move_whole,
        "gallagher": as_text(found.gallagher),
    }


def balance_flags(
    tally: Tally, norm: Norm, *, organ: str, on: date, thresholds: BalanceThresholds | None = None
) -> tuple[Flag, ...]:
    """Return the flag of an organ's balance in the norm's dimension, none when it is green."""
    facts, limits = balance_facts(tally, norm), thresholds or BalanceThresholds()
    where = {"dimension": norm.dimension, "norm": norm.kind}
    judged = judge_balance(facts, limits)
    return RULE.flags(BALANCE, judged, subject=organ, day=on, facts=facts, params=limits, dimensions=where)


def covered(tally: Tally) -> tuple[str, ...]:
    """Return the categories that have a seat, or a part of one."""
    return tuple(each for each, count in tally.counts.items() if count)


def not_covered_flags(
    categories: Sequence[str],
    has: Collection[str],
    *,
    organ: str,
    dimension: str,
    on: date,
    unknown: Sequence[str] = (),
) -> tuple[Flag, ...]:
    """Return the yellow flag with the names of categories that nobody speaks for; `unknown`: what nobody can place."""
    lacking = [each for each in categories if each not in has]
    facts = {"categories": list(categories), "lacking": lacking, "unknown": list(unknown)}
    where = {"dimension": dimension}
    judged = _not_covered(facts, _NONE)
    return RULE.flags(NOT_COVERED, judged, subject=organ, day=on, facts=facts, params=_NONE, dimensions=where)


def _not_covered(facts: Facts, _limits: NoThresholds) -> Judged:
    total, lacking = len(facts["categories"]), len(facts["lacking"])
    share = as_text(Fraction(total - lacking, total)) if total else None
    verdict = GREEN if not lacking else NOT_ASSESSABLE if facts["unknown"] else YELLOW
    return Judged(verdict if total else NOT_ASSESSABLE, {"coverage": share})


JUDGES: Mapping[str, Judge] = MappingProxyType({BALANCE: judge_balance, NOT_COVERED: _not_covered})
"""Per finding: the rule as a function of stored facts and thresholds."""
