"""An edition made ready: slots for every record kind; each rule's closures and generated code, made when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from tillit.core.rulebook.compile_python import Clause, Outcomes, compile_outcomes
from tillit.core.rulebook.explain import Look, Tracer, look, tracer
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.load_derived import symbol_of
from tillit.core.rulebook.load_vocabulary import HEADER
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Derived, Edition, Rule
from tillit.core.rulebook.tree import Symbol


@dataclass(slots=True)
class Plan:
    """What trying a case needs of an edition; closures and code are made once, when first needed."""

    edition: Edition
    layouts: Mapping[str, Layout]
    shared: tuple[Symbol, ...]
    _tracers: dict[str, Tracer] = field(default_factory=dict)
    _looks: dict[tuple[str, str, str], Look | None] = field(default_factory=dict)
    _codes: dict[tuple[str, ...], Outcomes] = field(default_factory=dict)

    def rules(self, record: str) -> tuple[Rule, ...]:
        """Return the rules that speak of a record kind, in the edition's order."""
        return tuple(rule for rule in self.edition.rules if rule.record == record)

    def tracer(self, rule: Rule) -> Tracer:
        """Return the closures of a rule."""
        found = self._tracers.get(rule.id)
        if found is None:
            found = self._tracers[rule.id] = tracer(clause(rule), self.layouts[rule.record])
        return found

    def outcomes(self, rules: tuple[Rule, ...]) -> Outcomes:
        """Return the generated function of some rules of one record kind, for many records."""
        key = tuple(rule.id for rule in rules)
        found = self._codes.get(key)
        if found is None:
            layout = self.layouts[rules[0].record]
            found = self._codes[key] = compile_outcomes([clause(rule) for rule in rules], layout)
        return found

    def where(self, derived: Derived, which: str) -> Look | None:
        """Return the closure of a derived fact's `where` or `among` over the child's slots, None where it has none."""
        key = (derived.record, derived.name, which)
        if key not in self._looks:
            tree = derived.where_tree if which == "where" else derived.among_tree
            self._looks[key] = None if tree is None else look(tree, self.layouts[str(derived.over)])
        return self._looks[key]


def clause(rule: Rule) -> Clause:
    """Return what the back ends need of a rule."""
    return Clause(rule.applies_tree, rule.requires_tree, rule.judge_tree, rule.certainty != "seed")


def plan(edition: Edition) -> Plan:
    """Return an edition made ready."""
    return _plan(edition.hash, _Held(edition))


@dataclass(frozen=True)
class _Held:
    edition: Edition = field(hash=False, compare=False)


@cache
def _plan(_hash: str, held: _Held) -> Plan:
    edition = held.edition
    kinds = edition.vocabulary.kinds
    own = {
        name: [*map(symbol_of, kind.facts.values()), *map(symbol_of, kind.derived.values())]
        for name, kind in kinds.items()
    }
    parameters = [Symbol(name, parameter.type, (), "J") for name, parameter in edition.parameters.items()]
    shared = (*own[COLLABORATION], *HEADER, *parameters)
    layouts = {COLLABORATION: Layout.of(shared)}
    for name in RECORD_KINDS[1:]:
        taken = {symbol.name for symbol in own[name]}
        layouts[name] = Layout.of([*own[name], *(symbol for symbol in shared if symbol.name not in taken)])
    return Plan(edition, layouts, shared)
