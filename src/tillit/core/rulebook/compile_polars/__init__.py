"""The Polars back end: a rule's checked trees as expressions over the columns of many records at once."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import cast

import polars as pl
from polars.expr.whenthen import ChainedThen, Then

from tillit.core.rulebook.compile_polars.bounds import bounded
from tillit.core.rulebook.compile_polars.columns import UNDECIDED as UNDECIDED_COLUMN, Columns, number
from tillit.core.rulebook.compile_polars.four import (
    Four,
    Truth,
    Unknown,
    conjunction,
    disjunction,
    negation,
    truth,
)
from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.tree import And, Compare, Constant, In, Name, Node, Not, Or, Symbol, symbols
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED, F, J, T, U

_FEW = 6
"""More texts than this are looked up in a set instead of compared one by one."""
_OPPOSITE: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def compile_four(node: Node, columns: Columns) -> Four:
    """Return a boolean expression of the language over the columns of its facts."""
    match node:
        case Constant(value=value):
            return Four(bool(value), "")
        case Name(symbol=symbol):
            return _held(symbol, columns, pl.col(symbol.name))
        case Not(item=item):
            return negation(compile_four(item, columns))
        case And(items=items):
            return conjunction([compile_four(item, columns) for item in items])
        case Or(items=items):
            return disjunction([compile_four(item, columns) for item in items])
        case In(item=Name(symbol=symbol), values=values):
            return _among(symbol, values, columns)
        case Compare():
            return _compared(node, columns)
    raise TypeError(f"{node} is not a yes or no")


def compile_outcome(clause: Clause, columns: Columns) -> pl.Expr:
    """Return the outcome of one rule as UInt8 (numbers of `values.OUTCOMES`)."""
    applies = compile_four(clause.applies, columns)
    requires = compile_four(clause.requires, columns)
    judge = compile_four(clause.judge, columns) if clause.judge is not None else Four(holds=False, unknown="")
    broken = conjunction([applies, negation(requires)])
    if broken.holds is False:
        return _settled(applies.holds)
    worst = _code(JUDGE) if clause.soft else _unless_judged(judge)
    if broken.holds is True:
        return worst
    chain: Then | ChainedThen = pl.when(truth(broken.holds)).then(worst)
    settled = _settled(applies.holds)
    if not broken.unknown:
        return chain.otherwise(settled)
    if broken.asks is not None:
        chain = chain.when(truth(broken.is_undecided())).then(_code(UNDECIDED))
    lacking = _code(UNDECIDED if broken.unknown == "U" else JUDGE)
    return chain.when(truth(broken.holds).is_null()).then(lacking).otherwise(settled)


def compile_bit(node: Node, columns: Columns) -> pl.Expr:
    """Return the value of an expression as UInt8 (the bits of `values`)."""
    return four_bits(compile_four(node, columns))


def four_bits(value: Four) -> pl.Expr:
    """Return a value as UInt8 (the bits of `values`)."""
    if not isinstance(value.holds, pl.Expr):
        return _lacking(value) if value.holds is None else _code(T if value.holds else F)
    if not value.unknown:
        return pl.when(value.holds).then(_code(T)).otherwise(_code(F))
    null = value.holds.is_null()
    return pl.when(value.holds).then(_code(T)).when(null).then(_lacking(value)).otherwise(_code(F))


def _lacking(value: Four) -> pl.Expr:
    if value.asks is not None:
        return pl.when(value.asks).then(_code(U)).otherwise(_code(J))
    return _code(U if value.unknown == "U" else J)


def _code(of: int) -> pl.Expr:
    return pl.lit(of, dtype=pl.UInt8)


def _settled(applies: Truth) -> pl.Expr:
    """Return the outcome where nothing is broken and nothing is open: the rule does not apply, or is met."""
    if isinstance(applies, pl.Expr):
        return pl.when(~applies).then(_code(NOT_APPLICABLE)).otherwise(_code(MEETS))
    return _code(NOT_APPLICABLE if applies is False else MEETS)


def _unless_judged(judge: Four) -> pl.Expr:
    if isinstance(judge.holds, bool):
        return _code(JUDGE if judge.holds else BREACH)
    doubtful = pl.when(truth(judge.is_undecided())).then(_code(UNDECIDED)).otherwise(_code(JUDGE))
    return doubtful if judge.holds is None else pl.when(~judge.holds).then(_code(BREACH)).otherwise(doubtful)


def _held(symbol: Symbol, columns: Columns, holds: pl.Expr) -> Four:
    if symbol.name in columns.absent:
        return Four(None, symbol.missing)
    if symbol.name in columns.mixed:
        return Four(holds, "UJ", pl.col(symbol.name + UNDECIDED_COLUMN))
    return Four(holds, symbol.missing)


def _among(symbol: Symbol, values: Sequence[int | str], columns: Columns) -> Four:
    """Return whether a choice, a text or a number is one of some values, asking for whichever are fewer of a choice."""
    if symbol.name in columns.fixed:
        return Four(columns.fixed[symbol.name] in values, "")
    column = pl.col(symbol.name)
    others = [value for value in symbol.values if value not in values]
    if symbol.type == "enum" and not (values and others):
        always = pl.when(column.is_not_null()).then(pl.lit(bool(values)))
        return _held(symbol, columns, always)
    if symbol.type == "enum" and len(others) < len(values):
        return _held(symbol, columns, reduce(and_, [column != value for value in others]))
    if len(values) <= _FEW:
        return _held(symbol, columns, reduce(or_, [column == value for value in values]))
    return _held(symbol, columns, column.is_in(list(values)))


def _compared(node: Compare, columns: Columns) -> Four:
    named = symbols(node)
    choice = next((symbol for symbol in named.values() if symbol.type == "enum"), None)
    if choice is not None:
        return _same_choice(node, choice, columns)
    open_ = [symbol for symbol in named.values() if symbol.name not in columns.fixed]
    if not open_:
        return Four(bool(pl.select(_operated(node, columns)).item()), "")
    if any(symbol.bounded for symbol in open_):
        return Four(*bounded(node, open_, columns))
    observed = [symbol for symbol in open_ if symbol.missing == "U"]
    if any(symbol.name in columns.absent for symbol in observed):
        return Four(None, "U")
    unknown = cast(Unknown, "".join(kind for kind in "UJ" if any(symbol.missing == kind for symbol in open_)))
    asks = reduce(or_, [pl.col(symbol.name).is_null() for symbol in observed]) if unknown == "UJ" else None
    lacks = any(symbol.name in columns.absent for symbol in open_)
    return Four(None if lacks else _operated(node, columns), unknown, asks)


def _same_choice(node: Compare, symbol: Symbol, columns: Columns) -> Four:
    literal = cast(Constant, node.right if isinstance(node.right, Constant) else node.left)
    given = str(literal.value)
    if node.op == "==":
        return _among(symbol, (given,), columns)
    return _among(symbol, [value for value in symbol.values if value != given], columns)


def _operated(node: Compare, columns: Columns) -> pl.Expr:
    left, right = _plain(node.left, columns), _plain(node.right, columns)
    op: str = node.op
    if not isinstance(left, pl.Expr):
        left, right, op = right, left, _OPPOSITE[op]
    operated = {
        "==": pl.Expr.eq,
        "!=": pl.Expr.ne,
        "<": pl.Expr.lt,
        "<=": pl.Expr.le,
        ">": pl.Expr.gt,
        ">=": pl.Expr.ge,
    }
    return operated[op](left if isinstance(left, pl.Expr) else pl.lit(left), right)


def _plain(node: Node, columns: Columns) -> pl.Expr | int | str:
    """Return a number, a day or a text as it is compared; a column beside a literal keeps its own width."""
    match node:
        case Constant(type="text", value=value):
            return pl.lit(str(value))
        case Constant(value=value):
            return int(value)
        case Name(symbol=symbol) if symbol.name in columns.fixed:
            return columns.fixed[symbol.name]
        case Name(symbol=symbol) if symbol.type == "text":
            return pl.col(symbol.name)
        case Name(symbol=symbol):
            return pl.col(symbol.name).to_physical()
    return number(node, columns)
