"""`./tillit bench [--quick] [--format text|json] [--only NAME]`: every row of speed, measured beside its anchor."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence

from bench.measure import Row

Group = Callable[[bool], Iterator[Row]]


def one(quick: bool) -> Iterator[Row]:
    from bench import one

    return one.rows(20 if quick else 60)


def many(quick: bool) -> Iterator[Row]:
    from bench import many

    return many.rows(1_000_000, 40 if quick else 60)


def large(quick: bool) -> Iterator[Row]:
    from bench import large

    return large.rows(1_000_000 if quick else 10_000_000, 5)


def register(quick: bool) -> Iterator[Row]:
    from bench import register

    return register.rows(100_000 if quick else 1_000_000, 15 if quick else 6)


def pages(quick: bool) -> Iterator[Row]:
    from bench import pages

    return pages.rows(10_000 if quick else 100_000, 800 if quick else 2_000)


def partnerships(quick: bool) -> Iterator[Row]:
    """Nothing in the quick run: a hundred pages take their minutes."""
    from bench import partnership_pages

    return iter(()) if quick else partnership_pages.rows(400)


GROUPS: dict[str, Group] = {
    "one": one,
    "many": many,
    "large": large,
    "register": register,
    "pages": pages,
    "partnerships": partnerships,
}


def main(arguments: Sequence[str]) -> int:
    """Print the rows; 0 when every target holds, else 1."""
    parser = argparse.ArgumentParser(
        prog="./tillit bench", description="Speed beside other engines, as ratios of one run."
    )
    parser.add_argument("--quick", action="store_true", help="at most 1 M rows, less than a minute")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--only", choices=tuple(GROUPS), action="append", help="one group of rows (may be repeated)")
    asked = parser.parse_args(arguments)
    found: list[Row] = []
    for name in asked.only or GROUPS:
        print(f"measuring: {name} …", file=sys.stderr)
        for row in GROUPS[name](asked.quick):
            found.append(row)
            if asked.format == "text":
                print(line(row), flush=True)
    if asked.format == "json":
        print(json.dumps([row.as_json() for row in found], ensure_ascii=False, indent=1))
    return 0 if all(row.holds for row in found) else 1


def line(row: Row) -> str:
    """Return a row as one line of text."""
    beside = "" if row.anchor is None else f" beside {row.anchor:g} {row.unit}: {row.ratio:.3g} ×"
    bound = f"{row.target:.3g} ×" if row.anchor is not None else f"{row.target:g} {row.unit}"
    return (
        f"{'holds' if row.holds else 'FALLS SHORT':11}  {row.name}: {row.ours:g} {row.unit}{beside} (at most {bound})"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
