"""A collaboration, what it consists of, how it was judged and who approved it."""

from tillit.apps.collaborations.models.collaboration import Collaboration, Event, Paper, Party, Version
from tillit.apps.collaborations.models.content import ATTENDANCE, CostLine, Participant
from tillit.apps.collaborations.models.limits import Limit
from tillit.apps.collaborations.models.review import (
    Acknowledgement,
    Approval,
    ApprovalLink,
    Assessment,
    Judgement,
)

__all__ = [
    "ATTENDANCE",
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
