"""What is told about a baseline and targets that stand against each other or against the indicator; nothing is refused.

Which of it hinders the goal from being measured is D6's to say (M7, M9).
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.apps.followup.bearings import Aim, Bearings
from tillit.apps.followup.models import IndicatorVersion
from tillit.core.indicators.judged import DOWN, UP, sign_of

AGAINST, NOWHERE, OUTSIDE, FROM_NOTHING = "against_direction", "nowhere_to_go", "outside_limits", "baseline_is_zero"
DOUBTS: dict[str, str | Promise] = {
    AGAINST: _("Målet ligger åt andra hållet än riktningen. Rätta riktningen eller målet."),
    NOWHERE: _("Målet är detsamma som utgångsvärdet. Då finns ingen väg att bedöma; sätt ett annat mål."),
    OUTSIDE: _("Målet ligger utanför vad indikatorn kan vara. Rätta målet eller gränserna."),
    FROM_NOTHING: _("Utgångsvärdet är 0. Banan räknas som vanligt, men någon tillväxttakt går inte att räkna."),
}


def doubts(version: IndicatorVersion, known: Bearings) -> tuple[str, ...]:
    """Return what is doubtful, each code once, in the order of `DOUBTS`."""
    found = set(_found(version, known))
    return tuple(code for code in DOUBTS if code in found)


def _found(version: IndicatorVersion, known: Bearings) -> Iterator[str]:
    start = known.baseline
    value, level = (start.value, start.level) if start is not None else (None, None)
    if value == 0:
        yield FROM_NOTHING
    for aim in known.targets:
        if _is_outside(version, aim):
            yield OUTSIDE
        here, there = (level, aim.level) if aim.level is not None else (value, aim.value)
        if here is None or there is None:
            continue
        if version.direction in (UP, DOWN) and (there - here) * sign_of(version.direction) < 0:
            yield AGAINST
        if there == here and aim is known.target:
            yield NOWHERE


def _is_outside(version: IndicatorVersion, aim: Aim) -> bool:
    ends = [each for each in (aim.value, aim.low, aim.high) if each is not None]
    return any(
        (version.low is not None and end < version.low) or (version.high is not None and end > version.high)
        for end in ends
    )
