"""Who may answer which question: a company's regelansvarig, care's contact person or head, a participant's head."""

from datetime import date

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.models import Approval
from tillit.apps.parties.models import Organisation, Unit
from tillit.apps.parties.queries import Approver, approvers_of, holders_of
from tillit.core.process.states import CARE_REVIEW, COMPANY_CHECK

ROLES = {COMPANY_CHECK: ("compliance_officer",), CARE_REVIEW: ("contact_person", "head_of_operations")}

CONTACTS = ("author", "compliance_officer", "contact_person", "head_of_operations")
"""The roles of those who can be an organisation's contact in a collaboration."""


def contacts_of(organisation: Organisation, unit: Unit | None, today: date) -> tuple[Person, ...]:
    """Return who can be an organisation's contact that day, by name. Two queries, and one per level of units."""
    found = holders_of(organisation, CONTACTS, today, unit=unit)
    return tuple(sorted((each.person for each in found if each.on_behalf_of is None), key=lambda each: each.name))


def answerers(approval: Approval, today: date) -> tuple[Approver, ...]:
    """Return who may answer a question today, those who stand in for somebody away among them.

    Nobody approves their own participation.
    """
    found = who_answers(approval.kind, approval.organisation, approval.unit, today)
    own = approval.participant.person_id if approval.participant is not None else None
    return tuple(each for each in found if each.person.pk != own)


def who_answers(kind: str, organisation: Organisation, unit: Unit | None, today: date) -> tuple[Approver, ...]:
    """Return who may answer a kind of question for an organisation, or for a unit of it."""
    if kind in ROLES:
        return holders_of(organisation, ROLES[kind], today, unit=unit)
    return approvers_of(unit, organisation, today)


def standing(approval: Approval, person: Person, today: date) -> Approver | None:
    """Return in what standing a person may answer a question: by themselves or in somebody's place; None if not."""
    mine = [each for each in answerers(approval, today) if each.person.pk == person.pk]
    return min(mine, key=lambda each: each.on_behalf_of is not None, default=None)
