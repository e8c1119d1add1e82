"""Comparisons of numbers that are known by bounds only."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Literal

import polars as pl

from tillit.core.rulebook.compile_polars.columns import HIGH, LOW, Columns, number
from tillit.core.rulebook.tree import Arithmetic, Compare, Name, Node, Symbol

Span = tuple[pl.Expr, pl.Expr]
YES, NO = pl.lit(value=True), pl.lit(value=False)


def bounded(node: Compare, named: Sequence[Symbol], columns: Columns) -> tuple[pl.Expr, Literal["UJ"], pl.Expr]:
    """Return the parts of a `Four`: what the bounds decide of a comparison, and whether it is U where it is open.

    It is U while an observed number is not known exactly; else only a judgement or a parameter is missing.
    """
    holds = _decided(node.op, span(node.left, columns), span(node.right, columns))
    exact = reduce(and_, [_is_exact(symbol, columns) for symbol in named if symbol.missing == "U"], YES)
    return holds, "UJ", ~exact


def span(node: Node, columns: Columns) -> Span:
    """Return the bounds of a number as Int64; null is no bound. The factor of `*` is exact."""
    match node:
        case Name(symbol=symbol) if symbol.bounded and symbol.name not in {*columns.absent, *columns.fixed}:
            return pl.col(symbol.name + LOW).cast(pl.Int64), pl.col(symbol.name + HIGH).cast(pl.Int64)
        case Arithmetic(op=op, left=left, right=right):
            (a, b), (c, d) = span(left, columns), span(right, columns)
            if op == "+":
                return a + c, b + d
            if op == "-":
                return a - d, b - c
            upright = c >= 0
            return pl.when(upright).then(a * c).otherwise(b * c), pl.when(upright).then(b * c).otherwise(a * c)
    exact = number(node, columns)
    return exact, exact


def _decided(op: str, left: Span, right: Span) -> pl.Expr:
    (a, b), (c, d) = left, right
    if op in (">", ">="):
        return _decided("<" if op == ">" else "<=", right, left)
    if op in ("==", "!="):
        equal, apart = (YES, NO) if op == "==" else (NO, YES)
        same = (a == b) & (b == c) & (c == d)
        return pl.when(b < c).then(apart).when(a > d).then(apart).when(same).then(equal)
    holds, fails = (b < c, a >= d) if op == "<" else (b <= c, a > d)
    return pl.when(holds).then(YES).when(fails).then(NO)


def _is_exact(symbol: Symbol, columns: Columns) -> pl.Expr:
    if symbol.name in columns.absent:
        return NO
    if not symbol.bounded:
        return pl.col(symbol.name).is_not_null()
    low, high = pl.col(symbol.name + LOW), pl.col(symbol.name + HIGH)
    return low.is_not_null() & low.eq_missing(high)
