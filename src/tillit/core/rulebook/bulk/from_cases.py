"""Cases as a register: facts and judgements into columns, with what the place tables say of each place."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from tillit.core.rulebook.bulk.register import CHILDREN, PARENT, PHASE, Register, register
from tillit.core.rulebook.facts import Case, Record
from tillit.core.rulebook.load_derived import symbol_of
from tillit.core.rulebook.model import COLLABORATION, Edition, Fact
from tillit.core.rulebook.plan import plan
from tillit.core.rulebook.slots import fill
from tillit.core.rulebook.tree import Type
from tillit.core.rulebook.values import F, T

_DTYPES: dict[Type, pl.DataType] = {
    "bool": pl.Boolean(),
    "int": pl.Int64(),
    "decimal": pl.Int64(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
    "text": pl.String(),
}


def from_cases(cases: Sequence[Case], edition: Edition, *, as_of: date) -> Register:
    """Return cases as a register, in their order."""
    own = pl.DataFrame(
        {
            "starts_on": pl.Series([case.starts_on for case in cases], dtype=pl.Date),
            "ends_on": pl.Series([case.ends_on for case in cases], dtype=pl.Date),
            "phase": pl.Series([case.phase for case in cases], dtype=PHASE),
            **{
                f"{kind}__{key}": pl.Series([getattr(case.listing(kind), key) for case in cases], dtype=dtype)
                for kind in CHILDREN
                for key, dtype in (("complete", pl.Boolean), ("total", pl.Int64))
            },
        }
    )
    facts = _facts([(case, case.collaboration) for case in cases], edition, COLLABORATION)
    children = {kind: _children(cases, edition, kind, as_of) for kind in CHILDREN}
    return register(own.with_columns(facts), children, edition.vocabulary)


def _children(cases: Sequence[Case], edition: Edition, kind: str, as_of: date) -> pl.DataFrame:
    pairs = [(case, record) for case in cases for record in case.listing(kind).records]
    parents = [place for place, case in enumerate(cases) for _ in case.listing(kind).records]
    ids = pl.Series("id", [record.id for _, record in pairs], dtype=pl.String)
    own = pl.DataFrame([pl.Series(PARENT, parents, dtype=pl.UInt32), ids])
    return own.with_columns([*_facts(pairs, edition, kind), *_listed(cases, edition, kind, as_of)])


def _facts(pairs: Sequence[tuple[Case, Record]], edition: Edition, kind: str) -> Iterable[pl.Series]:
    for fact in edition.vocabulary.kinds[kind].facts.values():
        values = [_value(fact, case, record) for case, record in pairs]
        symbol = symbol_of(fact)
        yield pl.Series(fact.name, values, dtype=pl.Enum(symbol.values) if fact.type == "enum" else _DTYPES[fact.type])


def _value(fact: Fact, case: Case, record: Record) -> object:
    judged = case.judged(record.key, fact.name) if fact.kind == "assessed" else None
    return judged.value if judged is not None else record.values.get(fact.name)


def _listed(cases: Sequence[Case], edition: Edition, kind: str, as_of: date) -> Iterable[pl.Series]:
    tables = [each.name for each in edition.vocabulary.kinds[kind].derived.values() if each.how == "table"]
    if not tables:
        return
    ready = plan(edition)
    rows = [slots for case in cases for slots in fill(case, ready, as_of).children[kind]]
    for name in tables:
        place = ready.layouts[kind].places[name]
        yield pl.Series(name, [{T: True, F: False}.get(row[place]) for row in rows], dtype=pl.Boolean)  # type: ignore[call-overload]
