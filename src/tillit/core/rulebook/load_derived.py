"""Derived facts as the vocabulary declares them: read from their table, checked against the records they count."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from tillit.core.errors import RulebookError
from tillit.core.rulebook.arithmetic import LanguageError
from tillit.core.rulebook.language import Scope, parse
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Derived, Fact, Kind
from tillit.core.rulebook.strict import Table
from tillit.core.rulebook.tree import TYPES, Node, Symbol, Type

HOW: Mapping[str, Type] = {
    "any": "bool",
    "all": "bool",
    "majority": "bool",
    "table": "bool",
    "count": "int",
    "sum": "decimal",
    "years_after": "date",
    "months_after": "date",
    "findings": "enum",
}
FINDINGS = ("meets", "breach", "not_applicable")


def name_of(table: Table) -> str:
    name = table.text("name")
    if not name.isidentifier() or not name.isascii() or name != name.lower() or name == "id":
        table.refuse(f"{name} cannot be used as a name.", "Use a-z, 0-9 and _, and not id.")
    return name


def read_derived(table: Table, record: str) -> Derived:
    how = table.choice("how", tuple(HOW))
    type_ = cast(Type, table.choice("type", TYPES))
    if HOW[how] != type_:
        table.refuse(f"is {type_}, but {how} gives {HOW[how]}.", "Correct type.")
    estimate = table.table("estimate") if table.has("estimate") else None
    values = table.texts("values")
    if how == "findings" and values not in ((), FINDINGS):
        table.refuse("has other values than findings have.", f"Use {', '.join(FINDINGS)}.")
    found = Derived(
        name_of(table),
        record,
        type_,
        cast("any", how),  # type: ignore[valid-type]
        table.choice("over", RECORD_KINDS[1:]) if table.has("over") else None,
        table.text_or("where"),
        table.text_or("among"),
        table.text_or("of"),
        estimate.text("count") if estimate else None,
        estimate.text("total") if estimate else None,
        table.text_or("from"),
        table.text_or("months" if how == "months_after" else "years"),
        table.text_or("table"),
        FINDINGS if how == "findings" else (),
        table.words("question"),
    )
    for extra in ("help", "unit", "labels"):
        if table.has(extra):
            table.take(extra)
    table.done()
    if estimate:
        estimate.done()
    return found


def checked_derived(derived: Derived, kind: Kind, kinds: Mapping[str, Kind]) -> Derived:
    file = f"uppgifter/{kind.name}.toml"

    def refuse(problem: str, remedy: str) -> RulebookError:
        return RulebookError(file, f"derived {derived.name}", problem, remedy)

    counts = derived.how in ("any", "all", "count", "sum", "majority")
    if counts and (kind.name != COLLABORATION or derived.over is None):
        raise refuse(f"counts records by {derived.how}.", "Put it on the collaboration and say over which kind.")
    if not counts:
        if derived.how in ("years_after", "table") and kind.name == COLLABORATION:
            raise refuse(f"follows from one record by {derived.how}.", "Put it on that kind of record.")
        return derived
    child = kinds[str(derived.over)]
    if derived.how in ("any", "all", "majority") and derived.where is None:
        raise refuse("has no where.", "Say which records count.")
    summed = child.facts.get(str(derived.of))
    if derived.how == "sum" and (summed is None or summed.type != "decimal" or summed.min != 0):
        raise refuse(f"sums {derived.of}.", "Sum a decimal fact of the child that has min 0.")
    scope = own_scope(child)
    trees: list[Node | None] = []
    for text in (derived.where, derived.among):
        try:
            trees.append(parse(text, scope) if text is not None else None)
        except LanguageError as error:
            raise refuse(f"{text!r}: {error}.", "Use the facts of the child only.") from error
    return replace(derived, where_tree=trees[0], among_tree=trees[1])


def own_scope(kind: Kind) -> Scope:
    """Return what names mean to a record seen alone: its own facts, without derived ones or the collaboration's."""
    table = {name: symbol_of(fact) for name, fact in kind.facts.items()}
    return table.get


def symbol_of(fact: Fact | Derived) -> Symbol:
    """Return how the language sees a fact: numbers that are derived are known by bounds."""
    if isinstance(fact, Derived):
        return Symbol(fact.name, fact.type, fact.values, "U", fact.how in ("count", "sum"))
    return Symbol(fact.name, fact.type, fact.values, "J" if fact.kind == "assessed" else "U")
