"""The Python back end: one generated function per record kind, from the facts' slots to outcomes.

What a slot holds: `layout.py`. The source is built from the checked tree only, never from text that somebody wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from tillit.core.rulebook.layout import Layout, Slots, enum_table
from tillit.core.rulebook.spans import span, within
from tillit.core.rulebook.tables import Step, chosen, table_of
from tillit.core.rulebook.tree import And, Arithmetic, Compare, Constant, In, Name, Node, Not, Or, Symbol, symbols
from tillit.core.rulebook.values import AND, NOT, OR, OUT, SOFT, F, J, T, U

Outcomes = Callable[[Slots], list[int]]
Value = Callable[[Slots], int]


@dataclass(frozen=True, slots=True)
class Clause:
    """What the back end needs of a rule: its three trees, and whether breach is softened to judge."""

    applies: Node
    requires: Node
    judge: Node | None
    soft: bool = False


@dataclass(slots=True)
class Writer:
    """Writes source for one function: the slots it names, and the constants that it looks things up in."""

    layout: Layout
    constants: dict[str, object] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def constant(self, value: object) -> str:
        for name, known in self.constants.items():
            if known == value and type(known) is type(value):
                return name
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    def slot(self, place: int) -> str:
        self.used.add(place)
        return f"s{place}"

    def loads(self) -> list[str]:
        """Return source that names the slots in use: all at once where that is quicker."""
        if 3 * len(self.used) < self.layout.width:
            return [f"s{place} = s[{place}]" for place in sorted(self.used)]
        names = [f"s{place}" if place in self.used else "_" for place in range(self.layout.width)]
        return [f"[{', '.join(names)}] = s"]

    def step(self, step: Step) -> str:
        """Return source that gives what a table is looked up by: a fact's slot, or a comparison's bit."""
        return self.slot(self.layout.places[step.symbol.name]) if isinstance(step, Name) else self.value(step)

    def value(self, node: Node) -> str:
        """Return source that gives the node's bit."""
        match node:
            case Constant(value=value):
                return str(T if value else F)
            case Name():
                return self.slot(self.layout.places[node.symbol.name])
            case Not(item=item):
                return f"NOT[{self.value(item)}]"
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
        table = chosen(node)
        assert table is not None
        return f"{self.constant(table[1])}[{self.slot(self.layout.places[symbol.name])}]"

    def number(self, node: Node) -> str:
        match node:
            case Constant(type="text", value=value):
                return self.constant(value)
            case Constant(value=value):
                return f"({value})" if isinstance(value, int) and value < 0 else str(value)
            case Name():
                return self.slot(self.layout.places[node.symbol.name])
            case Arithmetic():
                return f"({self.number(node.left)} {node.op} {self.number(node.right)})"
            case _:
                raise TypeError(f"{node} is no number")

    def bounded(self, node: Compare, named: list[Symbol]) -> str:
        left, right = self.interval(node.left), self.interval(node.right)
        exact = [self.known(symbol) for symbol in named if symbol.missing == "U"]
        doubt = f"{J} if {' and '.join(exact)} else {U}" if exact else str(J)
        return f"within({node.op!r}, {left}, {right}, ({doubt}))"

    def known(self, symbol: Symbol) -> str:
        """Return source that tells whether a number is known exactly."""
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


def _missing(symbol: Symbol) -> int:
    return U if symbol.missing == "U" else J


def compile_outcomes(clauses: Sequence[Clause], layout: Layout) -> Outcomes:
    """Return a function from a record's slots to one outcome per clause (numbers of `values.OUTCOMES`).

    :raises KeyError: a tree names something that has no slot
    """
    writer = Writer(layout)
    results = [_looked_up(clause, writer) or _outcome_source(clause, writer) for clause in clauses]
    body = "\n    ".join([*writer.loads(), f"return [{', '.join(results)}]"])
    return cast(Outcomes, built(f"def outcomes(s):\n    {body}\n", "outcomes", writer.constants))


def _looked_up(clause: Clause, writer: Writer) -> str | None:
    """Return source that looks a rule's outcome up in its table, or None where the rule has none."""
    table = table_of((clause.applies, clause.requires, clause.judge), soft=clause.soft)
    return (
        None
        if table is None
        else writer.constant(table.root) + "".join(f"[{writer.step(each)}]" for each in table.steps)
    )


def _outcome_source(clause: Clause, writer: Writer) -> str:
    table = SOFT if clause.soft else OUT
    requires = writer.value(clause.requires)
    judge = "" if clause.judge is None else f"[{writer.value(clause.judge)}]"
    cells = table if judge else tuple(tuple(row[F] for row in rows) for rows in table)
    if isinstance(clause.applies, Constant):
        return f"{writer.constant(cells[T if clause.applies.value else F])}[{requires}]{judge}"
    return f"(0 if (a := {writer.value(clause.applies)}) == {F} else {writer.constant(cells)}[a][{requires}]{judge})"


def compile_value(node: Node, layout: Layout) -> Value:
    """Return a function from a record's slots to the bit of one expression."""
    writer = Writer(layout)
    result = writer.value(node)
    body = "\n    ".join([*writer.loads(), f"return {result}"])
    return cast(Value, built(f"def value(s):\n    {body}\n", "value", writer.constants))


def built(source: str, name: str, constants: Mapping[str, object]) -> object:
    """Return the function of that name in generated source."""
    room: dict[str, object] = {"AND": AND, "OR": OR, "NOT": NOT, "span": span, "within": within, **constants}
    exec(compile(source, f"<{name}>", "exec"), room)  # noqa: S102 - the source is written here, from a checked tree
    return room[name]
