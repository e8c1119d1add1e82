"""What follows from the days of a register: the same day years later, and a parameter as it was in force."""

from datetime import date
from typing import cast

import polars as pl

from tillit.core.rulebook.model import Parameter


def years_later(start: pl.Expr, years: pl.Expr) -> pl.Expr:
    """Return the same day so many calendar years later; 29 February falls on the last day of February."""
    day, year = start.cast(pl.Date), start.cast(pl.Date).dt.year() + years
    month, leap = day.dt.month(), pl.date(year, 1, 1).dt.is_leap_year()
    last = pl.when((month == 2) & (day.dt.day() == 29) & ~leap).then(pl.lit(28, dtype=pl.Int8)).otherwise(day.dt.day())
    return pl.date(year, month, last)


def in_force(parameter: Parameter, ends_on: pl.Series, since: date) -> tuple[int | None, pl.Expr | None]:
    """Return a parameter as one number for all days of a register, or as an expression over `ends_on` if it changed."""
    if not len(ends_on):
        return None, None
    first, last = (max(cast(date, day), since) for day in (ends_on.min(), ends_on.max()))
    later = sorted({each.valid_from for each in parameter.values if first < each.valid_from <= last})
    known = parameter.on(first)
    if not later:
        return (None if known is None else int(known.value)), None  # type: ignore[arg-type]
    day = pl.max_horizontal(pl.col("ends_on"), pl.lit(since))
    found = pl.lit(None if known is None else known.value, dtype=pl.Int64)
    for change in later:
        value = parameter.on(change)
        found = (
            pl.when(day >= pl.lit(change)).then(pl.lit(value.value if value else None, dtype=pl.Int64)).otherwise(found)
        )
    return None, found.alias(parameter.name)
