"""From records to their collaboration, by offset: records lie together, so a sum is a difference of running sums."""

from collections.abc import Mapping, Sequence

import polars as pl

from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED

_WEIGHTS: Mapping[int, int] = {NOT_APPLICABLE: 0, MEETS: 1, JUDGE: 1 << 16, UNDECIDED: 1 << 32, BREACH: 1 << 48}


def sums(frame: pl.LazyFrame, of: Mapping[str, pl.Expr], last: pl.Series) -> pl.DataFrame:
    """Return the sum of each whole-number expression over each collaboration's records (wrapping as its type does).

    `last` holds the row of each collaboration's last record, or of the last one before it; null before the first.
    """
    whole = frame.with_columns(expr.alias(name) for name, expr in of.items())
    running = whole.select(pl.col(name).cum_sum() for name in of).collect()
    if running.is_empty():
        return pl.DataFrame({name: pl.zeros(len(last), dtype=running.schema[name], eager=True) for name in of})
    until = running.lazy().select(pl.all().gather(pl.lit(last)).fill_null(0))
    return until.select(pl.all() - pl.all().shift(1, fill_value=0)).collect()


def weighed(codes: pl.Expr, weights: Mapping[int, int]) -> pl.Expr:
    """Return small numbers replaced by weights whose sums can be told apart again."""
    table = pl.Series([weights.get(code, 0) for code in range(max(weights) + 1)], dtype=pl.UInt64)
    return pl.lit(table).gather(codes)


def field(name: str, place: int, width: int = 16) -> pl.Expr:
    """Return one of the counts of a packed sum."""
    shifted = pl.col(name) // pl.lit(1 << (width * place), dtype=pl.UInt64)
    return (shifted & pl.lit((1 << width) - 1, dtype=pl.UInt64)).cast(pl.Int64)


def worst(codes: Sequence[str]) -> pl.Expr:
    """Return the worst of some columns of outcomes, not applicable where there is none."""
    columns = [pl.col(name) for name in codes]
    found = pl.max_horizontal(columns) if len(columns) > 1 else columns[0]
    return found.fill_null(pl.lit(NOT_APPLICABLE, dtype=pl.UInt8))


def worst_of_records(frame: pl.LazyFrame, of: Mapping[str, pl.Expr], last: pl.Series) -> pl.DataFrame:
    """Return the worst of each expression's outcomes over each collaboration's records."""
    counted = sums(frame, {name: weighed(expr, _WEIGHTS) for name, expr in of.items()}, last)
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
