"""What only shows across collaborations: meals and fees per person and year, one company's share of a unit, open
procurements between the parties, people in two places at once, the same event by several companies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.whole import Whole


def warnings(whole: Whole, *, content: Mapping[str, Any], today: date) -> tuple[Caution, ...]:
    """Return what is worth a look beside the rules."""
    return ()
