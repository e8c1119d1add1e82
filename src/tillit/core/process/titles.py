"""Whether two titles look as if they named the same meeting."""

import re

SHORTEST = 4
"""Words with fewer letters say little of what a meeting is about."""
_ORDINARY = (
    "about conference congress course day days education from från inom kongress kongressen konferens "
    "konferensen kring kurs kväll kvällsmöte lecture lunch lunchen lunchmöte lunchseminarium mellan meeting möte möten "
    "mötet möteskväll over produktinformation samt seminar seminariet seminarium symposiet symposium that "
    "their training under utbildning utbildningen utbildningsdag utbildningsdagar with workshop"
)
ORDINARY = frozenset(_ORDINARY.split())
"""Words that meetings of every sort are called by."""
_WORD = re.compile(r"[^\W\d_]+")


def telling_words(title: str) -> frozenset[str]:
    """Return the words of a title that say which meeting it is: four letters or more, and no ordinary one."""
    return frozenset(word for word in _WORD.findall(title.casefold()) if len(word) >= SHORTEST) - ORDINARY


def look_alike(one: str, other: str) -> bool:
    """Return whether two titles share at least half of the telling words of the one that has fewer.

    Reading: simple on purpose. It only suggests, to people who know; town and days are compared elsewhere. Titles
    without telling words are alike when they are the same but for case and space.
    """
    first, second = telling_words(one), telling_words(other)
    if not first or not second:
        return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    return 2 * len(first & second) >= min(len(first), len(second))
