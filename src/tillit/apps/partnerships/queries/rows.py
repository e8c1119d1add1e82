"""Rows of a partnership that several of its pages read, whoever asks. Each is one query, made once (`prepared`)."""

from uuid import UUID

from django.db.models import QuerySet

from tillit.apps.partnerships.models import (
    CURRENT,
    Agreement,
    AgreementArea,
    AgreementParty,
    Level,
    Membership,
    Organ,
)
from tillit.apps.prepared import prepared


@prepared
def agreements_of(partnership: UUID) -> QuerySet[Agreement]:
    """Return the agreements, each with its level."""
    return Agreement.objects.filter(partnership=partnership).select_related("level")


@prepared
def areas_of(partnership: UUID) -> QuerySet[AgreementArea]:
    """Return what the agreements say of each area."""
    return AgreementArea.objects.filter(agreement__partnership=partnership)


@prepared
def named_in(partnership: UUID) -> QuerySet[AgreementParty]:
    """Return who stands as party in the agreements, signed or not, each with its organisation, by name."""
    rows = AgreementParty.objects.filter(CURRENT, agreement__partnership=partnership)
    return rows.select_related("organisation").order_by("organisation__name", "pk")


@prepared
def levels_of(partnership: UUID) -> QuerySet[Level]:
    """Return the levels from the top."""
    return Level.objects.filter(partnership=partnership)


@prepared
def organs_of(partnership: UUID) -> QuerySet[Organ]:
    """Return the organs, each with its level."""
    return Organ.objects.filter(partnership=partnership).select_related("level")


@prepared
def one_organ(partnership: UUID, organ: UUID) -> QuerySet[Organ]:
    """Return the organ of a partnership that has a key, or none, with its level and what it lies under."""
    return Organ.objects.filter(partnership=partnership, pk=organ).select_related("level", "parent")


@prepared
def memberships_of(partnership: UUID) -> QuerySet[Membership]:
    """Return who is or has been in it as what, each with its organisation and sector."""
    return Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation", "sector")
