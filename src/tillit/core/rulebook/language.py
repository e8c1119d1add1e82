"""The expression language: a whitelisted subset of Python syntax, read into a typed tree and never run as text.

Names, literals, `and or not`, single comparisons, `in` a literal list, `+ - *`, the difference of two dates in days.
Types: bool, int, decimal (whole hundredths), date (days since 1970-01-01), datetime (microseconds since then), enum, text.
What a value of each type is to the back ends: `docs/regler.md`. Missing operands are left to the back ends.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from tillit.core.money import HUNDRED, LARGEST, hundredths

Type = Literal["bool", "int", "decimal", "date", "datetime", "enum", "text"]
TYPES: tuple[Type, ...] = ("bool", "int", "decimal", "date", "datetime", "enum", "text")
ORDERED: tuple[Type, ...] = ("int", "decimal", "date", "datetime")
EPOCH = date(1970, 1, 1).toordinal()
INT64 = 2**62
"""Bound that no number on the way may pass, so that 64-bit back ends never wrap."""


class LanguageError(ValueError):
    """An expression that the language does not have, or that mixes types; the message is for a rule's author."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a name means: its type, how its absence counts and whether it is known by bounds only."""

    name: str
    type: Type
    values: tuple[str, ...] = ()
    missing: Literal["U", "J"] = "U"
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Literal_:
    type: Type
    value: bool | int | str

    def facts(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Name:
    symbol: Symbol

    @property
    def type(self) -> Type:
        return self.symbol.type

    def facts(self) -> Iterator[str]:
        yield self.symbol.name


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right` in whole numbers of `type`; `*` has an int as its right factor."""

    op: Literal["+", "-", "*"]
    left: "Node"
    right: "Node"
    type: Type

    def facts(self) -> Iterator[str]:
        yield from self.left.facts()
        yield from self.right.facts()


@dataclass(frozen=True, slots=True)
class Compare:
    op: Literal["==", "!=", "<", "<=", ">", ">="]
    left: "Node"
    right: "Node"
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.left.facts()
        yield from self.right.facts()


@dataclass(frozen=True, slots=True)
class In:
    item: "Node"
    values: tuple[int | str, ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.item.facts()


@dataclass(frozen=True, slots=True)
class Not:
    item: "Node"
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        yield from self.item.facts()


@dataclass(frozen=True, slots=True)
class And:
    items: tuple["Node", ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        for item in self.items:
            yield from item.facts()


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple["Node", ...]
    type: Type = "bool"

    def facts(self) -> Iterator[str]:
        for item in self.items:
            yield from item.facts()


Node = Literal_ | Name | Arithmetic | Compare | In | Not | And | Or
TRUE = Literal_("bool", True)
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
    node = _node(outer, scope)
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
            return _negative(_node(operand, scope))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _comparison(left, op, right, scope)
        case ast.Compare():
            raise LanguageError("one comparison at a time: write a < b and b < c")
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return _arithmetic(_ARITHMETIC[type(op)], _node(left, scope), _node(right, scope))
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


def _literal(value: object) -> Literal_:
    if isinstance(value, bool):
        return Literal_("bool", value)
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise LanguageError(f"{value} is too large")
        return Literal_("int", value)
    if isinstance(value, float):
        try:
            return Literal_("decimal", hundredths(Decimal(repr(value))))
        except ValueError as error:
            raise LanguageError(f"{value!r} is no number with at most two decimals") from error
    if isinstance(value, str):
        return Literal_("text", value)
    raise LanguageError(f"{value!r} is not in the language")


def _named(name: str, scope: Scope) -> Node:
    found = scope(name)
    if found is None:
        raise LanguageError(f"there is no fact, definition or parameter named {name}")
    return Name(found) if isinstance(found, Symbol) else found


def _negative(node: Node) -> Node:
    if node.type not in ("int", "decimal"):
        raise LanguageError(f"minus before {node.type}")
    if isinstance(node, Literal_):
        return Literal_(node.type, -int(node.value))
    return Arithmetic("-", Literal_(node.type, 0), node, node.type)


def _arithmetic(op: Literal["+", "-", "*"], left: Node, right: Node) -> Node:
    if op == "-" and left.type == right.type == "date":
        return Arithmetic("-", left, right, "int")
    if left.type not in ("int", "decimal") or right.type not in ("int", "decimal"):
        raise LanguageError(f"{left.type} {op} {right.type} has no meaning")
    if op == "*":
        if not _is_factor(right):
            left, right = right, left
        if not _is_factor(right):
            raise LanguageError("* takes a whole number written out, or a parameter that is one, as one of its factors")
        return _bounded(Arithmetic("*", left, right, left.type))
    left, right = _alike(left, right)
    return _bounded(Arithmetic(op, left, right, left.type))


def _is_factor(node: Node) -> bool:
    if node.type != "int":
        return False
    return isinstance(node, Literal_) or (isinstance(node, Name) and node.symbol.missing == "J")


def _alike(left: Node, right: Node) -> tuple[Node, Node]:
    """Return both numbers in the same unit: an int beside a decimal becomes hundredths."""
    if left.type == right.type:
        return left, right
    return (_scaled(left), right) if left.type == "int" else (left, _scaled(right))


def _scaled(node: Node) -> Node:
    if isinstance(node, Literal_):
        return Literal_("decimal", int(node.value) * HUNDRED)
    return _bounded(Arithmetic("*", node, Literal_("int", HUNDRED), "decimal"))


def _bounded(node: Arithmetic) -> Node:
    if _largest(node) > INT64:
        raise LanguageError("the numbers may grow past 64 bits")
    return node


def _largest(node: Node) -> int:
    match node:
        case Literal_(value=int(value)):
            return abs(value)
        case Arithmetic(op="*", left=left, right=right):
            return _largest(left) * (_largest(right) if isinstance(right, Literal_) else 10**4)
        case Arithmetic(left=left, right=right):
            return _largest(left) + _largest(right)
        case _:
            return LARGEST * (HUNDRED if node.type == "decimal" else 1)


def _comparison(left: ast.expr, op: ast.cmpop, right: ast.expr, scope: Scope) -> Node:
    if isinstance(op, (ast.In, ast.NotIn)):
        found = _membership(_node(left, scope), right)
        return Not(found) if isinstance(op, ast.NotIn) else found
    if type(op) not in _COMPARISONS:
        raise LanguageError(f"{type(op).__name__} is not in the language")
    return _typed_comparison(_COMPARISONS[type(op)], _node(left, scope), _node(right, scope))


def _typed_comparison(op: Literal["==", "!=", "<", "<=", ">", ">="], left: Node, right: Node) -> Node:
    if isinstance(left, Literal_) and isinstance(right, Literal_):
        raise LanguageError("compares two literals; that is always the same answer")
    left, right = _dated(left, right), _dated(right, left)
    if "bool" in (left.type, right.type):
        raise LanguageError("write a yes-or-no fact bare, or with not before it")
    if left.type in ("int", "decimal") and right.type in ("int", "decimal"):
        left, right = _alike(left, right)
    elif "enum" in (left.type, right.type):
        _same_values(left, right)
    elif left.type != right.type:
        raise LanguageError(f"{left.type} {op} {right.type} has no meaning")
    if op not in ("==", "!=") and left.type not in ORDERED:
        raise LanguageError(f"{left.type} has no order, so {op} has no meaning")
    return Compare(op, left, right)


def _dated(node: Node, other: Node) -> Node:
    """Return a text literal beside a date as that date."""
    if isinstance(node, Literal_) and node.type == "text" and other.type in ("date", "datetime"):
        try:
            moment = datetime.fromisoformat(str(node.value))
        except ValueError as error:
            raise LanguageError(f"{node.value!r} is no date; write '2026-02-01'") from error
        if other.type == "date":
            return Literal_("date", day_number(moment.date()))
        return Literal_("datetime", moment_number(moment))
    return node


def _same_values(left: Node, right: Node) -> None:
    name, literal = (left, right) if isinstance(left, Name) else (right, left)
    if not isinstance(name, Name) or not isinstance(literal, Literal_) or literal.type != "text":
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


def day_number(day: date) -> int:
    """Return a day as whole days since 1970-01-01."""
    return day.toordinal() - EPOCH


def moment_number(moment: datetime) -> int:
    """Return a local moment as whole microseconds since 1970-01-01 00:00, without a time zone."""
    since = moment.replace(tzinfo=None) - datetime(1970, 1, 1)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def walk(node: Node) -> Iterator[Node]:
    """Return every node of a tree, the root first."""
    yield node
    match node:
        case And(items=items) | Or(items=items):
            for item in items:
                yield from walk(item)
        case Not(item=item) | In(item=item):
            yield from walk(item)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            yield from walk(left)
            yield from walk(right)


def symbols(node: Node) -> dict[str, Symbol]:
    """Return every symbol of a tree by its name, in order of appearance."""
    return {found.symbol.name: found.symbol for found in walk(node) if isinstance(found, Name)}
