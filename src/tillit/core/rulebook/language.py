"""The expression language: a whitelisted subset of Python syntax, read into a typed tree and never run as text.

Names, literals, `and or not`, single comparisons, `in` a literal list, `+ - *`, the difference of two dates in days.
The tree and its types: `tree.py`. Missing operands are left to the back ends.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

from tillit.core.money import LARGEST, hundredths
from tillit.core.rulebook.arithmetic import LanguageError, alike, arithmetic, negative
from tillit.core.rulebook.tree import (
    ORDERED,
    And,
    Compare,
    Constant,
    In,
    Name,
    Node,
    Not,
    Or,
    Symbol,
    day_number,
    moment_number,
)

Scope = Callable[[str], "Symbol | Node | None"]
"""What a name stands for: a symbol, the tree of a named definition, or nothing."""

_COMPARISONS: Mapping[type[ast.cmpop], Literal["==", "!=", "<", "<=", ">", ">="]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: Mapping[type[ast.operator], Literal["+", "-", "*"]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


def parse(text: str, scope: Scope) -> Node:
    """Return the typed tree of a boolean expression.

    :raises LanguageError: the syntax is not of the language, a name is unknown, or types do not go together
    """
    if len(text) > 4000:
        raise LanguageError("the expression is longer than 4 000 signs; split it into named definitions")
    try:
        outer = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise LanguageError(f"cannot be read: {error.__class__.__name__}") from error
    try:
        node = _node(outer, scope)
    except RecursionError as error:
        raise LanguageError("is nested too deeply; split it into named definitions") from error
    if node.type != "bool":
        raise LanguageError(f"gives {node.type}, but a rule needs yes or no")
    return node


def _node(tree: ast.expr, scope: Scope) -> Node:
    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return And(tuple(_flat(And, [_bool(value, scope) for value in values])))
        case ast.BoolOp(values=values):
            return Or(tuple(_flat(Or, [_bool(value, scope) for value in values])))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_bool(operand, scope))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return negative(_node(operand, scope))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _comparison(left, op, right, scope)
        case ast.Compare():
            raise LanguageError("one comparison at a time: write a < b and b < c")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return arithmetic(_ARITHMETIC[type(op)], _node(left, scope), _node(right, scope))
        case ast.Constant(value=value):
            return _literal(value)
        case ast.Name(id=name):
            return _named(name, scope)
        case _:
            raise LanguageError(f"{type(tree).__name__} is not in the language")


def _flat(kind: type[And] | type[Or], items: list[Node]) -> Iterator[Node]:
    for item in items:
        if isinstance(item, kind):
            yield from item.items
        else:
            yield item


def _bool(tree: ast.expr, scope: Scope) -> Node:
    node = _node(tree, scope)
    if node.type != "bool":
        raise LanguageError(f"{ast.unparse(tree)} is {node.type}; and, or, not take yes or no")
    return node


def _literal(value: object) -> Constant:
    if isinstance(value, bool):
        return Constant("bool", value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise LanguageError(f"{value} is too large")
        return Constant("int", value)
    if isinstance(value, float):
        try:
            return Constant("decimal", hundredths(Decimal(repr(value))))
        except ValueError as error:
            raise LanguageError(f"{value!r} is no number with at most two decimals") from error
    if isinstance(value, str):
        return Constant("text", value)
    raise LanguageError(f"{value!r} is not in the language")


def _named(name: str, scope: Scope) -> Node:
    found = scope(name)
    if found is None:
        raise LanguageError(f"there is no fact, definition or parameter named {name}")
    return Name(found) if isinstance(found, Symbol) else found


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr, scope: Scope) -> Node:
    if isinstance(op, (ast.In, ast.NotIn)):
        found = _membership(_node(left, scope), right)
        return Not(found) if isinstance(op, ast.NotIn) else found
    if type(op) not in _COMPARISONS:
        raise LanguageError(f"{type(op).__name__} is not in the language")
    return _typed_comparison(_COMPARISONS[type(op)], _node(left, scope), _node(right, scope))


def _typed_comparison(op: Literal["==", "!=", "<", "<=", ">", ">="], left: Node, right: Node) -> Node:
    if isinstance(left, Constant) and isinstance(right, Constant):
        raise LanguageError("compares two literals; that is always the same answer")
    left, right = _dated(left, right), _dated(right, left)
    if "bool" in (left.type, right.type):
        raise LanguageError("write a yes-or-no fact bare, or with not before it")
    if left.type in ("int", "decimal") and right.type in ("int", "decimal"):
        left, right = alike(left, right)
    elif "enum" in (left.type, right.type):
        _same_values(left, right)
    elif left.type != right.type:
        raise LanguageError(f"{left.type} {op} {right.type} has no meaning")
    if op not in ("==", "!=") and left.type not in ORDERED:
        raise LanguageError(f"{left.type} has no order, so {op} has no meaning")
    return Compare(op, left, right)


def _dated(node: Node, other: Node) -> Node:
    """Return a text literal beside a date as that date."""
    if isinstance(node, Constant) and node.type == "text" and other.type in ("date", "datetime"):
        try:
            moment = datetime.fromisoformat(str(node.value))
        except ValueError as error:
            raise LanguageError(f"{node.value!r} is no date; write '2026-02-01'") from error
        if other.type == "date":
            return Constant("date", day_number(moment.date()))
        return Constant("datetime", moment_number(moment))
    return node


def _same_values(left: Node, right: Node) -> None:
    name, literal = (left, right) if isinstance(left, Name) else (right, left)
    if not isinstance(name, Name) or not isinstance(literal, Constant) or literal.type != "text":
        raise LanguageError("a choice is compared with one of its values, written as text")
    _declared(name.symbol, str(literal.value))


def _declared(symbol: Symbol, value: str) -> None:
    if value not in symbol.values:
        raise LanguageError(f"{symbol.name} is never {value!r}; it is one of {', '.join(symbol.values)}")


def _membership(item: Node, listing: ast.expr) -> In:
    if not isinstance(listing, (ast.List, ast.Tuple)) or not listing.elts:
        raise LanguageError("in takes a list written out: x in ['a', 'b']")
    if not isinstance(item, Name) or item.type not in ("enum", "text", "int"):
        raise LanguageError("in asks whether a choice, a text or a whole number is one of a list")
    if item.symbol.bounded:
        raise LanguageError(f"{item.symbol.name} is known by bounds; compare it instead")
    values: list[int | str] = []
    for element in listing.elts:
        literal = _literal(element.value) if isinstance(element, ast.Constant) else None
        expected = "int" if item.type == "int" else "text"
        if literal is None or literal.type != expected:
            raise LanguageError(f"every value of the list must be a literal of type {expected}")
        if item.type == "enum":
            _declared(item.symbol, str(literal.value))
        values.append(literal.value)
    if len(set(values)) != len(values):
        raise LanguageError("the list holds a value twice")
    return In(item, tuple(values))
