from datetime import date

import pytest

from tillit.core.period import years_after


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2026, 3, 12), 10, date(2036, 3, 12)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(9998, 6, 1), 1, date(9999, 6, 1)),
        (date(9999, 6, 1), 1, date(9999, 12, 31)),
    ],
)
def test_years_are_calendar_years(day, years, then):
    assert years_after(day, years) == then
