"""Many records at once: the matrix of sixteen rules, hand-written Polars, and one revised rule with its transitions."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from bench import by_hand, data
from bench.measure import Row, against, best, seconds
from bench.rules import RULES, SYMBOLS, clauses
from tillit.core.rulebook.compile_polars import compile_outcome
from tillit.core.rulebook.compile_polars.columns import Columns
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.simulate import transitions

REVISED = "cabin == 'economy' or cabin == 'premium' or (journey_hours > 4 and well_founded_assessed)"


def generated() -> list[pl.Expr]:
    """Return the sixteen rules as the Polars back end writes them."""
    return [
        compile_outcome(clause, Columns()).alias(name) for clause, (name, _, _) in zip(clauses(), RULES, strict=True)
    ]


def matrix(frame: pl.DataFrame, expressions: list[pl.Expr]) -> pl.DataFrame:
    return frame.lazy().select(expressions).collect()


def rows(count: int, rounds: int) -> Iterator[Row]:
    """Return the rows of many records; the anchors take turns with ours."""
    frame = pl.read_parquet(data.records(count))
    ours, hand = generated(), by_hand.expressions()
    assert matrix(frame, ours).equals(matrix(frame, hand)), "the hand-written rules say something else"
    with openfisca(frame) as rerun:
        sides = {
            "openfisca": rerun,
            "ours": lambda: seconds(lambda: matrix(frame, ours)),
            "hand": lambda: seconds(lambda: matrix(frame, hand)),
            "trial": lambda: seconds(lambda: trial(frame)),
        }
        milli = {name: found * 1e3 for name, found in best(sides, rounds).items()}
    size, fisca = f"{count / 1e6:g} M records", milli["openfisca"]
    yield against(f"{size} × 16 rules, matrix, beside OpenFisca-Core", milli["ours"], fisca, "ms", 1 / 8)
    yield against(f"{size} × 16 rules, generated beside hand-written Polars", milli["ours"], milli["hand"], "ms", 1.15)
    name = f"{size}, one rule revised, transition table, beside an OpenFisca-Core re-run"
    yield against(name, milli["trial"], fisca, "ms", 1 / 20)


def trial(frame: pl.DataFrame) -> object:
    """Return the transitions of one revised rule: read, compiled and tried on both sides."""
    clause = clauses()[5]
    revised = replace(clause, requires=parse(REVISED, SYMBOLS.get))
    sides = [compile_outcome(clause, Columns()).alias("before"), compile_outcome(revised, Columns()).alias("after")]
    return transitions(frame.lazy().select(sides).collect())


@contextmanager
def openfisca(frame: pl.DataFrame) -> Iterator[Callable[[], float]]:
    """Yield a function that runs the rules once in OpenFisca's own process and returns its seconds."""
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as folder:
        for column in frame.get_columns():
            np.save(Path(folder) / f"{column.name}.npy", _plain(column))
        command = [sys.executable, "-m", "bench.openfisca_side", folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
            entry, answer = process.stdin, process.stdout
            assert entry is not None
            assert answer is not None
            assert answer.readline().strip() == "ready"

            def once() -> float:
                print("run", file=entry, flush=True)
                return float(answer.readline())

            yield once
            entry.close()


def _plain(column: pl.Series) -> "np.ndarray[tuple[int], np.dtype[np.generic]]":
    """Return a column without unknown values, as OpenFisca takes it."""
    if column.dtype == pl.Boolean:
        return column.fill_null(value=False).to_numpy()
    physical = column.to_physical().cast(pl.Int32).fill_null(0)
    return physical.to_numpy()
