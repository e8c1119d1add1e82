"""I-7: one ordinary holder of a seat at a time, a person once in an organ, affiliations that are one together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from tillit.core.governance.entities import Appointment, Seat
from tillit.core.governance.flags import GREEN, RED, YELLOW, Facts, Flag, Judge, Judged, NoThresholds, Rule

RULE = Rule("I-7", 1)
SEAT_TAKEN, SITS_TWICE = "seat_taken", "sits_twice"
_NONE = NoThresholds()


def overlapping(appointment: Appointment, others: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return the ordinary appointments that cannot stand beside one on its seat. A deputy stands beside anybody."""
    return tuple(
        other
        for other in others
        if other != appointment
        and other.seat == appointment.seat
        and appointment.ordinary
        and other.ordinary
        and appointment.during.meets(other.during)
    )


def seat_flags(seats: Sequence[Seat], appointments: Iterable[Appointment], on: date) -> tuple[Flag, ...]:
    """Return seats with two holders on a day (red), and persons who sit twice in an organ (yellow, counted once)."""
    organs = {seat.id: seat.organ for seat in seats}
    held: dict[str, list[str]] = {}
    sits: dict[tuple[str, str], list[str]] = {}
    for each in appointments:
        if each.ordinary and each.during.holds(on) and each.seat in organs:
            held.setdefault(each.seat, []).append(each.person)
            sits.setdefault((organs[each.seat], each.person), []).append(each.seat)
    found: list[Flag] = []
    for seat, persons in sorted(held.items()):
        found += _raised(SEAT_TAKEN, seat, {"holders": sorted(persons)}, on, {})
    for (organ, person), where in sorted(sits.items()):
        found += _raised(SITS_TWICE, organ, {"seats": sorted(set(where))}, on, {"person": person})
    return tuple(found)


def _raised(code: str, subject: str, facts: Facts, on: date, where: Mapping[str, str]) -> tuple[Flag, ...]:
    judged = JUDGES[code](facts, _NONE)
    return RULE.flags(code, judged, subject=subject, day=on, facts=facts, params=_NONE, dimensions=where)


def _taken(facts: Facts, _limits: NoThresholds) -> Judged:
    return Judged(RED if len(facts["holders"]) > 1 else GREEN, {"holders": len(facts["holders"])})


def _twice(facts: Facts, _limits: NoThresholds) -> Judged:
    return Judged(YELLOW if len(facts["seats"]) > 1 else GREEN, {"seats": len(facts["seats"])})


JUDGES: Mapping[str, Judge] = MappingProxyType({SEAT_TAKEN: _taken, SITS_TWICE: _twice})
"""Per finding: the rule as a function of stored facts."""
