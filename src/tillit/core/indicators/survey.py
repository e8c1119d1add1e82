"""Answers about trust and collaboration, so that nobody's own answer can be read: few answers are hidden (R21).

A result is how answers are distributed and their middle (median-low), never a mean. A hidden group must not be found by
taking the others from the whole either, so when only few answers would be hidden, one group more is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillit.core.indicators.rubric import Raters, concord

FEWEST = 5
"""Answers below which a group is hidden."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A group's answers. Hidden: not even how many there are is told, so all of it is None."""

    answers: int | None
    level: int | None
    distribution: tuple[int, ...] | None

    @property
    def is_hidden(self) -> bool:
        return self.answers is None


HIDDEN = Answered(None, None, None)


def answered(levels: Sequence[int], fewest: int = FEWEST) -> Answered:
    """Return how the answers of one group (levels 0–4) are distributed, hidden when they are fewer than five.

    :raises ValueError: a level is no whole number from 0 to 4
    """
    found = concord(Raters(tuple(levels)))
    return HIDDEN if len(levels) < fewest else Answered(len(levels), found.level, found.distribution)


def by_group(groups: Mapping[str, Sequence[int]], fewest: int = FEWEST) -> dict[str, Answered]:
    """Return the answers of each group, for a page that also shows the answers of all.

    Where those hidden are together fewer than five, the smallest of the groups that are left is hidden too, and so on:
    the difference between the whole and what is shown is then the answers of at least five. A group that nobody
    answered for is hidden like any other, for that nobody did is an answer as well.
    """
    order = sorted(groups, key=lambda name: (len(groups[name]), name))
    hidden = [name for name in order if len(groups[name]) < fewest]
    shown = order[len(hidden) :]
    while shown and 0 < sum(len(groups[name]) for name in hidden) < fewest:
        hidden.append(shown.pop(0))
    return {name: HIDDEN if name in hidden else answered(levels, fewest) for name, levels in groups.items()}
