"""What an entry of the library of indicators is made of, in Swedish and English."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tillit.apps.partnerships.template_shape import Text
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.core.indicators.periods import YEAR
from tillit.core.indicators.rollup import RATIO


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures were read: what it is called and the pages."""

    id: str
    name: Text
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What some entries are about."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure of a calendar year, or of each year `year`–`to`. `about`: the source says so, or derived.

    `value` None: only `note` is known. A ratio has its parts.
    """

    year: int
    to: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    about: bool
    note: Text
    source: Source

    @property
    def is_exact(self) -> bool:
        return self.value is not None and not self.about and self.to is None

    @property
    def day(self) -> date:
        """Return the end of the year that it is about."""
        return date(self.to or self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Described:
    """A level of a qualitative entry."""

    level: int
    label: Text
    descriptor: Text
    example: Text


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An indicator to take. `starts`: it rests on when a trial starts or ends. `leading`: what to follow beside it.

    What is measured by year has a leading one, measured more often. `low` and `high` as figures are kept, a ratio as a
    share.
    """

    code: str
    group: Group
    level: str
    kind: str
    name: Text
    definition: Text
    numerator: Text
    denominator: Text
    unit: Text
    direction: str
    aggregation: str
    frequency: str
    low: Decimal | None
    high: Decimal | None
    starts: bool
    leading: str
    source: Text
    method: Text
    quality: Text
    decision_use: Text
    figures: tuple[Figure, ...]
    rubric: tuple[Described, ...]

    @property
    def is_qualitative(self) -> bool:
        return self.kind == QUALITATIVE

    def baseline(self, frequency: str, aggregation: str) -> Figure | None:
        """Return the latest exact figure, where it can be a baseline: it is of a year, and no part of a year is held
        against it. A share is the same whatever the period is."""
        if aggregation != self.aggregation or (aggregation != RATIO and frequency != YEAR):
            return None
        return max((each for each in self.figures if each.is_exact), key=lambda each: each.year, default=None)


@dataclass(frozen=True, slots=True)
class Library:
    """The entries in their order, by groups."""

    groups: tuple[Group, ...]
    entries: tuple[LibraryEntry, ...]

    def entry(self, code: str) -> LibraryEntry | None:
        return next((each for each in self.entries if each.code == code), None)
