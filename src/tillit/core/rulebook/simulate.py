"""What a revision would change: baseline and proposal over the same register, the changed rules only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from tillit.core.rulebook.bulk import Bulk, Register, evaluate
from tillit.core.rulebook.model import COLLABORATION, Edition, Rule, names_of
from tillit.core.rulebook.values import NOT_APPLICABLE, OUTCOMES

Transitions = tuple[tuple[int, ...], ...]
"""5 × 5 counts: row the outcome before, column the outcome after, both in the order of `values.OUTCOMES`."""
_SIZE = len(OUTCOMES)


@dataclass(frozen=True, slots=True)
class Moves:
    """A changed rule: how its outcomes move, and which records (rows of their kind's frame) move at all.

    `unlisted` counts the same for records that nobody listed, one for each collaboration. Where a rule is new or
    repealed, or its phase is not a record's, it counts as not applicable on that side.
    """

    rule: str
    record: str
    table: Transitions
    unlisted: Transitions
    moved: pl.Series


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a fact that a changed rule reads the register never recorded: 0 all known, 1 nothing known."""

    record: str
    fact: str
    unknown: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """A proposal tried on a register: the moves of every changed rule, and what the register cannot tell."""

    moves: tuple[Moves, ...]
    coverage: tuple[Coverage, ...]


def simulate(baseline: Edition, proposal: Edition, register: Register, *, as_of: date) -> Simulation:
    """Return what a proposal would change for a register on a day."""
    ids = changed_rules(baseline, proposal)
    if not ids:
        return Simulation((), ())
    before = evaluate(register, baseline, as_of=as_of, only=ids)
    after = evaluate(register, proposal, as_of=as_of, only=ids)
    moves = tuple(_moves(rule, register, before, after) for id_ in ids if (rule := _either(id_, baseline, proposal)))
    return Simulation(moves, tuple(_coverage(register, proposal, ids)))


def changed_rules(baseline: Edition, proposal: Edition) -> tuple[str, ...]:
    """Return the rules that came, went or read something that changed, in the order of the two editions."""
    old, new = _fingerprints(baseline), _fingerprints(proposal)
    found = {id_ for id_ in {*old, *new} if old.get(id_) != new.get(id_)}
    rules = {rule.id: rule for rule in (*baseline.rules, *proposal.rules)}
    if any(rule.benefit for id_, rule in rules.items() if id_ in found):
        found |= {id_ for id_, rule in rules.items() if rule.reads_findings}
    return tuple(id_ for id_ in rules if id_ in found)


def _fingerprints(edition: Edition) -> dict[str, object]:
    """Return everything that a rule's outcomes follow from, by rule."""
    scope = (edition.scope.requires_tree, *_read(edition, edition.scope))
    return {
        rule.id: (
            (rule.applies_tree, rule.requires_tree, rule.judge_tree),
            (rule.record, rule.phases, rule.certainty == "seed", rule.benefit),
            _read(edition, rule),
            scope,
        )
        for rule in edition.rules
    }


def _read(edition: Edition, rule: Rule) -> tuple[object, ...]:
    """Return the facts, derived facts and parameters that a rule names, as they are in its edition."""
    facts = {name: edition.vocabulary.fact(rule.record, name) for name in sorted(names_of(rule))}
    named = {*facts, *(str(years) for fact in facts.values() if (years := getattr(fact, "years", None)))}
    return (
        *_deciding(facts.values()),
        *(edition.parameters[name].values for name in sorted(named & edition.parameters.keys())),
    )


def _deciding(facts: Iterable[object]) -> Iterator[object]:
    for fact in facts:
        keys = (
            "name",
            "record",
            "type",
            "kind",
            "values",
            "how",
            "over",
            "where_tree",
            "among_tree",
            "of",
            "start",
            "years",
            "table",
            "estimate_count",
            "estimate_total",
        )
        yield tuple(getattr(fact, key, None) for key in keys)


def _either(id_: str, baseline: Edition, proposal: Edition) -> Rule | None:
    return proposal.rule(id_) or baseline.rule(id_)


def _moves(rule: Rule, register: Register, before: Bulk, after: Bulk) -> Moves:
    kind = rule.record
    height = register.size if kind == COLLABORATION else _height(register, kind)
    pair = pl.DataFrame(
        [_codes(before.codes, kind, rule.id, height, "before"), _codes(after.codes, kind, rule.id, height, "after")]
    )
    rest = register.size if kind != COLLABORATION else 0
    unlisted = pl.DataFrame(
        [_codes(before.unlisted, kind, rule.id, rest, "before"), _codes(after.unlisted, kind, rule.id, rest, "after")]
    )
    moved = pair.select(pl.arg_where(pl.col("before") != pl.col("after")).alias("moved")).to_series()
    return Moves(rule.id, kind, transitions(pair), transitions(unlisted), moved)


def _height(register: Register, kind: str) -> int:
    return register.children[kind].height if kind in register.children else 0


def _codes(frames: Mapping[str, pl.DataFrame], kind: str, rule: str, height: int, name: str) -> pl.Series:
    frame = frames.get(kind)
    if frame is None or rule not in frame.columns:
        return pl.Series(name, [NOT_APPLICABLE], dtype=pl.UInt8).new_from_index(0, height)
    return frame.get_column(rule).fill_null(NOT_APPLICABLE).alias(name)


def transitions(pair: pl.DataFrame | pl.LazyFrame) -> Transitions:
    """Return the 5 × 5 table of two columns of outcomes, `before` and `after`."""
    cell = pl.col("before") * pl.lit(_SIZE, dtype=pl.UInt8) + pl.col("after")
    places = range(_SIZE * _SIZE)
    each = (
        pair.lazy()
        .select(cell.alias("cell"))
        .select((pl.col("cell") == place).sum().alias(str(place)) for place in places)
    )
    counts = each.collect().row(0)
    return tuple(counts[row * _SIZE : (row + 1) * _SIZE] for row in range(_SIZE))


def _coverage(register: Register, proposal: Edition, ids: Iterable[str]) -> Iterator[Coverage]:
    named = {each: None for id_ in ids if (rule := proposal.rule(id_)) for each in _recorded(proposal, rule)}
    for record, fact in named:
        frame = register.collaborations if record == COLLABORATION else register.children.get(record, pl.DataFrame())
        if fact in frame.columns:
            yield Coverage(record, fact, frame[fact].null_count() / max(frame.height, 1))
        else:
            yield Coverage(record, fact, 1.0)


def _recorded(edition: Edition, rule: Rule) -> Iterator[tuple[str, str]]:
    """Return the recorded facts that a rule rests on, those under its derived facts too, each with its record kind."""
    for name in sorted(names_of(rule)):
        fact = edition.vocabulary.fact(rule.record, name)
        how = getattr(fact, "how", None)
        if fact is not None and how is None:
            yield fact.record, name
        over = getattr(fact, "over", None)
        for tree in (getattr(fact, "where_tree", None), getattr(fact, "among_tree", None)):
            for below in tree.facts() if tree is not None else ():
                yield str(over), below
        if getattr(fact, "of", None):
            yield str(over), str(getattr(fact, "of", ""))
