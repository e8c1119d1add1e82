"""The referee: the same checked trees as DuckDB SQL, written another way than the back ends that it judges.

A value is a number whose order is `and`'s: F 0, U 1, J 2, T 3. `or` is `not (not … and not …)`. A bounded number is an
interval whose missing ends lie further away than any number of the language.
"""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.tree import And, Arithmetic, Compare, Constant, In, Name, Node, Not, Or, Symbol, symbols

FAR = 10**27
"""Nothing in the language is this large, and a few products of it still fit DuckDB's 128 bits."""


class Referee:
    """A connection with its records."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 1})

    def outcomes(
        self, clauses: Sequence[Clause], records: pl.DataFrame, fixed: Mapping[str, int]
    ) -> list[tuple[int, ...]]:
        """Return one row of outcomes per record."""
        given = records.with_columns(pl.lit(value, dtype=pl.Int64).alias(name) for name, value in fixed.items())
        self.connection.register("records", given.with_row_index("row__number").to_arrow())
        parts: list[str] = []
        cells: list[str] = []
        for number, clause in enumerate(clauses):
            trees = {"applies": clause.applies, "requires": clause.requires, "judge": clause.judge}
            parts.extend(f"{sql(tree) if tree else '0'} AS {key}_{number}" for key, tree in trees.items())
            cells.append(_outcome(number, soft=clause.soft))
        inner = f"SELECT row__number, {', '.join(parts)} FROM records"
        return self.connection.execute(f"SELECT {', '.join(cells)} FROM ({inner}) ORDER BY row__number").fetchall()


def _outcome(number: int, *, soft: bool) -> str:
    a, r, j = f"applies_{number}", f"requires_{number}", f"judge_{number}"
    return (
        f"CASE WHEN {a} = 0 THEN 0 WHEN {r} = 3 THEN 1 WHEN 1 IN ({a}, {r}) THEN 3 WHEN 2 IN ({a}, {r}) THEN 2"
        f" {'ELSE 2' if soft else f'WHEN {j} = 1 THEN 3 WHEN {j} IN (2, 3) THEN 2 ELSE 4'} END"
    )


def sql(node: Node) -> str:
    """Return SQL that gives the value of a boolean expression as a number from 0 to 3."""
    match node:
        case Constant(value=value):
            return "3" if value else "0"
        case Name(symbol=symbol):
            return f"(CASE WHEN {_name(symbol)} IS NULL THEN {_lacking(symbol)} WHEN {_name(symbol)} THEN 3 ELSE 0 END)"
        case Not(item=item):
            return _turned(sql(item))
        case And(items=items):
            return f"least({', '.join(map(sql, items))})"
        case Or(items=items):
            return _turned(f"least({', '.join(_turned(sql(item)) for item in items)})")
        case In(item=Name(symbol=symbol), values=values):
            among = ", ".join(_literal(value) for value in values)
            holds = f"CASE WHEN {_name(symbol)} IN ({among}) THEN 3 ELSE 0 END"
            return f"(CASE WHEN {_name(symbol)} IS NULL THEN {_lacking(symbol)} ELSE {holds} END)"
        case Compare():
            return _comparison(node)
    raise TypeError(node)


def _turned(value: str) -> str:
    return f"([3, 1, 2, 0])[{value} + 1]"


def _name(symbol: Symbol) -> str:
    return f'"{symbol.name}"'


def _lacking(symbol: Symbol) -> str:
    if symbol.missing == "J":
        return "2"
    return f'(CASE WHEN "{symbol.name}__undecided" THEN 1 ELSE 2 END)' if symbol.type in ("bool", "enum") else "1"


def _literal(value: int | str) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _comparison(node: Compare) -> str:
    named = list(symbols(node).values())
    if any(symbol.bounded for symbol in named):
        return _bounded(node, named)
    holds = f"CASE WHEN {_number(node.left)} {node.op} {_number(node.right)} THEN 3 ELSE 0 END"
    lacking = [f"WHEN {_name(symbol)} IS NULL THEN {_lacking(symbol)}" for symbol in named if symbol.missing == "U"]
    lacking += [f"WHEN {_name(symbol)} IS NULL THEN 2" for symbol in named if symbol.missing == "J"]
    return f"(CASE {' '.join(lacking)} ELSE {holds} END)" if lacking else f"({holds})"


def _number(node: Node) -> str:
    match node:
        case Constant(value=value):
            return f"({_literal(value)})" if isinstance(value, str) else f"({int(value)})"
        case Name(symbol=Symbol(type="date") as symbol):
            return f"({_name(symbol)} - DATE '1970-01-01')"
        case Name(symbol=Symbol(type="datetime") as symbol):
            return f"epoch_us({_name(symbol)})"
        case Name(symbol=symbol):
            return _name(symbol)
        case Arithmetic(op=op, left=left, right=right):
            return f"({_number(left)} {op} {_number(right)})"
    raise TypeError(node)


def _bounded(node: Compare, named: Sequence[Symbol]) -> str:
    (a, b), (c, d) = _interval(node.left), _interval(node.right)
    certain, impossible = {
        "<": (f"{b} < {c}", f"{a} >= {d}"),
        "<=": (f"{b} <= {c}", f"{a} > {d}"),
        ">": (f"{a} > {d}", f"{b} <= {c}"),
        ">=": (f"{a} >= {d}", f"{b} < {c}"),
        "==": (f"({a} = {b} AND {c} = {d} AND {a} = {c})", f"({b} < {c} OR {a} > {d})"),
        "!=": (f"({b} < {c} OR {a} > {d})", f"({a} = {b} AND {c} = {d} AND {a} = {c})"),
    }[node.op]
    exact = [
        f'("{each.name}__low" = "{each.name}__high") IS TRUE' if each.bounded else f"{_name(each)} IS NOT NULL"
        for each in named
        if each.missing == "U"
    ]
    doubt = f"CASE WHEN {' AND '.join(exact)} THEN 2 ELSE 1 END"
    return f"(CASE WHEN {certain} THEN 3 WHEN {impossible} THEN 0 ELSE {doubt} END)"


def _interval(node: Node) -> tuple[str, str]:
    match node:
        case Name(symbol=symbol):
            low, high = (f'"{symbol.name}__low"', f'"{symbol.name}__high"') if symbol.bounded else (_name(symbol),) * 2
            return f"coalesce({low}::HUGEINT, {-FAR}::HUGEINT)", f"coalesce({high}::HUGEINT, {FAR}::HUGEINT)"
        case Constant(value=value):
            return f"({int(value)})::HUGEINT", f"({int(value)})::HUGEINT"
        case Arithmetic(op="*", left=left, right=right):
            (a, b), factor = _interval(left), _number(right)
            unknown = f"CASE WHEN {factor} IS NULL THEN"
            return (
                f"({unknown} {-FAR}::HUGEINT ELSE least({a} * {factor}, {b} * {factor}) END)",
                f"({unknown} {FAR}::HUGEINT ELSE greatest({a} * {factor}, {b} * {factor}) END)",
            )
        case Arithmetic(op=op, left=left, right=right):
            (a, b), (c, d) = _interval(left), _interval(right)
            return (f"({a} + {c})", f"({b} + {d})") if op == "+" else (f"({a} - {d})", f"({b} - {c})")
    raise TypeError(node)
