"""Who decides what: one organ per subject, level, day and amount (I-5); an advisory organ nothing (I-6).

"Never two" is refused when it is written; `conflicting` says with what. That nobody decides is a finding, in yellow: it
is a question to settle before somebody asks. The rest is red.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType

from tillit.core.governance.areas import ADVISORY, DECIDES, NO_AUTHORITY
from tillit.core.governance.entities import Interval, Organ
from tillit.core.governance.flags import GREEN, RED, YELLOW, Facts, Flag, Judge, Judged, NoThresholds, Rule, as_text

DECIDER_RULE, ORGAN_RULE = Rule("I-5", 1), Rule("I-6", 1)
DECIDERS, DECIDES_OVER = "deciders", "decides_without_authority"
ADVISORY_DECIDES, OWN_ANCESTOR = "advisory_decides", "own_ancestor"
_NONE = NoThresholds()


@dataclass(frozen=True, slots=True)
class MandateItem:
    """What an organ may do with a subject at a level: decide, prepare, advise …

    Amounts from `amount_from`, that one included, up to but not including `amount_to`; None is no limit. `over`: the
    organs or parties that a right to decide, or that there is none, is about; empty is everybody.
    """

    organ: str
    subject: str
    right: str
    level: str
    during: Interval
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    over: frozenset[str] = frozenset()
    clause: str = ""

    def same_amounts(self, other: "MandateItem") -> bool:
        """Return whether there is an amount that both are about."""
        return _overlap((self.amount_from, self.amount_to), (other.amount_from, other.amount_to))


Band = tuple[Decimal | None, Decimal | None]


def _overlap(one: Band, other: Band) -> bool:
    lows = [low for low, _ in (one, other) if low is not None]
    highs = [high for _, high in (one, other) if high is not None]
    return not lows or not highs or max(lows) < min(highs)


def conflicting(item: MandateItem, others: Iterable[MandateItem]) -> tuple[MandateItem, ...]:
    """Return the items that cannot stand beside one on any day: another decider, or a right that is said to be none.

    Two rows of the same organ are no two deciders. Whom a decision is over tells no two deciders apart (I-5 is per
    subject, level, day and amount): what differs is a subject of its own.
    """
    return tuple(other for other in others if other != item and (_two(item, other) or _denied(item, other)))


def _two(one: MandateItem, other: MandateItem) -> bool:
    both = one.right == other.right == DECIDES and one.organ != other.organ
    same = (one.subject, one.level) == (other.subject, other.level)
    return both and same and one.during.meets(other.during) and one.same_amounts(other)


def _denied(one: MandateItem, other: MandateItem) -> bool:
    if {one.right, other.right} != {DECIDES, NO_AUTHORITY} or (one.organ, one.subject) != (other.organ, other.subject):
        return False
    over = not one.over or not other.over or bool(one.over & other.over)
    return over and one.during.meets(other.during)


def unclaimed(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Return the amounts that no band holds, lowest first; (None, None) when there is no band at all. Half-open."""
    reached: Decimal | None = None
    found: list[Band] = []
    for number, (low, high) in enumerate(sorted(bands, key=lambda band: (band[0] is not None, band[0] or 0))):
        if low is not None and (number == 0 or (reached is not None and low > reached)):
            found.append((reached, low))
        if high is None:
            return tuple(found)
        reached = high if reached is None else max(reached, high)
    return (*found, (reached, None))


def mandate_flags(
    items: Sequence[MandateItem],
    organs: Sequence[Organ],
    subjects: Iterable[tuple[str, str]],
    *,
    partnership: str,
    on: date,
) -> tuple[Flag, ...]:
    """Return what is wrong with who decides on a day; `subjects`: each (subject, level) that somebody is to decide."""
    today = [each for each in items if each.during.holds(on)]
    found: list[Flag] = []
    for rule, code, subject, facts, where in (
        *_deciders(today, subjects, partnership),
        *_rights(today, organs),
        *_ancestors(organs),
    ):
        judged = JUDGES[code](facts, _NONE)
        found += rule.flags(code, judged, subject=subject, day=on, facts=facts, params=_NONE, dimensions=where)
    return tuple(found)


Known = Iterator[tuple[Rule, str, str, Facts, dict[str, str]]]


def _deciders(today: Sequence[MandateItem], subjects: Iterable[tuple[str, str]], partnership: str) -> Known:
    deciding = [each for each in today if each.right == DECIDES]
    wanted = dict.fromkeys((*subjects, *((each.subject, each.level) for each in deciding)))
    for subject, level in wanted:
        here = [each for each in deciding if (each.subject, each.level) == (subject, level)]
        bands = [[each.organ, as_text(each.amount_from), as_text(each.amount_to)] for each in here]
        yield DECIDER_RULE, DECIDERS, partnership, {"deciders": bands}, {"subject": subject, "level": level}


def _rights(today: Sequence[MandateItem], organs: Iterable[Organ]) -> Known:
    for each in organs:
        own = [item for item in today if item.organ == each.id]
        decides = sorted({item.subject for item in own if item.right == DECIDES})
        denied = sorted({one.subject for one, other in combinations(own, 2) if _denied(one, other)})
        yield ORGAN_RULE, ADVISORY_DECIDES, each.id, {"tier": each.tier, "decides": decides}, {}
        yield DECIDER_RULE, DECIDES_OVER, each.id, {"denied_and_decided": denied}, {}


def _ancestors(organs: Sequence[Organ]) -> Known:
    parents = {each.id: each.parent for each in organs}
    for each in organs:
        yield ORGAN_RULE, OWN_ANCESTOR, each.id, {"organ": each.id, "ancestors": ancestors(each.id, parents)}, {}


def ancestors(organ: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return the organs above one, nearest first; a circle ends with the organ that closes it."""
    found: list[str] = []
    here = parents.get(organ)
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def _judge_deciders(facts: Facts, _limits: NoThresholds) -> Judged:
    known = [(organ, (_amount(low), _amount(high))) for organ, low, high in facts["deciders"]]
    pairs = [
        [one, other]
        for (one, band), (other, next_band) in combinations(known, 2)
        if one != other and _overlap(band, next_band)
    ]
    nobody = [[as_text(low), as_text(high)] for low, high in unclaimed(band for _, band in known)]
    return Judged(RED if pairs else YELLOW if nobody else GREEN, {"two": pairs, "nobody": nobody})


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _judge_advisory(facts: Facts, _limits: NoThresholds) -> Judged:
    return Judged(RED if facts["tier"] == ADVISORY and facts["decides"] else GREEN, {"decides": facts["decides"]})


def _judge_denied(facts: Facts, _limits: NoThresholds) -> Judged:
    return Judged(RED if facts["denied_and_decided"] else GREEN, {})


def _judge_ancestor(facts: Facts, _limits: NoThresholds) -> Judged:
    above = facts["ancestors"]
    return Judged(RED if facts["organ"] in above else GREEN, {})


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        DECIDERS: _judge_deciders,
        DECIDES_OVER: _judge_denied,
        ADVISORY_DECIDES: _judge_advisory,
        OWN_ANCESTOR: _judge_ancestor,
    }
)
"""Per finding: the rule as a function of stored facts."""
