"""Generated Python, closures, Polars and DuckDB give the same outcome, cell by cell."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, event, given, settings, strategies as st

from tests.core.random_rules import RuleSet, rule_sets
from tests.core.referee import Referee, sql
from tillit.core.rulebook.compile_polars import compile_bit, compile_outcome
from tillit.core.rulebook.compile_polars.columns import BadColumn, Columns, check_columns
from tillit.core.rulebook.compile_python import Clause, compile_outcomes, compile_value
from tillit.core.rulebook.explain import look, tracer
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.layout import Layout
from tillit.core.rulebook.tree import Symbol
from tillit.core.rulebook.values import F, J, T, U

DTYPES = {"bool": pl.Boolean, "int": pl.Int64, "decimal": pl.Int64, "date": pl.Date, "text": pl.String}
RECORDS = 40


def frame(rules: RuleSet, records: list[dict[str, object]]) -> pl.DataFrame:
    """Return records as the bulk side holds them; what is the same for all, or never known, has no column."""
    columns = []
    for symbol in rules.symbols:
        values: list[Any] = [record[symbol.name] for record in records]
        if symbol.name in rules.absent or symbol.name in rules.fixed:
            continue
        if symbol.bounded:
            columns.append(pl.Series(symbol.name + "__low", [low for low, _ in values], dtype=pl.Int64))
            columns.append(pl.Series(symbol.name + "__high", [high for _, high in values], dtype=pl.Int64))
            continue
        plain = [None if value == "J" else value for value in values]
        columns.append(pl.Series(symbol.name, [held(symbol, value) for value in plain], dtype=dtype(symbol)))
        if symbol.name in rules.mixed:
            columns.append(pl.Series(symbol.name + "__undecided", [value is None for value in values]))
    return pl.DataFrame([pl.Series("row", range(len(records))), *columns])


def held(symbol: Symbol, value: object) -> object:
    if value is None or symbol.type not in ("date", "datetime"):
        return value
    whole = int(str(value))
    if symbol.type == "date":
        return date(1970, 1, 1) + timedelta(whole)
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(0, 0, whole)).replace(tzinfo=None)


def dtype(symbol: Symbol) -> pl.DataType:
    if symbol.type == "enum":
        return pl.Enum(symbol.values)
    return pl.Datetime("us") if symbol.type == "datetime" else DTYPES[symbol.type]()


def for_the_referee(rules: RuleSet, records: pl.DataFrame) -> pl.DataFrame:
    """Return the records with a column for every fact, a choice as text, and what says U beside yes-no and choice."""
    shown = records.with_columns(pl.col(pl.Enum).cast(pl.String))
    for symbol in rules.symbols:
        if symbol.name in rules.absent:
            names = [symbol.name + "__low", symbol.name + "__high"] if symbol.bounded else [symbol.name]
            of = pl.String if symbol.type == "enum" else dtype(symbol)
            shown = shown.with_columns(pl.lit(None, dtype=of).alias(name) for name in names)
        if symbol.type in ("bool", "enum") and symbol.name not in rules.mixed:
            shown = shown.with_columns(pl.lit(value=True).alias(symbol.name + "__undecided"))
    return shown


def by_polars(rules: RuleSet, records: pl.DataFrame) -> list[tuple[int, ...]]:
    columns = Columns(rules.absent, rules.mixed, rules.fixed)
    cells = [compile_outcome(clause, columns).alias(f"rule__{number}") for number, clause in enumerate(rules.clauses)]
    return records.lazy().with_columns(cells).select(pl.col("^rule__\\d+$")).collect().rows()


@pytest.fixture(scope="module")
def referee():
    return Referee()


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)
@given(rules=rule_sets(), seed=st.integers(0, 2**32))
def test_three_hundred_rule_sets_come_out_the_same_in_every_back_end(referee, rules, seed):
    records = rules.records(seed, RECORDS)
    generated = compile_outcomes(rules.clauses, rules.layout)
    tracers = [tracer(clause, rules.layout) for clause in rules.clauses]
    slots = [rules.slots(record) for record in records]
    columns = frame(rules, records)

    by_python = [tuple(generated(each)) for each in slots]
    by_closures = [tuple(each_rule(each).outcome for each_rule in tracers) for each in slots]
    in_bulk = by_polars(rules, columns)
    by_referee = referee.outcomes(rules.clauses, for_the_referee(rules, columns), rules.fixed)

    event(f"{len({cell for row in by_python for cell in row})} outcomes of 5")
    for record, *rows in zip(records, by_python, by_closures, in_bulk, by_referee, strict=True):
        for rule, cells in enumerate(zip(*rows, strict=True)):
            assert len(set(cells)) == 1, (rules.texts[rule], record, cells)


FOUR = {"F": F, "U": U, "J": J, "T": T}
TABLES = {
    "and": {
        "FF": "F",
        "FU": "F",
        "FJ": "F",
        "FT": "F",
        "UU": "U",
        "UJ": "U",
        "UT": "U",
        "JJ": "J",
        "JT": "J",
        "TT": "T",
    },
    "or": {
        "FF": "F",
        "FU": "U",
        "FJ": "J",
        "FT": "T",
        "UU": "U",
        "UJ": "U",
        "UT": "T",
        "JJ": "J",
        "JT": "T",
        "TT": "T",
    },
}
FACTS = (Symbol("x", "bool"), Symbol("y", "bool"), Symbol("z", "bool"))


def four_in_columns(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    known = {"T": True, "F": False}
    columns = {}
    for place, symbol in enumerate(FACTS[: len(rows[0])]):
        columns[symbol.name] = pl.Series([known.get(row[place]) for row in rows], dtype=pl.Boolean)
        columns[symbol.name + "__undecided"] = pl.Series([row[place] == "U" for row in rows])
    return pl.DataFrame(columns)


def bits_of(expression: str, rows: list[tuple[str, ...]]) -> dict[str, list[int]]:
    """Return the expression's value for each row by every back end."""
    tree, layout = parse(expression, {symbol.name: symbol for symbol in FACTS}.get), Layout.of(FACTS)
    columns = four_in_columns(rows)
    slots = [[*(FOUR[word] for word in row), U, U][:3] for row in rows]
    referee, seen = Referee(), look(tree, layout)
    referee.connection.register("records", columns.with_row_index("n").to_arrow())
    found = referee.connection.execute(f"SELECT {sql(tree)} FROM records ORDER BY n").fetchall()
    return {
        "generated": [compile_value(tree, layout)(each) for each in slots],
        "closures": [seen(each).value for each in slots],
        "polars": columns.select(compile_bit(tree, Columns(mixed=frozenset("xyz")))).to_series().to_list(),
        "referee": [list(FOUR.values())[value] for (value,) in found],
    }


