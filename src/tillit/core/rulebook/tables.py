"""A rule as a table of its outcomes: nested tuples, a step for each fact or comparison, so that it is looked up only.

A yes-or-no fact or a comparison is a step by its bit, a choice is a step by its slot. A rule that would need too many
cells has no table; it is then worked out from its expressions.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import cast

from tillit.core.rulebook.layout import enum_table
from tillit.core.rulebook.tree import And, Compare, Constant, In, Name, Node, Not, Or, Symbol, symbols, walk
from tillit.core.rulebook.values import AND, NOT, OR, OUT, SOFT, F, J, T, U

MOST = 2000
"""Cells that a table may have."""
Trees = tuple[Node, Node, Node | None]
Step = Name | Compare | In
"""What a level of the table stands for: a fact by its slot, or a comparison of numbers, days or texts by its bit."""


@dataclass(frozen=True, slots=True)
class Table:
    """Nested tuples, and what to look up in them, the outermost first."""

    root: object
    steps: tuple[Step, ...]


def table_of(trees: Trees, *, soft: bool) -> Table | None:
    """Return the table of a rule's applies, requires and judge, or None where it would grow too large."""
    steps = list(dict.fromkeys(step for tree in trees if tree is not None for step in steps_of(tree)))
    if not steps or prod(len(_inputs(step)) for step in steps) > MOST:
        return None
    return Table(_Cells(trees, soft, tuple(steps)).below(0, {}), tuple(steps))


def chosen(node: Compare | In) -> tuple[Symbol, tuple[int, ...]] | None:
    """Return the choice that a comparison or a membership is about with the bit of each of its slots, or None."""
    symbol = next((each for each in symbols(node).values() if each.type == "enum"), None)
    if symbol is None:
        return None
    if isinstance(node, In):
        return symbol, enum_table(symbol, node.values)
    literal = cast(Constant, node.right if isinstance(node.right, Constant) else node.left)
    same = enum_table(symbol, (literal.value,))
    return symbol, same if node.op == "==" else tuple(NOT[bit] for bit in same)


def steps_of(tree: Node) -> Iterator[Step]:
    """Return what an expression looks at: facts, and comparisons of what is no choice; the same one may come again."""
    match tree:
        case And() | Or() | Not():
            for node in walk(tree):
                if isinstance(node, Compare | In):
                    found = chosen(node)
                    yield Name(found[0]) if found is not None else node
                elif isinstance(node, Name) and node.type == "bool":
                    yield node
        case Compare() | In() | Name():
            yield from steps_of(And((tree,)))


def _inputs(step: Step) -> tuple[int, ...]:
    if isinstance(step, Name) and step.type == "enum":
        return tuple(range(len(step.symbol.values) + 2))
    return (F, U, J, T)


@dataclass(slots=True)
class _Cells:
    trees: Trees
    soft: bool
    steps: tuple[Step, ...]

    def below(self, level: int, known: dict[Step, int]) -> Hashable:
        """Return the part of the table under some known steps; parts that are alike in a row are one object."""
        if level == len(self.steps):
            return self._outcome(known)
        inputs = _inputs(self.steps[level])
        row: list[Hashable] = [0] * (max(inputs) + 1)
        for bit in inputs:
            known[self.steps[level]] = bit
            found = self.below(level + 1, known)
            row[bit] = next((other for other in row if other == found and type(other) is type(found)), found)
        return tuple(row)

    def _outcome(self, known: Mapping[Step, int]) -> int:
        applies, requires, judge = (F if tree is None else _bit(tree, known) for tree in self.trees)
        return (SOFT if self.soft else OUT)[applies][requires][judge]


def _bit(node: Node, known: Mapping[Step, int]) -> int:
    match node:
        case Constant(value=value):
            return T if value else F
        case Not(item=item):
            return NOT[_bit(item, known)]
        case And(items=items) | Or(items=items):
            bits = 0
            for item in items:
                bits |= _bit(item, known)
            return (AND if isinstance(node, And) else OR)[bits]
        case Compare() | In():
            found = chosen(node)
            return known[node] if found is None else found[1][known[Name(found[0])]]
        case Name():
            return known[node]
    raise TypeError(f"{node} is not a yes or no")
