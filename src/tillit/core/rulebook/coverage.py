"""Does the rulebook cover every norm of the agreement, and does every rule answer its own cases?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from tillit.core.rulebook.explain import Tracer
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.model import Derived, Edition, Fact, Rule, RuleCase
from tillit.core.rulebook.plan import plan
from tillit.core.rulebook.read_value import Refused, read_value
from tillit.core.rulebook.tree import Symbol, day_number, moment_number, symbols
from tillit.core.rulebook.values import MEETS, NOT_APPLICABLE, OUTCOMES, UNDECIDED, F, J, T, U

ORDER = ("rule", "definition", "duty", "premise", "advice", "pointer")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which norm is covered by what, and which norms nothing covers."""

    norms: Mapping[str, tuple[str, tuple[str, ...]]]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def coverage(edition: Edition) -> Coverage:
    """Return for every norm the strongest kind of what covers it and the ids, rules before provisions."""
    found: dict[str, dict[str, list[str]]] = {}
    for rule in (edition.scope, *edition.rules):
        for norm in rule.norms:
            found.setdefault(norm, {}).setdefault("rule", []).append(rule.id)
    for provision in edition.provisions:
        for norm in provision.norms:
            found.setdefault(norm, {}).setdefault(provision.kind, []).append(provision.id)
    known = [norm.id for norm in edition.norms]
    norms = {norm: _covered(found[norm]) for norm in known if norm in found}
    return Coverage(norms, tuple(norm for norm in known if norm not in found), tuple(sorted(set(found) - set(known))))


