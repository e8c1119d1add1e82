"""Organs, mandates, seats and who sits on them, as the core reads them. One way.

A region, a municipality, a care provider and a university are somewhere: their county is the region that they count
in. A company, an authority or an association speaks for no region, wherever it has its address, unless its seat is a
region's own.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import (
    Affiliation,
    Agreement,
    Appointment,
    MandateItem,
    Membership,
    Organ,
    RepresentationLink,
    Seat,
)
from tillit.core.governance import agreements, entities, mandates
from tillit.core.governance.entities import Interval

PLACED = frozenset({"region", "municipality", "private_provider", "university"})
"""The kinds of organisation that count in the region that they lie in."""
SUBSTITUTE = "substitute"


def during(row: Appointment | MandateItem | Membership | Organ | RepresentationLink | Seat) -> Interval:
    """Return the days of a row."""
    return Interval(row.starts_on, row.ends_on)


def mandate_fact(row: MandateItem) -> mandates.MandateItem:
    return mandates.MandateItem(
        organ=str(row.organ_id),
        subject=str(row.subject_id),
        right=row.right,
        level=str(row.level_id),
        during=during(row),
        amount_from=row.amount_from,
        amount_to=row.amount_to,
        over=frozenset({row.over} if row.over else ()),
        clause=row.source,
    )


def organ_fact(row: Organ) -> entities.Organ:
    above = str(row.parent_id) if row.parent_id else None
    return entities.Organ(str(row.pk), row.tier, str(row.level_id), during(row), above)


def seat_fact(row: Seat) -> entities.Seat:
    """Return a seat; asks no query when its sector is fetched with it."""
    return entities.Seat(
        id=str(row.pk),
        organ=str(row.organ_id),
        voting=row.voting,
        sector=row.sector.code if row.sector else None,
        region=row.county_code or None,
        health_care_region=row.health_care_region or None,
    )


def appointment_fact(row: Appointment, affiliations: Iterable[Affiliation] = ()) -> entities.Appointment:
    return entities.Appointment(
        seat=str(row.seat_id),
        person=str(row.person_id),
        party=str(row.organisation_id),
        during=during(row),
        ordinary=row.role != SUBSTITUTE,
        secondary={str(each.organisation_id): Fraction(Decimal(str(each.share))) for each in affiliations},
    )


def party_fact(organisation: Organisation, membership: Membership | None) -> entities.Party:
    """Return a party; its sector and size are those of its membership, unknown where it has none."""
    region = organisation.county_code or None if organisation.kind in PLACED else ""
    sector = membership.sector.code if membership is not None and membership.sector is not None else None
    size = membership.size or None if membership is not None else None
    return entities.Party(str(organisation.pk), organisation.kind, sector, region, size)


def link_fact(row: RepresentationLink) -> entities.RepresentationLink:
    return entities.RepresentationLink(
        party=str(row.organisation_id),
        during=during(row),
        seat=str(row.seat_id) if row.seat_id else None,
        organ=str(row.organ_id) if row.organ_id else None,
        agreement=str(row.basis_id) if row.basis_id else None,
    )


def term_fact(row: Agreement) -> agreements.Agreement:
    """Return an agreement as far as its days go: who has signed it and what it covers is not read here."""
    return agreements.Agreement(
        id=str(row.pk),
        type=row.type,
        level=str(row.level_id),
        valid_from=row.valid_from,
        term_mode=row.term_mode,
        status=row.status,
        valid_to=row.valid_to,
        renewal_months=row.renewal_months,
        notice_months=row.notice_months,
        review_months=row.review_months,
        notice_given_at=row.notice_given_on,
        ends_at=row.ends_on,
    )


def parties_of(
    organisations: Iterable[Organisation], memberships: Iterable[Membership]
) -> Mapping[str, entities.Party]:
    """Return parties by their keys; of several memberships the first that names a sector counts."""
    best: dict[object, Membership] = {}
    for each in memberships:
        known = best.get(each.organisation_id)
        if known is None or (known.sector_id is None and each.sector_id is not None):
            best[each.organisation_id] = each
    return {str(each.pk): party_fact(each, best.get(each.pk)) for each in organisations}
