"""Derived facts over whole columns, with the same bounds as `derive.py` gives one case."""

from collections.abc import Iterator, Sequence

import polars as pl

from tillit.core.rulebook.bulk.register import PARENT, Register
from tillit.core.rulebook.bulk.rollup import field, sums, weighed
from tillit.core.rulebook.compile_polars import compile_four, four_bits
from tillit.core.rulebook.compile_polars.columns import HIGH, LOW, UNDECIDED, Columns
from tillit.core.rulebook.compile_polars.four import Four, negation, truth
from tillit.core.rulebook.compile_python import compile_value
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.model import Derived
from tillit.core.rulebook.tree import Node, symbols
from tillit.core.rulebook.values import VALUES, F, J, T, U

_ALL = pl.lit(value=True)


def over_records(derived: Sequence[Derived], register: Register, kind: str) -> list[pl.DataFrame]:
    """Return the columns of derived facts over one kind, a row for each collaboration, counted in one go.

    How the columns are named: `compile_polars.columns`.
    """
    frame = register.children.get(kind, pl.DataFrame())
    sides = [_Sides(each, frame) for each in derived]
    # Without records an expression has nothing to run over, but its sums are nought all the same.
    lazy = frame.lazy() if frame.height else pl.LazyFrame({PARENT: []}, schema={PARENT: pl.UInt32})
    of = {
        f"{side.derived.name} {name}": count
        for side in sides
        for name, count in (side.counts() if frame.height else side.nothing()).items()
    }
    counted = sums(lazy, of, register.last(kind))
    common = [register.unlisted(kind), register.listed(kind).alias("listed")]
    return [
        pl.DataFrame(
            [*(counted[f"{side.derived.name} {name}"].alias(name) for name in side.nothing()), *common]
        ).select(side.columns())
        for side in sides
    ]


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

    def nothing(self) -> dict[str, pl.Expr]:
        """Return the counts of a kind without any record."""
        if self.derived.how != "sum":
            return {"packed": pl.lit(0, dtype=pl.UInt64)}
        whole = pl.lit(0, dtype=pl.Int64)
        return {"low": whole, "high": whole, "open": pl.lit(0, dtype=pl.UInt32)}

    def counts(self) -> dict[str, pl.Expr]:
        """Return the whole numbers to sum over a collaboration's records."""
        if self.derived.how == "sum":
            return self._amounts()
        holds = four_bits(self.where)
        if self.derived.how == "count":
            return {"packed": weighed(holds, _fields(16, T=(1, 1), U=(0, 1), J=(0, 1)))}
        if self.derived.how != "majority":
            return {"packed": weighed(holds, _fields(16, T=(1,), F=(0, 1), U=(0, 0, 1), J=(0, 0, 0, 1)))}
        inside = _fields(20, T=(2, 2, 1), F=(0, 0, 1), U=(0, 2, 1), J=(0, 2, 1))
        if self.derived.among_tree is None:
            return {"packed": weighed(holds, inside)}
        outside = _fields(20, T=(1, 1), F=(1, 1), U=(1, 1), J=(1, 1))
        perhaps = _fields(20, T=(1, 2), F=(0, 1), U=(0, 2), J=(0, 2))
        beside = ((inside, T), (outside, F), (perhaps, U), (perhaps, J))
        weights = {bit + 16 * among: weight for fields, among in beside for bit, weight in fields.items()}
        return {"packed": weighed(holds + four_bits(self.among) * pl.lit(16, dtype=pl.UInt8), weights)}

    def _amounts(self) -> dict[str, pl.Expr]:
        holds, counts = _is_true(self.where), ~_is_true(negation(self.where))
        known = self.amount.fill_null(0)
        return {
            "low": pl.when(holds).then(known).otherwise(0),
            "high": pl.when(counts).then(known).otherwise(0),
            "open": (counts & self.amount.is_null()).cast(pl.UInt32),
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


def _is_true(value: Four) -> pl.Expr:
    return truth(value.holds).fill_null(value=False)


def _fields(width: int, **counts: tuple[int, ...]) -> dict[int, int]:
    """Return for each value the counts that one record adds, side by side in one number, `width` bits apart."""
    return {VALUES[name]: sum(count << width * place for place, count in enumerate(of)) for name, of in counts.items()}


def estimated(derived: Derived, columns: list[str]) -> pl.Expr | None:
    """Return the majority with the planned estimate where the list leaves it open, or None without an estimate."""
    count, total = derived.estimate_count, derived.estimate_total
    if count is None or total is None or not {count, total} <= set(columns):
        return None
    usable = (pl.col("phase") != "carried_out") & (pl.col(total) > 0) & (pl.col(count) <= pl.col(total))
    guess = pl.when(usable).then(2 * pl.col(count).cast(pl.Int64) > pl.col(total).cast(pl.Int64))
    return pl.coalesce(pl.col(derived.name), guess).alias(derived.name)
