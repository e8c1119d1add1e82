"""What a collaboration says, as one plain document: kept whole in every version, and read by the engine as a case.

    {"about": {"title", "purpose", …, "starts_on", "ends_on"},
     "collaboration": {fact: value}, "records": {kind: {"complete", "total"}},
     "participant": [{"id", "person", "label", "role", "employer", "unit", "attendance", "facts": {fact: value}}],
     "cost": [{"id", "label", "category", "sponsored", "payer", "participant", "concerns", "estimated", "committed",
               "actual", "hours", "rate", "rate_source", "currency"}],
     "meal": [{"id", fact: value}], …, "party": [{"id", "name", "side", "role", "unit"}], "paper": [{"id", …}]}

Values are JSON: text, numbers, true and false; amounts are text with two decimals. Left out or "" is not known.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

Plain = dict[str, Any]

ABOUT = (
    "title",
    "purpose",
    "benefit_care",
    "benefit_company",
    "benefit_patient",
    "starts_on",
    "ends_on",
    "starts_at",
    "ends_at",
    "town",
    "framework_agreement",
    "openness",
    "open_from",
    "openness_reason",
)
"""What is said of the collaboration beside the facts that the rulebook asks for."""
PLACING = ("person", "label", "role", "employer", "unit", "attendance")
"""What is said of a participant beside the rulebook's facts."""
AMOUNTS = ("estimated", "committed", "actual")
COST = (
    "label",
    "category",
    "sponsored",
    "payer",
    "participant",
    "concerns",
    *AMOUNTS,
    "hours",
    "rate",
    "rate_source",
    "currency",
)
OTHER_KINDS = ("offer", "leg", "meal", "serving", "activity", "place", "sponsorship", "transfer")
"""The rulebook's kinds of records that are kept as they are; the other kinds have more to them here."""
_SPONSORED = {"category": "category", "currency": "currency", "budgeted_amount": "estimated", "actual_amount": "actual"}


def of_case(case: Plain, before: Plain | None = None) -> Plain:
    """Return the content with a case's facts put in; what a case does not hold stays as it was `before`.

    Participants and costs are known again by their ids. A case's cost lines are the sponsored costs.
    """
    content = deepcopy(before) if before else {"about": {}}
    header = case.get("case", {})
    content["about"] |= {name: header[name] for name in ("title", "starts_on", "ends_on") if name in header}
    if "description" in header and not content["about"].get("purpose"):
        content["about"]["purpose"] = header["description"]
    content["collaboration"] = dict(case.get("collaboration", {}))
    content["records"] = deepcopy(case.get("records", {}))
    for kind in OTHER_KINDS:
        content[kind] = deepcopy(case.get(kind, []))
    content["participant"] = _participants(case.get("participant", []), content.get("participant", []))
    content["cost"] = _costs(case.get("cost_line", []), content.get("cost", []))
    return content


def _participants(facts: Iterable[Plain], before: Iterable[Plain]) -> list[Plain]:
    known = {each["id"]: each for each in before}
    return [
        {
            **{name: known.get(each["id"], {}).get(name, "") for name in PLACING},
            "attendance": known.get(each["id"], {}).get("attendance") or "invited",
            "id": each["id"],
            "facts": {name: value for name, value in each.items() if name != "id"},
        }
        for each in facts
    ]


def _costs(lines: Iterable[Plain], before: Iterable[Plain]) -> list[Plain]:
    known = {each["id"]: each for each in before}
    sponsored = [{**known.get(each["id"], {}), "id": each["id"], "sponsored": True, **_amounts(each)} for each in lines]
    there = {each["id"] for each in sponsored}
    return [*sponsored, *(each for each in before if not each.get("sponsored") and each["id"] not in there)]


def _amounts(line: Plain) -> Plain:
    return {ours: line[theirs] for theirs, ours in _SPONSORED.items() if theirs in line}


def as_case(content: Plain, *, phase: str) -> Plain:
    """Return the case that the engine reads: who was absent has not taken part in what was carried out.

    A committed amount goes before an estimated one. Approvals, papers and judgements are added by the one who has them.
    """
    about = content.get("about", {})
    case: Plain = {
        "schema": "tillit.case/1",
        "case": {
            "title": about.get("title", ""),
            "phase": phase,
            "starts_on": about.get("starts_on", ""),
            "ends_on": about.get("ends_on") or about.get("starts_on", ""),
        },
        "collaboration": dict(content.get("collaboration", {})),
    }
    here = [
        each for each in content.get("participant", []) if phase != "carried_out" or each.get("attendance") != "absent"
    ]
    records = _whole_lists(content, gone=len(content.get("participant", [])) - len(here))
    if records:
        case["records"] = records
    left_out = {each["id"] for each in content.get("participant", [])} - {each["id"] for each in here}
    for kind in OTHER_KINDS:
        if there := [each for each in content.get(kind, []) if each.get("traveller") not in left_out]:
            case[kind] = deepcopy(there)
    if here:
        case["participant"] = [_participant(each, phase) for each in here]
    sponsored = [_cost_line(each) for each in content.get("cost", []) if each.get("sponsored")]
    if sponsored:
        case["cost_line"] = sponsored
    if about.get("purpose"):
        case["case"]["description"] = about["purpose"]
    return case


def _whole_lists(content: Plain, *, gone: int) -> Plain:
    records: Plain = {kind: dict(said) for kind, said in content.get("records", {}).items() if said}
    total = records.get("participant", {}).get("total")
    if gone and total is not None:
        records["participant"]["total"] = max(total - gone, 0)
    return records


def _participant(each: Plain, phase: str) -> Plain:
    facts = dict(each.get("facts", {}))
    if phase == "carried_out" and each.get("attendance") in ("present", "remote"):
        facts["mode"] = "remote" if each["attendance"] == "remote" else _on_site(str(facts.get("mode", "")))
    return {"id": each["id"], **facts}


def _on_site(planned: str) -> str:
    """Return how somebody who was there took part: also remotely, where that was the plan."""
    return "both" if planned == "both" else "on_site"


def _cost_line(each: Plain) -> Plain:
    line: Plain = {"id": each["id"]}
    for name, value in (
        ("category", each.get("category")),
        ("budgeted_amount", each.get("committed") or each.get("estimated")),
        ("actual_amount", each.get("actual")),
        ("currency", each.get("currency")),
    ):
        if value not in (None, ""):
            line[name] = value
    return line


def record_of(content: Mapping[str, Any], kind: str, own: str) -> Plain | None:
    """Return a record of the content by its kind and id, or None."""
    return next((each for each in content.get(kind, []) if each["id"] == own), None)
