"""Random vocabularies, rule sets and records for the property tests. No Polars and no DuckDB here.

Rules are drawn by Hypothesis, so a failing one shrinks; records come from a seed, since many are cheap that way.
A record is what is known by name: bool, str (enum, text) or int (numbers, days), None where nothing is known, and
(low, high) for a bounded number. Where a derived fact may be any of the four, None is U and "J" is J.
"""

from dataclasses import dataclass
from random import Random
from typing import Literal

from hypothesis import strategies as st

from tillit.core.rulebook.arithmetic import LanguageError
from tillit.core.rulebook.compile_python import Clause
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.tree import TRUE, Symbol, Type
from tillit.core.rulebook.values import F, J, T, U

# Names that generated code or SQL could mistake for its own.
NAMES = (
    *(
        "s",
        "a",
        "s0",
        "s1",
        "c0",
        "c1",
        "span",
        "within",
        "outcomes",
        "value",
        "result",
        "slots",
        "room",
        "t",
        "u",
        "f",
        "j",
    ),
    *(
        "k",
        "null_",
        "select",
        "group",
        "order",
        "date",
        "low",
        "high",
        "x",
        "n",
        "b",
        "holds",
        "literal",
        "pl",
        "col",
        "when",
    ),
    *(
        "cells",
        "bits",
        "d0",
        "d1",
        "e0",
        "and_",
        "or_",
        "not_",
        "out",
        "soft",
        "none",
        "true",
        "case",
        "table",
        "rule",
        "index",
    ),
)
TEXTS = ("", "SE", "se", "NO", "Å", "s0", "'", 'a"b', "\\")
NUMBERS = (-(10**12), -250, -100, -2, -1, 0, 1, 2, 3, 99, 100, 101, 250, 10**12)
DAYS = (0, 1, 20_000, 20_453, 20_454, 20_455, 20_880)
MOMENTS = tuple(day * 86_400_000_000 + 1 for day in DAYS)
FACTORS = (-3, -1, 1, 2, 7)


@dataclass(frozen=True)
class RuleSet:
    """Symbols, the clauses over them, and how each symbol is known: never, as one number, or per record."""

    symbols: tuple[Symbol, ...]
    clauses: tuple[Clause, ...]
    texts: tuple[str, ...]
    fixed: dict[str, int]
    absent: frozenset[str]
    mixed: frozenset[str]

    @property
    def layout(self) -> Layout:
        return Layout.of(self.symbols)

    def records(self, seed: int, count: int) -> list[dict[str, object]]:
        """Return records of which about a quarter of the facts are not known."""
        random = Random(seed)
        return [{symbol.name: self._value(symbol, random) for symbol in self.symbols} for _ in range(count)]

    def _value(self, symbol: Symbol, random: Random) -> object:
        if symbol.name in self.fixed:
            return self.fixed[symbol.name]
        if symbol.name in self.absent:
            return (None, None) if symbol.bounded else None
        if symbol.bounded:
            low, high = sorted((random.choice(NUMBERS), random.choice(NUMBERS)))
            kind = random.random()
            return (
                (low, low) if kind < 0.4 else (low, None) if kind < 0.6 else (None, None) if kind < 0.7 else (low, high)
            )
        if random.random() < 0.25:
            return "J" if symbol.name in self.mixed and random.random() < 0.5 else None
        return random.choice(pool(symbol))

    def slots(self, record: dict[str, object]) -> list[object]:
        """Return a record as the Python back end reads it."""
        slots: list[object] = []
        for symbol in self.symbols:
            value = record[symbol.name]
            if symbol.bounded:
                slots.extend(value)  # type: ignore[arg-type]
            elif symbol.type in ("bool", "enum"):
                slots.append(_coded(symbol, value))
            else:
                slots.append(value)
        return slots


def _coded(symbol: Symbol, value: object) -> int:
    awaiting = value == "J" or (value is None and symbol.missing == "J")
    if symbol.type == "bool":
        return J if awaiting else U if value is None else T if value else F
    return len(symbol.values) + 1 if awaiting else 0 if value is None else symbol.values.index(str(value)) + 1


