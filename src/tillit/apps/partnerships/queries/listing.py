"""The partnerships that somebody may know of, in a list to search."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import gettext as _, ngettext

from tillit.apps.parties.matching import holds
from tillit.apps.partnerships.access import Acting, acted_for, asked_of
from tillit.apps.partnerships.models import Appointment, Membership, Partnership, Steward
from tillit.apps.partnerships.models.words import LEGAL_FORM_WORDS, STATUS_WORDS
from tillit.apps.prepared import prepared, read

PAGE = 50
PREPARED = 20
"""How many pages have a prepared query of their own."""


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A line of the list. `parties`: how many are in it on the day, and `host` with whom it is, in words."""

    slug: str
    name: str
    form: str
    status: str
    host: str
    parties: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class PartnershipRows:
    rows: tuple[PartnershipRow, ...]
    total: int
    page: int
    pages: int


def partnership_rows(actor: Acting | None, today: date, *, search: str = "", page: int = 1) -> PartnershipRows:
    """Return those that are open to all, and those that somebody is in or works for, by name. At most three queries."""
    here, total, page = _page(actor, today, search, max(page, 1))
    parties = _parties([each.pk for each in here], today)
    rows = (
        PartnershipRow(
            slug=each.slug,
            name=each.name,
            form=str(LEGAL_FORM_WORDS[each.legal_form]),
            status=str(STATUS_WORDS[each.status]),
            host=_("hos %(name)s") % {"name": each.host.name} if each.host else "",
            parties=_many(parties.get(each.pk, 0)),
            made_up=each.made_up,
        )
        for each in here
    )
    return PartnershipRows(tuple(rows), total, page, _pages(total))


def _many(parties: int) -> str:
    return ngettext("%(n)s part", "%(n)s parter", parties) % {"n": parties}


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _page(actor: Acting | None, today: date, search: str, page: int) -> tuple[list[Partnership], int, int]:
    """Return the rows of a page, how many there are in all, and which page it is: the last where there is no such.

    Two queries for a search, one without; one more for a page that there is none of.
    """
    if not search.split() and page <= PREPARED:
        found: list[Any] = _known(*_asks(actor), today, page - 1)
        if found or page == 1:
            return found, found[0].total if found else 0, page
    wanted = named(actor, today, search)
    total = wanted.count()
    page = min(page, _pages(total))
    ordered = wanted.order_by("name", "pk").select_related("host")
    return read(ordered[(page - 1) * PAGE : page * PAGE]), total, page


@prepared
def _known(person: UUID | None, organisation: UUID | None, today: date, before: int) -> "QuerySet[Partnership]":
    """Return a page of those that somebody may know of, each with how many they are; `before`: pages before it."""
    rows = _to_know_of(person, organisation, today).annotate(total=Window(Count("pk")))
    return rows.order_by("name", "pk").select_related("host")[before * PAGE : (before + 1) * PAGE]


def named(actor: Acting | None, today: date, search: str) -> QuerySet[Partnership]:
    """Return those that somebody may know of with every word in the name or another name."""
    wanted = _to_know_of(*_asks(actor), today)
    for word in search.split():
        wanted = wanted.filter(holds(word, "name", "aliases__name"))
    return wanted.distinct()


def _parties(partnerships: Collection[UUID], today: date) -> dict[UUID, int]:
    """Return how many organisations are in each of some partnerships on a day. One query, none for none."""
    if not partnerships:
        return {}
    within = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        superseded_at__isnull=True,
        starts_on__lte=today,
        partnership__in=partnerships,
    )
    counted = within.order_by().values("partnership").annotate(n=Count("organisation", distinct=True))
    return dict(counted.values_list("partnership", "n"))


def _asks(actor: Acting | None) -> tuple[UUID | None, UUID | None]:
    """Return the keys of who asks, and of the organisation that they act for in some role; None for none."""
    return (None, None) if actor is None else (actor.person.pk, acted_for(actor))


def _to_know_of(person: UUID | None, organisation: UUID | None, today: date) -> QuerySet[Partnership]:
    """As `access.to_see`, for all at once: what is not open is for those in it, asked, sitting or running it."""
    known = Q(openness="public")
    if person is not None:
        works = Steward.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person=person)
        sits = Appointment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=today),
            superseded_at__isnull=True,
            starts_on__lte=today,
            person=person,
        )
        mine = works.filter(since__lte=today).values("partnership")
        known |= Q(pk__in=mine) | Q(openness="parties", pk__in=sits.values("seat__organ__partnership"))
        if organisation is not None:
            member = Membership.objects.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gt=today),
                superseded_at__isnull=True,
                starts_on__lte=today,
                organisation=organisation,
            )
            known |= Q(openness="parties", pk__in=member.values("partnership"))
            known |= Q(openness="parties", pk__in=asked_of(organisation, today).values("agreement__partnership"))
    return Partnership.objects.filter(known)
