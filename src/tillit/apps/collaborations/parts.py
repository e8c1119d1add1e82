"""What people's parts in collaborations are: in this one as its content says, in the others in force as they stand.

Readings: in force is what has been handed in and is neither declined, called off nor put off: a draft binds nobody,
and what is put off has no days. A collaboration belongs to the year that its first day is in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tillit.apps.collaborations.checking import amount_of
from tillit.apps.collaborations.models import CostLine, Participant, Party, Version
from tillit.apps.collaborations.whole import Whole
from tillit.apps.parties.models.organisations import CARE
from tillit.core.process import states
from tillit.core.process.content import AMOUNTS

IN_FORCE = (*states.BEING_APPROVED, states.APPROVED, *states.HAPPENED)
EXPENSES = ("travel", "lodging", "meal", "participation_fee", "speaker_travel")
"""Categories that are no fee though they concern a payment to somebody."""


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee to a person: `amount` in kronor, None where nobody has said any; `payer` None where it is not said."""

    person: UUID
    amount: Decimal | None
    payer: UUID | None


@dataclass(frozen=True, slots=True)
class Place:
    """A collaboration as far as counts and clashes need it. `parties`: all that are in it; `meals`: how many listed."""

    key: UUID
    first: date
    last: date
    begins: time | None
    ends: time | None
    kind: str
    companies: frozenset[UUID] = frozenset()
    parties: frozenset[UUID] = frozenset()
    meals: int = 0
    fees: tuple[Fee, ...] = ()

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """Return from when to when it lasts, None where an hour is not known."""
        if self.begins is None or self.ends is None:
            return None
        span = datetime.combine(self.first, self.begins), datetime.combine(self.last, self.ends)
        return span if span[0] < span[1] else None


@dataclass(frozen=True, slots=True)
class Part:
    """What one person does in one collaboration."""

    person: UUID
    employer: UUID | None
    side: str
    attendance: str
    place: Place
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        return self.attendance != "absent"

    @property
    def is_care(self) -> bool:
        """Return whether the person stands on the care side, or on none that is said."""
        return self.side in ("care", "care_no_employer", "")

    @property
    def meals(self) -> int:
        """Return how many meals industry offers the person.

        Readings: one who is said to be offered is offered every meal that is listed, one where none is listed. Where
        it is not said, those who are there in the room are offered what is listed, those at a distance are not. The
        company's own people eat as employees, and who was absent did not eat.
        """
        if not self.is_there or self.side == "industry":
            return 0
        offered = self.facts.get("meal_offered")
        if offered is None:
            in_the_room = self.facts.get("mode") in ("on_site", "both") and self.attendance != "remote"
            return self.place.meals if in_the_room else 0
        return max(self.place.meals, 1) if offered is True else 0

    @property
    def fees(self) -> tuple[Fee, ...]:
        return tuple(each for each in self.place.fees if each.person == self.person)


