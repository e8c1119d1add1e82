"""What a collaboration shows to anybody, as one plain document. No person is in it, only how many of each side.

    {"title", "purpose", "benefits": {"care", "company", "patient"}, "kind", "starts_on", "ends_on", "town", "state",
     "framework_agreement", "organisations": [{"key", "name", "side", "kind", "unit", "left_on"}],
     "totals": {"estimated", "committed", "actual"}, "participants": {side: {"invited", "took_part"}},
     "assessment": {"outcome", "outcomes", "counts", "phase", "as_of", "edition", "layers"} or None,
     "edition", "version", "versions": [{"number", "on", "parts"}], "states": [{"state", "on"}]}

Amounts are text with two decimals in kronor; None is not known. `took_part` is None until it has been carried out.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from tillit.apps.audit.models import Act
from tillit.apps.collaborations.models import Collaboration, Participant, Party
from tillit.core.process.reach import changes
from tillit.core.process.states import CARRIED_OUT, DRAFT, HAPPENED, STATES

Content = dict[str, Any]
TOTALS = ("actual", "committed", "estimated")
"""The best known comes first."""
_SIDES = ("care", "company")
_TOOK_PART = ("present", "remote")
_ACTS = {"report_returned": CARRIED_OUT, "withdrawn": DRAFT}
"""Acts that are not named for the state they lead to; the others are ("collaborations.now_approved", "…closed")."""


def content_of(collaboration: Collaboration) -> Content:
    """Return what is shown of a collaboration, as its last version has it. Five queries."""
    return {
        **{name: getattr(collaboration, name) for name in ("title", "purpose", "kind", "town", "framework_agreement")},
        "benefits": {side: getattr(collaboration, f"benefit_{side}") for side in ("care", "company", "patient")},
        "starts_on": collaboration.starts_on.isoformat(),
        "ends_on": collaboration.ends_on.isoformat(),
        "state": collaboration.state,
        "organisations": _organisations(collaboration),
        "totals": {name: _amount(getattr(collaboration, f"{name}_total")) for name in TOTALS},
        "participants": _participants(collaboration),
        "assessment": _assessment(collaboration),
        "edition": collaboration.edition,
        "version": collaboration.version,
        "versions": _versions(collaboration),
        "states": states_of(collaboration),
    }


def states_of(collaboration: Collaboration) -> list[Content]:
    """Return the states that the acts on file led to, the latest last: each with its day. One query."""
    acts = Act.objects.filter(subject_key=str(collaboration.pk), action__startswith="collaborations.")
    told = [(_state_after(act.action), act.at) for act in acts.order_by("number").only("action", "at")]
    found: list[Content] = []
    for state, at in (*told, (collaboration.state, collaboration.state_since)):
        if state and (not found or found[-1]["state"] != state):
            found.append({"state": state, "on": _day(at)})
    return found


def _state_after(action: str) -> str:
    name = action.removeprefix("collaborations.").removeprefix("now_")
    return name if name in STATES else _ACTS.get(name, "")


def texts(content: Mapping[str, Any]) -> dict[str, str]:
    """Return everything that somebody has written freely, by the name of its part."""
    named = {name: content[name] for name in ("title", "purpose", "town", "framework_agreement")}
    benefits = {f"benefit_{side}": text for side, text in content["benefits"].items()}
    units = {f"unit {each['name']}": each["unit"] for each in content["organisations"]}
    return {**named, **benefits, **units}


def searched(content: Mapping[str, Any], public_id: str) -> tuple[str, ...]:
    """Return the texts that the search reads."""
    organisations = [text for each in content["organisations"] for text in (each["name"], each["unit"])]
    return (public_id, content["title"], content["purpose"], content["town"], *organisations)


def value_of(content: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Return the best known total and which one it is: actual before committed before estimated."""
    known = ((Decimal(amount), name) for name in TOTALS if (amount := content["totals"][name]) is not None)
    return next(known, (None, ""))


def _organisations(collaboration: Collaboration) -> list[Content]:
    parties = Party.objects.filter(collaboration=collaboration).select_related("organisation", "unit")
    order = {"company": 0, "care": 1}
    return [
        {
            "key": str(each.organisation_id),
            "name": each.organisation.name,
            "side": each.side,
            "kind": each.organisation.kind,
            "unit": each.unit.name if each.unit else "",
            "left_on": _day(each.left_at) if each.left_at else None,
        }
        for each in sorted(parties, key=lambda each: (order.get(each.side, 2), each.organisation.name))
    ]


def _participants(collaboration: Collaboration) -> Content:
    rows = Participant.objects.filter(collaboration=collaboration, removed_at=None).values_list("side", "attendance")
    invited: Counter[str] = Counter()
    took_part: Counter[str] = Counter()
    for side, attendance in rows:
        known = side if side in _SIDES else "other"
        invited[known] += 1
        took_part[known] += attendance in _TOOK_PART
    happened = collaboration.state in HAPPENED
    return {
        side: {"invited": invited[side], "took_part": took_part[side] if happened else None} for side in sorted(invited)
    }


def _assessment(collaboration: Collaboration) -> Content | None:
    latest = collaboration.assessments.order_by("-made_at", "-id").first()
    if latest is None:
        return None
    return {
        "outcome": latest.outcome,
        "outcomes": latest.outcomes,
        "counts": latest.answer.get("counts", {}),
        "phase": latest.phase,
        "as_of": latest.as_of.isoformat(),
        "edition": latest.edition,
        "layers": [{name: layer.get(name, "") for name in ("id", "hash")} for layer in latest.layers],
    }


def _versions(collaboration: Collaboration) -> list[Content]:
    found: list[Content] = []
    before: Mapping[str, Any] | None = None
    for version in collaboration.versions.order_by("number").only("number", "made_at", "content"):
        parts = _parts(before, version.content) if before is not None else []
        found.append({"number": version.number, "on": _day(version.made_at), "parts": parts})
        before = version.content
    return found


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the parts that differ: of what it is about each by name, of everything else its kind."""
    differing = ((each.record.removeprefix("records:").partition(":")[0], each.name) for each in changes(before, after))
    return list(dict.fromkeys(name if home == "about" else home for home, name in differing))


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _day(at: datetime) -> str:
    return localdate(at).isoformat()
