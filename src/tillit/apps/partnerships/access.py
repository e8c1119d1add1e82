"""Who may see and do what in a partnership. What one may not know of is not found."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.http import Http404

from tillit.apps.accounts.models import Person
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import running
from tillit.apps.partnerships.models import CURRENT, AgreementParty, Appointment, Membership, Partnership, Steward
from tillit.apps.prepared import prepared

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
    `member`: that the organisation they act for is in it.
    `asked`: keys of the agreements that their organisation is asked to sign, or has signed, and has not left.
    """

    party: bool = False
    organs: frozenset[UUID] = frozenset()
    office: bool = False
    evaluator: bool = False
    member: bool = False
    asked: frozenset[UUID] = frozenset()

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
    here = Partnership.objects.filter(pk=partnership.pk)
    return _sight(_standing(here, actor.person.pk, acted_for(actor), today).get())


class _Keys(Aggregate):
    """The keys of some rows as one text, with a comma between."""

    function, template = "GROUP_CONCAT", "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s::text, ',')"
        )


def acted_for(actor: Acting) -> UUID | None:
    """Return the key of the organisation that somebody acts for in some role, None for none."""
    return actor.organisation.pk if actor.organisation is not None and actor.roles else None


@prepared
def _known(slug: str) -> QuerySet[Partnership]:
    return Partnership.objects.filter(slug=slug).select_related("host").order_by("pk")[:1]


@prepared
def _known_by(slug: str, person: UUID, organisation: UUID | None, today: date) -> QuerySet[Partnership]:
    rows = Partnership.objects.filter(slug=slug).select_related("host")
    return _standing(rows, person, organisation, today).order_by("pk")[:1]


def _standing(
    rows: QuerySet[Partnership], person: UUID, organisation: UUID | None, today: date
) -> QuerySet[Partnership]:
    """Return partnerships with how somebody stands to them, who acts for an organisation: what `_sight` reads."""
    of_it: dict[str, Any] = {"partnership": OuterRef("pk")}
    runs = Steward.objects.filter(Q(until__isnull=True) | Q(until__gt=today), **of_it, person=person)
    runs = runs.filter(since__lte=today)
    sits: Any = Appointment.objects.filter(CURRENT, _holding(today), person=person)
    sits = sits.filter(seat__organ__partnership=OuterRef("pk")).order_by().values("person")
    member: Any = Value(False)
    asked: Any = Value("", TextField())
    if organisation is not None:
        member = Exists(Membership.objects.filter(CURRENT, _holding(today), **of_it, organisation=organisation))
        theirs = asked_of(organisation, today).filter(agreement__partnership=OuterRef("pk")).order_by()
        asked = Subquery(theirs.values("organisation").annotate(keys=_Keys("agreement_id")).values("keys"))
    return rows.annotate(
        runs=Exists(runs.filter(role="office")),
        evaluates=Exists(runs.filter(role="evaluator")),
        sits=Subquery(sits.annotate(organs=_Keys("seat__organ_id")).values("organs")),
        member=member,
        asked=asked,
    )


def _sight(found: Any) -> Sight:
    organs, asked = _keys(found.sits), _keys(found.asked)
    return Sight(bool(organs) or found.member, organs, found.runs, found.evaluates, found.member, asked)


def _keys(told: str | None) -> frozenset[UUID]:
    return frozenset(UUID(each) for each in (told or "").split(",") if each)


def asked_of(organisation: Organisation | UUID, today: date) -> QuerySet[AgreementParty]:
    """Return where an organisation stands as party to an agreement, signed or not, that it has not left on a day."""
    there = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today)
    return AgreementParty.objects.filter(CURRENT, there, organisation=organisation)


def is_in(partnership: Partnership, organisation: Organisation, today: date) -> bool:
    """Return whether an organisation is in a partnership on a day. One query."""
    return Membership.objects.filter(
        CURRENT, _holding(today), partnership=partnership, organisation=organisation
    ).exists()


def to_see(actor: Acting | None, slug: str, today: date, *, asked: bool = False) -> tuple[Partnership, Sight]:
    """Return a partnership that somebody may know of, and how they stand to it. One query.

    `asked`: that a page is also for those who are only asked to sign an agreement there. They are not in it until the
    office lets them in, and of one that is not open they see the agreement and the first page.

    :raises Http404: there is none, or it is nothing for them
    """
    named = slug.replace("\x00", "")
    rows = _known(named) if actor is None else _known_by(named, actor.person.pk, acted_for(actor), today)
    if not rows:
        raise Http404
    found = rows[0]
    sight = Sight() if actor is None else _sight(found)
    if not (sight.sees(found.openness) or (asked and sight.asked)):
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
