"""D9 and D16: where anything is promised at all: the deciding tier of each level, and the parties of each level."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from tillit.core.governance.areas import DECIDING, TIERS
from tillit.core.governance.commitments import Commitment
from tillit.core.governance.entities import Organ
from tillit.core.governance.flags import GREEN, RED, Facts, Flag, Judge, Judged, NoThresholds, Rule

RULE = Rule("D9", 1)
FORMALITY_GAP = "formality_gap"
_NONE = NoThresholds()


def promised(commitments: Iterable[Commitment], level: str, on: date) -> dict[str, int]:
    """Return the number of commitments in force at a level per tier; "" for those that say no tier."""
    counts = dict.fromkeys(TIERS, 0)
    for each in commitments:
        if each.level == level and each.during.holds(on):
            counts[each.tier] = counts.get(each.tier, 0) + 1
    return counts


def formality_flags(
    organs: Iterable[Organ], commitments: Sequence[Commitment], *, partnership: str, on: date
) -> tuple[Flag, ...]:
    """Return every level where an organ decides and nothing is promised on the deciding tier: red (R14).

    Commitments of other tiers do not fill the gap, and a level without an active deciding organ has none.
    """
    levels = dict.fromkeys(each.level for each in organs if each.tier == DECIDING and each.during.holds(on))
    found: list[Flag] = []
    for level in levels:
        facts: Facts = {"tier": DECIDING, "commitments": promised(commitments, level, on)}
        where = {"level": level, "tier": DECIDING}
        judged = _gap(facts, _NONE)
        found += RULE.flags(
            FORMALITY_GAP, judged, subject=partnership, day=on, facts=facts, params=_NONE, dimensions=where
        )
    return tuple(found)


def _gap(facts: Facts, _limits: NoThresholds) -> Judged:
    count = facts["commitments"].get(facts["tier"], 0)
    return Judged(GREEN if count else RED, {"commitments": count})


def formality(
    parties: Mapping[str, Collection[str]], commitments: Iterable[Commitment], on: date
) -> dict[str, Fraction | None]:
    """Return per level the share of its active parties that have a commitment in force there; None without parties."""
    bound: dict[str, set[str]] = {}
    for each in commitments:
        if each.during.holds(on):
            bound.setdefault(each.level, set()).add(each.party)
    return {
        level: Fraction(len(set(active) & bound.get(level, set())), len(set(active))) if active else None
        for level, active in parties.items()
    }


JUDGES: Mapping[str, Judge] = MappingProxyType({FORMALITY_GAP: _gap})
"""Per finding: the rule as a function of stored facts."""
