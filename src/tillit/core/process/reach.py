"""What each approval rests on, and so which approvals a change touches.

The reading is ours (docs/beslut/0041): a company's check rests on what the company pays for, offers and says; care's
review on what is offered, paid and where, and on who is asked, not on how each of them travels or sits; an employer's
approval on what every approver reads and on what concerns its own participant. Nobody's approval rests on who turned
up, on what things cost afterwards or on which papers are on file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tillit.core.process.content import OTHER_KINDS, PLACING
from tillit.core.process.states import CARE_REVIEW, COMPANY_CHECK, EMPLOYER

Part = tuple[str, str]
"""A record and a name in it: ("about", "title"), ("meal:lunch", "price_per_person")."""

READ_BY_ALL = ("title", "purpose", "starts_on", "ends_on", "starts_at", "ends_at", "town")
_EMPLOYER_FACTS = ("kind", "arranger", "company_branch", "companions_allowed", "open_procurement")
_OF_THEIR_OWN = ("mode", "meal_offered", "employer_approval")
"""Facts of a participant that care's review does not rest on: how the person takes part."""
_NOBODYS_COST = ("actual",)


@dataclass(frozen=True, slots=True)
class Change:
    """A part that differs between two contents; None is "not there"."""

    record: str
    name: str
    before: object
    after: object


def parts(content: Mapping[str, Any]) -> dict[Part, object]:
    """Return everything that a content says, part by part. What is empty is not there."""
    return {part: value for part, value in _parts(content) if value not in (None, "", [], {})}


def _parts(content: Mapping[str, Any]) -> Iterator[tuple[Part, object]]:
    for home in ("about", "collaboration"):
        yield from (((home, name), value) for name, value in content.get(home, {}).items())
    for kind, said in content.get("records", {}).items():
        yield from ((("records:" + kind, name), value) for name, value in said.items())
    for kind in (*OTHER_KINDS, "cost", "party", "paper"):
        for record in content.get(kind, []):
            key = f"{kind}:{record['id']}"
            yield (key, "there"), True
            yield from (((key, name), value) for name, value in record.items() if name != "id")
    for each in content.get("participant", []):
        key = f"participant:{each['id']}"
        yield (key, "there"), True
        yield from (((key, name), each.get(name)) for name in PLACING)
        yield from (((key, name), value) for name, value in each.get("facts", {}).items())


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return every part that differs, in the order of the later content, what is gone last."""
    old, new = parts(before), parts(after)
    order = [*new, *(part for part in old if part not in new)]
    return tuple(Change(*part, old.get(part), new.get(part)) for part in order if old.get(part) != new.get(part))


def touching(kind: str, participant: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the changes that an approval of a kind rests on; none means that it stands.

    `participant`: the record id of the one whom an employer's approval concerns, "" for the other kinds.
    """
    own = _owned(participant, before) | _owned(participant, after) if kind == EMPLOYER else frozenset()
    rests = {COMPANY_CHECK: _company, CARE_REVIEW: _care}.get(kind)
    return tuple(
        each
        for each in changes(before, after)
        if (rests(each.record, each.name) if rests else _employer(each.record, each.name, own))
    )


def _company(record: str, name: str) -> bool:
    kind = record.partition(":")[0]
    if kind == "about":
        return name not in ("benefit_care", "benefit_patient")
    if kind == "cost":
        return name not in _NOBODYS_COST
    if kind == "participant":
        return name not in ("attendance", "employer_approval")
    return kind != "paper"


def _care(record: str, name: str) -> bool:
    kind = record.partition(":")[0]
    if kind == "about":
        return name != "benefit_company"
    if kind == "cost":
        return name not in _NOBODYS_COST
    if kind == "participant":
        return name not in ("attendance", *_OF_THEIR_OWN)
    return kind not in ("paper", "leg") and record != "records:leg"


def _employer(record: str, name: str, own: frozenset[str]) -> bool:
    if record == "about":
        return name in READ_BY_ALL
    if record == "collaboration":
        return name in _EMPLOYER_FACTS
    kind = record.partition(":")[0]
    if kind in ("place", "activity"):
        return True
    return (
        record in own
        and not (kind == "participant" and name in ("attendance", "employer_approval"))
        and not (kind == "cost" and name in _NOBODYS_COST)
    )


def _owned(participant: str, content: Mapping[str, Any]) -> frozenset[str]:
    """Return the records that concern a participant: their own, their legs and costs, meals if they are offered any."""
    found = {f"participant:{participant}"}
    found |= {f"leg:{leg['id']}" for leg in content.get("leg", []) if leg.get("traveller") == participant}
    for cost in content.get("cost", []):
        if cost.get("participant") == participant:
            found |= {f"cost:{cost['id']}", str(cost.get("concerns") or "")}
    them: Mapping[str, Any] = next((each for each in content.get("participant", []) if each["id"] == participant), {})
    if them.get("facts", {}).get("meal_offered"):
        found |= {f"{kind}:{each['id']}" for kind in ("meal", "serving") for each in content.get(kind, [])}
    return frozenset(found - {""})


def records_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys of records of which anything changed: judgements on them rested on what was there before."""
    kinds = (*OTHER_KINDS, "participant", "cost")
    unseen = {"attendance", "employer_approval", *_NOBODYS_COST}
    return frozenset(
        each.record.replace("cost:", "cost_line:", 1)
        for each in changes(before, after)
        if each.record.partition(":")[0] in kinds and each.name not in unseen
    )
