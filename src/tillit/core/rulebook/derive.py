"""Derived facts, computed once with bounds: nothing found is not nothing there.

`any`, `all`, `majority` give a bit; `count` and `sum` a low and a high (None = no bound); `years_after` a day;
`table` whether a place stands in a dated table. What is not listed may be anything unless the list is whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from tillit.core.rulebook.explain import Look, Seen
from tillit.core.rulebook.facts import Record, RecordList
from tillit.core.rulebook.model import Derived
from tillit.core.rulebook.values import AND, OR, F, J, T, U

Slots = Sequence[object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a derived fact came out as: its slots, what is missing under it, whether an estimate stood for a count."""

    slots: tuple[object, ...]
    missing: tuple[str, ...] = ()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Children:
    """The records of one kind as a derived fact sees them: their slots, and those that nobody listed."""

    listing: RecordList
    slots: Sequence[Slots]
    unknown: Slots


def over_children(derived: Derived, where: Look | None, among: Look | None, children: Children) -> Outcome:
    """Return the derived fact of a kind's records; `where` and `among` are its expressions as closures."""
    match derived.how:
        case "any" | "all":
            return _quantified(derived, _needed(where), children)
        case "majority":
            return _majority(derived, _needed(where), among, children)
        case "count":
            return _count(derived, where, children)
        case "sum":
            return _sum(derived, where, children)
        case _:
            raise TypeError(f"{derived.how} is not counted over records")


def _needed(look: Look | None) -> Look:
    assert look is not None, "the loader demands a where"
    return look


def _names(record: Record, seen: Seen) -> tuple[str, ...]:
    return tuple(f"{record.key}.{name}" for name in (*seen.unknown, *seen.unjudged))


def _list_question(derived: Derived) -> str:
    return f"records.{derived.over}.complete"


def _quantified(derived: Derived, where: Look, children: Children) -> Outcome:
    decides, neutral, table = (T, F, OR) if derived.how == "any" else (F, T, AND)
    bits = neutral
    missing: list[str] = []
    for record, slots in zip(children.listing.records, children.slots, strict=True):
        seen = where(slots)
        bits |= seen.value
        if seen.value in (U, J):
            missing.extend(_names(record, seen))
    if not children.listing.whole and where(children.unknown).value != neutral:
        unlisted = where(children.unknown).value
        certain = children.listing.unlisted is not None and unlisted == decides
        bits |= decides if certain else U
        missing.append(_list_question(derived))
    value = table[bits]
    return Outcome((value,), tuple(missing) if value in (U, J) else ())


def _majority(derived: Derived, where: Look, among: Look | None, children: Children) -> Outcome:
    """Return whether more than half hold: true iff every completion says so, false iff none does and one is there."""
    least = most = 0
    somebody = False
    missing: list[str] = []
    for record, slots in zip(children.listing.records, children.slots, strict=True):
        inside, holds = (among(slots) if among else Seen(T)), where(slots)
        low, high = _weight(inside.value, holds.value)
        least, most = least + low, most + high
        somebody = somebody or inside.value == T
        if low != high:
            missing.extend(_names(record, inside) + _names(record, holds))
    unlisted = children.listing.unlisted
    if unlisted != 0 or not missing:  # a whole list in which nobody counts: only a longer one has an answer
        missing.append(_list_question(derived))
    open_ended = unlisted is None
    least, most = least - (unlisted or 0), most + (unlisted or 0)
    if not open_ended and least > 0:
        return Outcome((T,))
    if not open_ended and most <= 0 and somebody:
        return Outcome((F,))
    return Outcome((U,), tuple(dict.fromkeys(missing)))


def _weight(inside: int, holds: int) -> tuple[int, int]:
    """Return the least and the most that a record adds to twice those that hold, less all that count."""
    if inside == F:
        return 0, 0
    low, high = {T: (1, 1), F: (-1, -1)}.get(holds, (-1, 1))
    return (low, high) if inside == T else (min(low, 0), max(high, 0))


def _count(derived: Derived, where: Look | None, children: Children) -> Outcome:
    low = high = 0
    missing: list[str] = []
    for record, slots in zip(children.listing.records, children.slots, strict=True):
        seen = where(slots) if where else Seen(T)
        low += seen.value == T
        high += seen.value != F
        if seen.value in (U, J):
            missing.extend(_names(record, seen))
    unlisted = children.listing.unlisted
    if unlisted != 0 and (where is None or where(children.unknown).value != F):
        missing.append(_list_question(derived))
        if unlisted is None:
            return Outcome((low, None), tuple(missing))
        low += unlisted if where is None else 0
        high += unlisted
    return Outcome((low, high), tuple(missing) if low != high else ())


def _sum(derived: Derived, where: Look | None, children: Children) -> Outcome:
    low = 0
    high: int | None = 0
    missing: list[str] = []
    for record, slots in zip(children.listing.records, children.slots, strict=True):
        seen = where(slots) if where else Seen(T)
        if seen.value == F:
            continue
        amount = record.values.get(str(derived.of)) if record.values.get("currency", "SEK") == "SEK" else None
        if seen.value != T:
            missing.extend(_names(record, seen))
        if amount is None:
            missing.append(f"{record.key}.{derived.of}")
            high = None
            continue
        whole = cast(int, amount)
        low += whole if seen.value == T else 0
        high = None if high is None else high + whole
    if not children.listing.whole and (where is None or where(children.unknown).value != F):
        missing.append(_list_question(derived))
        high = None
    return Outcome((low, high), tuple(missing) if low != high else ())


def estimated(derived: Derived, found: Outcome, facts: Record) -> Outcome:
    """Return the answer that a planned estimate gives where the list leaves a majority open, marked as an estimate."""
    if derived.estimate_count is None or derived.estimate_total is None or found.slots[0] != U:
        return found
    count, total = facts.values.get(derived.estimate_count), facts.values.get(derived.estimate_total)
    if not isinstance(count, int) or not isinstance(total, int) or total <= 0 or count > total:
        return found
    return Outcome((T if 2 * count > total else F,), (), True)