def own_parts(whole: Whole, content: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the parts that a content gives to people who are known. No query."""
    said = content.get("participant", [])
    people = {each["id"]: key for each in said if (key := key_of(each.get("person")))}
    place = _own_place(whole, content, people)
    return tuple(
        Part(
            people[each["id"]],
            key_of(each.get("employer")),
            str(each.get("facts", {}).get("side") or ""),
            each.get("attendance") or "invited",
            place,
            each.get("facts", {}),
        )
        for each in said
        if each["id"] in people
    )


def _own_place(whole: Whole, content: Mapping[str, Any], people: Mapping[str, UUID]) -> Place:
    about = content["about"]
    care = {each.organisation_id for each in whole.side("care")}
    fees = [
        Fee(people[line["participant"]], _best(line), payer)
        for line in content.get("cost", [])
        if line.get("participant") in people
        and is_fee(str(line.get("category") or ""), str(line.get("concerns") or ""))
        and (payer := key_of(line.get("payer"))) not in care
    ]
    return Place(
        whole.collaboration.pk,
        date.fromisoformat(about["starts_on"]),
        date.fromisoformat(about["ends_on"]),
        _hour(about.get("starts_at")),
        _hour(about.get("ends_at")),
        str(content.get("collaboration", {}).get("kind") or ""),
        frozenset(each.organisation_id for each in whole.side("company")),
        frozenset(each.organisation_id for each in whole.parties if each.left_at is None),
        len(content.get("meal", [])),
        tuple(fees),
    )


def other_parts(
    own: Iterable[Part], year: int, *, with_meals: bool, known_to: frozenset[UUID] = frozenset()
) -> tuple[Part, ...]:
    """Return the parts of the same people in others in force that year, or on the same days.

    `known_to`: only in others that all of these organisations are in. Three queries, one more with meals; one where
    there is nothing.
    """
    mine = tuple(own)
    if not mine:
        return ()
    here = mine[0].place
    rows = list(_participations(mine, here, year))
    keys = {each.collaboration_id for each in rows}
    if not keys:
        return ()
    sides, fees = _sides(keys), _fees(keys, {each.person for each in mine})
    meals = _meals(keys) if with_meals else {}
    places = {
        each.collaboration_id: Place(
            each.collaboration_id,
            each.collaboration.starts_on,
            each.collaboration.ends_on,
            each.collaboration.starts_at,
            each.collaboration.ends_at,
            each.collaboration.kind,
            frozenset(key for key, side in sides.get(each.collaboration_id, {}).items() if side == "company"),
            frozenset(sides.get(each.collaboration_id, {})),
            meals.get(each.collaboration_id, 0),
            tuple(fees.get(each.collaboration_id, ())),
        )
        for each in rows
    }
    return tuple(
        Part(each.person_id, each.employer_id, each.side, each.attendance, places[each.collaboration_id], each.facts)
        for each in rows
        if each.person_id is not None and known_to <= places[each.collaboration_id].parties
    )


def _participations(own: Iterable[Part], here: Place, year: int) -> QuerySet[Participant]:
    same_year = Q(collaboration__starts_on__year=year)
    same_days = Q(collaboration__starts_on__lte=here.last, collaboration__ends_on__gte=here.first)
    rows = Participant.objects.filter(
        same_year | same_days,
        person__in={each.person for each in own},
        removed_at__isnull=True,
        collaboration__state__in=IN_FORCE,
    ).exclude(collaboration=here.key)
    shown = ("starts_on", "ends_on", "starts_at", "ends_at", "kind")
    return (
        rows.select_related("collaboration")
        .only(*("person", "employer", "side", "attendance", "facts"), *(f"collaboration__{name}" for name in shown))
        .order_by("collaboration__starts_on", "pk")
    )


def _sides(keys: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
    found: dict[UUID, dict[UUID, str]] = {}
    rows = Party.objects.filter(collaboration__in=keys, left_at__isnull=True)
    for collaboration, organisation, side in rows.values_list("collaboration_id", "organisation_id", "side"):
        found.setdefault(collaboration, {})[organisation] = side
    return found


def _fees(keys: Iterable[UUID], people: Iterable[UUID]) -> dict[UUID, list[Fee]]:
    found: dict[UUID, list[Fee]] = {}
    lines = CostLine.objects.filter(collaboration__in=keys, participant__person__in=people)
    columns = ("category", "concerns", "currency", *AMOUNTS, "payer__kind")
    for row in lines.order_by("pk").values("collaboration_id", "participant__person_id", "payer_id", *columns):
        if is_fee(row["category"], row["concerns"]) and row["payer__kind"] not in CARE:
            fee = Fee(row["participant__person_id"], _best(row), row["payer_id"])
            found.setdefault(row["collaboration_id"], []).append(fee)
    return found


def _meals(keys: Iterable[UUID]) -> dict[UUID, int]:
    versions = Version.objects.filter(collaboration__in=keys, number=F("collaboration__version"))
    return {key: len(meals or ()) for key, meals in versions.values_list("collaboration_id", "content__meal")}


def is_fee(category: str, concerns: str) -> bool:
    """Return whether a cost line for one person is a fee.

    Readings: a speaker's fee, or what pays for a transfer that the rulebook tries and is no expense. A transfer itself
    names nobody, so it is a person's only where a cost line says whose.
    """
    return category == "speaker" or (concerns.startswith("transfer:") and category not in EXPENSES)


def _best(line: Mapping[str, Any]) -> Decimal | None:
    """Return the actual amount where it is known, else the committed, else the estimated; None in other currencies."""
    if line.get("currency") not in (None, "", "SEK"):
        return None
    for name in reversed(AMOUNTS):
        if (amount := line.get(name)) not in (None, ""):
            return amount_of(amount, field=name)
    return None


def key_of(value: object) -> UUID | None:
    """Return a key as it stands in a content, None where there is none."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _hour(value: object) -> time | None:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        return None
