"""The rows of the page of an effect logic: steps, edges, assumptions, lines of the outline, ties of branches."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tillit.apps.followup.queries.gap_words import lacks


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """What an edge rests on, and what was last said of whether it holds; `verdict` "" while nobody has said."""

    id: UUID
    kind: str
    text: str
    indicator: str
    verdict: str
    mark: str
    word: str
    said_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge in words. `lag_months` None: nobody knows. `gaps`: codes; `mark`: the shape of the worst, "" for none."""

    id: UUID
    src: str
    dst: str
    src_text: str
    dst_text: str
    mechanism: str
    lag_months: int | None
    evidence: str
    evidence_mark: str
    source: str
    since: date | None
    contribution: str
    hinders: bool
    is_feedback: bool
    assumptions: tuple[AssumptionRow, ...]
    gaps: tuple[str, ...]
    mark: str

    @property
    def lacks(self) -> str:
        """Return its gaps as they stand beside the shape."""
        return lacks(self.mark, self.gaps)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words. `earliest`: the first day that an effect can show, None where nobody can know.

    `branches`: those that serve it, with the key of their version. `serves_gone`: what it serves is no longer there.
    """

    id: UUID
    code: str
    kind: str
    kind_word: str
    text: str
    level: str
    goal: str
    goal_key: UUID | None
    owner: str
    area: str
    serves: str
    serves_text: str
    serves_gone: bool
    starts_on: date | None
    last_day: date | None
    earliest: date | None
    indicators: tuple[tuple[UUID, str], ...]
    branches: tuple[tuple[UUID, str], ...]
    gaps: tuple[str, ...]
    mark: str

    @property
    def lacks(self) -> str:
        """Return its gaps as they stand beside the shape."""
        return lacks(self.mark, self.gaps)


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A line of the outline; `ends`: nothing stands under it, `closes` counts the lists that end after it."""

    step: StepRow
    edge: EdgeRow | None
    again: bool
    opens: bool
    ends: bool
    closes: range


@dataclass(frozen=True, slots=True)
class Tie:
    """A step of a branch that serves a step which is not in this version."""

    branch: UUID
    organ: str
    step: str
    serves: str
