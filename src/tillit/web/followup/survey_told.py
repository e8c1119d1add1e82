"""The result of a question in words and in figures: a row for all, and one for each group."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from tillit.apps.followup.queries.surveys import QuestionResult
from tillit.core.indicators.survey import FEWEST, Answered

WIDTH = 200
"""How wide a bar is drawn, in the units of its picture."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: a level, how many gave it, where it begins and how wide it is."""

    level: int
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Told:
    """One row: whose answers, what they say as a sentence, the counts of each level, and the pieces of its bar."""

    name: str
    says: str
    counts: tuple[int, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its rows, the one of all first, and a sentence about whose answers are not shown."""

    number: int
    text: str
    low: str
    high: str
    rows: tuple[Told, ...]
    hidden: str


def told(result: QuestionResult) -> Question:
    """Return a question's result as it is shown."""
    asked = result.question
    named = ((_("Alla"), result.whole), *result.groups)
    rows = tuple(row for name, found in named if (row := _row(name, found)) is not None)
    hidden = [name for name, found in named if found.is_hidden]
    says = _("Visas inte, för att svaren är för få (under %(few)s) eller skulle gå att räkna ut: %(names)s.") % {
        "few": FEWEST,
        "names": ", ".join(hidden),
    }
    return Question(asked.number, asked.text, asked.low, asked.high, rows, says if hidden else "")


def _row(name: str, found: Answered) -> Told | None:
    if found.answers is None or found.distribution is None:
        return None
    says = ngettext("%(n)s svar, mitten är %(level)s.", "%(n)s svar, mitten är %(level)s.", found.answers)
    said = says % {"n": found.answers, "level": found.level}
    return Told(name, said, found.distribution, _parts(found.distribution, found.answers))


def _parts(distribution: tuple[int, ...], answers: int) -> tuple[Part, ...]:
    edges, gone = [0], 0
    for count in distribution:
        gone += count
        edges.append(round(WIDTH * gone / answers))
    parts = (
        Part(level, count, edges[level], edges[level + 1] - edges[level]) for level, count in enumerate(distribution)
    )
    return tuple(part for part in parts if part.count)
