"""D7 as a judgement: what an effect logic lacks, in one verdict with all its gaps."""

from dataclasses import dataclass

from tillit.core.indicators.effect_logic import Logic
from tillit.core.indicators.gaps import Around, Gap, blocking, gaps
from tillit.core.indicators.judged import DATA_QUALITY, GREEN, NEUTRAL_CHANGE, RED, YELLOW

CANNOT_BE_ADOPTED, HAS_GAPS, NO_GAPS = "cannot_be_adopted", "has_gaps", "no_gaps"


@dataclass(frozen=True, slots=True)
class NoThresholds:
    """A rule that has no thresholds: it holds or it does not."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What D7 judges: a logic, and the plan around it."""

    logic: Logic
    around: Around


@dataclass(frozen=True, slots=True)
class Review:
    """Red where a gap keeps it from adoption (an adopted one: where it should not have been), yellow for warnings."""

    verdict: str
    code: str
    direction: str
    gaps: tuple[Gap, ...]


def review(reviewed: Reviewed, _: NoThresholds | None = None) -> Review:
    """Return every gap of a logic and the verdict of the worst."""
    found = gaps(reviewed.logic, reviewed.around)
    if blocking(found):
        return Review(RED, CANNOT_BE_ADOPTED, DATA_QUALITY, found)
    return Review(YELLOW, HAS_GAPS, DATA_QUALITY, found) if found else Review(GREEN, NO_GAPS, NEUTRAL_CHANGE, ())
