"""Organisations and what they consist of; people's places in them; what a person may do for whom."""

from tillit.apps.parties.models.organisations import (
    KINDS,
    Alias,
    AssociationMembership,
    Organisation,
    Procurement,
    Unit,
)
from tillit.apps.parties.models.people import ROLES, Delegation, Employment, Invitation, Role

__all__ = [
    "KINDS",
    "ROLES",
    "Alias",
    "AssociationMembership",
    "Delegation",
    "Employment",
    "Invitation",
    "Organisation",
    "Procurement",
    "Role",
    "Unit",
]
