"""The questions that wait for somebody, by themselves or in somebody's place, in as many queries however many."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.answerers import ROLES, who_answers
from tillit.apps.collaborations.models import APPROVAL_KIND_WORDS, Approval, Party
from tillit.apps.parties.models import Delegation, Employment, Role
from tillit.apps.parties.queries import Approver, running
from tillit.core.process.states import EMPLOYER

MOST = 100
"""The most questions that a list shows at once."""
LEVELS = 5
"""How deep in an organisation a unit may lie under the one that answers for it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question in a list."""

    id: UUID
    kind: str
    title: str
    public_id: str
    starts_on: date
    about: str
    asked_by: str
    due_on: date | None
    version: int
    on_behalf_of: str
    again: bool
    late: bool


def waiting_for(person: Person, today: date, *, most: int = MOST) -> tuple[Waiting, ...]:
    """Return the questions that wait for a person, the most urgent first, as their versions have them.

    Four queries for one who answers by themselves; some for each kind, organisation and unit that they answer for only
    in somebody's place or by a role above it.
    """
    mine = _Standing(person, today)
    found = mine.questions()
    rows: list[Waiting] = []
    for each in found.iterator(chunk_size=MOST):
        standing = mine.in_question(each)
        if standing is not None:
            rows.append(_row(each, standing.on_behalf_of.name if standing.on_behalf_of else "", today))
        if len(rows) == most:
            break
    return tuple(rows)


@dataclass
class _Standing:
    """What a person answers for on a day: read once, asked of every question."""

    person: Person
    today: date
    known: dict[tuple[str, UUID, UUID | None], tuple[Approver, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = Role.objects.filter(running(self.today), person=self.person)
        self.roles: list[tuple[UUID, UUID | None, str]] = list(held.values_list("organisation_id", "unit_id", "role"))
        away = Q(starts_on__lte=self.today, ends_on__gte=self.today, ended_at__isnull=True, taker=self.person)
        self.in_place = set(Delegation.objects.filter(away).values_list("organisation_id", flat=True))
        works = Employment.objects.filter(running(self.today), person=self.person)
        self.works_in = set(works.values_list("organisation_id", flat=True))

    def questions(self) -> "QuerySet[Approval]":
        """Return the questions that may be the person's: of the kinds, organisations and units of their roles."""
        places = Q(kind=EMPLOYER) & _under("head", self.person.pk)
        for organisation, unit, role in self.roles:
            kinds = [kind for kind, roles in ROLES.items() if role in roles]
            if role == "head_of_operations":
                kinds.append(EMPLOYER)
            within = _under("pk", unit) if unit is not None else Q()
            places |= Q(kind__in=kinds) & _of(organisation) & within
        for organisation in self.in_place:
            places |= _of(organisation)
        proposer = Party.objects.filter(collaboration=OuterRef("collaboration_id"), role="proposer")
        return (
            Approval.objects.filter(places, answer="waiting")
            .select_related("collaboration", "organisation", "unit", "participant__person", "version")
            .defer("collaboration__draft", "version__content")
            .annotate(
                title=_said("title"),
                begins=_said("starts_on"),
                proposer=Subquery(proposer.values("organisation__name")[:1]),
            )
            .order_by("due_on", "asked_at", "pk")
        )

    def in_question(self, question: Approval) -> Approver | None:
        """Return in what standing the person answers a question, None where it is not theirs."""
        if question.participant is not None and question.participant.person_id == self.person.pk:
            return None
        if question.organisation.merged_into_id is None and self._by_themselves(question):
            return Approver(self.person)
        place = (question.kind, question.organisation_id, question.unit_id)
        if place not in self.known:
            self.known[place] = who_answers(question.kind, question.organisation, question.unit, self.today)
        own = [each for each in self.known[place] if each.person.pk == self.person.pk]
        return min(own, key=lambda each: each.on_behalf_of is not None, default=None)

    def _by_themselves(self, question: Approval) -> bool:
        organisation, unit = question.organisation_id, question.unit
        if question.kind == EMPLOYER:
            return unit is not None and unit.head_id == self.person.pk and organisation in self.works_in
        names = ROLES[question.kind]
        return any(
            where == organisation and role in names and part in (None, question.unit_id)
            for where, part, role in self.roles
        )


def _of(organisation: UUID) -> Q:
    """Return that an organisation is asked: by its name, or by that of one that has become part of it."""
    return (
        Q(organisation=organisation)
        | Q(organisation__merged_into=organisation)
        | Q(organisation__merged_into__merged_into=organisation)
    )


def _under(column: str, value: object) -> Q:
    """Return that the unit asked, or one that it belongs to, is the one meant."""
    found = Q()
    for level in range(LEVELS):
        found |= Q(**{"__".join(["unit", *["parent"] * level, column]): value})
    return found


def _said(name: str) -> KeyTextTransform:
    return KeyTextTransform(name, KeyTransform("about", "version__content"))


def _row(approval: Approval, behalf: str, today: date) -> Waiting:
    return Waiting(
        id=approval.pk,
        kind=str(APPROVAL_KIND_WORDS[approval.kind]),
        title=approval.title,  # type: ignore[attr-defined]
        public_id=approval.collaboration.public_id,
        starts_on=date.fromisoformat(approval.begins),  # type: ignore[attr-defined]
        about=str(approval.participant or approval.organisation.name),
        asked_by=approval.proposer or "",  # type: ignore[attr-defined]
        due_on=approval.due_on,
        version=approval.version.number,
        on_behalf_of=behalf,
        again=approval.follows_id is not None,
        late=approval.due_on is not None and approval.due_on < today,
    )
