"""From records to their collaboration, by offset: records lie together, so a sum is a difference of running sums."""

from collections.abc import Mapping, Sequence

import polars as pl

from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED

Field = int
_WEIGHTS: Mapping[int, int] = {NOT_APPLICABLE: 0, MEETS: 1, JUDGE: 1 << 16, UNDECIDED: 1 << 32, BREACH: 1 << 48}


def sums(frame: pl.LazyFrame, of: Mapping[str, pl.Expr], ends: pl.Series) -> pl.DataFrame:
    """Return the sum of each whole-number expression over each collaboration's records (wrapping as its type does)."""
    whole = frame.with_columns(expr.alias(name) for name, expr in of.items())
    running = whole.select(pl.col(name).cum_sum() for name in of).collect()
    return pl.DataFrame([_between(running.get_column(name), ends).alias(name) for name in of])


def _between(running: pl.Series, ends: pl.Series) -> pl.Series:
    if running.is_empty():
        return pl.zeros(len(ends), dtype=running.dtype, eager=True)
    place = pl.DataFrame({"end": ends}).select(pl.when(pl.col("end") > 0).then(pl.col("end") - 1)).to_series()
    until = running.gather(place).fill_null(0)
    return until - until.shift(1, fill_value=0)


def packed(counts: Sequence[pl.Expr], width: int = 16) -> pl.Expr:
    """Return some yes-or-no expressions as one number whose sum counts each of them, `width` bits apart."""
    parts = [each.cast(pl.UInt64) * pl.lit(1 << (width * place), dtype=pl.UInt64) for place, each in enumerate(counts)]
    return pl.sum_horizontal(parts) if len(parts) > 1 else parts[0]


def field(name: str, place: int, width: int = 16) -> pl.Expr:
    """Return one of the counts of a packed sum."""
    shifted = pl.col(name) // pl.lit(1 << (width * place), dtype=pl.UInt64)
    return (shifted & pl.lit((1 << width) - 1, dtype=pl.UInt64)).cast(pl.Int64)


def worst(codes: Sequence[str]) -> pl.Expr:
    """Return the worst of some columns of outcomes, not applicable where there is none."""
    columns = [pl.col(name) for name in codes]
    found = pl.max_horizontal(columns) if len(columns) > 1 else columns[0]
    return found.fill_null(pl.lit(NOT_APPLICABLE, dtype=pl.UInt8))


def worst_of_records(frame: pl.LazyFrame, of: Mapping[str, pl.Expr], ends: pl.Series) -> pl.DataFrame:
    """Return the worst of each expression's outcomes over each collaboration's records."""
    weights = pl.lit(pl.Series([_WEIGHTS[code] for code in sorted(_WEIGHTS)], dtype=pl.UInt64))
    counted = sums(frame, {name: weights.gather(expr) for name, expr in of.items()}, ends)
    return counted.select(_decoded(name) for name in of)


def _decoded(name: str) -> pl.Expr:
    count = pl.col(name)

    def at_least(code: int) -> pl.Expr:
        return count >= pl.lit(_WEIGHTS[code], dtype=pl.UInt64)

    def is_(code: int) -> pl.Expr:
        return pl.lit(code, dtype=pl.UInt8)

    chain = pl.when(at_least(BREACH)).then(is_(BREACH)).when(at_least(UNDECIDED)).then(is_(UNDECIDED))
    chain = chain.when(at_least(JUDGE)).then(is_(JUDGE)).when(at_least(MEETS)).then(is_(MEETS))
    return chain.otherwise(is_(NOT_APPLICABLE)).alias(name)
