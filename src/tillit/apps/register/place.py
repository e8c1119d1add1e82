"""Where an entry stands in the list: one whole number per entry, higher for later days.

The day the collaboration starts is the high part and a hash of its public id the low part, so that the list, its pages
and the search index share one order, a year is a span of places, and a page can be found again without counting rows.
"""

from datetime import date
from zlib import crc32

_LOW = 32
Span = tuple[int, int]
"""The lowest place, and the lowest one that is too high."""
EVERYTHING: Span = (0, date.max.toordinal() + 1 << _LOW)


def place_of(starts_on: date, public_id: str) -> int:
    """Return the place of an entry. Two of one day share a place once in billions: the one who writes looks for it."""
    return (starts_on.toordinal() << _LOW) + crc32(public_id.encode())


def year_of(place: int) -> int:
    return date.fromordinal(place >> _LOW).year


def span_of(year: int) -> Span:
    """Return the places of a year."""
    first = date(year, 1, 1).toordinal()
    return first << _LOW, date(year, 12, 31).toordinal() + 1 << _LOW
