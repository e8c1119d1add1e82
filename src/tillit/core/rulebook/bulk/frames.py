"""What a rule reads, as columns: a collaboration's facts and derived facts, a record's own beside those it shares."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from tillit.core.rulebook.bulk.dated import in_force, years_later
from tillit.core.rulebook.bulk.derived import estimated, over_records
from tillit.core.rulebook.bulk.register import PARENT, Register
from tillit.core.rulebook.compile_polars import compile_four
from tillit.core.rulebook.compile_polars.columns import HIGH, LOW, UNDECIDED, Columns
from tillit.core.rulebook.compile_polars.four import truth
from tillit.core.rulebook.model import COLLABORATION, Edition
from tillit.core.rulebook.plan import plan
from tillit.core.rulebook.tree import Symbol, day_number

SCOPE = Symbol("the edition's scope", "bool")
"""Whether the edition applies: a fact of the collaboration as far as its rules go, by a name that no fact can have."""


@dataclass(frozen=True, slots=True)
class Table:
    """Records as columns, and how their facts stand in them."""

    frame: pl.DataFrame
    columns: Columns

    def of(self, symbol: Symbol) -> list[str]:
        """Return the columns in which a fact stands here."""
        if symbol.name in self.columns.absent or symbol.name in self.columns.fixed:
            return []
        if symbol.bounded:
            return [symbol.name + LOW, symbol.name + HIGH]
        return [symbol.name, *([symbol.name + UNDECIDED] if symbol.name in self.columns.mixed else [])]

    def with_(self, name: str, added: list[pl.Series], *, mixed: bool) -> "Table":
        """Return the table with one more fact."""
        columns = self.columns
        known = replace(columns, absent=columns.absent - {name}, mixed=columns.mixed | ({name} if mixed else set()))
        return Table(self.frame.with_columns(added), known)


def collaborations(register: Register, edition: Edition, as_of: date, names: Iterable[str]) -> Table:
    """Return the collaborations with the derived facts that are named, and with the edition's scope."""
    kind = edition.vocabulary.kinds[COLLABORATION]
    scope = edition.scope.requires_tree
    needed = {*names, *scope.facts()}
    fixed, frame = {"as_of": day_number(as_of)}, register.collaborations
    for parameter in edition.parameters.values():
        one, changing = in_force(parameter, frame["ends_on"], edition.document.valid_from)
        frame = frame if changing is None else frame.with_columns(changing)
        fixed.update({} if one is None else {parameter.name: one})
    counted = [each for each in kind.derived.values() if each.over is not None and each.name in needed]
    for over in dict.fromkeys(str(each.over) for each in counted):
        found = over_records([each for each in counted if each.over == over], register, over)
        frame = frame.with_columns(column for columns in found for column in columns.get_columns())
    guesses = [guess for each in counted if (guess := estimated(each, frame.columns)) is not None]
    frame = frame.with_columns(guesses)
    mixed = {each.name for each in counted if each.how in ("any", "all")}
    held = {*frame.columns, *fixed}
    absent = {each.name for each in plan(edition).shared if not {each.name, each.name + LOW} & held}
    columns = Columns(frozenset(absent), frozenset(mixed), fixed)
    in_scope = compile_four(scope, columns)
    undecided = truth(in_scope.is_undecided()).fill_null(False)
    frame = frame.with_columns(truth(in_scope.holds).alias(SCOPE.name), undecided.alias(SCOPE.name + UNDECIDED))
    return Table(frame, Columns(columns.absent, columns.mixed | {SCOPE.name}, fixed))


def records(register: Register, edition: Edition, kind: str, shared: Table, names: Iterable[str]) -> Table:
    """Return the records of a kind with the facts named: their own, those that follow, and the collaboration's."""
    own = edition.vocabulary.kinds[kind]
    base = register.children[kind]
    following = _following(edition, kind, base.columns)
    needed = {*names, *(str(own.derived[name].start) for name in following)}
    here = {*own.facts, *own.derived}
    lent = [name for each in _shared(edition) if each.name in needed - here for name in shared.of(each)]
    place = pl.col(PARENT)
    frame = base.lazy().with_columns(pl.lit(shared.frame.get_column(name)).gather(place).alias(name) for name in lent)
    columns = _columns(edition, kind, shared, frozenset(base.columns))
    return _followed(edition, kind, Table(frame.collect(), columns), following)


def unlisted(edition: Edition, kind: str, shared: Table) -> Table:
    """Return one record of a kind for each collaboration, of which only what the collaboration tells is known."""
    columns = _columns(edition, kind, shared, frozenset())
    return _followed(edition, kind, Table(shared.frame, columns), _following(edition, kind, shared.frame.columns))


def _shared(edition: Edition) -> tuple[Symbol, ...]:
    return (*plan(edition).shared, SCOPE, Symbol("phase", "text"))


def _columns(edition: Edition, kind: str, shared: Table, held: frozenset[str]) -> Columns:
    own = edition.vocabulary.kinds[kind]
    here = {*own.facts, *own.derived}
    lent = shared.columns
    return Columns((lent.absent - here) | (here - held), lent.mixed - here, lent.fixed)


def _following(edition: Edition, kind: str, held: Iterable[str]) -> list[str]:
    """Return the derived days of a kind whose start has a column and whose parameter a value."""
    own = edition.vocabulary.kinds[kind]
    common = {each.name for each in plan(edition).shared}
    known = {*held, *(common - {*own.facts, *own.derived})}
    return [each.name for each in own.derived.values() if each.how == "years_after" and str(each.start) in known]


def _followed(edition: Edition, kind: str, table: Table, following: list[str]) -> Table:
    for name in following:
        derived = edition.vocabulary.kinds[kind].derived[name]
        years, columns = str(derived.years), table.columns
        if {str(derived.start), years} & columns.absent or str(derived.start) in columns.fixed:
            continue
        count = pl.lit(columns.fixed[years]) if years in columns.fixed else pl.col(years)
        later = table.frame.select(years_later(pl.col(str(derived.start)), count).alias(name)).to_series()
        table = table.with_(name, [later], mixed=False)
    return table
