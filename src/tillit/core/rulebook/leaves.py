"""The leaves of an expression as closures: the same answers as the generated source, without generating any.

One case is tried with these (nothing to compile, so a check starts at once); many cases with `compile_python`.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import cast

from tillit.core.rulebook.compile_python import Value
from tillit.core.rulebook.layout import Layout, Slots, enum_table
from tillit.core.rulebook.spans import Span, span, within
from tillit.core.rulebook.tree import Arithmetic, Compare, Constant, In, Name, Node, Symbol, symbols
from tillit.core.rulebook.values import F, J, T, U

Number = Callable[[Slots], int | str | None]


def leaf_value(node: Name | In | Compare, layout: Layout) -> Value:
    """Return a function from a record's slots to the bit of a yes-or-no fact, a membership or a comparison."""
    match node:
        case Name(symbol=symbol):
            return itemgetter(layout.places[symbol.name])
        case In(item=Name(symbol=symbol), values=values) if symbol.type == "enum":
            return _choice(symbol, values, layout)
        case In(item=Name(symbol=symbol), values=values):
            return _membership(symbol, values, layout)
        case Compare():
            return _comparison(node, layout)
    raise TypeError(f"{node} is no leaf")


def _choice(symbol: Symbol, values: tuple[int | str, ...], layout: Layout) -> Value:
    table, place = enum_table(symbol, values), layout.places[symbol.name]
    return lambda slots: table[slots[place]]  # type: ignore[call-overload]


def _membership(symbol: Symbol, values: tuple[int | str, ...], layout: Layout) -> Value:
    place, among = layout.places[symbol.name], frozenset(values)
    missing = U if symbol.missing == "U" else J
    return lambda slots: missing if slots[place] is None else T if slots[place] in among else F


def _comparison(node: Compare, layout: Layout) -> Value:
    named = symbols(node)
    for symbol in named.values():
        if symbol.type == "enum":
            literal = cast(Constant, node.right if isinstance(node.right, Constant) else node.left)
            same = (str(literal.value),)
            chosen = same if node.op == "==" else tuple(value for value in symbol.values if value not in same)
            return _choice(symbol, chosen, layout)
    if any(symbol.bounded for symbol in named.values()):
        return _bounded(node, list(named.values()), layout)
    observed = tuple(layout.places[name] for name, symbol in named.items() if symbol.missing == "U")
    awaited = tuple(layout.places[name] for name, symbol in named.items() if symbol.missing == "J")
    left, right, holds = _number(node.left, layout), _number(node.right, layout), _OPERATORS[node.op]

    def value(slots: Slots) -> int:
        for place in observed:
            if slots[place] is None:
                return U
        for place in awaited:
            if slots[place] is None:
                return J
        return T if holds(left(slots), right(slots)) else F

    return value


_OPERATORS: dict[str, Callable[..., bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _number(node: Node, layout: Layout) -> Number:
    match node:
        case Constant(value=value):
            return lambda slots: value
        case Name(symbol=symbol):
            return itemgetter(layout.places[symbol.name])
        case Arithmetic(op=op, left=left, right=right):
            first, second = _number(left, layout), _number(right, layout)
            return lambda slots: _exact(op, cast(int, first(slots)), cast(int, second(slots)))
    raise TypeError(f"{node} is no number")


def _exact(op: str, left: int, right: int) -> int:
    return left + right if op == "+" else left - right if op == "-" else left * right


def _bounded(node: Compare, named: list[Symbol], layout: Layout) -> Value:
    left, right, op = _interval(node.left, layout), _interval(node.right, layout), node.op
    observed = [(layout.places[symbol.name], symbol.bounded) for symbol in named if symbol.missing == "U"]

    def value(slots: Slots) -> int:
        exact = all(
            slots[place] is not None and (not bounded or slots[place] == slots[place + 1])
            for place, bounded in observed
        )
        return within(op, left(slots), right(slots), J if exact else U)

    return value


def _interval(node: Node, layout: Layout) -> Callable[[Slots], Span]:
    match node:
        case Name(symbol=symbol):
            low = layout.places[symbol.name]
            high = low + 1 if symbol.bounded else low
            return lambda slots: cast(Span, (slots[low], slots[high]))
        case Arithmetic(op=op, left=left, right=right):
            first, second = _interval(left, layout), _interval(right, layout)
            return lambda slots: span(op, first(slots), second(slots))
        case Constant(value=value):
            number = int(value)
            return lambda slots: (number, number)
    raise TypeError(f"{node} is no number")
