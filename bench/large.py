"""Ten million records from Parquet to counts, in a process of its own: `python -m bench.large FILE ROUNDS`.

Prints the shortest seconds of a round and the most memory that the process ever held, in MB.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from bench import data
from bench.measure import Row, below, best, seconds

ROOT = Path(__file__).resolve().parent.parent


def counts(path: Path) -> pl.DataFrame:
    """Return how many records came out as each outcome, by rule, without holding the records."""
    from bench.many import generated

    outcomes = pl.scan_parquet(path).select(generated())
    names = outcomes.collect_schema().names()
    tallies = [(pl.col(name) == code).sum().alias(f"{name} {code}") for name in names for code in range(5)]
    return outcomes.select(tallies).collect(engine="streaming")


def rows(count: int, rounds: int) -> Iterator[Row]:
    """Return the rows of many records from a file; the bound on time is two seconds for ten million."""
    path = data.records(count)
    command = [sys.executable, "-m", "bench.large", str(path), str(rounds)]
    answer = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    size = f"{count / 1e6:g} M records, Parquet → counts"
    yield below(size, answer["seconds"], "s", 2.0 * count / 10_000_000)
    yield below(f"{size}, memory", answer["megabytes"], "MB", 1000.0)


def main(path: Path, rounds: int) -> None:
    found = best({"ours": lambda: seconds(lambda: counts(path))}, rounds)["ours"]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": found, "megabytes": most / 1e6}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
