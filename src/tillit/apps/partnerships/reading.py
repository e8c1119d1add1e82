"""An agreement as it reads on a day, with the clauses of its supplements in the places of those that they replace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it is written somewhere. `holds`: whether the agreement that it is written in runs on the day."""

    id: int
    number: str
    text: str
    area: str
    valid_from: date
    replaces: int | None
    agreement: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A clause as it reads. `earlier`: what it has stood in for, the latest first."""

    clause: Wording
    earlier: tuple[Wording, ...]


def consolidated(clauses: Iterable[Wording], on: date) -> tuple[Read, ...]:
    """Return the clauses that read on a day, in the order of their numbers (2 before 10).

    All that stand in for one another are one place, whoever of them was written against whom; of those that have come
    to hold, the one from the latest day is what reads. When a supplement ends, what it replaced reads again. A clause
    that replaces one that is not there stands in a place of its own.
    """
    known = {each.id: each for each in clauses}
    places: dict[int, list[Wording]] = {}
    for each in known.values():
        if each.holds and each.valid_from <= on:
            places.setdefault(_origin(each, known), []).append(each)
    read = []
    for here in places.values():
        here.sort(key=lambda each: (each.valid_from, each.id), reverse=True)
        read.append(Read(here[0], tuple(here[1:])))
    return tuple(sorted(read, key=lambda each: in_order(each.clause.number)))


def _origin(clause: Wording, known: dict[int, Wording]) -> int:
    here, seen = clause, {clause.id}
    while here.replaces in known and here.replaces not in seen:
        here = known[here.replaces]
        seen.add(here.id)
    return here.id


def in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return what numbers of clauses are sorted by: "2" before "10", "3 a" after "3", letters after figures."""
    parts = number.replace(".", " ").replace("§", " ").split()
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts)
