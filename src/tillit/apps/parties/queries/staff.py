"""Reads the people and units of an organisation, its absences, invitations and procurements, as its pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import ROLES, Delegation, Employment, Organisation, Procurement, Role, Unit
from tillit.apps.parties.queries.people import running


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its head; `depth` is how many units it lies below. `head`: "" where nobody is named."""

    id: UUID
    key: str
    name: str
    hsa_id: str
    head: str
    closed_on: date | None
    depth: int

    @property
    def steps(self) -> range:
        """Return something to go through as many times as the unit lies below others."""
        return range(self.depth)


@dataclass(frozen=True, slots=True)
class Held:
    """A role or an employment of somebody: what it is in words, and where. `unit`: "" is the whole organisation."""

    id: int
    what: str
    unit: str
    since: date | None
    until: date | None

    @property
    def end_act(self) -> str:
        """Return what a page calls the form that ends it."""
        return f"end-{self.id}"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who works or acts for an organisation, with what they do there."""

    id: UUID
    name: str
    email: str
    has_account: bool
    employments: tuple[Held, ...]
    roles: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who answers in another's place, both days included."""

    id: UUID
    organisation: str
    giver: str
    taker: str
    starts_on: date
    ends_on: date
    begun: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """Somebody who has been asked in and has not come yet."""

    id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    unit: str
    expires_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class ProcurementRow:
    """A procurement and the companies known to bid. `open`: it was open on the day that was asked for."""

    id: int
    subject: str
    reference: str
    opened_on: date
    closed_on: date | None
    bidders: tuple[str, ...]
    open: bool


def unit_rows(organisation: Organisation) -> tuple[UnitRow, ...]:
    """Return the units of an organisation, each followed by those below it, by name. One query."""
    units = list(organisation.units.select_related("head").order_by("name", "key"))
    below: dict[UUID | None, list[Unit]] = {}
    there = {each.pk for each in units}
    for each in units:
        below.setdefault(each.parent_id if each.parent_id in there else None, []).append(each)
    found: list[UnitRow] = []

    def walk(parent: UUID | None, depth: int) -> None:
        for each in below.get(parent, []):
            head = each.head.name if each.head else ""
            found.append(UnitRow(each.pk, each.key, each.name, each.hsa_id, head, each.closed_on, depth))
            walk(each.pk, depth + 1)

    walk(None, 0)
    return tuple(found)


def people_of(organisation: Organisation, today: date) -> tuple[PersonRow, ...]:
    """Return those who work or act for an organisation that day or later, by name. Three queries."""
    still = Q(until__isnull=True) | Q(until__gt=today)
    work = Employment.objects.filter(still, organisation=organisation).select_related("unit").order_by("since", "pk")
    roles = Role.objects.filter(still, organisation=organisation).select_related("unit").order_by("role", "pk")
    jobs: dict[UUID, list[Held]] = {}
    held: dict[UUID, list[Held]] = {}
    for job in work:
        unit = job.unit.name if job.unit else ""
        jobs.setdefault(job.person_id, []).append(Held(job.pk, job.title, unit, job.since, job.until))
    for role in roles:
        unit = role.unit.name if role.unit else ""
        what = str(ROLES[role.role])
        held.setdefault(role.person_id, []).append(Held(role.pk, what, unit, role.since, role.until))
    people = Person.objects.filter(pk__in=jobs.keys() | held.keys()).order_by("name", "pk")
    return tuple(
        PersonRow(
            each.pk,
            each.name,
            each.email,
            each.user_id is not None,
            tuple(jobs.get(each.pk, ())),
            tuple(held.get(each.pk, ())),
        )
        for each in people
    )


def colleagues_of(person: Person | None, organisation: Organisation, today: date) -> tuple[Person, ...]:
    """Return those who work or act for an organisation that day, by name, the person left out. One query."""
    where = Q(pk__in=Employment.objects.filter(running(today), organisation=organisation).values("person")) | Q(
        pk__in=Role.objects.filter(running(today), organisation=organisation).values("person")
    )
    return tuple(Person.objects.filter(where).exclude(pk__in=[person.pk] if person else []).order_by("name", "pk"))


def workplaces_of(person: Person, today: date) -> tuple[Organisation, ...]:
    """Return the organisations that a person works or acts for that day, by name. One query."""
    work = Employment.objects.filter(running(today), person=person).values("organisation")
    roles = Role.objects.filter(running(today), person=person).values("organisation")
    found = Organisation.objects.filter(Q(pk__in=work) | Q(pk__in=roles), merged_into__isnull=True)
    return tuple(each for each in found.order_by("name", "pk") if each.takes_part_on(today))


def absences(today: date, *, giver: Person | None = None, taker: Person | None = None) -> tuple[Absence, ...]:
    """Return absences that run or are to come, those of a giver or those that a taker answers in. One query."""
    rows = Delegation.objects.filter(ended_at__isnull=True, ends_on__gte=today)
    if giver is not None:
        rows = rows.filter(giver=giver)
    if taker is not None:
        rows = rows.filter(taker=taker)
    found = rows.select_related("organisation", "giver", "taker").order_by("starts_on", "pk")
    return tuple(
        Absence(
            each.pk,
            each.organisation.name,
            each.giver.name,
            each.taker.name,
            each.starts_on,
            each.ends_on,
            begun=each.starts_on <= today,
        )
        for each in found
    )


def invitation_rows(organisation: Organisation, now: datetime) -> tuple[InvitationRow, ...]:
    """Return the invitations of an organisation that nobody has accepted or withdrawn, the latest first. One query."""
    rows = organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return tuple(
        InvitationRow(
            each.pk,
            each.name,
            each.email,
            tuple(str(ROLES[role]) for role in each.roles if role in ROLES),
            each.unit.name if each.unit else "",
            each.expires_at,
            expired=each.expires_at <= now,
        )
        for each in rows.select_related("unit").order_by("-invited_at", "pk")
    )


def procurement_rows(buyer: Organisation, today: date) -> tuple[ProcurementRow, ...]:
    """Return a buyer's procurements, those opened last first. Two queries."""
    rows = Procurement.objects.filter(buyer=buyer).prefetch_related("bidders").order_by("-opened_on", "-pk")
    return tuple(
        ProcurementRow(
            each.pk,
            each.subject,
            each.reference,
            each.opened_on,
            each.closed_on,
            tuple(sorted(bidder.name for bidder in each.bidders.all())),
            open=each.opened_on <= today and (each.closed_on is None or today <= each.closed_on),
        )
        for each in rows
    )