def pool(symbol: Symbol) -> tuple[object, ...]:
    """Return the values that a symbol takes in random records."""
    if symbol.missing == "J" and symbol.type == "int":
        return FACTORS
    by_type = {
        "bool": (True, False),
        "enum": symbol.values,
        "text": TEXTS,
        "date": DAYS,
        "datetime": MOMENTS,
        "int": NUMBERS,
        "decimal": tuple(number * 100 if abs(number) > 10**6 else number for number in NUMBERS),
    }
    return by_type[symbol.type]


Shape = tuple[Type, Literal["U", "J"], bool]
SHAPES: tuple[Shape, ...] = (
    ("bool", "U", False),
    ("bool", "U", False),
    ("bool", "J", False),
    ("bool", "J", False),
    ("int", "U", False),
    ("decimal", "U", False),
    ("date", "U", False),
    ("date", "U", False),
    ("datetime", "U", False),
    ("enum", "U", False),
    ("enum", "U", False),
    ("text", "U", False),
    ("text", "U", False),
    ("int", "J", False),
    ("decimal", "J", False),
    ("int", "U", True),
    ("decimal", "U", True),
)
PLAIN: tuple[Shape, ...] = (SHAPES[0],) * 10 + (SHAPES[2],) * 8 + (SHAPES[9],) * 3
ENUMS = (("a", "b", "c"), ("only",), ("x", "y", "z", "s0", "'", "Å"))


@st.composite
def rule_sets(draw: st.DrawFn, *, rules: int = 5, once: bool = False, depth: int = 3) -> RuleSet:
    """Return rule sets; with `once`, of yes-or-no facts and choices only, none of which occurs twice in a rule."""
    shapes = [*SHAPES, *draw(st.lists(st.sampled_from(SHAPES), max_size=4))] if not once else list(PLAIN)
    names = draw(st.permutations(NAMES))[: len(shapes)]
    symbols = tuple(
        Symbol(
            name, kind, draw(st.sampled_from(ENUMS[:1] if once else ENUMS)) if kind == "enum" else (), missing, bounded
        )
        for name, (kind, missing, bounded) in zip(names, shapes, strict=True)
    )
    fixed, absent, mixed = {}, set(), set()
    for symbol in symbols:
        is_parameter = symbol.missing == "J" and symbol.type != "bool"
        choice = draw(st.integers(0, 9))
        if is_parameter and choice < 4:
            fixed[symbol.name] = draw(st.sampled_from(FACTORS))
        elif choice == 9:
            absent.add(symbol.name)
        elif choice > 5 and symbol.type in ("bool", "enum") and symbol.missing == "U":
            mixed.add(symbol.name)
    texts, clauses = [], []
    for _ in range(rules):
        parts = _Expressions(draw, list(symbols), once)
        clause, text = _clause(draw, parts, symbols, depth)
        clauses.append(clause)
        texts.append(text)
    return RuleSet(symbols, tuple(clauses), tuple(texts), fixed, frozenset(absent), frozenset(mixed))


def _clause(draw: st.DrawFn, parts: "_Expressions", symbols: tuple[Symbol, ...], depth: int) -> tuple[Clause, str]:
    scope = {symbol.name: symbol for symbol in symbols}.get
    texts = [parts.truth(depth) if draw(st.integers(0, 4)) else None, parts.truth(depth), None]
    if not draw(st.integers(0, 3)):
        texts[2] = parts.truth(1)
    trees = []
    for text in texts:
        try:
            trees.append(None if text is None else parse(text, scope))
        except LanguageError as error:
            if "64 bits" not in str(error) and "two literals" not in str(error):
                raise
            trees.append(TRUE)
    soft = not draw(st.integers(0, 4))
    return Clause(trees[0] or TRUE, trees[1] or TRUE, trees[2], soft), f"{texts} soft={soft}"


