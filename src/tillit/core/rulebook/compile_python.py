"""The Python back end: one generated function per record kind, from the facts' slots to outcomes.

A slot holds: bool a value's bit (F, U, J, T), enum 0 for unknown, 1… for its values and one more for "awaits a
judgement", numbers and dates an int or None, text a str or None, a bounded number two slots (low, high; None = no bound).
The source is built from the checked tree only, never from text that somebody wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from tillit.core.rulebook.language import And, Arithmetic, Compare, In, Literal_, Name, Node, Not, Or, Symbol, symbols
from tillit.core.rulebook.values import AND, NOT, OR, OUT, SOFT, F, J, T, U

Slots = Sequence[object]
Outcomes = Callable[[Slots], list[int]]
Value = Callable[[Slots], int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each symbol of a record kind has its slot; a bounded one has its low here and its high in the next."""

    places: Mapping[str, int]
    symbols: Mapping[str, Symbol]
    width: int

    @staticmethod
    def of(listing: Sequence[Symbol]) -> "Layout":
        """Return slots for the symbols, in their order."""
        places: dict[str, int] = {}
        width = 0
        for symbol in listing:
            places[symbol.name] = width
            width += 2 if symbol.bounded else 1
        return Layout(places, {symbol.name: symbol for symbol in listing}, width)

    def unknown(self) -> list[object]:
        """Return the slots of a record of which nothing is known."""
        slots: list[object] = [None] * self.width
        for name, symbol in self.symbols.items():
            if symbol.type == "bool":
                slots[self.places[name]] = U if symbol.missing == "U" else J
            elif symbol.type == "enum":
                slots[self.places[name]] = 0 if symbol.missing == "U" else len(symbol.values) + 1
        return slots


@dataclass(frozen=True, slots=True)
class Clause:
    """What the back end needs of a rule: its three trees, and whether breach is softened to judge."""

    applies: Node
    requires: Node
    judge: Node | None
    soft: bool = False


@dataclass(slots=True)
class _Writer:
    layout: Layout
    constants: dict[str, object] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def constant(self, value: object) -> str:
        for name, known in self.constants.items():
            if known == value and type(known) is type(value):
                return name
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    def slot(self, place: int) -> str:
        name = f"s{place}"
        self.used[name] = f"{name} = s[{place}]"
        return name

    def value(self, node: Node) -> str:
        """Return source that gives the node's bit."""
        match node:
            case Literal_(value=value):
                return str(T if value else F)
            case Name():
                return self.slot(self.layout.places[node.symbol.name])
            case Not(item=item):
                return self.negated(item)
            case And(items=items):
                return f"AND[{' | '.join(self.value(item) for item in items)}]"
            case Or(items=items):
                return f"OR[{' | '.join(self.value(item) for item in items)}]"
            case In():
                return self.membership(node)
            case Compare():
                return self.comparison(node)
            case Arithmetic():
                raise TypeError("a number is not a yes or no")

    def negated(self, item: Node) -> str:
        return f"NOT[{self.value(item)}]"

    def membership(self, node: In) -> str:
        symbol = node.item.symbol if isinstance(node.item, Name) else None
        assert symbol is not None
        slot = self.slot(self.layout.places[symbol.name])
        if symbol.type == "enum":
            return f"{self.constant(enum_table(symbol, node.values))}[{slot}]"
        return f"({_missing(symbol)} if {slot} is None else {T} if {slot} in {self.constant(node.values)} else {F})"

    def comparison(self, node: Compare) -> str:
        named = symbols(node)
        enum = next((symbol for symbol in named.values() if symbol.type == "enum"), None)
        if enum is not None:
            return self.choice(node, enum)
        if any(symbol.bounded for symbol in named.values()):
            return self.bounded(node, list(named.values()))
        missing = {
            kind: [self.slot(self.layout.places[name]) for name, symbol in named.items() if symbol.missing == kind]
            for kind in ("U", "J")
        }
        source = f"({T} if {self.number(node.left)} {node.op} {self.number(node.right)} else {F})"
        for kind, bit in (("J", J), ("U", U)):
            if missing[kind]:
                source = f"({bit} if {' or '.join(f'{slot} is None' for slot in missing[kind])} else {source})"
        return source

    def choice(self, node: Compare, symbol: Symbol) -> str:
        literal = node.right if isinstance(node.right, Literal_) else node.left
        assert isinstance(literal, Literal_)
        chosen: tuple[str, ...] = (str(literal.value),)
        if node.op == "!=":
            chosen = tuple(value for value in symbol.values if value != chosen[0])
        table = self.constant(enum_table(symbol, chosen))
        return f"{table}[{self.slot(self.layout.places[symbol.name])}]"

    def number(self, node: Node) -> str:
        match node:
            case Literal_(type="text", value=value):
                return self.constant(value)
            case Literal_(value=value):
                return f"({value})" if isinstance(value, int) and value < 0 else str(value)
            case Name():
                return self.slot(self.layout.places[node.symbol.name])
            case Arithmetic():
                return f"({self.number(node.left)} {node.op} {self.number(node.right)})"
            case _:
                raise TypeError(f"{node} is no number")

    def bounded(self, node: Compare, named: list[Symbol]) -> str:
        left, right = self.interval(node.left), self.interval(node.right)
        exact = [self.exact(symbol) for symbol in named if symbol.missing == "U"]
        doubt = f"{J} if {' and '.join(exact)} else {U}" if exact else str(J)
        return f"within({node.op!r}, {left}, {right}, ({doubt}))"

    def exact(self, symbol: Symbol) -> str:
        place = self.layout.places[symbol.name]
        if symbol.bounded:
            low, high = self.slot(place), self.slot(place + 1)
            return f"({low} is not None and {low} == {high})"
        return f"{self.slot(place)} is not None"

    def interval(self, node: Node) -> str:
        match node:
            case Name(symbol=symbol):
                place = self.layout.places[symbol.name]
                low = self.slot(place)
                return f"({low}, {self.slot(place + 1) if symbol.bounded else low})"
            case Arithmetic(op=op, left=left, right=right):
                return f"span({op!r}, {self.interval(left)}, {self.interval(right)})"
            case _:
                known = self.number(node)
                return f"({known}, {known})"


