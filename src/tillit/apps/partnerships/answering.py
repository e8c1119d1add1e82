"""Who may see a commitment, report on it, and judge what is reported."""

from typing import Protocol
from uuid import UUID

from tillit.apps.partnerships.access import Acting, Sight, speaks_for
from tillit.apps.partnerships.models import Commitment


class Promised(Protocol):
    """What decides who may see a commitment."""

    @property
    def openness(self) -> str: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def organ_id(self) -> UUID | None: ...


def may_see(actor: Acting | None, sight: Sight, row: Promised) -> bool:
    """Return whether somebody may see a commitment: by its openness, and who owes it always sees what it owes."""
    own = actor is not None and sight.party and row.organisation_id is not None
    if own and actor is not None and actor.organisation is not None and actor.organisation.pk == row.organisation_id:
        return True
    return sight.sees(row.openness, row.organ_id)


def may_report(actor: Acting | None, sight: Sight, row: Commitment, party: UUID | None) -> bool:
    """Return whether somebody may say that a commitment is met: they speak for the party, sit in the organ, or are the
    office. `party`: whose it is, where it is a commitment of a class.
    """
    if actor is None:
        return False
    if sight.office or (row.organ_id is not None and row.organ_id in sight.organs):
        return True
    owes = party or row.organisation_id
    here = actor.organisation
    return here is not None and here.pk == owes and speaks_for(actor, here)


def may_judge(actor: Acting | None, sight: Sight, row: Commitment, party: UUID | None) -> bool:
    """Return whether somebody is to be asked to judge: the office, when it acts for nobody who owes it.

    The act itself also refuses those who work for the party without acting for it just now.
    """
    if actor is None or not sight.office or (row.organ_id is not None and row.organ_id in sight.organs):
        return False
    owes = party or row.organisation_id
    return actor.organisation is None or actor.organisation.pk != owes