@pytest.mark.parametrize("word", ["and", "or"])
def test_and_and_or_follow_the_contract_everywhere(word):
    rows = list(product("FUJT", repeat=2))
    expected = [FOUR[TABLES[word]["".join(sorted(row, key="FUJT".index))]] for row in rows]
    assert bits_of(f"x {word} y", rows) == dict.fromkeys(("generated", "closures", "polars", "referee"), expected)


def test_not_swaps_true_and_false_everywhere_and_keeps_the_unknown():
    expected = [T, U, J, F]
    assert bits_of("not x", [(word,) for word in "FUJT"]) == dict.fromkeys(
        ("generated", "closures", "polars", "referee"), expected
    )


def of_contract(applies: str, requires: str, judge: str) -> int:
    if applies == "F":
        return 0
    if requires == "T":
        return 1
    if "U" in (applies, requires):
        return 3
    if "J" in (applies, requires):
        return 2
    return {"F": 4, "T": 2, "J": 2, "U": 3}[judge]


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("has_judge", [False, True])
def test_outcomes_follow_the_contract_everywhere(soft, has_judge):
    rows = list(product("FUJT", repeat=3))
    trees = [parse(name, {symbol.name: symbol for symbol in FACTS}.get) for name in "xyz"]
    clause = Clause(trees[0], trees[1], trees[2] if has_judge else None, soft)
    expected = [of_contract(a, r, j if has_judge else "F") for a, r, j in rows]
    if soft:
        expected = [2 if row[:2] == ("T", "F") else cell for row, cell in zip(rows, expected, strict=True)]
    columns, layout = four_in_columns(rows), Layout.of(FACTS)
    slots = [[FOUR[word] for word in row] for row in rows]
    generated, trace = compile_outcomes([clause], layout), tracer(clause, layout)
    in_bulk = columns.select(compile_outcome(clause, Columns(mixed=frozenset("xyz")))).to_series().to_list()
    assert [generated(each)[0] for each in slots] == expected
    assert [trace(each).outcome for each in slots] == expected
    assert in_bulk == expected
    assert [row[0] for row in Referee().outcomes([clause], columns, {})] == expected


@pytest.mark.parametrize("values", [[1.0, float("nan")], [1.5, None]])
def test_fractions_and_nan_are_refused_at_the_boundary(values):
    with pytest.raises(BadColumn, match="price holds Float64"):
        check_columns(pl.DataFrame({"price": values}), [Symbol("price", "decimal")])


def test_a_choice_with_other_values_is_refused_at_the_boundary():
    column = pl.DataFrame({"mode": pl.Series(["on_site"], dtype=pl.Enum(["on_site"]))})
    with pytest.raises(BadColumn, match="mode"):
        check_columns(column, [Symbol("mode", "enum", ("on_site", "remote"))])
