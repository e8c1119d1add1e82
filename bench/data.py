"""Columns of random facts by seed, about a tenth of them not known; cached, so that a second run starts at once."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from bench.rules import FACTS
from tillit.core.rulebook.tree import Symbol

SEED = 20261121
VERSION = "1"
"""Grows when the columns change, so that nobody measures yesterday's."""
CHUNK = 1_000_000
UNKNOWN = 0.1


def folder() -> Path:
    """Return the folder that the data is cached in."""
    home = os.environ.get("XDG_CACHE_HOME")
    found = (Path(home) if home else Path(tempfile.gettempdir())) / "tillit-bench"
    found.mkdir(parents=True, exist_ok=True)
    return found


def cached(name: str, make: Callable[[Path], None]) -> Path:
    """Return the path of a cached file or folder, made when it is not there yet."""
    path = folder() / f"{name}-{VERSION}-{SEED}.parquet"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        make(unfinished)
        unfinished.rename(path)
    return path


def records(rows: int) -> Path:
    """Return a Parquet file of so many records of the sixteen rules' facts."""

    def make(path: Path) -> None:
        parts = [columns(min(CHUNK, rows - start), start) for start in range(0, rows, CHUNK)]
        pl.concat(parts).write_parquet(path, row_group_size=250_000)

    return cached(f"records-{rows}", make)


def columns(rows: int, start: int = 0) -> pl.DataFrame:
    """Return so many records as columns; `start` chooses others of the same kind."""
    source = np.random.default_rng([SEED, start])
    return pl.DataFrame([column(source, symbol, rows) for symbol in FACTS])


def column(source: np.random.Generator, symbol: Symbol, rows: int, unknown: float = UNKNOWN) -> pl.Series:
    """Return random values of a fact."""
    if symbol.type == "bool":
        whole = pl.Series(symbol.name, source.random(rows) < 0.5)
    elif symbol.type == "enum":
        codes = source.integers(0, len(symbol.values), rows).astype("u1")
        words = pl.Series(symbol.values, dtype=pl.Enum(symbol.values))
        whole = words.gather(pl.Series(codes)).alias(symbol.name)
    elif symbol.type == "date":
        whole = pl.Series(symbol.name, source.integers(20_000, 22_000, rows).astype("i4")).cast(pl.Date)
    else:
        whole = pl.Series(symbol.name, source.integers(0, 4 if symbol.type == "int" else 3_000, rows))
    known = pl.Series("known", source.random(rows) >= unknown)
    frame = pl.DataFrame([whole, known])
    return frame.select(pl.when(pl.col("known")).then(pl.col(symbol.name)).alias(symbol.name)).to_series()
