"""What only shows across collaborations: caps, clashes, the same event, procurements that are open (GEN-1)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations import clashes, counting
from tillit.apps.collaborations.facts import open_procurements
from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.parts import Part, other_parts, own_parts
from tillit.apps.collaborations.same_event import same_event
from tillit.apps.collaborations.whole import Whole


def warnings(whole: Whole, *, content: Mapping[str, Any]) -> tuple[Caution, ...]:
    """Return what is worth a look beside the rules, of a content among the other collaborations in force.

    Reading: a draft could be used to ask who does what with whom, by trying people and days in it. So until a content
    is handed in it is only held against what all who can read it are in themselves: the one who proposes, or all
    parties once there has been a version. What is handed in is seen by both sides and held against everything.

    Nine queries at most, however many people take part and however many others there are: procurements, limits,
    names, people's parts elsewhere with their companies, fees and meals, the units' collaborations, events.
    """
    about = content["about"]
    first, last = date.fromisoformat(about["starts_on"]), date.fromisoformat(about["ends_on"])
    own = own_parts(whole, content)
    bounds = counting.bounds(whole, own, first)
    handed_in = whole.version is not None and content is whole.version.content
    others = other_parts(
        own,
        first.year,
        with_meals=any(each.measure == counting.MEALS for each in bounds),
        known_to=frozenset() if handed_in else _readers(whole),
    )
    names = _names(own)
    care = frozenset(each.organisation_id for each in whole.side("care"))
    companies = {each.organisation_id: each.organisation.name for each in whole.side("company")}
    counts = counting.Counts(own, others, bounds, care, names, first.year)
    return (
        *_procurements(whole, first, last),
        *same_event(whole, content=content),
        *clashes.double_booked(own, others, names),
        *clashes.other_assignment(own, others, names, companies),
        *counting.meals_over(counts),
        *counting.fees_over(counts),
        *(counting.share_over(whole, bounds, first.year) if handed_in else ()),
    )


def _readers(whole: Whole) -> frozenset[UUID]:
    """Return the organisations that can read what is not handed in."""
    begun = whole.collaboration.version == 0
    there = (each for each in whole.parties if each.left_at is None)
    return frozenset(each.organisation_id for each in there if not begun or each.role == "proposer")


def _procurements(whole: Whole, first: date, last: date) -> tuple[Caution, ...]:
    found = open_procurements(whole.side("company"), whole.side("care"), first, last)
    return tuple(
        Caution("procurement_open", str(each.pk), {"subject": each.subject, "buyer": each.buyer.name}) for each in found
    )


def _names(own: Iterable[Part]) -> dict[UUID, str]:
    people = {each.person for each in own}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
