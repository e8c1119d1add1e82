"""One main agreement at a time, the others under it (I-1), within their parents (I-2), accession signed (I-4).

"Never two" and "within its parent" are also refused when they are written. What is found here is what time does to a
tree that was whole when it was written: a root that ends, a parent that ends before its child.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from tillit.core.governance.agreements import Agreement, in_force, term
from tillit.core.governance.areas import ACCEDED, ACCESSION_AGREEMENT, COLLABORATION_AGREEMENT, ROOT_TYPES
from tillit.core.governance.entities import Interval, Membership
from tillit.core.governance.flags import GREEN, RED, Facts, Flag, Judge, Judged, NoThresholds, Rule, as_text, day_of

ROOT_RULE = Rule("I-1", 1)
ACCESSION_RULE = Rule("I-4", 1)
RENEWAL_RULE = Rule("D11", 1)
ROOTS, NO_PATH, OUTLIVES_PARENT, NOT_ACCEDED = "roots", "no_path", "outlives_parent", "not_acceded"
_NONE = NoThresholds()


def roots(agreements: Iterable[Agreement], legal_form: str, on: date) -> tuple[Agreement, ...]:
    """Return the agreements in force that can be the main one: without a parent, of a type that the form allows."""
    allowed = ROOT_TYPES[legal_form]
    return tuple(each for each in agreements if each.parent is None and each.type in allowed and in_force(each, on))


def hierarchy_flags(
    agreements: Sequence[Agreement], *, partnership: str, legal_form: str, start: date, on: date
) -> tuple[Flag, ...]:
    """Return what is wrong with the tree of agreements on a day; nothing is expected before the partnership starts.

    All of it is red: without exactly one root nobody can say what binds whom.
    """
    return tuple(
        flag
        for rule, code, subject, facts in _facts(agreements, partnership, legal_form, start, on)
        for flag in rule.flags(code, JUDGES[code](facts, _NONE), subject=subject, day=on, facts=facts, params=_NONE)
    )


def _facts(
    agreements: Sequence[Agreement], partnership: str, legal_form: str, start: date, on: date
) -> Iterator[tuple[Rule, str, str, Facts]]:
    tops = [each.id for each in roots(agreements, legal_form, on)]
    days = {"today": on.isoformat(), "start": start.isoformat()}
    yield ROOT_RULE, ROOTS, partnership, {**days, "roots": tops, "allowed": list(ROOT_TYPES[legal_form])}
    known = {each.id: each for each in agreements}
    for each in agreements:
        if in_force(each, on) and each.id not in tops:
            yield ROOT_RULE, NO_PATH, each.id, {"path": path(each.id, known, on), "roots": tops}
        parent = known.get(each.parent or "")
        if in_force(each, on) and parent is not None:
            yield RENEWAL_RULE, OUTLIVES_PARENT, each.id, _within(each, parent, on)


def path(agreement: str, known: Mapping[str, Agreement], on: date) -> list[str]:
    """Return the agreements from one up to the top, itself first, as it stands on a day.

    From one that has ended the path goes on to the one that took its place: a new main agreement keeps what stood
    under the old. A circle ends where it closes.
    """
    successors = {each.supersedes: each.id for each in known.values() if each.supersedes and in_force(each, on)}
    found: list[str] = []
    here: str | None = agreement
    while here is not None and here in known and here not in found:
        found.append(here)
        ended = not in_force(known[here], on)
        here = successors[here] if ended and here in successors else known[here].parent
    return found


def _within(child: Agreement, parent: Agreement, on: date) -> Facts:
    inner, outer = term(child, on), term(parent, on)
    return {
        "start": as_text(inner.start),
        "end": as_text(inner.end),
        "parent": parent.id,
        "parent_start": as_text(outer.start),
        "parent_end": as_text(outer.end),
        "survives_parent": child.survives_parent,
    }


def fits(child: Agreement, parent: Agreement, on: date) -> bool:
    """Return whether a child's days are within its parent's (I-2), both open-ended until notice.

    One that is to survive its parent must still not begin before it.
    """
    return _outlives(_within(child, parent, on), _NONE).verdict == GREEN


def accession_flags(memberships: Iterable[Membership], agreements: Sequence[Agreement], on: date) -> tuple[Flag, ...]:
    """Return every party that has acceded without a signed accession or collaboration agreement by its first day.

    Only memberships that hold on the day are looked at.
    """
    found: list[Flag] = []
    for each in memberships:
        if each.role != ACCEDED or not each.during.holds(on):
            continue
        signed = [day for agreement in agreements for day in _accession_days(agreement, each.party)]
        facts: Facts = {"from": each.during.start.isoformat(), "signed_at": as_text(min(signed, default=None))}
        judged = _acceded(facts, _NONE)
        found += ACCESSION_RULE.flags(NOT_ACCEDED, judged, subject=each.party, day=on, facts=facts, params=_NONE)
    return tuple(found)


def _accession_days(agreement: Agreement, party: str) -> Iterator[date]:
    if agreement.type in (ACCESSION_AGREEMENT, COLLABORATION_AGREEMENT):
        for signature in agreement.parties:
            if signature.party == party and signature.signed_at is not None:
                yield signature.signed_at


def _roots(facts: Facts, _limits: NoThresholds) -> Judged:
    count = len(facts["roots"])
    lacking = count == 0 and date.fromisoformat(facts["today"]) >= date.fromisoformat(facts["start"])
    return Judged(RED if lacking or count > 1 else GREEN, {"count": count})


def _path(facts: Facts, _limits: NoThresholds) -> Judged:
    top = facts["path"][-1]
    return Judged(GREEN if top in facts["roots"] or not facts["roots"] else RED, {"top": top})


def _outlives(facts: Facts, _limits: NoThresholds) -> Judged:
    start, parent_start = date.fromisoformat(facts["start"]), date.fromisoformat(facts["parent_start"])
    inner, outer = Interval(start, day_of(facts["end"])), Interval(parent_start, day_of(facts["parent_end"]))
    early = start < parent_start
    late = not facts["survives_parent"] and not Interval(max(start, parent_start), inner.end).within(outer)
    return Judged(RED if early or late else GREEN, {"starts_before": early, "outlives": late})


def _acceded(facts: Facts, _limits: NoThresholds) -> Judged:
    signed = day_of(facts["signed_at"])
    return Judged(GREEN if signed is not None and signed <= date.fromisoformat(facts["from"]) else RED, {})


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {ROOTS: _roots, NO_PATH: _path, OUTLIVES_PARENT: _outlives, NOT_ACCEDED: _acceded}
)
"""Per finding: the rule as a function of stored facts."""
