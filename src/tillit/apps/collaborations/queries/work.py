"""What lies before somebody: what they have to do, what they wait for, and what is coming."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.access import JUDGES, READS, WRITES
from tillit.apps.collaborations.models import APPROVAL_KIND_WORDS, Approval, Collaboration, Participant, Party, Version
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.core.process import states

MOST = 20
"""The most lines of each sort that are shown."""
SOON = timedelta(days=30)
TASK_COLUMNS = ("public_id", "title", "state", "starts_on", "ends_on", "draft_differs")
AWAITED_COLUMNS = (
    "collaboration__public_id",
    "collaboration__title",
    "organisation__name",
    "participant__record_id",
    "participant__label",
    "participant__person__name",
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do with a collaboration. `act`: hand_in, hand_in_change, resume, carry_out, report or close.

    `since`: from which day it can be done, None where no day says; a task of the outcome is counted from its last day.
    """

    act: str
    public_id: str
    title: str
    other: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A question that others have not answered; `about` is the participant's name, or the organisation's."""

    public_id: str
    title: str
    kind: str
    about: str
    asked_on: date
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """A collaboration that begins within thirty days, or goes on now. `mine`: the person takes part in it."""

    public_id: str
    title: str
    state: str
    starts_on: date
    ends_on: date
    town: str
    mine: bool


def tasks_of(person: Person, organisation: Organisation, roles: Collection[str], today: date) -> tuple[Task, ...]:
    """Return what a person has to do for an organisation, the oldest first: what they began or are the contact of;
    and for those who judge, every outcome that the other side has reported. One query, none without such a role.
    """
    ours = Party.objects.filter(organisation=organisation, left_at__isnull=True)
    acts = Q()
    if WRITES.intersection(roles):
        # Each begins with the person, who has few, and not with the organisation, which may have a hundred thousand.
        contact = Party.objects.filter(_to_write("collaboration__", today), contact=person)
        began = Collaboration.objects.filter(_to_write("", today) | Q(state=states.DRAFT), created_by=person)
        in_ours = Exists(ours.filter(Q(role="proposer") | ~Q(state=states.DRAFT), collaboration=OuterRef("pk")))
        acts |= Q(in_ours, pk__in=contact.values("collaboration")) | Q(in_ours, pk__in=began.values("pk"))
    if JUDGES.intersection(roles):
        told = Version.objects.filter(
            collaboration=OuterRef("collaboration"), number=OuterRef("collaboration__version"), acting_for=organisation
        )
        reported = ours.filter(~Exists(told), state=states.REPORTED).order_by("starts_on")
        acts |= Q(pk__in=reported.values("collaboration")[:MOST])
    if not acts:
        return ()
    rows = Collaboration.objects.filter(acts).annotate(other=_other(organisation)).only(*TASK_COLUMNS)
    return tuple(_task(each, today) for each in rows.order_by("starts_on", "pk")[:MOST])


def _to_write(there: str, today: date) -> Q:
    """Return what a writer has to do: hand in a change, take up what was put off, tell what became of it."""
    changed = {"state__in": (*states.BEING_APPROVED, states.APPROVED), "draft_differs": True}
    over = {"state": states.APPROVED, "ends_on__lt": today}
    left = {"state__in": (states.POSTPONED, states.CARRIED_OUT)}
    return reduce(or_, (Q(**{there + name: value for name, value in each.items()}) for each in (changed, over, left)))


def _task(row: Collaboration, today: date) -> Task:
    by_state = {
        states.DRAFT: "hand_in",
        states.POSTPONED: "resume",
        states.CARRIED_OUT: "report",
        states.REPORTED: "close",
    }
    over = row.state == states.APPROVED and row.ends_on < today and not row.draft_differs
    act = by_state.get(row.state) or ("carry_out" if over else "hand_in_change")
    since = row.ends_on if act in ("carry_out", "report") else None
    return Task(act, row.public_id, row.title, row.other or "", since)  # type: ignore[attr-defined]


def awaited_by(
    person: Person, organisation: Organisation | None, roles: Collection[str], today: date, *, but: Collection[object]
) -> tuple[Awaited, ...]:
    """Return the questions that hold up the organisation's collaborations and the person's own participation, the most
    urgent first; those with the keys `but` are the person's to answer. One query.
    """
    whose = Q(participant__person=person, collaboration__state__in=states.TOLD_TO_PARTICIPANTS)
    if organisation is not None and READS.intersection(roles):
        ours = Party.objects.filter(organisation=organisation, left_at__isnull=True)
        whose |= Q(collaboration__in=ours.values("collaboration"))
    found = (
        Approval.objects.filter(whose, answer="waiting", collaboration__state__in=states.BEING_APPROVED)
        .exclude(pk__in=list(but))
        .select_related("collaboration", "organisation", "participant__person")
        .only("kind", "asked_at", "due_on", *AWAITED_COLUMNS)
        .order_by("due_on", "asked_at", "pk")
    )
    return tuple(
        Awaited(
            each.collaboration.public_id,
            each.collaboration.title,
            str(APPROVAL_KIND_WORDS[each.kind]),
            f"{each.participant}, {each.organisation}" if each.participant else each.organisation.name,
            day_of(each.asked_at),
            each.due_on,
            each.due_on is not None and each.due_on < today,
        )
        for each in found[:MOST]
    )


def coming_for(
    person: Person, organisation: Organisation | None, roles: Collection[str], today: date
) -> tuple[Coming, ...]:
    """Return what begins within thirty days or goes on now, of the organisation's and of the person's own. One query.

    What is a draft, called off or put off has no day to keep.
    """
    takes_part = Participant.objects.filter(person=person, removed_at__isnull=True).values("collaboration")
    whose = Q(pk__in=takes_part, state__in=(states.CARE_REVIEWED, states.APPROVED))
    if organisation is not None and READS.intersection(roles):
        ours = Party.objects.filter(
            organisation=organisation,
            left_at__isnull=True,
            state__in=(*states.BEING_APPROVED, states.APPROVED),
            starts_on__lte=today + SOON,
            collaboration__ends_on__gte=today,
        )
        whose |= Q(pk__in=ours.values("collaboration"))
    found = (
        Collaboration.objects.filter(whose, starts_on__lte=today + SOON, ends_on__gte=today)
        .annotate(mine=Subquery(takes_part.filter(collaboration=OuterRef("pk")).values("pk")[:1]))
        .only("public_id", "title", "state", "starts_on", "ends_on", "town")
        .order_by("starts_on", "pk")
    )
    return tuple(
        Coming(
            each.public_id,
            each.title,
            each.get_state_display(),
            each.starts_on,
            each.ends_on,
            each.town,
            each.mine is not None,
        )
        for each in found[:MOST]
    )


def taking_part(person: Person) -> "QuerySet[Participant]":
    """Return what a person takes part in, as far as they are told of it, the latest first."""
    return (
        Participant.objects.filter(
            person=person, removed_at__isnull=True, collaboration__state__in=states.TOLD_TO_PARTICIPANTS
        )
        .select_related("collaboration", "employer")
        .defer("collaboration__draft")
        .order_by("-collaboration__starts_on", "pk")
    )


def invitations_of(person: Person, today: date) -> "QuerySet[Participant]":
    """Return the invitations that a person has not answered, to what has not been, the nearest first."""
    asked = taking_part(person).filter(attendance="invited", collaboration__ends_on__gte=today)
    open_still = asked.filter(collaboration__state__in=(states.CARE_REVIEWED, states.APPROVED))
    return open_still.order_by("collaboration__starts_on", "pk")


def _other(organisation: Organisation) -> Subquery:
    """Return the name of another organisation in it: the other side, where there are two."""
    others = Party.objects.filter(collaboration=OuterRef("pk"), left_at__isnull=True).exclude(organisation=organisation)
    return Subquery(others.order_by("pk").values("organisation__name")[:1])
