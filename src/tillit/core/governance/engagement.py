"""D16: formality beside engagement, for information only; nobody is ranked and nothing is coloured.

Engagement needs attendance and reporting. Until both exist it is not known, which is not the same as none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tillit.core.governance.areas import INITIATION
from tillit.core.governance.entities import Membership, Party


@dataclass(frozen=True, slots=True)
class Engagement:
    """Shares from 0 to 1: of meetings attended, of reports in time; and how many things were done unasked."""

    attendance: Fraction
    on_time: Fraction
    voluntary: int


def engagement(
    attended: int | None, called: int | None, in_time: int | None, expected: int | None, voluntary: int = 0
) -> Engagement | None:
    """Return a party's engagement, None ("uppgift saknas") while attendance or reporting is not known.

    Called to no meeting, or expected to report nothing, says nothing of how engaged anybody is: not known either.
    """
    if attended is None or not called or in_time is None or not expected:
        return None
    return Engagement(Fraction(attended, called), Fraction(in_time, expected), voluntary)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Which of the groups (sectors, or regions) that take part today were there from initiation, sorted."""

    early: tuple[str, ...]
    later: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Return the share of the present groups that were there early; None while there is none or one is unknown."""
        total = len(self.early) + len(self.later)
        return Fraction(len(self.early), total) if total and not self.unknown else None


def early_inclusion(
    memberships: Iterable[Membership], parties: dict[str, Party], dimension: str, on: date
) -> Inclusion:
    """Return who was in when, by `sector` or `region` of the parties that are members on a day.

    A group is early when one of its members today joined at initiation. It is unknown when none did and it is not
    stated when one of them joined. A party that belongs to no group is left out.
    """
    stages: dict[str, list[str | None]] = {}
    for each in memberships:
        group = getattr(parties[each.party], dimension) if each.party in parties else None
        if group and each.during.holds(on):
            stages.setdefault(group, []).append(each.stage)
    early = [group for group in stages if INITIATION in stages[group]]
    unknown = [group for group in stages if group not in early and None in stages[group]]
    later = [group for group in stages if group not in early and group not in unknown]
    return Inclusion(tuple(sorted(early)), tuple(sorted(later)), tuple(sorted(unknown)))
