"""Who may see a collaboration or a question, and who may write. What one may not know of is not found."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.answerers import standing
from tillit.apps.collaborations.models import Approval, Collaboration, Participant, Party
from tillit.apps.parties.access import organisation_to_see
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import has_role, successor
from tillit.core.process import states

READS = frozenset({"author", "compliance_officer", "contact_person", "head_of_operations", "auditor"})
WRITES = frozenset({"author", "compliance_officer", "contact_person"})
JUDGES = frozenset({"compliance_officer", "contact_person", "head_of_operations"})
LIMITS = frozenset({"administrator", "compliance_officer", "contact_person"})


class Acting(Protocol):
    """Who asks, and for whom."""

    @property
    def person(self) -> Person: ...
    @property
    def organisation(self) -> Organisation | None: ...
    @property
    def roles(self) -> frozenset[str]: ...


def to_see(actor: Acting, public_id: str, today: date) -> Collaboration:
    """Return a collaboration that somebody may read. Two queries, more for those who only answer or take part.

    :raises Http404: there is none, or it is nothing for them
    """
    found = _found(public_id)
    if _party(actor, found, READS) is not None or _takes_part(actor, found) or _answers(actor, found, today):
        return found
    raise Http404


def to_write(actor: Acting, public_id: str, today: date) -> Collaboration:
    """Return a collaboration that somebody may write in for the organisation they act for.

    :raises Http404: it is nothing for them to know of
    :raises PermissionDenied: they may read it and no more
    """
    return _for(actor, public_id, today, WRITES)


def to_judge(actor: Acting, public_id: str, today: date) -> Collaboration:
    """Return a collaboration that somebody may judge. As `to_write`."""
    return _for(actor, public_id, today, JUDGES)


def _for(actor: Acting, public_id: str, today: date, roles: frozenset[str]) -> Collaboration:
    found = to_see(actor, public_id, today)
    party = _party(actor, found, roles)
    if party is None or party.left_at is not None or (found.version == 0 and party.role != "proposer"):
        raise PermissionDenied
    return found


def may_write(actor: Acting, collaboration: Collaboration) -> bool:
    """Return whether somebody may write in a collaboration that they see. One query."""
    party = _party(actor, collaboration, WRITES)
    return party is not None and party.left_at is None


def reads_whole(actor: Acting, collaboration: Collaboration, parties: Iterable[Party], today: date) -> bool:
    """Return whether somebody who sees a collaboration reads it for a party, or to answer: not only as a participant.

    No query for a party's own; one and more for those who only answer or take part.
    """
    ours = actor.organisation
    if ours is not None and actor.roles & READS and any(each.organisation_id == ours.pk for each in parties):
        return True
    return _answers(actor, collaboration, today)


def may_judge(actor: Acting, collaboration: Collaboration) -> bool:
    """Return whether somebody may judge in a collaboration that they see. One query."""
    party = _party(actor, collaboration, JUDGES)
    return party is not None and party.left_at is None


def year_to_read(actor: Acting, key: UUID, today: date) -> Organisation:
    """Return an organisation whose yearly report somebody may read: the one they act for, or what has become it.

    Readings: who may read the organisation's collaborations may read them added up; its administrators look after
    people and may not. Two queries, one more per merger.

    :raises Http404: they act for another, or for none
    :raises PermissionDenied: they act for it in no role that reads its collaborations
    """
    found = organisation_to_see(key)
    if actor.organisation is None or successor(found, today) != actor.organisation:
        raise Http404
    if not actor.roles & READS:
        raise PermissionDenied
    return found


def to_limit(key: UUID, person: Person, today: date) -> Organisation:
    """Return an organisation whose own limits a person may read and set that day. Two queries.

    :raises Http404: there is none
    :raises PermissionDenied: they have no such role there; one who runs the site has none either
    """
    organisation = organisation_to_see(key)
    if not may_limit(person, organisation, today):
        raise PermissionDenied
    return organisation


def may_limit(person: Person, organisation: Organisation, today: date) -> bool:
    """Return whether a person may read and set an organisation's limits that day. One query."""
    return has_role(person, organisation, LIMITS, today)


def question_to_read(person: Person, key: UUID, today: date) -> Approval:
    """Return a question that a person may read: theirs to answer, answered by them, or about themselves.

    :raises Http404: it is none of theirs
    """
    found = Approval.objects.select_related("organisation", "unit", "participant", "version").filter(pk=key).first()
    if found is None:
        raise Http404
    own = found.participant is not None and found.participant.person_id == person.pk
    if own or found.answered_by_id == person.pk or standing(found, person, today) is not None:
        return found
    raise Http404


def _found(public_id: str) -> Collaboration:
    found = Collaboration.objects.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def _party(actor: Acting, collaboration: Collaboration, roles: frozenset[str]) -> Party | None:
    """Return the party that somebody acts for, when they have one of the roles and it may know of the collaboration."""
    if actor.organisation is None or not actor.roles & roles:
        return None
    party = collaboration.parties.filter(organisation=actor.organisation).first()
    if party is not None and collaboration.version == 0 and party.role != "proposer":
        return None
    return party


def _takes_part(actor: Acting, collaboration: Collaboration) -> bool:
    if collaboration.state in (states.DRAFT, states.SUBMITTED, states.COMPANY_CHECKED):
        return False
    return Participant.objects.filter(
        collaboration=collaboration, person=actor.person, removed_at__isnull=True
    ).exists()


def _answers(actor: Acting, collaboration: Collaboration, today: date) -> bool:
    asked = Approval.objects.filter(collaboration=collaboration, answer="waiting").select_related(
        "organisation", "unit", "participant"
    )
    return any(standing(each, actor.person, today) is not None for each in asked)
