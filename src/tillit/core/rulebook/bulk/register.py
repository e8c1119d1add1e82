"""A whole register as columns: one frame of collaborations, and one of each record kind, sorted by collaboration.

A collaboration is a row number. Its frame holds `starts_on`, `ends_on` (Date), `phase` (Enum of the phases), its facts,
and of each record kind `<kind>__complete` (Boolean) and `<kind>__total` (whole number), null where not known. A kind's
frame holds `collaboration` (UInt32, the row number, ascending), its facts and, where offers refer to records, `id`.
How a fact stands in a column: `compile_polars.columns`. A column that is not there is a fact that nobody recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from tillit.core.rulebook.compile_polars.columns import BadColumn, check_columns
from tillit.core.rulebook.load_derived import symbol_of
from tillit.core.rulebook.model import COLLABORATION, PHASES, RECORD_KINDS, Vocabulary

CHILDREN = RECORD_KINDS[1:]
PHASE = pl.Enum(PHASES)
PARENT = "collaboration"
MANY = 0xFFFF
"""No collaboration has more records of one kind than this: roll-ups count them in 16 bits."""


@dataclass(frozen=True, slots=True)
class Register:
    """Frames as the module says, held against a vocabulary when it is made by `register`."""

    collaborations: pl.DataFrame
    children: Mapping[str, pl.DataFrame]
    _ends: dict[str, pl.Series] = field(default_factory=dict)
    _last: dict[str, pl.Series] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how many collaborations there are."""
        return self.collaborations.height

    def listed(self, kind: str) -> pl.Series:
        """Return how many records of a kind each collaboration lists."""
        ends = self.ends(kind)
        return ends - ends.shift(1, fill_value=0)

    def ends(self, kind: str) -> pl.Series:
        """Return where each collaboration's records of a kind end in their frame, counted from its beginning."""
        if kind not in self._ends:
            counts = pl.zeros(self.size, dtype=pl.UInt32, eager=True)
            if kind in self.children:
                runs = self.children[kind].get_column(PARENT).rle().struct.unnest()
                counts = counts.scatter(runs["value"], runs["len"])
            self._ends[kind] = counts.cum_sum()
        return self._ends[kind]

    def last(self, kind: str) -> pl.Series:
        """Return the row of each collaboration's last record of a kind, or of the last before it; null before any."""
        if kind not in self._last:
            end = pl.col("end")
            ends = pl.DataFrame({"end": self.ends(kind)})
            self._last[kind] = ends.select(pl.when(end > 0).then(end - 1)).to_series()
        return self._last[kind]

    def unlisted(self, kind: str) -> pl.Series:
        """Return how many records of a kind each collaboration does not list, null where nobody knows."""
        complete, total = f"{kind}__complete", f"{kind}__total"
        own = self.collaborations
        counts = [self.listed(kind).cast(pl.Int64).alias("listed")]
        counts.append(own[total].cast(pl.Int64) if total in own.columns else _nothing(total, pl.Int64(), self.size))
        counts.append(own[complete] if complete in own.columns else _nothing(complete, pl.Boolean(), self.size))
        known = pl.col(total) - pl.col("listed")
        whole = pl.when(pl.col(complete)).then(pl.lit(0, dtype=pl.Int64))
        return pl.DataFrame(counts).select(pl.coalesce(known, whole).alias("unlisted")).to_series()


def _nothing(name: str, dtype: pl.DataType, size: int) -> pl.Series:
    return pl.Series(name, [None], dtype=dtype).new_from_index(0, size)


def register(collaborations: pl.DataFrame, children: Mapping[str, pl.DataFrame], vocabulary: Vocabulary) -> Register:
    """Return frames as a register.

    :raises BadColumn: a column is missing, holds another type (a fraction or NaN can be no fact), or is out of order
    """
    for name, wanted in (("starts_on", pl.Date()), ("ends_on", pl.Date()), ("phase", PHASE)):
        if collaborations.schema.get(name) != wanted or collaborations[name].null_count():
            raise BadColumn(f"column {name} of {COLLABORATION} must hold {wanted} in every row")
    found = Register(collaborations, children)
    for kind, frame in {COLLABORATION: collaborations, **children}.items():
        if kind not in vocabulary.kinds:
            raise BadColumn(f"there is no record kind {kind}")
        own = vocabulary.kinds[kind]
        check_columns(frame, [*map(symbol_of, own.facts.values()), *map(symbol_of, own.derived.values())])
        if kind != COLLABORATION:
            _check_order(frame, kind, found)
    return found


def _check_order(frame: pl.DataFrame, kind: str, found: Register) -> None:
    if frame.schema.get(PARENT) != pl.UInt32 or frame[PARENT].null_count():
        raise BadColumn(f"column {PARENT} of {kind} must hold UInt32, the row number of its collaboration")
    if not frame[PARENT].is_sorted():
        raise BadColumn(f"column {PARENT} of {kind} must be ascending; sort the records by their collaboration")
    if frame.height and int(frame[PARENT][-1]) >= found.size:
        raise BadColumn(f"column {PARENT} of {kind} names a row that no collaboration has")
    if frame.height and frame[PARENT].rle().struct.field("len").max() > MANY:  # type: ignore[operator]
        raise BadColumn(f"one collaboration has more than {MANY} records of kind {kind}")
    total = f"{kind}__total"
    if total in found.collaborations.columns and bool((found.unlisted(kind) < 0).any()):
        raise BadColumn(f"column {total} is smaller than the number of records of kind {kind}")
