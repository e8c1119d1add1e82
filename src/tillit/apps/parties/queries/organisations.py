"""Reads organisations: a list to search in, and all that is said of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.apps.parties.geography import counties, municipalities
from tillit.apps.parties.matching import holds
from tillit.apps.parties.models import KINDS, Alias, Organisation
from tillit.apps.parties.models.organisations import BRANCHES, CARE_TERMS
from tillit.apps.parties.queries.people import running
from tillit.core.identifiers import grouped
from tillit.core.text import nfc


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation as one line of the list; words in the language of the one who asks. "" is not known."""

    id: UUID
    name: str
    kind: str
    number: str
    county: str
    also: str
    """The name that the search found it by, where it is another than its own."""
    merged_into: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class OrganisationRows:
    """A page of the list: its rows, its number, how many pages and how many organisations there are."""

    rows: tuple[OrganisationRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page of its own, or nothing more than its name, and the days between which it holds."""

    id: UUID
    name: str
    since: date | None = None
    until: date | None = None
    key: int = 0

    @property
    def act(self) -> str:
        """Return what a page calls the form that ends it."""
        return f"part-{self.key}"


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """All that is said of an organisation and its ties to others."""

    organisation: Organisation
    kind: str
    branch: str
    care_terms: str
    number: str
    county: str
    municipality: str
    aliases: tuple[Named, ...]
    children: tuple[Named, ...]
    merged: tuple[Named, ...]
    memberships: tuple[Named, ...]
    members: tuple[Named, ...]


def organisation_rows(
    *, search: str = "", kind: str = "", county: str = "", page: int = 1, size: int = 50
) -> OrganisationRows:
    """Return a page of organisations by name, those whose name, number or other name holds every word searched for.

    The nearest page there is. Two queries, three where something is searched for.
    """
    found = _sought(search)
    if kind:
        found = found.filter(kind=kind)
    if county:
        found = found.filter(county_code=county)
    total = found.count()
    pages = max(1, -(-total // size))
    here = min(max(page, 1), pages)
    rows = list(found.select_related("merged_into").order_by("name", "pk")[(here - 1) * size : here * size])
    other = _other_names(rows, search) if search else {}
    return OrganisationRows(tuple(_row(each, other.get(each.pk, "")) for each in rows), here, pages, total)


def organisation_named(text: str) -> Organisation | None:
    """Return the one organisation that has this number, name or present other name; None where none or several have.

    At most two queries.
    """
    plain = " ".join(nfc(text).split())
    digits = "".join(sign for sign in plain if sign.isdigit())
    by_number = Q(number=digits) if len(digits) == 10 else Q(pk__in=[])
    there = Organisation.objects.filter(merged_into__isnull=True)
    found = list(there.filter(by_number | holds(plain, "name", how="iexact"))[:2])
    if not found:
        names = Alias.objects.filter(holds(plain, "name", how="iexact"), valid_to__isnull=True)
        found = list(there.filter(pk__in=names.values("organisation"))[:2])
    return found[0] if len(found) == 1 else None


def associations() -> tuple[Organisation, ...]:
    """Return the trade associations by name. One query."""
    return tuple(Organisation.objects.filter(kind="trade_association", merged_into__isnull=True).order_by("name"))


def organisation_page(organisation: Organisation, today: date) -> OrganisationPage:
    """Return all that is said of an organisation. Five queries; its parent and successor are read beforehand."""
    member_of = organisation.memberships.filter(running(today)).select_related("association")
    members = organisation.members.filter(running(today)).select_related("organisation")
    return OrganisationPage(
        organisation=organisation,
        kind=str(KINDS[organisation.kind]),
        branch=str(BRANCHES.get(organisation.branch, "")),
        care_terms=str(CARE_TERMS.get(organisation.care_terms, "")),
        number=grouped(organisation.number),
        county=counties().get(organisation.county_code, ""),
        municipality=municipalities().get(organisation.municipality_code, ""),
        aliases=tuple(
            Named(organisation.pk, each.name, each.valid_from, each.valid_to)
            for each in organisation.aliases.order_by("-valid_to", "name")
        ),
        children=tuple(Named(each.pk, each.name) for each in organisation.children.order_by("name")),
        merged=tuple(
            Named(each.pk, each.name, since=each.merged_on) for each in organisation.merged.order_by("-merged_on")
        ),
        memberships=tuple(
            Named(each.association_id, each.association.name, each.since, each.until, each.pk)
            for each in member_of.order_by("association__name")
        ),
        members=tuple(
            Named(each.organisation_id, each.organisation.name, each.since, each.until, each.pk)
            for each in members.order_by("organisation__name")
        ),
    )


def _sought(search: str) -> QuerySet[Organisation]:
    found = Organisation.objects.all()
    for word in nfc(search).split():
        digits = "".join(sign for sign in word if sign.isdigit())
        number = Q(number__startswith=digits) if digits and not word.strip("0123456789-") else Q(pk__in=[])
        other = Alias.objects.filter(holds(word, "name"), organisation=OuterRef("pk"))
        found = found.filter(holds(word, "name") | number | Exists(other))
    return found


def _other_names(rows: list[Organisation], search: str) -> dict[UUID, str]:
    """Return the name that a search found each by, for those whose own name does not hold its first word."""
    words = nfc(search).casefold().split()
    names = Alias.objects.filter(organisation__in=[each.pk for each in rows]).order_by("name")
    own = {each.pk: each.name.casefold() for each in rows}
    return {
        each.organisation_id: each.name
        for each in names
        if any(word in each.name.casefold() and word not in own[each.organisation_id] for word in words)
    }


def _row(each: Organisation, also: str) -> OrganisationRow:
    return OrganisationRow(
        each.pk,
        each.name,
        str(KINDS[each.kind]),
        grouped(each.number),
        counties().get(each.county_code, ""),
        also,
        each.merged_into.name if each.merged_into else "",
        each.left_on,
    )
