"""The periods that an indicator is measured by: months, quarters, tertials (four months), half years and years."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

MONTH, QUARTER, TERTIAL, HALF_YEAR, YEAR = "month", "quarter", "tertial", "half_year", "year"
MONTHS: Mapping[str, int] = MappingProxyType({MONTH: 1, QUARTER: 3, TERTIAL: 4, HALF_YEAR: 6, YEAR: 12})
"""How many months a period of each frequency has."""
_LETTER = {QUARTER: "Q", TERTIAL: "T", HALF_YEAR: "H"}
_OF_LETTER = {"Q": QUARTER, "K": QUARTER, "T": TERTIAL, "H": HALF_YEAR}
_WRITTEN = re.compile(r"(?P<year>[1-9][0-9]{3})(?:-?(?P<letter>[QKTH])(?P<part>[1-4])|-(?P<month>[0-9]{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period; `number` counts the periods of its frequency from year 0, so that the next one is `number` + 1."""

    frequency: str
    number: int

    @property
    def start(self) -> date:
        """Return its first day."""
        year, month = divmod(self.number * MONTHS[self.frequency], 12)
        return date(year, month + 1, 1)

    @property
    def end(self) -> date:
        """Return its last day, which dates what was observed in it."""
        return self.ahead(1).start - timedelta(days=1)

    def ahead(self, periods: int) -> "Period":
        """Return the period that comes so many later, or earlier when it is negative."""
        return Period(self.frequency, self.number + periods)

    def __str__(self) -> str:
        year, part = divmod(self.number, 12 // MONTHS[self.frequency])
        if self.frequency == YEAR:
            return f"{year:04}"
        return (
            f"{year:04}-{part + 1:02}" if self.frequency == MONTH else f"{year:04}-{_LETTER[self.frequency]}{part + 1}"
        )


def period_of(day: date, frequency: str) -> Period:
    """Return the period that a day lies in."""
    return Period(frequency, (12 * day.year + day.month - 1) // MONTHS[frequency])


def read_period(text: str) -> Period | None:
    """Return the period written as 2026, 2026-03, 2026-Q1 (or 2026-K1), 2026-T1, 2026-H1; None when it is none."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        return None
    year = int(found["year"])
    if found["month"]:
        month = int(found["month"])
        return Period(MONTH, 12 * year + month - 1) if 1 <= month <= 12 else None
    if not found["letter"]:
        return Period(YEAR, year)
    frequency = _OF_LETTER[found["letter"]]
    in_year, part = 12 // MONTHS[frequency], int(found["part"])
    return Period(frequency, in_year * year + part - 1) if part <= in_year else None


def whole_periods(start: date, before: date, frequency: str) -> Iterator[Period]:
    """Yield the periods that begin on `start` or later and end before a day."""
    period = period_of(start, frequency)
    if period.start < start:
        period = period.ahead(1)
    while period.end < before:
        yield period
        period = period.ahead(1)
