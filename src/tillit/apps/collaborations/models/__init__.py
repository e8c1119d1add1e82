"""A collaboration, what it consists of, how it was judged and who approved it."""

from tillit.apps.collaborations.models.collaboration import (
    OPENNESS,
    SIDES,
    STATE_WORDS,
    Collaboration,
    Event,
    Paper,
    Party,
    Version,
)
from tillit.apps.collaborations.models.content import ATTENDANCE, CostLine, Participant
from tillit.apps.collaborations.models.limits import MEASURES, Limit
from tillit.apps.collaborations.models.review import (
    ANSWERS,
    APPROVAL_KIND_WORDS,
    Acknowledgement,
    Approval,
    ApprovalLink,
    Assessment,
    Judgement,
)

__all__ = [
    "ANSWERS",
    "APPROVAL_KIND_WORDS",
    "ATTENDANCE",
    "MEASURES",
    "OPENNESS",
    "SIDES",
    "STATE_WORDS",
    "Acknowledgement",
    "Approval",
    "ApprovalLink",
    "Assessment",
    "Collaboration",
    "CostLine",
    "Event",
    "Judgement",
    "Limit",
    "Paper",
    "Participant",
    "Party",
    "Version",
]