class _Expressions:
    """Draws expressions as text, so that reading the language is tested too."""

    def __init__(self, draw: st.DrawFn, symbols: list[Symbol], once: bool) -> None:
        self.draw, self.symbols, self.once = draw, symbols, once

    def pick(self, *options: object) -> object:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def symbol(self, *wanted: str, bounded: bool | None = None, factor: bool = False) -> Symbol | None:
        found = [
            each
            for each in self.symbols
            if each.type in wanted
            and (bounded is None or each.bounded == bounded)
            and (not factor or (each.missing == "J" and each.type == "int"))
        ]
        if not found:
            return None
        chosen = found[self.draw(st.integers(0, len(found) - 1))]
        if self.once:
            self.symbols.remove(chosen)
        return chosen

    def truth(self, depth: int) -> str:
        kind = self.draw(st.integers(0, 9)) if depth else 9
        if kind < 3:
            return f"({self.truth(depth - 1)} and {self.truth(depth - 1)})"
        if kind < 6:
            return f"({self.truth(depth - 1)} or {self.truth(depth - 1)})"
        if kind < 8:
            return f"not {self.truth(depth - 1)}"
        return self.leaf()

    def leaf(self) -> str:
        kind = self.draw(st.integers(0, 7 if self.once else 15))
        if kind < 6:
            return name_or(self.symbol("bool"), "True")
        if kind < 9:
            return self.choice()
        if kind < 11:
            return self.text()
        if kind < 13:
            return self.day()
        return f"{self.number(2)} {self.comparison()} {self.number(1)}" if kind < 15 else self.member()

    def comparison(self) -> object:
        return self.pick("==", "!=", "<", "<=", ">", ">=")

    def choice(self) -> str:
        symbol = self.symbol("enum")
        if symbol is None:
            return "False"
        if self.pick(0, 1):
            return f"{symbol.name} {self.pick('==', '!=')} {self.pick(*symbol.values)!r}"
        values = symbol.values[1:] if self.once else symbol.values
        chosen = [value for value in values if self.pick(0, 1)] or [symbol.values[0]]
        return f"{symbol.name} {self.pick('in', 'not in')} {chosen!r}"

    def text(self) -> str:
        symbol = self.symbol("text")
        if symbol is None:
            return "True"
        kind = self.draw(st.integers(0, 2))
        if kind == 0:
            return f"{symbol.name} {self.pick('==', '!=')} {name_or(self.symbol('text'), symbol.name)}"
        if kind == 1:
            values = list(dict.fromkeys(str(self.pick(*TEXTS)) for _ in range(self.draw(st.integers(1, 8)))))
            return f"{symbol.name} {self.pick('in', 'not in')} {values!r}"
        return f"{symbol.name} {self.pick('==', '!=')} {self.pick(*TEXTS)!r}"

    def day(self) -> str:
        symbol = self.symbol(str(self.pick("date", "date", "datetime")))
        if symbol is None:
            return "False"
        if symbol.type == "date" and self.pick(0, 1):
            other = self.symbol("date")
            if other is not None:
                return f"{symbol.name} - {other.name} {self.comparison()} {self.pick(-1, 0, 1, 365)}"
        return (
            f"{symbol.name} {self.comparison()} {self.pick('1970-01-01', '2026-01-01', '2024-10-04', '1970-01-02')!r}"
        )

    def member(self) -> str:
        symbol = self.symbol("int", bounded=False)
        return "True" if symbol is None else f"{symbol.name} {self.pick('in', 'not in')} [0, 2, 100]"

    def number(self, depth: int) -> str:
        kind = self.draw(st.integers(0, 9)) if depth else 9
        if kind < 2:
            return f"({self.number(depth - 1)} {self.pick('+', '-')} {self.number(depth - 1)})"
        if kind < 4:
            factor = self.symbol("int", bounded=False, factor=True) if self.pick(0, 1) else None
            return f"({self.number(depth - 1)} * {factor.name if factor else self.pick(-2, -1, 1, 3)})"
        if kind == 4:
            return f"-{self.number(depth - 1)}"
        if kind == 5 and depth < 2:
            return str(self.pick(-1, 0, 1, 2, -1.5, 2.5, 0.01, 100))
        return name_or(self.symbol("int", "decimal"), "(1 + 1)")


def name_or(symbol: Symbol | None, other: str) -> str:
    return symbol.name if symbol is not None else other
