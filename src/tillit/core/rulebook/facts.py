"""A case as the engine holds it: records with typed values, lists that say whether they are whole, judgements.

Values: bool, int, decimal as whole hundredths (int), date, datetime, enum and text as str. Left out is not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.core.rulebook.model import COLLABORATION, Phase

Value = bool | int | date | datetime | str


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a case: what is known of it, by the names of the vocabulary."""

    kind: str
    id: str
    values: Mapping[str, Value]

    @property
    def key(self) -> str:
        """Return "participant:p1", or "collaboration"."""
        return self.kind if self.kind == COLLABORATION else f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class RecordList:
    """The records of one kind, and what is known of how many there are.

    `complete` True: nobody is left out but those that a larger `total` counts; False or None: there may be more.
    """

    records: tuple[Record, ...] = ()
    complete: bool | None = None
    total: int | None = None

    @property
    def unlisted(self) -> int | None:
        """Return how many records are not listed, or None where nobody knows."""
        if self.total is not None:
            return self.total - len(self.records)
        return 0 if self.complete else None

    @property
    def whole(self) -> bool:
        """Return whether every record there is stands in the list."""
        return self.unlisted == 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recorded answer to a judgement word: whose it is, when it was given and why."""

    fact: str
    record: str
    value: bool
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """One collaboration to be tried: header, the collaboration's own facts, its records and the judgements on them."""

    title: str
    phase: Phase
    starts_on: date
    ends_on: date
    collaboration: Record
    records: Mapping[str, RecordList] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    description: str = ""
    _counting: Mapping[str, Mapping[str, Judgement]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        counting: dict[str, dict[str, Judgement]] = {}
        for each in sorted(self.judgements, key=lambda judgement: judgement.on):
            counting.setdefault(each.record, {})[each.fact] = each
        object.__setattr__(self, "_counting", counting)

    def listing(self, kind: str) -> RecordList:
        """Return the records of a kind; one that the case does not mention is an empty list that may not be whole."""
        return self.records.get(kind, RecordList())

    def judged(self, record: str, fact: str) -> Judgement | None:
        """Return the judgement that counts: the latest on that fact of that record, or None."""
        return self.judged_of(record).get(fact)

    def judged_of(self, record: str) -> Mapping[str, Judgement]:
        """Return the judgements that count on a record, by fact: the latest of each."""
        return self._counting.get(record, {})
