"""How facts stand in columns, and what is refused at the boundary.

A fact is a column by its name, null where it is not known: bool as Boolean, enum as Enum, int and decimal (hundredths)
as Int64 or Int32, date as Date or whole days since 1970-01-01 (Int32), datetime as Datetime("us"), text as String or
Categorical. A bounded number is two columns, `name__low` and `name__high` (null = no bound). A fact that may lack an
observation in one record and a judgement in another has a second column, `name__undecided`, true where it is U.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from tillit.core.rulebook.tree import Arithmetic, Constant, Name, Node, Symbol, Type

UNDECIDED, LOW, HIGH = "__undecided", "__low", "__high"
_WHOLE: tuple[type[pl.DataType], ...] = (pl.Int64, pl.Int32)
_HELD_AS: Mapping[Type, tuple[type[pl.DataType], ...]] = {
    "bool": (pl.Boolean,),
    "int": _WHOLE,
    "decimal": _WHOLE,
    "date": (pl.Date, pl.Int32),
    "datetime": (pl.Datetime,),
    "enum": (pl.Enum,),
    "text": (pl.String, pl.Categorical),
}


class BadColumn(ValueError):
    """A column that the rules cannot read: it names the column, what it holds and what it must hold."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which symbols have no value in any record, which have a column that says "U", which are one number for all."""

    absent: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    fixed: Mapping[str, int] = field(default_factory=dict)


def check_columns(frame: pl.DataFrame, named: Iterable[Symbol]) -> None:
    """Hold a frame's columns against the facts that they stand for; a missing column is a fact nobody recorded.

    :raises BadColumn: a column holds another type; a fraction or NaN is no fact, since decimals are whole hundredths
    """
    for symbol in named:
        for name in (symbol.name + LOW, symbol.name + HIGH) if symbol.bounded else (symbol.name,):
            if name in frame.columns and not _is_held(symbol, frame.schema[name]):
                wanted = " or ".join(kind.__name__ for kind in _HELD_AS[symbol.type])
                raise BadColumn(f"column {name} holds {frame.schema[name]}; {symbol.type} is held as {wanted}")


def _is_held(symbol: Symbol, dtype: pl.DataType) -> bool:
    if symbol.type == "enum":
        return isinstance(dtype, pl.Enum) and tuple(dtype.categories) == symbol.values
    if symbol.type == "datetime":
        return dtype == pl.Datetime("us")
    return isinstance(dtype, _HELD_AS[symbol.type])


def number(node: Node, columns: Columns) -> pl.Expr:
    """Return a number or a day as Int64, where sums and products cannot wrap."""
    match node:
        case Constant(value=value):
            return pl.lit(int(value), dtype=pl.Int64)
        case Name(symbol=symbol) if symbol.name in columns.fixed:
            return pl.lit(columns.fixed[symbol.name], dtype=pl.Int64)
        case Name(symbol=symbol) if symbol.name in columns.absent:
            return pl.lit(None, dtype=pl.Int64)
        case Name(symbol=symbol):
            return pl.col(symbol.name).to_physical().cast(pl.Int64)
        case Arithmetic(op=op, left=left, right=right):
            first, second = number(left, columns), number(right, columns)
            return first + second if op == "+" else first - second if op == "-" else first * second
    raise TypeError(f"{node} is no number")
