"""A whole register under all the rules of the agreement: an outcome for every collaboration, and one rule revised."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench import data
from bench.measure import Row, below, best, seconds
from tillit.core.rulebook.bulk import Register, evaluate, register
from tillit.core.rulebook.editions import edition
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.load_derived import symbol_of
from tillit.core.rulebook.model import COLLABORATION, PHASES, Edition
from tillit.core.rulebook.simulate import simulate

EDITION = "samverkansregler/3.0"
AS_OF = date(2026, 11, 21)
SHARES = {"participant": 5, "leg": 1, "cost_line": 2}
"""Records of each kind for one collaboration, on an average."""
REVISED = "participant"


def frames(collaborations: int, rulebook: Edition) -> Register:
    """Return a register by seed, from the cache when it is there."""

    def make(folder: Path) -> None:
        folder.mkdir()
        source = np.random.default_rng([data.SEED, collaborations])
        _collaborations(source, collaborations, rulebook).write_parquet(folder / f"{COLLABORATION}.parquet")
        for kind, share in SHARES.items():
            size = collaborations * share
            parents = pl.Series(COLLABORATION, np.sort(source.integers(0, collaborations, size)).astype("u4"))
            pl.DataFrame([parents, *_facts(source, rulebook, kind, size)]).write_parquet(folder / f"{kind}.parquet")

    folder = data.cached(f"register-{collaborations}-{rulebook.hash[-12:]}", make)
    read = {kind: pl.read_parquet(folder / f"{kind}.parquet") for kind in (COLLABORATION, *SHARES)}
    return register(read.pop(COLLABORATION), read, rulebook.vocabulary)


def _collaborations(source: np.random.Generator, size: int, rulebook: Edition) -> pl.DataFrame:
    begins = pl.Series("starts_on", source.integers(20_485, 20_800, size).astype("i4")).cast(pl.Date)
    phases = pl.Series(PHASES, dtype=pl.Enum(PHASES)).gather(pl.Series(source.integers(0, 3, size)))
    whole = [
        pl.Series(f"{kind}__complete", source.random(size) < 0.9)
        for kind in rulebook.vocabulary.kinds
        if kind != COLLABORATION
    ]
    header = [begins, begins.alias("ends_on"), phases.alias("phase")]
    return pl.DataFrame([*header, *whole, *_facts(source, rulebook, COLLABORATION, size)])


def _facts(source: np.random.Generator, rulebook: Edition, kind: str, size: int) -> Iterator[pl.Series]:
    for fact in rulebook.vocabulary.kinds[kind].facts.values():
        symbol = symbol_of(fact)
        if symbol.type == "text":
            words = ("SE", "SE", "SE", "DK", "US") if fact.format == "country" else ("SEK",)
            yield pl.Series(words).gather(pl.Series(source.integers(0, len(words), size))).alias(fact.name)
        else:
            yield data.column(source, symbol, size)


def rows(collaborations: int, rounds: int) -> Iterator[Row]:
    """Return the rows of a register; the bounds are three seconds and one second for a million collaborations."""
    rulebook = edition(EDITION)
    held, share = frames(collaborations, rulebook), collaborations / 1_000_000
    proposal = _revised(rulebook)
    found = best(
        {
            "all": lambda: seconds(lambda: evaluate(_fresh(held), rulebook, as_of=AS_OF).outcomes),
            "one": lambda: seconds(lambda: simulate(rulebook, proposal, _fresh(held), as_of=AS_OF)),
        },
        rounds,
    )
    parts = f"{5 * share:g} M participants, {share:g} M journeys, {2 * share:g} M cost lines"
    size = f"register of {share:g} M collaborations, {parts}"
    yield below(f"{size}, {len(rulebook.rules)} rules → outcome of each", found["all"], "s", 3.0 * share)
    yield below(f"{size}, one rule revised", found["one"], "s", 1.0 * share)


def _fresh(held: Register) -> Register:
    """Return the register without the offsets that an earlier round worked out."""
    return Register(held.collaborations, held.children)


def _revised(rulebook: Edition) -> Edition:
    """Return the edition with one rule about participants asking for something else as well."""
    rule = next(each for each in rulebook.rules if each.record == REVISED and not each.benefit)
    kind = rulebook.vocabulary.kinds[REVISED]
    symbols = {fact.name: symbol_of(fact) for fact in kind.facts.values()}
    other = replace(
        rule, requires_tree=parse(f"({rule.requires}) or (mode == 'remote' and not companion)", symbols.get)
    )
    rules = tuple(other if each is rule else each for each in rulebook.rules)
    return replace(rulebook, rules=rules, hash=f"{rulebook.hash}-revised")
