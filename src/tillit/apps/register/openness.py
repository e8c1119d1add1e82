"""When a collaboration may be read by anybody."""

from datetime import date

from tillit.apps.collaborations.models import Collaboration
from tillit.core.process.states import APPROVED, HAPPENED


def closed_because(collaboration: Collaboration, today: date) -> str:
    """Return why its openness keeps it from being read: "withheld", "delayed", or "" when nothing does."""
    if collaboration.openness == "withheld":
        return "withheld"
    if collaboration.openness == "delayed" and (collaboration.open_from is None or collaboration.open_from > today):
        return "delayed"
    return ""


def is_under_way(collaboration: Collaboration, today: date) -> bool:
    """Return whether it has begun and is agreed on: what is only planned is nobody else's yet."""
    if collaboration.state in HAPPENED:
        return True
    return collaboration.state == APPROVED and collaboration.starts_on <= today
