"""Who is reminded of what on a day: of a question without an answer, of an outcome to report or to close.

The days are ours, no text states any. A key names what the mail is about, which time in order, and to whom: however
often and whenever it is asked, and whatever the clock has done meanwhile, the same reminder has the same key.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.access import JUDGES, WRITES
from tillit.apps.collaborations.answerers import contacts_of, who_answers
from tillit.apps.collaborations.models import Approval, Collaboration, Party
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Delegation, Organisation, Unit
from tillit.apps.parties.queries import Approver, holders_of, successor
from tillit.core.process import states

DAYS_BEFORE = 1
"""Days before an answer is due that those who can give it are reminded. Ours: no text states any."""
DAYS_AFTER = 1
"""Days after it was due that they are reminded again. Ours: no text states any."""
DAYS_TO_ESCALATION = 3
"""Days after it was due that others in the organisation are told. Ours: no text states any."""
FIRST_AFTER = 7
"""Days from when an outcome could be reported, or closed, to the first reminder. Ours: no text states any."""
BETWEEN = 14
"""Days between one reminder of an outcome and the next. Ours: no text states any."""
MOST = 6
"""How often anybody is reminded of one outcome: for eleven weeks. Ours: after that, another mail changes nothing."""
SEES_TO_IT = ("contact_person", "administrator")
"""Who is told when nobody answers: who knows the rules, and who can say who answers."""
CLOSES = ("compliance_officer", "contact_person")
"""Who is reminded to close an outcome; where an organisation has neither, its heads of operations."""

Stage = Literal["", "before", "overdue", "escalated"]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Note:
    """A mail to be written, unless it has been."""

    key: str
    kind: str
    to: Person
    context: dict[str, Any] = field(default_factory=dict)


def stage_of(due_on: date, told_on: date, today: date) -> Stage:
    """Return how far a question has come that nobody has answered: due in a day, overdue, or for others to see to.

    `told_on`: when it was last asked or changed. Nobody is reminded the same day, and what was changed after it was due
    is overdue from the change on.
    """
    late = (today - max(due_on, told_on)).days
    if late >= DAYS_TO_ESCALATION:
        return "escalated"
    if late >= DAYS_AFTER:
        return "overdue"
    return "before" if told_on < today and (due_on - today).days <= DAYS_BEFORE else ""


def turn_of(since: date, today: date) -> int | None:
    """Return which reminder in order is due, 0 the first; None before the first and after the last.

    Days on which nobody was reminded are not made up for: only the latest is due.
    """
    turn = ((today - since).days - FIRST_AFTER) // BETWEEN
    return turn if 0 <= turn < MOST else None


def since_of(collaboration: Collaboration) -> date:
    """Return from when its next step could have been taken: when it was over, or came to where it stands."""
    return max(collaboration.ends_on, day_of(collaboration.state_since))


class Lookup:
    """Who may do what where on a day, asked once for each place however many questions lie there.

    At most ten queries for each kind of question, organisation and unit, and one per level of units.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self._found: dict[tuple[object, ...], Any] = {}

    def answering(self, organisation: Organisation) -> Organisation:
        """Return who answers for an organisation: itself, or what it has become."""
        return self._once(("answering", organisation.pk), lambda: successor(organisation, self.today))

    def answerers(self, approval: Approval) -> tuple[Approver, ...]:
        """Return who may answer a question; nobody their own."""
        kind, organisation, unit = approval.kind, approval.organisation, approval.unit
        own = approval.participant.person_id if approval.participant is not None else None
        found = self._once(
            (kind, organisation.pk, approval.unit_id), lambda: who_answers(kind, organisation, unit, self.today)
        )
        return tuple(each for each in found if each.person.pk != own)

    def holders(self, organisation: Organisation, roles: Iterable[str], unit: Unit | None) -> tuple[Approver, ...]:
        """Return who has one of the roles, and who stands in for them."""
        asked = tuple(sorted(roles))
        key = (asked, organisation.pk, unit.pk if unit else None)
        return self._once(key, lambda: holders_of(organisation, asked, self.today, unit=unit))

    def contact(self, party: Party) -> Person | None:
        """Return the contact of a party, while they still can be."""
        if party.contact is None:
            return None
        there = self._once(
            ("contacts", party.organisation_id, party.unit_id),
            lambda: contacts_of(party.organisation, party.unit, self.today),
        )
        return party.contact if party.contact in there else None

    def at_work(self, found: Iterable[Approver], organisation: Organisation) -> tuple[Approver, ...]:
        """Return those of some who are not away with one of the others in their place."""
        everybody = tuple(found)
        able = {each.person.pk for each in everybody}
        away = {giver for giver, taker in self._away(organisation) if taker in able}
        return tuple(each for each in everybody if each.person.pk not in away)

    def _away(self, organisation: Organisation) -> frozenset[tuple[UUID, UUID]]:
        here = self.answering(organisation)
        rows = Delegation.objects.filter(
            Q(starts_on__lte=self.today, ends_on__gte=self.today, ended_at__isnull=True), organisation=here
        )
        return self._once(("away", here.pk), lambda: frozenset(rows.values_list("giver", "taker")))

    def _once(self, key: tuple[object, ...], find: Callable[[], Answer]) -> Answer:
        if key not in self._found:
            self._found[key] = find()
        found: Answer = self._found[key]
        return found


