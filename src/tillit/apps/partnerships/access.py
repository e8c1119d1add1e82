"""Who may see and do what in a partnership. What one may not know of is not found."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import Http404

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import running
from tillit.apps.partnerships.models import CURRENT, Appointment, Membership, Partnership

SPEAKS = frozenset({"contact_person", "compliance_officer", "head_of_operations", "administrator"})
"""The roles in which somebody signs, reports and nominates for their organisation in a partnership."""
RUNNING = Q(ends_on__isnull=True)


class Acting(Protocol):
    """Who asks, and for whom."""

    @property
    def person(self) -> Person: ...
    @property
    def organisation(self) -> Organisation | None: ...
    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """How somebody stands to a partnership. `party`: they act for an organisation that is in it, or sit in an organ.

    `organs`: keys of the organs that they sit in. `office` runs the record; `evaluator` reads all and writes nothing.
    """

    party: bool = False
    organs: frozenset[UUID] = frozenset()
    office: bool = False
    evaluator: bool = False

    def sees(self, openness: str, organ: UUID | None = None) -> bool:
        """Return whether a row with this openness is theirs to read; `organ`: whose row it is, for an organ only."""
        if openness == "public" or self.office or self.evaluator:
            return True
        return self.party if openness == "parties" else organ in self.organs

    @property
    def levels(self) -> tuple[str, ...]:
        """Return the openness values of which every row may be read."""
        whole = self.office or self.evaluator
        return ("public", "parties", "organ") if whole else ("public", "parties") if self.party else ("public",)


def sight_of(actor: Acting | None, partnership: Partnership, today: date) -> Sight:
    """Return how somebody stands to a partnership on a day. One query, none for a visitor."""
    if actor is None:
        return Sight()
    runs = partnership.stewards.filter(
        Q(until__isnull=True) | Q(until__gt=today), person=actor.person, since__lte=today
    )
    sits = Appointment.objects.filter(
        CURRENT, _holding(today), seat__organ__partnership=partnership, person=actor.person
    )
    found = _kinds(runs, "runs", "role").union(_kinds(sits, "sits", Cast("seat__organ_id", CharField())), all=True)
    if actor.organisation is not None and actor.roles:
        member = Membership.objects.filter(
            CURRENT, _holding(today), partnership=partnership, organisation=actor.organisation
        )
        found = found.union(_kinds(member, "member", "role"), all=True)
    told = list(found)
    organs = frozenset(UUID(what) for kind, what in told if kind == "sits")
    roles = {what for kind, what in told if kind == "runs"}
    party = bool(organs) or any(kind == "member" for kind, _what in told)
    return Sight(party, organs, "office" in roles, "evaluator" in roles)


def _kinds(rows: "QuerySet[Any]", kind: str, what: "str | Cast") -> "QuerySet[Any, tuple[str, str]]":
    """Return rows as two columns of text, so that several sorts of them are one query."""
    named = rows.order_by().annotate(kind=Value(kind, CharField()), what=F(what) if isinstance(what, str) else what)
    columns: QuerySet[Any, tuple[str, str]] = named.values_list("kind", "what")
    return columns


def is_in(partnership: Partnership, organisation: Organisation, today: date) -> bool:
    """Return whether an organisation is in a partnership on a day. One query."""
    return Membership.objects.filter(
        CURRENT, _holding(today), partnership=partnership, organisation=organisation
    ).exists()


def to_see(actor: Acting | None, slug: str, today: date) -> tuple[Partnership, Sight]:
    """Return a partnership that somebody may know of, and how they stand to it. Two queries, one for a visitor.

    :raises Http404: there is none, or it is nothing for them
    """
    found = Partnership.objects.select_related("host").filter(slug=slug.replace("\x00", "")).first()
    if found is None:
        raise Http404
    sight = sight_of(actor, found, today)
    if not sight.sees(found.openness):
        raise Http404
    return found, sight


def to_run(actor: Acting, slug: str, today: date) -> Partnership:
    """Return a partnership whose record somebody runs. As `to_see`.

    :raises PermissionDenied: they may read it and no more
    """
    found, sight = to_see(actor, slug, today)
    if not sight.office:
        raise PermissionDenied
    return found


def speaks_for(actor: Acting, organisation: Organisation) -> bool:
    """Return whether somebody acts for an organisation in a role that may sign, report and nominate for it."""
    return actor.organisation == organisation and bool(actor.roles & SPEAKS)


def may_found(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether somebody may found a partnership for an organisation that day. One query."""
    return person.roles.filter(running(today), organisation=organisation, role__in=SPEAKS).exists()


def _holding(today: date) -> Q:
    return (RUNNING | Q(ends_on__gt=today)) & Q(starts_on__lte=today)
