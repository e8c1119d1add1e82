"""Traces of many records: two records whose facts look alike to a rule have the same trace, so it is made once.

What a rule sees of a record is little: the bit of each yes-or-no fact, each choice, how each comparison came out. That
is the key under which a trace is kept. A number's own size is not part of it, so the keys stay few.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from tillit.core.rulebook.compile_python import Clause, Writer, built
from tillit.core.rulebook.explain import Trace, Tracer, tracer
from tillit.core.rulebook.layout import Layout, Slots
from tillit.core.rulebook.tables import steps_of
from tillit.core.rulebook.tree import Name, Node, symbols

MANY = 4096
"""Traces kept of one rule; past this they are forgotten, all at once."""
Sight = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A rule's traces under a settled scope, kept by what the rule sees of a record."""

    tracer: Tracer
    sight: Callable[[Slots], Sight]
    known: dict[Sight, Trace] = field(default_factory=dict)

    def __call__(self, slots: Slots) -> Trace:
        """Return the trace of the rule on a record's slots."""
        seen = self.sight(slots)
        found = self.known.get(seen)
        if found is None:
            if len(self.known) >= MANY:
                self.known.clear()
            found = self.known[seen] = self.tracer(slots)
        return found


def remembered(clause: Clause, layout: Layout) -> Remembered:
    """Return the traces of one rule over records laid out as `layout`."""
    trees = [tree for tree in (clause.applies, clause.requires, clause.judge) if tree is not None]
    return Remembered(tracer(clause, layout), sight_of(trees, layout))


def sight_of(trees: Sequence[Node], layout: Layout) -> Callable[[Slots], Sight]:
    """Return a function from a record's slots to all that some expressions see of it, and no more.

    The slot of each yes-or-no fact and choice, how each comparison came out, and where it reads several numbers or
    bounds, which of them are known.
    """
    writer = Writer(layout)
    seen = dict.fromkeys(step for tree in trees for step in steps_of(tree))
    sights = [writer.step(step) for step in seen]
    for step in seen:
        named = [] if isinstance(step, Name) else list(symbols(step).values())
        if len(named) > 1 or any(symbol.bounded for symbol in named):
            sights.extend(writer.known(symbol) for symbol in named)
    body = "\n    ".join([*writer.loads(), f"return ({''.join(f'{sight}, ' for sight in dict.fromkeys(sights))})"])
    source = f"def sight(s):\n    {body}\n"
    return cast(Callable[[Slots], Sight], built(source, "sight", writer.constants))
