"""Why an outcome came out as it did: what decided it, what is missing and what cannot change it.

Each expression becomes a closure over a record's slots. It is called for what is not met, or when somebody asks;
the codes of many records come from `compile_python` and `compile_polars`, and a property test holds the three together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.layout import Layout, Slots
from tillit.core.rulebook.leaves import leaf_value
from tillit.core.rulebook.tree import And, Arithmetic, Compare, Constant, In, Name, Node, Not, Or, symbols
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT, NOT_APPLICABLE, OUT, UNDECIDED, F, J, T, U

Names = tuple[str, ...]


class Seen(NamedTuple):
    """One expression's value with the facts that decided it, and those whose absence still leaves it open."""

    value: int
    touched: Names = ()
    unknown: Names = ()
    unjudged: Names = ()


SETTLED = Seen(T)
Look = Callable[[Slots], Seen]


class Trace(NamedTuple):
    """One rule on one record: its outcome, what decided it, what to ask now and what cannot change it."""

    outcome: int
    touched: Names
    missing: Names
    irrelevant: Names


def look(node: Node, layout: Layout) -> Look:
    """Return a closure that sees an expression: its value, what decided it and what it lacks."""
    match node:
        case Constant(value=value):
            settled = Seen(T if value else F)
            return lambda slots: settled
        case And(items=items):
            return _of_many([look(item, layout) for item in items], F, T)
        case Or(items=items):
            return _of_many([look(item, layout) for item in items], T, F)
        case Not(item=item):
            return _negated(look(item, layout))
        case Name() | In() | Compare():
            return _leaf(node, layout)
        case Arithmetic():
            raise TypeError("a number is not a yes or no")


def _leaf(node: Name | In | Compare, layout: Layout) -> Look:
    value = leaf_value(node, layout)
    named = symbols(node)
    names = tuple(named)
    checks = tuple((name, _is_known(name, layout)) for name in names)
    awaiting = frozenset(name for name, symbol in named.items() if symbol.missing == "J")
    known = {bit: Seen(bit, names) for bit in (T, F)}

    def see(slots: Slots) -> Seen:
        bit = value(slots)
        if bit in known:
            return known[bit]
        lacking = [name for name, is_known in checks if not is_known(slots)]
        touched = tuple(name for name in names if name not in lacking)
        if bit == J:
            return Seen(bit, touched, (), tuple(lacking))
        unknown = tuple(name for name in lacking if name not in awaiting)
        return Seen(bit, touched, unknown, tuple(name for name in lacking if name in awaiting))

    return see


def _is_known(name: str, layout: Layout) -> Callable[[Slots], bool]:
    place, symbol = layout.places[name], layout.symbols[name]
    if symbol.bounded:
        return lambda slots: slots[place] is not None and slots[place] == slots[place + 1]
    if symbol.type == "bool":
        return lambda slots: slots[place] in (T, F)
    if symbol.type == "enum":
        last = len(symbol.values)
        return lambda slots: 0 < slots[place] <= last  # type: ignore[operator]
    return lambda slots: slots[place] is not None


def _negated(inner: Look) -> Look:
    def see(slots: Slots) -> Seen:
        seen = inner(slots)
        return Seen(NOT[seen.value], seen.touched, seen.unknown, seen.unjudged)

    return see


def _of_many(looks: list[Look], decides: int, neutral: int) -> Look:
    def see(slots: Slots) -> Seen:
        parts: list[Seen] = []
        bits = neutral
        for each in looks:
            seen = each(slots)
            if seen.value == decides:
                return seen
            parts.append(seen)
            bits |= seen.value
        touched = _union(*[seen.touched for seen in parts])
        if bits == neutral:
            return Seen(neutral, touched)
        unknown = _union(*[seen.unknown for seen in parts])
        return Seen(U if bits & U else J, touched, unknown, _union(*[seen.unjudged for seen in parts]))

    return see


@dataclass(frozen=True, slots=True)
class Tracer:
    """The closures of one rule, made once."""

    applies: Look
    requires: Look
    judge: Look | None
    soft: bool
    names: Names
    closed: dict[tuple[int, Names], Trace] = field(default_factory=dict, compare=False)

    def __call__(self, slots: Slots, scope: Seen = SETTLED) -> Trace:
        """Return the trace of the rule on a record's slots; `scope` is what the edition's scope was seen to be."""
        applies = _both(scope, self.applies(slots))
        if applies.value == F:
            return self._closed(NOT_APPLICABLE, applies.touched)
        requires = self.requires(slots)
        if requires.value == T:
            return self._closed(MEETS, _union(applies.touched, requires.touched))
        parts = [applies, requires]
        judge = self.judge(slots) if self.judge is not None else Seen(F)
        if applies.value == T and requires.value == F:
            parts.append(judge)
        found = OUT[applies.value][requires.value][judge.value]
        touched = _union(*(part.touched for part in parts))
        if found == BREACH:
            return self._closed(JUDGE if self.soft else BREACH, touched)
        return self._open(found, touched, parts)

    def _closed(self, found: int, touched: Names) -> Trace:
        known = self.closed.get((found, touched))
        if known is None:
            known = Trace(found, touched, (), tuple([name for name in self.names if name not in touched]))
            self.closed[(found, touched)] = known
        return known

    def _open(self, found: int, touched: Names, parts: list[Seen]) -> Trace:
        doubtful = [part for part in parts if part.value in (U, J)]
        unknown = _union(*(part.unknown for part in doubtful))
        unjudged = _union(*(part.unjudged for part in doubtful))
        held = {*touched, *unknown, *unjudged}
        return Trace(
            found,
            tuple(name for name in touched if name not in unknown and name not in unjudged),
            unknown if found == UNDECIDED else unjudged,
            tuple(name for name in self.names if name not in held),
        )


def _both(scope: Seen, applies: Seen) -> Seen:
    """Return `scope and applies`, the rule's own reason first where both are false."""
    if applies.value == F or scope.value == T:
        return applies
    if scope.value == F:
        return scope
    return Seen(
        U if U in (scope.value, applies.value) else J,
        _union(scope.touched, applies.touched),
        _union(scope.unknown, applies.unknown),
        _union(scope.unjudged, applies.unjudged),
    )


def _union(*names: Names) -> Names:
    filled = [part for part in names if part]
    return filled[0] if len(filled) == 1 else tuple(dict.fromkeys([name for part in filled for name in part]))


def tracer(clause: Clause, layout: Layout) -> Tracer:
    """Return the tracer of one rule over records laid out as `layout`."""
    trees = [clause.applies, clause.requires, *([clause.judge] if clause.judge is not None else [])]
    names = tuple(dict.fromkeys(name for tree in trees for name in tree.facts()))
    return Tracer(
        look(clause.applies, layout),
        look(clause.requires, layout),
        look(clause.judge, layout) if clause.judge is not None and not clause.soft else None,
        clause.soft,
        names,
    )
