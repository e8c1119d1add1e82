"""What follows from the days of a register: the same day years later, and a parameter as it was in force."""

from datetime import date
from typing import cast

import polars as pl

from tillit.core.rulebook.model import Parameter


def months_later(start: pl.Expr, months: pl.Expr) -> pl.Expr:
    """Return the day with the same number so many calendar months later, or that month's last day where it has none."""
    day = start.cast(pl.Date)
    passed = day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1 + months
    first = pl.date(passed // 12, passed % 12 + 1, 1)
    last = first.dt.month_end().dt.day()
    return pl.date(passed // 12, passed % 12 + 1, pl.min_horizontal(day.dt.day(), last))


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
