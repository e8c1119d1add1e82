"""What only shows across collaborations. Today: open procurements between the parties (General conditions, GEN-1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tillit.apps.collaborations.facts import open_procurements
from tillit.apps.collaborations.gates import Caution
from tillit.apps.collaborations.whole import Whole


def warnings(whole: Whole, *, content: Mapping[str, Any]) -> tuple[Caution, ...]:
    """Return what is worth a look beside the rules: procurements between the sides, open on its days. One query."""
    about = content["about"]
    days = date.fromisoformat(about["starts_on"]), date.fromisoformat(about["ends_on"])
    found = open_procurements(whole.side("company"), whole.side("care"), *days)
    return tuple(
        Caution("procurement_open", str(each.pk), {"subject": each.subject, "buyer": each.buyer.name}) for each in found
    )