def _covered(by_kind: Mapping[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    kinds = sorted(by_kind, key=ORDER.index)
    return kinds[0], tuple(id_ for kind in kinds for id_ in by_kind[kind])


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that its rule answers otherwise, or a rule whose cases or logic are not whole."""

    rule: str
    case: int
    problem: str


def failures(edition: Edition) -> Iterator[Failure]:
    """Return every rule's own case that comes out otherwise, every kind of case that a rule lacks, every blind spot."""
    for rule in (edition.scope, *edition.rules):
        for number, case in enumerate(rule.cases, start=1):
            problem = _answered(edition, rule, case)
            if problem:
                yield Failure(rule.id, number, problem)
        yield from (Failure(rule.id, 0, problem) for problem in _lacking(edition, rule))
        for problem in blind_spots(edition, rule):
            yield Failure(rule.id, 0, problem)


def _lacking(edition: Edition, rule: Rule) -> Iterator[str]:
    """Return what kinds of cases a rule lacks: one that meets, one that does not, one that awaits an observed fact."""
    expected = {case.expect for case in rule.cases}
    if "meets" not in expected:
        yield "has no case that meets"
    negative = {"not_applicable"} if rule is edition.scope else {"breach", "judge"}
    if not expected & negative:
        yield f"has no case that is {' or '.join(sorted(negative))}"
    named = _symbols(rule)
    if "undecided" not in expected and any(symbol.missing == "U" for symbol in named.values()):
        yield "reads an observed fact but has no case that is undecided"


def _symbols(rule: Rule) -> dict[str, Symbol]:
    trees = [tree for tree in (rule.applies_tree, rule.requires_tree, rule.judge_tree) if tree is not None]
    return {name: symbol for tree in trees for name, symbol in symbols(tree).items()}


def _answered(edition: Edition, rule: Rule, case: RuleCase) -> str | None:
    """Return how a rule's answer to a case differs from what the case expects, or None."""
    layout = plan(edition).layouts[rule.record]
    try:
        slots = case_slots(edition, rule, case, layout)
    except (KeyError, ValueError) as error:
        return f"{error}"
    trace = plan(edition).tracer(rule)(slots)
    found = OUTCOMES[trace.outcome]
    if rule is edition.scope and found == "breach":
        found = "not_applicable"
    if found != case.expect:
        return f"expects {case.expect}, is {found}"
    if case.missing is not None and sorted(case.missing) != sorted(trace.missing):
        return f"expects missing {sorted(case.missing)}, is {sorted(trace.missing)}"
    return None


def case_slots(edition: Edition, rule: Rule, case: RuleCase, layout: Layout) -> list[object]:
    """Return the slots of a rule's case: its facts, its parameters as on the edition's first day, all else unknown.

    :raises ValueError: a fact does not take its value
    :raises KeyError: there is no such fact
    """
    slots = layout.unknown()
    for name, parameter in edition.parameters.items():
        value = parameter.on(edition.document.valid_from)
        slots[layout.places[name]] = None if value is None else value.value
    for name, raw in case.facts.items():
        if name not in layout.places:
            raise KeyError(f"there is no fact {name}")
        place, symbol = layout.places[name], layout.symbols[name]
        if symbol.bounded:
            low, high = _bounds(symbol, raw)
            slots[place : place + 2] = [low, high]
        else:
            slots[place] = _slot(edition, rule, symbol, raw)
    return slots


def _bounds(symbol: Symbol, raw: object) -> tuple[object, object]:
    limits = raw if isinstance(raw, dict) else {"min": raw, "max": raw}
    fact = Fact(symbol.name, "collaboration", symbol.type, "observed")
    values = [read_value(fact, limits[key]) if key in limits else None for key in ("min", "max")]
    return values[0], values[1]


def _slot(edition: Edition, rule: Rule, symbol: Symbol, raw: object) -> object:
    found = edition.vocabulary.fact(rule.record, symbol.name)
    fact = found if isinstance(found, Fact) else Fact(symbol.name, "", symbol.type, "observed", symbol.values)
    if isinstance(found, Derived) and symbol.type == "enum" and raw in ("undecided", "judge"):
        return 0 if raw == "undecided" else len(symbol.values) + 1
    try:
        value = read_value(fact, raw)
    except Refused as refused:
        raise ValueError(f"{symbol.name}: {refused.code} {refused.args_}") from refused
    if symbol.type == "bool":
        return T if value else F
    if symbol.type == "enum":
        return symbol.values.index(str(value)) + 1
    if isinstance(value, date):
        return moment_number(value) if symbol.type == "datetime" else day_number(value)  # type: ignore[arg-type]
    return value


MOST_COMBINATIONS = 20_000


def blind_spots(edition: Edition, rule: Rule) -> Iterator[str]:
    """Return what Kleene logic cannot see of a rule: facts left open though no value of theirs changes the answer.

    Tries every value of the yes-or-no facts and choices that the rule names more than once, where they are few
    enough to try (20 000 combinations); `k == 'a' or k != 'a'` is the classic.
    """
    named = _symbols(rule)
    counted = [name for tree in (rule.applies_tree, rule.requires_tree) for name in tree.facts()]
    repeated = [name for name in named if counted.count(name) > 1 and named[name].type in ("bool", "enum")]
    finite = [symbol for symbol in named.values() if symbol.type in ("bool", "enum") and not symbol.bounded]
    domains = [_domain(symbol) for symbol in finite]
    size = 1
    for domain in domains:
        size *= len(domain) + 1
    if not repeated or size > MOST_COMBINATIONS:
        return
    layout, tracer = plan(edition).layouts[rule.record], plan(edition).tracer(rule)
    for name in repeated:
        rest = [symbol for symbol in finite if symbol.name != name]
        own = _domain(named[name])
        for combination in product(*([*_domain(symbol), _unknown(symbol)] for symbol in rest)):
            slots = layout.unknown()
            for symbol, value in zip(rest, combination, strict=True):
                slots[layout.places[symbol.name]] = value
            if tracer(slots).outcome != UNDECIDED:
                continue
            outcomes = {_with(tracer, slots, layout.places[name], value) for value in own}
            if len(outcomes) == 1 and outcomes <= {MEETS, NOT_APPLICABLE}:
                yield f"is left undecided without {name}, though every value of it gives {OUTCOMES[outcomes.pop()]}"
                break


def _with(tracer: Tracer, slots: list[object], place: int, value: object) -> int:
    tried = list(slots)
    tried[place] = value
    return tracer(tried).outcome


def _domain(symbol: Symbol) -> list[object]:
    return [T, F] if symbol.type == "bool" else list(range(1, len(symbol.values) + 1))


def _unknown(symbol: Symbol) -> object:
    if symbol.type == "bool":
        return U if symbol.missing == "U" else J
    return 0
