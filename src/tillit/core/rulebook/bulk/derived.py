"""Derived facts over whole columns, with the same bounds as `derive.py` gives one case."""

from collections.abc import Iterator
from datetime import date
from typing import cast

import polars as pl

from tillit.core.rulebook.bulk.register import Register
from tillit.core.rulebook.bulk.rollup import field, packed, sums
from tillit.core.rulebook.compile_polars import compile_four
from tillit.core.rulebook.compile_polars.columns import HIGH, LOW, UNDECIDED, Columns
from tillit.core.rulebook.compile_polars.four import Four, truth
from tillit.core.rulebook.compile_python import compile_value
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.model import Derived, Parameter
from tillit.core.rulebook.tree import Node, symbols
from tillit.core.rulebook.values import F, J, T, U

_ALL = pl.lit(value=True)


def over_records(derived: Derived, register: Register) -> pl.DataFrame:
    """Return a derived fact's columns, a row for each collaboration (see `compile_polars.columns` for their names)."""
    kind = str(derived.over)
    frame = register.children.get(kind, pl.DataFrame())
    sides = _Sides(derived, frame)
    # Without records an expression has nothing to run over, but its sums are nought all the same.
    lazy = frame.lazy() if frame.height else pl.LazyFrame({"collaboration": []}, schema={"collaboration": pl.UInt32})
    of = sides.counts() if frame.height else {name: pl.lit(0, dtype=type_) for name, type_ in sides.types()}
    counted = sums(lazy, of, register.ends(kind))
    counted = counted.with_columns(register.unlisted(kind), register.listed(kind).alias("listed"))
    return counted.select(sides.columns())


class _Sides:
    """What to count of the records, and how the counts become the fact."""

    def __init__(self, derived: Derived, frame: pl.DataFrame) -> None:
        self.derived = derived
        self.where = self._four(derived.where_tree, frame)
        self.among = self._four(derived.among_tree, frame)
        self.amount = pl.lit(None, dtype=pl.Int64)
        if derived.how == "sum" and str(derived.of) in frame.columns:
            amount = pl.col(str(derived.of)).cast(pl.Int64)
            in_kronor = (pl.col("currency") == "SEK").fill_null(True) if "currency" in frame.columns else _ALL
            self.amount = pl.when(in_kronor).then(amount)

    @staticmethod
    def _four(tree: Node | None, frame: pl.DataFrame) -> Four:
        if tree is None:
            return Four(holds=True, unknown="")
        return compile_four(tree, Columns(absent=frozenset(symbols(tree)) - set(frame.columns)))

    def types(self) -> list[tuple[str, type[pl.DataType]]]:
        if self.derived.how != "sum":
            return [("packed", pl.UInt64)]
        return [("low", pl.Int64), ("high", pl.Int64), ("open", pl.UInt32)]

    def counts(self) -> dict[str, pl.Expr]:
        """Return the whole numbers to sum over a collaboration's records."""
        holds, fails, undecided = _is(self.where, T), _is(self.where, F), _is(self.where, U)
        match self.derived.how:
            case "any" | "all":
                return {"packed": packed([holds, fails, undecided, _is(self.where, J)])}
            case "count":
                return {"packed": packed([holds, ~fails])}
            case "majority":
                inside, outside = _is(self.among, T), _is(self.among, F)
                least = pl.when(outside).then(1).when(holds).then(pl.when(inside).then(2).otherwise(1)).otherwise(0)
                most = pl.when(outside).then(1).when(fails).then(pl.when(inside).then(0).otherwise(1)).otherwise(2)
                return {"packed": packed([least, most, inside], 20)}
        counts = ~fails
        open_ = counts & self.amount.is_null()
        return {
            "low": pl.when(holds).then(self.amount).otherwise(0).fill_null(0),
            "high": pl.when(counts).then(self.amount).otherwise(0).fill_null(0),
            "open": open_.cast(pl.UInt32),
        }

    def columns(self) -> Iterator[pl.Expr]:
        """Return the fact's columns from the counts."""
        match self.derived.how:
            case "any" | "all":
                return self._quantified()
            case "majority":
                return self._majority()
            case "count":
                return self._count()
        return self._sum()

    def _quantified(self) -> Iterator[pl.Expr]:
        decides = self.derived.how == "any"
        deciding, undecided, unjudged = (field("packed", place) > 0 for place in (0 if decides else 1, 2, 3))
        rest, unlisted = self._of_unlisted(), pl.col("unlisted")
        is_open = (unlisted != 0).fill_null(True)
        if rest == (T if decides else F):
            deciding = deciding | (is_open & unlisted.is_not_null())
        if rest != (F if decides else T):
            undecided = undecided | is_open
        verdict = pl.when(deciding).then(pl.lit(decides)).when(undecided | unjudged).then(None)
        yield verdict.otherwise(pl.lit(not decides)).alias(self.derived.name)
        yield (~deciding & undecided).alias(self.derived.name + UNDECIDED)

    def _of_unlisted(self) -> int:
        """Return what `where` says of a record of which nothing is known."""
        tree = self.derived.where_tree
        if tree is None:
            return T
        layout = Layout.of(list(symbols(tree).values()))
        return compile_value(tree, layout)(layout.unknown())

    def _majority(self) -> Iterator[pl.Expr]:
        unlisted, listed = pl.col("unlisted"), pl.col("listed").cast(pl.Int64)
        least = field("packed", 0, 20) - listed - unlisted
        most = field("packed", 1, 20) - listed + unlisted
        somebody = field("packed", 2, 20) > 0
        if self.derived.among_tree is None:
            somebody = somebody | (unlisted > 0)
        yes, no = least > 0, (most <= 0) & somebody
        yield pl.when(yes).then(_ALL).when(no).then(pl.lit(value=False)).alias(self.derived.name)

    def _count(self) -> Iterator[pl.Expr]:
        low, high, unlisted = field("packed", 0), field("packed", 1), pl.col("unlisted")
        if self.derived.where_tree is None:
            low = low + unlisted.fill_null(0)
        if self._of_unlisted() != F:
            high = high + unlisted
        yield low.alias(self.derived.name + LOW)
        yield high.alias(self.derived.name + HIGH)

    def _sum(self) -> Iterator[pl.Expr]:
        bounded = pl.col("open") == 0
        if self._of_unlisted() != F:
            bounded = bounded & (pl.col("unlisted") == 0)
        yield pl.col("low").alias(self.derived.name + LOW)
        yield pl.when(bounded).then(pl.col("high")).alias(self.derived.name + HIGH)


def _is(value: Four, bit: int) -> pl.Expr:
    if bit in (T, F):
        holds = truth(value.holds)
        return (holds if bit == T else ~holds).fill_null(False)
    undecided = truth(value.is_undecided()).fill_null(False)
    return undecided if bit == U else truth(value.holds).is_null() & ~undecided


def estimated(derived: Derived, columns: list[str]) -> pl.Expr | None:
    """Return the majority with the planned estimate where the list leaves it open, or None without an estimate."""
    count, total = derived.estimate_count, derived.estimate_total
    if count is None or total is None or not {count, total} <= set(columns):
        return None
    usable = (pl.col("phase") != "carried_out") & (pl.col(total) > 0) & (pl.col(count) <= pl.col(total))
    guess = pl.when(usable).then(2 * pl.col(count).cast(pl.Int64) > pl.col(total).cast(pl.Int64))
    return pl.coalesce(pl.col(derived.name), guess).alias(derived.name)


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
