"""The partnerships that somebody may know of, in a list to search."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tillit.apps.parties.matching import holds
from tillit.apps.partnerships.access import Acting, asked_of
from tillit.apps.partnerships.models import Appointment, Membership, Partnership, Steward
from tillit.apps.partnerships.models.words import LEGAL_FORM_WORDS, STATUS_WORDS

PAGE = 50


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A line of the list. `parties`: how many are in it on the day."""

    slug: str
    name: str
    form: str
    status: str
    host: str
    parties: int
    made_up: bool


@dataclass(frozen=True, slots=True)
class PartnershipRows:
    rows: tuple[PartnershipRow, ...]
    total: int
    page: int
    pages: int


def partnership_rows(actor: Acting | None, today: date, *, search: str = "", page: int = 1) -> PartnershipRows:
    """Return those that are open to all, and those that somebody is in or works for, by name. Three queries."""
    wanted = _sought(_to_know_of(actor, today), search)
    total = wanted.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    here = list(wanted.order_by("name", "pk").select_related("host")[(page - 1) * PAGE : page * PAGE])
    parties = _parties(here, today)
    rows = (
        PartnershipRow(
            slug=each.slug,
            name=each.name,
            form=str(LEGAL_FORM_WORDS[each.legal_form]),
            status=str(STATUS_WORDS[each.status]),
            host=each.host.name if each.host else "",
            parties=parties.get(each.pk, 0),
            made_up=each.made_up,
        )
        for each in here
    )
    return PartnershipRows(tuple(rows), total, page, pages)


def named(actor: Acting | None, today: date, search: str) -> QuerySet[Partnership]:
    """Return those that somebody may know of with every word in the name or another name."""
    return _sought(_to_know_of(actor, today), search)


def _sought(wanted: QuerySet[Partnership], search: str) -> QuerySet[Partnership]:
    """Return those that hold every word that is searched for, in the name or another name."""
    for word in search.split():
        wanted = wanted.filter(holds(word, "name", "aliases__name"))
    return wanted.distinct()


def _parties(here: list[Partnership], today: date) -> dict[object, int]:
    """Return how many organisations are in each of some partnerships on a day. One query."""
    within = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        superseded_at__isnull=True,
        starts_on__lte=today,
        partnership__in=here,
    )
    counted = within.values("partnership").annotate(n=Count("organisation", distinct=True))
    return dict(counted.values_list("partnership", "n"))


def _to_know_of(actor: Acting | None, today: date) -> QuerySet[Partnership]:
    """As `access.to_see`, for all at once: what is not open is for those in it, asked, sitting or running it."""
    known = Q(openness="public")
    if actor is not None:
        works = Steward.objects.filter(Q(until__isnull=True) | Q(until__gt=today), person=actor.person)
        sits = Appointment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=today),
            superseded_at__isnull=True,
            starts_on__lte=today,
            person=actor.person,
        )
        mine = works.filter(since__lte=today).values("partnership")
        known |= Q(pk__in=mine) | Q(openness="parties", pk__in=sits.values("seat__organ__partnership"))
        if actor.organisation is not None and actor.roles:
            member = Membership.objects.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gt=today),
                superseded_at__isnull=True,
                starts_on__lte=today,
                organisation=actor.organisation,
            )
            known |= Q(openness="parties", pk__in=member.values("partnership"))
            known |= Q(openness="parties", pk__in=asked_of(actor.organisation, today).values("agreement__partnership"))
    return Partnership.objects.filter(known)