def enum_table(symbol: Symbol, chosen: Sequence[int | str]) -> tuple[int, ...]:
    """Return the bit for each slot value of a choice: unknown, then its values, then "awaits a judgement"."""
    return (U, *(T if value in chosen else F for value in symbol.values), J)


def _missing(symbol: Symbol) -> int:
    return U if symbol.missing == "U" else J


Span = tuple[int | None, int | None]


def span(op: str, left: Span, right: Span) -> Span:
    """Return the bounds of `left op right`; None is no bound. The factor of `*` is exact."""
    (a, b), (c, d) = left, right
    if op == "+":
        return (None if a is None or c is None else a + c, None if b is None or d is None else b + d)
    if op == "-":
        return (None if a is None or d is None else a - d, None if b is None or c is None else b - c)
    if c is None or c != d:
        return (None, None)
    low, high = (a, b) if c >= 0 else (b, a)
    return (None if low is None else low * c, None if high is None else high * c)


def within(op: str, left: Span, right: Span, doubt: int) -> int:
    """Return T or F where the bounds decide a comparison, else `doubt`."""
    (a, b), (c, d) = left, right
    if op in (">", ">="):
        return within("<" if op == ">" else "<=", right, left, doubt)
    if op in ("==", "!="):
        apart = (b is not None and c is not None and b < c) or (a is not None and d is not None and a > d)
        same = a is not None and a == b == c == d
        if apart or same:
            return T if same == (op == "==") else F
        return doubt
    if b is not None and c is not None and (b < c if op == "<" else b <= c):
        return T
    if a is not None and d is not None and (a >= d if op == "<" else a > d):
        return F
    return doubt


def compile_outcomes(clauses: Sequence[Clause], layout: Layout) -> Outcomes:
    """Return a function from a record's slots to one outcome per clause (numbers of `values.OUTCOMES`).

    :raises KeyError: a tree names something that has no slot
    """
    writer = _Writer(layout)
    results = [_outcome_source(clause, writer) for clause in clauses]
    body = "\n    ".join([*writer.used.values(), f"return [{', '.join(results)}]"])
    return cast(Outcomes, _built(f"def outcomes(s):\n    {body}\n", "outcomes", writer.constants))


def _outcome_source(clause: Clause, writer: _Writer) -> str:
    table = SOFT if clause.soft else OUT
    requires = writer.value(clause.requires)
    judge = "" if clause.judge is None else f"[{writer.value(clause.judge)}]"
    cells = table if judge else tuple(tuple(row[F] for row in rows) for rows in table)
    if isinstance(clause.applies, Literal_):
        return f"{writer.constant(cells[T if clause.applies.value else F])}[{requires}]{judge}"
    return f"(0 if (a := {writer.value(clause.applies)}) == {F} else {writer.constant(cells)}[a][{requires}]{judge})"


def compile_value(node: Node, layout: Layout) -> Value:
    """Return a function from a record's slots to the bit of one expression."""
    writer = _Writer(layout)
    result = writer.value(node)
    body = "\n    ".join([*writer.used.values(), f"return {result}"])
    return cast(Value, _built(f"def value(s):\n    {body}\n", "value", writer.constants))


def _built(source: str, name: str, constants: Mapping[str, object]) -> object:
    room: dict[str, object] = {"AND": AND, "OR": OR, "NOT": NOT, "span": span, "within": within, **constants}
    exec(compile(source, f"<{name}>", "exec"), room)  # noqa: S102 - the source is written here, from a checked tree
    return room[name]
