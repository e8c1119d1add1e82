"""What it means to be one of a partnership's parties (R2), as the one who asks may read it.

The core answers from everything that is known; what is not for the one who asks is left out afterwards, so that an
agreement one may not read still counts. Names of people are for the parties and the office.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet, TextField, Value

from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.commitment_facts import Owed, owed
from tillit.apps.partnerships.models import (
    CURRENT,
    Agreement,
    Appointment,
    Commitment,
    MandateItem,
    Membership,
    Organ,
    Partnership,
    RepresentationLink,
    Seat,
)
from tillit.apps.partnerships.organ_facts import (
    SUBSTITUTE,
    during,
    link_fact,
    mandate_fact,
    organ_fact,
    seat_fact,
    term_fact,
)
from tillit.apps.prepared import prepared
from tillit.core.governance import actor as core
from tillit.core.governance.agreements import Agreement as Agreed, Signature
from tillit.core.governance.entities import Appointment as Sitting, Membership as Taking
from tillit.core.governance.mandates import MandateItem as Right

Beside = Callable[[UUID, UUID], Any]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """A party's answer, and the rows behind it by their keys. `people`: names, empty for one who may not have them.

    `beside`: what another room asked to be read along, as it was answered and not looked at here.
    """

    organisation: Organisation
    memberships: tuple[Membership, ...]
    answer: core.ActorAnswer
    agreements: Mapping[str, Agreement]
    organs: Mapping[str, Organ]
    seats: Mapping[str, Seat]
    rights: Mapping[Right, MandateItem]
    promises: Mapping[str, Owed]
    organisations: Mapping[str, str]
    people: Mapping[str, str]
    beside: str | None = None


def actor_page(
    partnership: Partnership, key: UUID, sight: Sight, today: date, *, beside: Beside | None = None
) -> ActorPage | None:
    """Return what it means to be an organisation that is or has been a party, None when it is none. Six queries.

    `beside`: makes an expression of text, of the keys of partnership and organisation, that is read along.
    """
    here = partnership.pk
    memberships: tuple[Any, ...] = tuple(_memberships(here, key, beside))
    if not memberships:
        return None
    agreements, sitting, links = _agreed(here, key), _seated(here, today), _links(here, key)
    rights = {mandate_fact(row): row for row in _mandates(here)}
    roles = tuple(sorted({each.role for each in memberships}))
    promises = owed(_promises(here, key, memberships[0].organisation.kind, roles), memberships)
    organs, seats = _places(sitting, links)
    whole = core.Partnership(
        memberships=tuple(_taking(each) for each in memberships),
        agreements=tuple(fact for _, fact in agreements),
        organs=tuple(organ_fact(each) for each in organs.values()),
        seats=tuple(seat_fact(each) for each in seats.values()),
        appointments=tuple(fact for _, fact in sitting),
        links=tuple(link_fact(each) for each in links),
        mandates=tuple(rights),
        commitments=tuple(each.promise for each in promises),
    )
    page = ActorPage(
        organisation=memberships[0].organisation,
        memberships=tuple(each for each in memberships if during(each).holds(today)),
        answer=core.answer(whole, str(key), today),
        agreements={str(row.pk): row for row, _ in agreements},
        organs=organs,
        seats=seats,
        rights=rights,
        promises={each.key: each for each in promises},
        organisations={str(each.organisation_id): each.organisation.name for each, _ in sitting},
        people={str(each.person_id): each.person.name for each, _ in sitting},
        beside=memberships[0].told_beside,
    )
    return seen(page, sight)


def seen(page: ActorPage, sight: Sight) -> ActorPage:
    """Return what of a page somebody may read."""
    agreements = {key: each for key, each in page.agreements.items() if sight.sees(each.openness)}
    organs = {key: each for key, each in page.organs.items() if sight.sees(each.openness, each.pk)}
    promises = {k: each for k, each in page.promises.items() if sight.sees(each.row.openness, each.row.organ_id)}
    told = page.answer
    answer = replace(
        told,
        bonds=tuple(each for each in told.bonds if each.agreement.id in agreements),
        not_party_to=tuple(each for each in told.not_party_to if each.id in agreements),
        places=tuple(each for each in told.places if each.organ.id in organs),
        spoken_for=tuple(each for each in told.spoken_for if each.organ.id in organs),
        says=tuple(each for each in told.says if each.mandate.organ in organs),
        due=tuple((day, each) for day, each in told.due if each.id in promises),
        undated=tuple(each for each in told.undated if each.id in promises),
        reporting=tuple((day, each) for day, each in told.reporting if each.id in promises),
    )
    named = sight.party or sight.office or sight.evaluator
    return replace(
        page,
        answer=answer,
        agreements=agreements,
        organs=organs,
        promises=promises,
        people=page.people if named else {},
    )


def _taking(row: Membership) -> Taking:
    return Taking(str(row.organisation_id), row.role, during(row), row.stage or None, row.voting)


def _places(
    sitting: Iterable[tuple[Appointment, Sitting]], links: Iterable[RepresentationLink]
) -> tuple[dict[str, Organ], dict[str, Seat]]:
    """Return the organs and seats where somebody sits or that speak for the party, by their keys."""
    seats = {str(row.seat_id): row.seat for row, _ in sitting}
    seats |= {str(link.seat_id): link.seat for link in links if link.seat is not None}
    organs = {str(seat.organ_id): seat.organ for seat in seats.values()}
    organs |= {str(link.organ_id): link.organ for link in links if link.organ is not None}
    return organs, seats


@prepared
def _memberships(partnership: UUID, key: UUID, beside: Beside | None) -> QuerySet[Membership]:
    rows = Membership.objects.filter(CURRENT, partnership=partnership, organisation=key)
    rows = rows.annotate(told_beside=beside(partnership, key) if beside else Value(None, TextField()))
    return rows.select_related("organisation", "sector").order_by("starts_on", "pk")


def _agreed(partnership: UUID, key: UUID) -> list[tuple[Agreement, Agreed]]:
    """Return the partnership's agreements, each with the party's own signature where it is asked for one. One query."""
    found: list[tuple[Agreement, Agreed]] = []
    rows: list[Any] = _agreements(partnership, key)
    for row in rows:
        own = Signature(str(key), row.signed, row.effective, row.withdrawn, row.noticed, row.out)
        found.append((row, replace(term_fact(row), parties=(own,) if row.asked is not None else ())))
    return found


@prepared
def _agreements(partnership: UUID, key: UUID) -> QuerySet[Agreement]:
    mine = Q(parties__organisation=key, parties__superseded_at__isnull=True)
    return (
        Agreement.objects.filter(partnership=partnership)
        .select_related("level")
        .annotate(own=FilteredRelation("parties", condition=mine))
        .annotate(
            asked=F("own__pk"),
            signed=F("own__signed_on"),
            effective=F("own__effective_from"),
            withdrawn=F("own__withdrawn_on"),
            noticed=F("own__notice_given_on"),
            out=F("own__ends_on"),
        )
    )


def _seated(partnership: UUID, today: date) -> list[tuple[Appointment, Sitting]]:
    """Return who sits where today, with the shares of those who belong to several. One query."""
    shares: dict[int, dict[str, Decimal]] = {}
    kept: dict[int, Appointment] = {}
    rows: list[Any] = _sitting(partnership, today)
    for row in rows:
        kept[row.pk] = row
        if row.also is not None:
            shares.setdefault(row.pk, {})[str(row.also)] = row.share
    return [(row, _sits(row, shares.get(pk, {}))) for pk, row in kept.items()]


@prepared
def _sitting(partnership: UUID, today: date) -> QuerySet[Appointment]:
    holding = (Q(ends_on__isnull=True) | Q(ends_on__gt=today)) & Q(starts_on__lte=today)
    return (
        Appointment.objects.filter(CURRENT, holding, seat__organ__partnership=partnership)
        .select_related("seat__organ__level", "seat__sector", "organisation", "person")
        .annotate(also=F("affiliations__organisation"), share=F("affiliations__share"))
        .order_by("seat__organ__level__rank", "seat__organ__name", "seat__number", "pk")
    )


def _sits(row: Appointment, shares: Mapping[str, Decimal]) -> Sitting:
    return Sitting(
        seat=str(row.seat_id),
        person=str(row.person_id),
        party=str(row.organisation_id),
        during=during(row),
        ordinary=row.role != SUBSTITUTE,
        secondary={key: Fraction(share) for key, share in shares.items()},
    )


@prepared
def _links(partnership: UUID, key: UUID) -> QuerySet[RepresentationLink]:
    here = Q(organ__partnership=partnership) | Q(seat__organ__partnership=partnership)
    rows = RepresentationLink.objects.filter(CURRENT, here, organisation=key)
    return rows.select_related("organ__level", "seat__organ__level", "seat__sector").order_by("starts_on", "pk")


@prepared
def _mandates(partnership: UUID) -> QuerySet[MandateItem]:
    rows = MandateItem.objects.filter(CURRENT, organ__partnership=partnership)
    return rows.select_related("organ", "subject", "level").order_by("level__rank", "subject__name", "pk")


@prepared
def _promises(partnership: UUID, key: UUID, kind: str, roles: tuple[str, ...]) -> QuerySet[Commitment]:
    """Return what the party owes, its own promises and those of its class. One query."""
    of_class = (Q(of_kind=kind) | Q(of_kind="")) & (Q(of_role__in=roles) | Q(of_role=""))
    return (
        Commitment.objects.filter(
            Q(organisation=key) | of_class & Q(organisation__isnull=True, organ__isnull=True), partnership=partnership
        )
        .select_related("level", "organisation", "organ")
        .order_by("level__rank", "created_at", "pk")
    )
