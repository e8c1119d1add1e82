"""The vocabulary: record kinds with their facts, read from `data/uppgifter/*.toml`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from tillit.core.errors import RulebookError
from tillit.core.money import decimal_of, hundredths
from tillit.core.rulebook.language import TYPES, LanguageError, Node, Scope, Symbol, Type, parse
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Derived, Fact, Kind, Text, Vocabulary
from tillit.core.rulebook.strict import Table

FORMATS = ("country", "currency", "record")
GROUPS = ("what", "who", "where", "paid", "papers")
HOW: Mapping[str, Type] = {
    "any": "bool",
    "all": "bool",
    "majority": "bool",
    "table": "bool",
    "count": "int",
    "sum": "decimal",
    "years_after": "date",
    "findings": "enum",
}
FINDINGS = ("meets", "breach", "not_applicable")
HEADER = (Symbol("starts_on", "date"), Symbol("ends_on", "date"), Symbol("as_of", "date"))
"""What every expression may read of the case's header, beside facts."""


def load_vocabulary(files: Mapping[str, dict[str, object]]) -> Vocabulary:
    """Return the vocabulary of the parsed files, by file name.

    :raises RulebookError: a kind is missing or twice, a name collides, a key is unknown or an expression is wrong
    """
    kinds: dict[str, Kind] = {}
    for file, raw in files.items():
        kind = _kind(Table(raw, file, ""))
        if kind.name in kinds:
            raise RulebookError(file, kind.name, "is described twice.", "Keep one file per record kind.")
        kinds[kind.name] = kind
    missing = [name for name in RECORD_KINDS if name not in kinds]
    if missing:
        raise RulebookError("uppgifter", missing[0], "has no file.", f"Add uppgifter/{missing[0]}.toml.")
    _no_shadows(kinds)
    checked = {name: _with_trees(kinds[name], kinds) for name in RECORD_KINDS}
    return Vocabulary(checked)


def _kind(top: Table) -> Kind:
    head = top.table("kind")
    name = head.choice("name", RECORD_KINDS)
    facts = {fact.name: fact for fact in (_fact(table, name) for table in top.tables("fact"))}
    derived = {each.name: each for each in (_derived(table, name) for table in top.tables("derived"))}
    kind = Kind(
        name,
        head.words("title"),
        head.words("plural"),
        head.text("sheet"),
        head.words("whole_question")
        if name != COLLABORATION
        else (head.words_or_none("whole_question") or Text("", "")),
        facts,
        derived,
    )
    head.done()
    top.done()
    names = [*top_names(top, "fact"), *top_names(top, "derived"), *(symbol.name for symbol in HEADER)]
    for each in names:
        if names.count(each) > 1:
            top.refuse(f"{each} is described twice.", "Rename or remove one.")
    return kind


def top_names(top: Table, key: str) -> list[str]:
    """Return the names of an array's tables, in order."""
    return [str(cast(dict[str, object], raw).get("name")) for raw in cast(list[object], top.raw.get(key, []))]


def _fact(table: Table, record: str) -> Fact:
    kind = table.choice("kind", ("observed", "assessed"))
    type_ = cast(Type, table.choice("type", TYPES))
    values, labels = table.texts("values"), _labels(table)
    if (type_ == "enum") != bool(values) or set(labels) != set(values):
        table.refuse(
            "values and labels do not go together.", "A choice (enum) has values, each with a label; no other."
        )
    if kind == "assessed" and type_ != "bool":
        table.refuse(f"is a judgement of type {type_}.", "A judgement is a yes or no: use bool.")
    least = table.text_or("min")
    fact = Fact(
        _name(table),
        record,
        type_,
        "assessed" if kind == "assessed" else "observed",
        values,
        labels,
        table.text_or("unit"),
        None if least is None else _least(table, least, type_),
        table.choice("format", FORMATS) if table.has("format") else None,
        table.choice("refers_to", RECORD_KINDS) if table.has("refers_to") else None,
        table.words("question"),
        table.words("help"),
        table.choice("group", GROUPS) if table.has("group") else "what",
    )
    table.done()
    if (fact.format or fact.refers_to) and type_ != "text":
        table.refuse("has a format or a reference but is no text.", "Use type text.")
    return fact


def _name(table: Table) -> str:
    name = table.text("name")
    if not name.isidentifier() or not name.isascii() or name != name.lower() or name == "id":
        table.refuse(f"{name} cannot be used as a name.", "Use a-z, 0-9 and _, and not id.")
    return name


def _labels(table: Table) -> dict[str, Text]:
    if not table.has("labels"):
        return {}
    inner = table.table("labels")
    sv, en = dict(inner.table("sv").items()), dict(inner.table("en").items())
    inner.done()
    if set(sv) != set(en):
        table.refuse("labels differ between sv and en.", "Give every value both.")
    return {value: Text(str(sv[value]), str(en[value])) for value in sv}


def _least(table: Table, text: str, type_: Type) -> int:
    try:
        return hundredths(decimal_of(text)) if type_ == "decimal" else int(text)
    except ValueError:
        table.refuse(f"min is {text!r}.", "Write a number as text.")


def _derived(table: Table, record: str) -> Derived:
    how = table.choice("how", tuple(HOW))
    type_ = cast(Type, table.choice("type", TYPES))
    if HOW[how] != type_:
        table.refuse(f"is {type_}, but {how} gives {HOW[how]}.", "Correct type.")
    estimate = table.table("estimate") if table.has("estimate") else None
    values = table.texts("values")
    if how == "findings" and values not in ((), FINDINGS):
        table.refuse("has other values than findings have.", f"Use {', '.join(FINDINGS)}.")
    found = Derived(
        _name(table),
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
        table.text_or("years"),
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


def _no_shadows(kinds: Mapping[str, Kind]) -> None:
    common = kinds[COLLABORATION]
    shared = {*common.facts, *(name for name, each in common.derived.items() if each.how != "findings")}
    for kind in kinds.values():
        both = shared & {*kind.facts, *kind.derived} if kind.name != COLLABORATION else set()
        if both:
            raise RulebookError(
                f"uppgifter/{kind.name}.toml", sorted(both)[0], "is a collaboration's fact too.", "Rename one of them."
            )


def _with_trees(kind: Kind, kinds: Mapping[str, Kind]) -> Kind:
    checked = {name: _checked(derived, kind, kinds) for name, derived in kind.derived.items()}
    return Kind(kind.name, kind.title, kind.plural, kind.sheet, kind.whole_question, kind.facts, checked)


def _checked(derived: Derived, kind: Kind, kinds: Mapping[str, Kind]) -> Derived:
    file = f"uppgifter/{kind.name}.toml"

    def refuse(problem: str, remedy: str) -> RulebookError:
        return RulebookError(file, f"derived {derived.name}", problem, remedy)

    counts = derived.how in ("any", "all", "count", "sum", "majority")
    if counts and (kind.name != COLLABORATION or derived.over is None):
        raise refuse(f"counts records by {derived.how}.", "Put it on the collaboration and say over which kind.")
    if not counts:
        return derived
    child = kinds[str(derived.over)]
    if derived.how in ("any", "all", "majority") and derived.where is None:
        raise refuse("has no where.", "Say which records count.")
    if derived.how == "sum" and (derived.of not in child.facts or child.facts[str(derived.of)].min != 0):
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
