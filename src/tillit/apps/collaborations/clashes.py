"""Where somebody is expected in two collaborations at once, or has an assignment with the company meanwhile.

Readings. Nothing is told of the other collaboration but the days that both share: the people's employers and the
other company decide who else may know of it. The one who stays away is not there. An assignment, a study or a gift
that runs for a time takes nobody's days, so only what people come to can be at the same time as something else.
"""

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.parts import Part, Place

ASSIGNMENTS = ("consultancy", "advisory_board")
"""Kinds in which a person who takes part has a task for the company."""
RUNNING = (
    "consultancy",
    "market_research",
    "procurement",
    "reference_site",
    "development_project",
    "quality_register",
    "donation",
    "clinical_trial",
    "non_interventional_study",
    "scholarship",
    "gift",
)
"""Kinds that run for a time instead of being come to."""


def double_booked(own: Iterable[Part], others: Iterable[Part], names: Mapping[UUID, str]) -> tuple[Caution, ...]:
    """Return whose days, and hours where both are known, overlap with another collaboration's."""
    return tuple(
        _told("double_booked", part, other, names)
        for part, other in _pairs(own, others)
        if part.place.kind not in RUNNING and other.place.kind not in RUNNING and _at_once(part.place, other.place)
    )


def other_assignment(
    own: Iterable[Part], others: Iterable[Part], names: Mapping[UUID, str], companies: Mapping[UUID, str]
) -> tuple[Caution, ...]:
    """Return who in care has an assignment with one of the same companies that runs on the same days.

    Readings: an assignment is a consultancy or an advisory board, or anything with a fee to the person from the
    company or from a payer not said. It is told whether this collaboration is one itself or not: both say who the
    person works for.
    """
    return tuple(
        _told("other_assignment", part, other, names, company=companies[min(shared)])
        for part, other in _pairs(own, others)
        if part.is_care and (shared := _assigned_by(other) & companies.keys())
    )


def _assigned_by(part: Part) -> set[UUID]:
    """Return the companies that a person has an assignment with in a collaboration."""
    if part.place.kind in ASSIGNMENTS:
        return set(part.place.companies)
    payers = {fee.payer for fee in part.fees}
    return set(part.place.companies) if None in payers else {each for each in payers if each in part.place.companies}


def _pairs(own: Iterable[Part], others: Iterable[Part]) -> list[tuple[Part, Part]]:
    """Return the parts that one person has on the same days in this collaboration and in another."""
    elsewhere = [each for each in others if each.is_there]
    return [
        (part, other)
        for part in own
        if part.is_there
        for other in elsewhere
        if other.person == part.person and other.place.first <= part.place.last and part.place.first <= other.place.last
    ]


def _at_once(one: Place, other: Place) -> bool:
    """Return whether two that share days overlap in hours too, or may: one begins when the other ends does not."""
    if one.span is None or other.span is None:
        return True
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _told(code: str, part: Part, other: Part, names: Mapping[UUID, str], **more: str) -> Caution:
    first, last = max(part.place.first, other.place.first), min(part.place.last, other.place.last)
    said = {"name": names.get(part.person, ""), "first": first.isoformat(), "last": last.isoformat(), **more}
    return Caution(code, f"{part.person}:{mark(part.place.key, other.place.key)}", said, part.person)


def mark(*keys: object) -> str:
    """Return what stands for some keys without telling them: the same for as long as they are the same."""
    return hashlib.sha256(" ".join(str(each) for each in keys).encode()).hexdigest()[:16]
