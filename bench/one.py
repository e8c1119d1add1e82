"""One record at a time: outcomes beside CEL, traces beside zen-engine, and the full trace of two hundred rules."""

import ast
import gc
import json
import random
from collections.abc import Callable, Iterator
from time import perf_counter_ns
from typing import TypeVar

import cel
import zen

from bench.measure import Row, against, below, best
from bench.rules import FACTS, LAYOUT, RULES, SYMBOLS, clauses
from tillit.core.rulebook.compile_python import compile_outcomes
from tillit.core.rulebook.explain import tracer
from tillit.core.rulebook.traces import remembered
from tillit.core.rulebook.values import MEETS, F, T

RECORDS = 200
BATCH = 10
"""Records timed at once: few, so that some batch runs undisturbed on a busy machine."""
SIGNS = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
Words = dict[str, object]
Item = TypeVar("Item")


def records(count: int, unknown: float) -> list[Words]:
    """Return random records as plain facts by name; what is not known is left out."""
    source = random.Random(count)
    return [
        {symbol.name: _value(source, symbol.name) for symbol in FACTS if source.random() >= unknown}
        for _ in range(count)
    ]


def _value(source: random.Random, name: str) -> object:
    symbol = SYMBOLS[name]
    if symbol.type == "bool":
        return source.random() < 0.5
    return source.choice(symbol.values) if symbol.type == "enum" else source.randint(0, 3_000)


def slots(record: Words) -> list[object]:
    """Return a record as the engine's slots."""
    found = LAYOUT.unknown()
    for name, value in record.items():
        symbol = SYMBOLS[name]
        held = (T if value else F) if symbol.type == "bool" else value
        found[LAYOUT.places[name]] = symbol.values.index(str(value)) + 1 if symbol.type == "enum" else held
    return found


def rows(rounds: int) -> Iterator[Row]:
    """Return the rows of one record; on every side the record is already held the way that engine holds one."""
    yield _outcomes(rounds)
    yield _traces(rounds)
    yield _two_hundred(rounds)


def _outcomes(rounds: int) -> Row:
    """CEL has no unknown values: its records are whole, and it never says undecided or judge. Ours lack a tenth."""
    ours = compile_outcomes(clauses(), LAYOUT)
    given = [slots(record) for record in records(RECORDS, 0.1)]
    programs = [cel.compile(_expression(applies, requires, "&&", "||", "!")) for _, applies, requires in RULES]
    contexts = [cel.Context(variables=record) for record in records(RECORDS, 0.0)]
    whole = [slots(record) for record in records(RECORDS, 0.0)]
    assert [[program.execute(context) for program in programs] for context in contexts] == [
        ours(each) for each in whole
    ]
    sides = {
        "ours": _per_record(given, lambda batch: [ours(each) for each in batch]),
        "cel": _per_record(contexts, lambda batch: [[program.execute(each) for program in programs] for each in batch]),
    }
    found = best(sides, rounds)
    return against("one record, 16 outcomes, beside CEL (Rust)", found["ours"], found["cel"], "µs", 1 / 10)


def _traces(rounds: int) -> Row:
    """zen-engine has no unknown values either; its trace holds what each expression gave."""
    ours, traced = compile_outcomes(clauses(), LAYOUT), [remembered(clause, LAYOUT) for clause in clauses()]
    decision = zen.ZenEngine().create_decision(json.dumps(_decision()))
    given, whole = [slots(record) for record in records(RECORDS, 0.1)], records(RECORDS, 0.0)
    for record in whole:
        assert list(decision.evaluate(record)["result"].values()) == ours(slots(record))

    def both(batch: list[list[object]]) -> object:
        return [[traced[rule](each) for rule, code in enumerate(ours(each)) if code > MEETS] for each in batch]

    sides = {
        "ours": _per_record(given, both),
        "zen": _per_record(whole, lambda batch: [decision.evaluate(each, {"trace": True}) for each in batch]),
    }
    found = best(sides, rounds)
    name = "one record, 16 outcomes and traces of what is not met, beside zen-engine"
    return against(name, found["ours"], found["zen"], "µs", 1 / 20)


def _two_hundred(rounds: int) -> Row:
    """Every rule's full trace made anew, for the record that takes longest but one in a hundred."""
    tracers = [tracer(clause, LAYOUT) for clause in (clauses() * 13)[:200]]
    given = [slots(record) for record in records(RECORDS, 0.1)]
    measured = _shortest(given, lambda each: [one(each) for one in tracers])
    for _ in range(rounds):
        shortest = measured()
    p99 = sorted(shortest)[int(len(shortest) * 0.99) - 1]
    return below("one record, full trace of 200 rules, p99", p99, "ms", 1.0)


def _per_record(items: list[Item], work: Callable[[list[Item]], object]) -> Callable[[], float]:
    """Return a function that measures the microseconds of one record, in the batches that fared best."""
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
    shortest = _shortest(batches, work)
    return lambda: sum(shortest()) * 1e3 / len(items)


def _shortest(items: list[Item], work: Callable[[Item], object]) -> Callable[[], list[float]]:
    """Return a function that measures each item once more and gives the shortest milliseconds of each so far."""
    found = [float("inf")] * len(items)

    def measured() -> list[float]:
        gc.collect()
        gc.disable()
        for place, item in enumerate(items):
            started = perf_counter_ns()
            work(item)
            found[place] = min(found[place], (perf_counter_ns() - started) / 1e6)
        gc.enable()
        return found

    return measured


def _decision() -> dict[str, object]:
    expressions = [
        {"id": name, "key": name, "value": _expression(applies, requires, "and", "or", "not ")}
        for name, applies, requires in RULES
    ]
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": place},
            {
                "id": "ex",
                "name": "ex",
                "type": "expressionNode",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "ex"},
            {"id": "2", "type": "edge", "sourceId": "ex", "targetId": "out"},
        ],
    }


def _expression(applies: str, requires: str, and_: str, or_: str, not_: str) -> str:
    """Return a rule as an expression of another language: 1 met, 4 broken, 0 not applicable."""
    words = {ast.And: f" {and_} ", ast.Or: f" {or_} "}

    def said(node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=op, values=values):
                return "(" + words[type(op)].join(map(said, values)) + ")"
            case ast.UnaryOp(operand=operand):
                return f"({not_}{said(operand)})"
            case ast.Name(id=name):
                return name
            case ast.List(elts=items):
                return "[" + ", ".join(map(said, items)) + "]"
            case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
                return f"({said(left)} in {said(right)})"
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[right]):
                return f"({not_}({said(left)} in {said(right)}))"
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return f"({said(left)} {SIGNS[type(op).__name__]} {_scaled(left, right, said)})"
            case ast.Constant(value=value):
                return json.dumps(value)
        raise TypeError(node)

    asked = said(ast.parse(requires, mode="eval").body)
    when = said(ast.parse(applies, mode="eval").body) if applies else "true"
    return f"{when} ? ({asked} ? 1 : 4) : 0"


def _scaled(left: ast.expr, right: ast.expr, said: Callable[[ast.expr], str]) -> str:
    """Return a number beside a decimal in hundredths, as every side holds decimals here."""
    is_decimal = isinstance(left, ast.Name) and SYMBOLS[left.id].type == "decimal"
    if is_decimal and isinstance(right, ast.Constant) and isinstance(right.value, int):
        return str(right.value * 100)
    return said(right)
