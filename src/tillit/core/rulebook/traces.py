"""Traces of many records: two records whose facts look alike to a rule have the same trace, so it is made once.

What a rule sees of a record is little: the bit of each yes-or-no fact, each choice, how each comparison came out. That
is the key under which a trace is kept. A number's own size is not part of it, so the keys stay few.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from operator import itemgetter

from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.explain import Trace, Tracer, tracer
from tillit.core.rulebook.layout import Layout, Slots
from tillit.core.rulebook.leaves import leaf_value
from tillit.core.rulebook.tree import Compare, In, Name, Node, symbols, walk

MANY = 4096
"""Traces kept of one rule; past this they are forgotten, all at once."""
Key = Callable[[Slots], Hashable]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A rule's traces under a settled scope, kept by what the rule sees of a record."""

    tracer: Tracer
    key: Key
    known: dict[Hashable, Trace] = field(default_factory=dict)

    def __call__(self, slots: Slots) -> Trace:
        """Return the trace of the rule on a record's slots."""
        key = self.key(slots)
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= MANY:
                self.known.clear()
            found = self.known[key] = self.tracer(slots)
        return found


def remembered(clause: Clause, layout: Layout) -> Remembered:
    """Return the traces of one rule over records laid out as `layout`."""
    trees = [tree for tree in (clause.applies, clause.requires, clause.judge) if tree is not None]
    return Remembered(tracer(clause, layout), _key(trees, layout))


def _key(trees: list[Node], layout: Layout) -> Key:
    nodes = [node for tree in trees for node in walk(tree)]
    named = {name: symbol for tree in trees for name, symbol in symbols(tree).items()}
    places = [layout.places[name] for name, symbol in named.items() if symbol.type in ("bool", "enum")]
    leaves = [node for node in nodes if isinstance(node, In | Compare) and _has_numbers(node)]
    sights = [sight for node in dict.fromkeys(leaves) for sight in _sights(node, layout)]
    few: Key = itemgetter(*places) if places else lambda slots: None
    if not sights:
        return few
    if len(sights) == 1:
        only = sights[0]
        return lambda slots: (few(slots), only(slots))
    return lambda slots: (few(slots), *[sight(slots) for sight in sights])


def _has_numbers(node: In | Compare) -> bool:
    return any(symbol.type not in ("bool", "enum") for symbol in symbols(node).values())


def _sights(node: In | Compare, layout: Layout) -> list[Key]:
    """Return how a comparison came out and, where it reads several numbers or bounds, which of them are known."""
    found: list[Key] = [leaf_value(node, layout)]
    named = symbols(node)
    if len(named) > 1 or any(symbol.bounded for symbol in named.values()):
        found.extend(_is_known(each.symbol.name, layout) for each in walk(node) if isinstance(each, Name))
    return found


def _is_known(name: str, layout: Layout) -> Key:
    place = layout.places[name]
    if layout.symbols[name].bounded:
        return lambda slots: slots[place] is not None and slots[place] == slots[place + 1]
    return lambda slots: slots[place] is not None
