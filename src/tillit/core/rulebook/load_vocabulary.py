"""The vocabulary: record kinds with their facts, read from `data/uppgifter/*.toml`."""

from collections.abc import Mapping
from typing import cast

from tillit.core.errors import RulebookError
from tillit.core.money import decimal_of, hundredths
from tillit.core.rulebook.load_derived import checked_derived, name_of, read_derived
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS, Fact, Kind, Text, Vocabulary
from tillit.core.rulebook.strict import Table
from tillit.core.rulebook.tree import TYPES, Symbol, Type

FORMATS = ("country", "currency", "record")
GROUPS = ("what", "who", "where", "paid", "papers")
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
    derived = {each.name: each for each in (read_derived(table, name) for table in top.tables("derived"))}
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
        name_of(table),
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


def _no_shadows(kinds: Mapping[str, Kind]) -> None:
    common = kinds[COLLABORATION]
    shared = {*common.facts, *(name for name, each in common.derived.items() if each.how != "findings")}
    for kind in kinds.values():
        both = shared & {*kind.facts, *kind.derived} if kind.name != COLLABORATION else set()
        if both:
            raise RulebookError(
                f"uppgifter/{kind.name}.toml", min(both), "is a collaboration's fact too.", "Rename one of them."
            )


def _with_trees(kind: Kind, kinds: Mapping[str, Kind]) -> Kind:
    checked = {name: checked_derived(derived, kind, kinds) for name, derived in kind.derived.items()}
    return Kind(kind.name, kind.title, kind.plural, kind.sheet, kind.whole_question, kind.facts, checked)
