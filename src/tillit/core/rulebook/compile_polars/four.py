"""The four values over columns: a Kleene boolean that is null where U or J, and what tells the two apart.

Which of the two a null is follows from the facts alone where an expression reads observed facts only, or assessed facts
only; then plain Kleene booleans are all there is. Where it reads both, a second boolean says "U".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Literal, cast

import polars as pl

Truth = pl.Expr | bool | None
"""A Kleene boolean: a column's, or the same for every record (None is null)."""
Unknown = Literal["", "U", "J", "UJ"]


@dataclass(frozen=True, slots=True)
class Four:
    """A four-valued expression: `holds` is null where it is U or J, `unknown` says which of them it can be.

    `asks` is set only where it can be both: among the nulls it is true for U and false for J; elsewhere it may be
    anything, which saves asking twice.
    """

    holds: Truth
    unknown: Unknown
    asks: pl.Expr | None = None

    def is_undecided(self) -> Truth:
        """Return whether the value is U."""
        if "U" not in self.unknown or isinstance(self.holds, bool):
            return False
        if self.holds is None:
            return True if self.unknown == "U" else self.asks
        return self.holds.is_null() & self.asks if self.asks is not None else self.holds.is_null()


def truth(value: Truth) -> pl.Expr:
    """Return a Kleene boolean as an expression."""
    return value if isinstance(value, pl.Expr) else pl.lit(value, dtype=pl.Boolean)


def negation(value: Four) -> Four:
    """Return `not` of a value: T and F change places, U and J stay."""
    holds = value.holds
    turned = ~holds if isinstance(holds, pl.Expr) else holds if holds is None else not holds
    return Four(turned, value.unknown, value.asks)


def conjunction(parts: Sequence[Four]) -> Four:
    """Return the `and` of some values: the first of F, U, J, T that occurs."""
    return _joined(parts, decides=False)


def disjunction(parts: Sequence[Four]) -> Four:
    """Return the `or` of some values: the first of T, U, J, F that occurs."""
    return _joined(parts, decides=True)


def _joined(parts: Sequence[Four], *, decides: bool) -> Four:
    holds = _kleene([part.holds for part in parts], decides=decides)
    lacking = [part for part in parts if part.unknown and not isinstance(part.holds, bool)]
    if isinstance(holds, bool) or not lacking:
        return Four(holds, "")
    unknown = cast(Unknown, "".join(kind for kind in "UJ" if any(kind in part.unknown for part in lacking)))
    if unknown != "UJ":
        return Four(holds, unknown)
    return Four(holds, unknown, reduce(or_, _asking(lacking, decides=decides)))


def _asking(lacking: Sequence[Four], *, decides: bool) -> list[pl.Expr]:
    """Return what says U where the whole is null: a part that is U.

    Where one part alone can be J, it needs no test of its own null: if it is known, another part is null, and U.
    """
    judged = [part for part in lacking if "J" in part.unknown]
    mixed = [part for part in judged if part.unknown == "UJ"]
    asking = [truth(part.asks if len(judged) == 1 else part.is_undecided()) for part in mixed]
    observed = [part.holds for part in lacking if part.unknown == "U"]
    if observed:
        asking.append(truth(Four(_kleene(observed, decides=decides), "U").is_undecided()))
    return asking


def _kleene(items: Sequence[Truth], *, decides: bool) -> Truth:
    """Return the Kleene `and` (decides=False) or `or` (decides=True) of some booleans."""
    if any(item is decides for item in items):
        return decides
    open_ = [item for item in items if isinstance(item, pl.Expr)]
    if any(item is None for item in items):
        if not open_:
            return None
        open_.append(truth(None))
    return reduce(or_ if decides else and_, open_) if open_ else not decides
