"""The states of a collaboration and the acts that lead from one to another.

The order is ours; the agreement asks for approval by each participant's employer (Godkännande av deltagande,
sentence 1) and for documentation (Dokumentationsprincipen), and leaves the way there to the two sides.
"""

DRAFT = "draft"
SUBMITTED = "submitted"
COMPANY_CHECKED = "company_checked"
CARE_REVIEWED = "care_reviewed"
APPROVED = "approved"
CARRIED_OUT = "carried_out"
REPORTED = "reported"
CLOSED = "closed"
POSTPONED = "postponed"
DECLINED = "declined"
CANCELLED = "cancelled"

STATES = (
    DRAFT,
    SUBMITTED,
    COMPANY_CHECKED,
    CARE_REVIEWED,
    APPROVED,
    CARRIED_OUT,
    REPORTED,
    CLOSED,
    POSTPONED,
    DECLINED,
    CANCELLED,
)
ENDED = (CLOSED, DECLINED, CANCELLED)
"""States that nothing leads out of."""
BEING_APPROVED = (SUBMITTED, COMPANY_CHECKED, CARE_REVIEWED)
"""States in which somebody is asked for a check, a review or an approval."""
PLANNED = (DRAFT, *BEING_APPROVED, APPROVED, POSTPONED)
"""States in which the plan can still be changed."""
HAPPENED = (CARRIED_OUT, REPORTED, CLOSED)
TOLD_TO_PARTICIPANTS = (CARE_REVIEWED, APPROVED, POSTPONED, *HAPPENED, CANCELLED)
"""States in which a participant sees the invitation: from when their employer is asked."""

COMPANY_CHECK, CARE_REVIEW, EMPLOYER = "company_check", "care_review", "employer"
APPROVAL_KINDS = (COMPANY_CHECK, CARE_REVIEW, EMPLOYER)
WAITING_FOR = {SUBMITTED: COMPANY_CHECK, COMPANY_CHECKED: CARE_REVIEW, CARE_REVIEWED: EMPLOYER}
"""Which kind of approval each state waits for."""

MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "submit": ((DRAFT,), SUBMITTED),
    "withdraw": (BEING_APPROVED, DRAFT),
    "decline": (BEING_APPROVED, DECLINED),
    "cancel": ((DRAFT, *BEING_APPROVED, APPROVED, POSTPONED), CANCELLED),
    "postpone": ((*BEING_APPROVED, APPROVED), POSTPONED),
    "resume": ((POSTPONED,), SUBMITTED),
    "carry_out": ((APPROVED,), CARRIED_OUT),
    "report": ((CARRIED_OUT,), REPORTED),
    "close": ((REPORTED,), CLOSED),
    "reopen_report": ((REPORTED,), CARRIED_OUT),
}
"""Per act: the states it starts from, and the one it leads to. Approvals move a collaboration by `step_of`."""


def may(act: str, state: str) -> bool:
    """Return whether an act can be done from a state."""
    return state in MOVES[act][0]


def step_of(waiting: frozenset[str]) -> str:
    """Return how far a submitted collaboration has come, by the kinds of approval that are still waited for.

    The first kind that waits decides: what comes after it may be given already, and stands.
    """
    for state, kind in WAITING_FOR.items():
        if kind in waiting:
            return state
    return APPROVED
