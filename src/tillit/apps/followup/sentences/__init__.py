"""What each rule of follow-up finds, as one sentence in the language of the one who reads."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy

from tillit.apps.followup.sentences.of_changes import of_change, of_quality, of_raters, of_step
from tillit.apps.followup.sentences.of_lines import of_line
from tillit.apps.followup.sentences.of_paths import of_forecast, of_standing
from tillit.apps.followup.sentences.of_wholes import of_review, of_share, of_timing
from tillit.apps.followup.sentences.seen import Seen
from tillit.apps.partnerships.queries.organ_words import MARKS, SEVERITY_WORDS, Told
from tillit.core.indicators.facts import facts_of
from tillit.core.indicators.judged import DATA_QUALITY, IMPROVEMENT, INFO, NOT_ASSESSABLE
from tillit.core.indicators.verdict import Line

SENTENCES: Mapping[str, Callable[[Seen], str]] = MappingProxyType(
    {
        "D1": of_standing,
        "D2": of_timing,
        "D3": of_change,
        "D4": of_forecast,
        "D5": of_step,
        "D5.raters": of_raters,
        "D6": of_share,
        "D7": of_review,
        "D14": of_quality,
        "D15": of_line,
    }
)
"""By rule; each knows every code that the core can give."""
BETTER = gettext_lazy("bättre")


def sentence(
    rule: str,
    code: str,
    result: Mapping[str, Any],
    facts: Mapping[str, Any],
    unit: str = "",
    *,
    percent: bool = False,
) -> str:
    """Return what a rule found as one sentence, from what is stored of it.

    `unit`: the indicator's, "" for none. `percent`: that its figures are shares, read as percent.
    """
    return SENTENCES[rule](Seen(code, result, facts, unit, percent))


def line_told(line: Line, why: str = "") -> Told:
    """Return D15's line with its mark and word. `why`: D1's code, told instead where it says why nothing is judged."""
    said = of_line(Seen(line.code, facts_of(line), {}), why)
    mark, word = mark_of(line.verdict, line.direction)
    return Told(mark, word, said)


def mark_of(verdict: str, direction: str) -> tuple[str, str]:
    """Return shape and word of a verdict or a severity: what is better has its own, and so has what is not known."""
    if direction == IMPROVEMENT and verdict not in ("red", "yellow"):
        return "meets", str(BETTER)
    if direction == DATA_QUALITY and verdict in (INFO, NOT_ASSESSABLE):
        return MARKS[NOT_ASSESSABLE], str(SEVERITY_WORDS[NOT_ASSESSABLE])
    return MARKS[verdict], str(SEVERITY_WORDS[verdict])
