"""Days, calendar months and calendar years."""

import calendar
from datetime import MAXYEAR, date


def years_after(day: date, years: int) -> date:
    """Return the same day `years` calendar years later; 29 February falls on the last day of February.

    A period of years ends on the day that has the same number in the closing month, or on that month's last
    day where it has no such day (lag 1930:173 om beräkning av lagstadgad tid, 1 §). It is never years × 365 days.
    Past the last day of the calendar it is that day.
    """
    return months_after(day, 12 * years)


def months_after(day: date, months: int) -> date:
    """Return the day with the same number `months` calendar months later, or that month's last day where it has none.

    Past the last day of the calendar it is that day.
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