def of_question(approval: Approval, look: Lookup) -> tuple[Note, ...]:
    """Return what is to be written about a question that waits, and to whom; () where nothing is due.

    Where nobody can answer any more, others are told at once. An organisation that has left is not written to.
    """
    assert approval.due_on is not None
    told_on = max(day_of(approval.asked_at), day_of(approval.version.made_at))
    stage = stage_of(approval.due_on, told_on, look.today)
    if not stage or not _still_there(approval, look):
        return ()
    able = look.answerers(approval)
    notes = [
        _of_question(approval, "approval_reminder", "before" if stage == "before" else "overdue", each)
        for each in look.at_work(able, approval.organisation)
    ]
    if stage == "escalated" or not able:
        known = {each.person.pk for each in able}
        notes += [
            _of_question(approval, "approval_escalation", "escalated", Approver(each))
            for each in _others(approval, look)
            if each.pk not in known
        ]
    return tuple(notes)


def _of_question(approval: Approval, kind: str, stage: str, to: Approver) -> Note:
    version = approval.version.number
    return Note(
        f"approval:{approval.pk}:{kind}:{stage}:{version}:{to.person.pk}",
        kind,
        to.person,
        {
            "approval": str(approval.pk),
            "version": version,
            "stage": stage,
            "on_behalf_of": str(to.on_behalf_of.pk) if to.on_behalf_of else "",
        },
    )


def _still_there(approval: Approval, look: Lookup) -> bool:
    gone = any(
        each.organisation_id == approval.organisation_id and each.left_at is not None
        for each in approval.collaboration.parties.all()
    )
    return not gone and look.answering(approval.organisation).takes_part_on(look.today)


def _others(approval: Approval, look: Lookup) -> Iterator[Person]:
    """Yield who sees to it that somebody answers: the contact of the organisation and those with a role for it."""
    found = look.at_work(look.holders(approval.organisation, SEES_TO_IT, approval.unit), approval.organisation)
    people = {each.person.pk: each.person for each in found}
    for party in approval.collaboration.parties.all():
        if party.organisation_id == approval.organisation_id and (contact := look.contact(party)) is not None:
            people[contact.pk] = contact
    yield from people.values()


def of_outcome(collaboration: Collaboration, look: Lookup) -> tuple[Note, ...]:
    """Return what is to be written about an outcome that nobody has reported, or closed; () where nothing is due.

    First to those who have written in it and the contacts; from the second time on to everybody who may do it.
    """
    turn = turn_of(since_of(collaboration), look.today)
    if turn is None:
        return ()
    closing = collaboration.state == states.REPORTED
    kind = "closing_reminder" if closing else "outcome_reminder"
    everybody = _closers(collaboration, look) if closing else _writers(collaboration, look)
    first = {each.contact_id for each in collaboration.parties.all()} | {collaboration.created_by_id}
    nearest = tuple(each for each in everybody if each.pk in first)
    since = since_of(collaboration).isoformat()
    return tuple(
        Note(
            f"collaboration:{collaboration.pk}:remind:{collaboration.state}:{since}:{turn}:{each.pk}",
            kind,
            each,
            {"collaboration": str(collaboration.pk), "state": collaboration.state, "since": since},
        )
        for each in (nearest if turn == 0 and nearest else everybody)
    )


def _writers(collaboration: Collaboration, look: Lookup) -> tuple[Person, ...]:
    """Return who can report: those who write for the one that proposed it, for all parties where that one has left."""
    there = [each for each in collaboration.parties.all() if _present(each, look)]
    proposing = [each for each in there if each.role == "proposer"]
    return _people(look, [(each, WRITES) for each in proposing or there])


def _closers(collaboration: Collaboration, look: Lookup) -> tuple[Person, ...]:
    """Return who can close: those who judge for the side that did not report."""
    last = next((each for each in collaboration.versions.all() if each.number == collaboration.version), None)
    reporter = last.acting_for_id if last is not None else None
    there = [each for each in collaboration.parties.all() if each.organisation_id != reporter and _present(each, look)]
    side = next((each.side for each in collaboration.parties.all() if each.organisation_id == reporter), "")
    across = [each for each in there if each.side != side] or there
    return _people(look, [(each, CLOSES) for each in across]) or _people(look, [(each, JUDGES) for each in across])


def _present(party: Party, look: Lookup) -> bool:
    return party.left_at is None and look.answering(party.organisation).takes_part_on(look.today)


def _people(look: Lookup, places: Iterable[tuple[Party, Iterable[str]]]) -> tuple[Person, ...]:
    """Return who has the roles, by themselves: standing in for somebody is for answers, not for writing."""
    found: dict[UUID, Person] = {}
    for party, roles in places:
        held = look.holders(party.organisation, roles, party.unit)
        mine = tuple(each for each in held if each.on_behalf_of is None)
        found |= {each.person.pk: each.person for each in look.at_work(mine, party.organisation)}
    return tuple(found.values())


def horizon(today: date) -> date:
    """Return the day before which nothing can have come to a step that anybody is still reminded of."""
    return today - timedelta(days=FIRST_AFTER + BETWEEN * MOST)
