"""What pages and other acts read of organisations and their people."""

from tillit.apps.parties.queries.people import (
    Approver,
    answers_for,
    approvers_of,
    has_role,
    holders_of,
    is_administrator,
    running,
    successor,
    upwards,
    with_substitutes,
    works_there,
)

__all__ = [
    "Approver",
    "answers_for",
    "approvers_of",
    "has_role",
    "holders_of",
    "is_administrator",
    "running",
    "successor",
    "upwards",
    "with_substitutes",
    "works_there",
]
