"""The strict loader of an edition: TOML tables in, one immutable `Edition` out, or an error that names the remedy."""

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast

from tillit.core.errors import RulebookError
from tillit.core.money import HUNDRED, hundredths
from tillit.core.rulebook.arithmetic import LanguageError
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.load_provision import read_norm, read_provision, read_question
from tillit.core.rulebook.load_rule import Loading, read_rule, scope_rule
from tillit.core.rulebook.load_vocabulary import HEADER
from tillit.core.rulebook.model import (
    COLLABORATION,
    RECORD_KINDS,
    Derived,
    Document,
    Edition,
    Fact,
    Parameter,
    ParameterValue,
    Provision,
    Rule,
    Vocabulary,
    names_of,
)
from tillit.core.rulebook.places import table as place_table
from tillit.core.rulebook.strict import Table
from tillit.core.rulebook.tree import Type, day_number

STATUSES = ("draft", "proposed", "in_force", "superseded")


def load_edition(files: Mapping[str, dict[str, object]], vocabulary: Vocabulary) -> Edition:
    """Return the edition of the parsed files, by file name; one of them is edition.toml.

    :raises RulebookError: a key, a name, an expression, a source or a case is wrong, or an id stands twice
    """
    tops = {file: Table(raw, file, "") for file, raw in files.items()}
    head = tops.pop("edition.toml")
    document = _document(head.table("document"))
    loading = Loading(document.id, vocabulary)
    norms = tuple(read_norm(table) for top in tops.values() for table in top.tables("norm"))
    for file, top in tops.items():
        for table in top.tables("parameter"):
            _parameter(table, loading)
        for table in top.tables("define"):
            _define(table, file, loading)
    _whole_definitions(loading)
    rules = [read_rule(table, loading, file) for file, top in tops.items() for table in top.tables("rule")]
    provided = [(table, file) for file, top in tops.items() for table in top.tables("provision")]
    provisions = tuple(read_provision(table, file, vocabulary) for table, file in provided)
    questions = tuple(read_question(table) for top in tops.values() for table in top.tables("question"))
    scope = scope_rule(head.table("scope"), loading)
    for top in (head, *tops.values()):
        top.done()
    _ids_once([*rules, *provisions])
    hashed = content_hash(files, _meanings([scope, *rules], vocabulary))
    parameters = dict(loading.parameters)
    return Edition(document, scope, tuple(rules), provisions, parameters, norms, vocabulary, hashed, questions)


def content_hash(files: Mapping[str, dict[str, object]], meanings: Mapping[str, list[object]]) -> str:
    """Return the hash that an edition is known by: of what its files say and what its facts mean, not of the layout."""
    plain = json.dumps([files, meanings], sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def _meanings(rules: "list[Rule]", vocabulary: Vocabulary) -> dict[str, list[object]]:
    """Return what the facts that rules read mean: their type and values, and how a derived one follows from others."""
    found: dict[str, list[object]] = {}
    waiting = [(rule.record, name) for rule in rules for name in names_of(rule)]
    while waiting:
        record, name = waiting.pop()
        fact = vocabulary.fact(record, name)
        if isinstance(fact, Fact):
            found[f"{fact.record}.{name}"] = [fact.type, fact.kind, fact.values, fact.unit, fact.min]
        elif isinstance(fact, Derived):
            asked = (fact.over, fact.where, fact.among, fact.of, fact.estimate_count, fact.estimate_total)
            rows = [repr(row) for row in place_table(fact.table)] if fact.table is not None else []
            found[f"{fact.record}.{name}"] = [fact.how, *asked, fact.start, fact.years, fact.table, rows]
            trees = [tree for tree in (fact.where_tree, fact.among_tree) if tree is not None]
            waiting.extend((str(fact.over), under) for tree in trees for under in tree.facts())
    return found


def _document(table: Table) -> Document:
    found = Document(
        table.text("id"),
        table.text("line"),
        table.text("version"),
        table.day("valid_from"),
        table.day_or_none("valid_to"),
        table.choice("status", STATUSES),
        table.choice("provenance", ("official", "compiled")),
        table.choice("encoded", ("complete", "partial")),
        table.texts("parties"),
        table.words("title"),
        table.text_or("part_of"),
    )
    table.done()
    return found


def _parameter(table: Table, loading: Loading) -> None:
    type_ = cast(Type, table.choice("type", ("int", "decimal", "date")))
    values = []
    for inner in table.tables("value"):
        values.append(ParameterValue(_parameter_value(inner, type_), inner.day("valid_from"), inner.text("source")))
        inner.done()
    found = Parameter(table.text("name"), type_, table.text_or("unit"), table.words("title"), tuple(values))
    table.done()
    if found.name in loading.parameters:
        table.refuse("is described twice.", "Keep one, with dated values.")
    _new_name(table, found.name, loading)
    loading.parameters[found.name] = found


def _parameter_value(table: Table, type_: Type) -> int:
    if type_ == "date":
        return day_number(table.day("value"))
    try:
        if type_ == "int":
            return hundredths(Decimal(table.whole("value"))) // HUNDRED
        return hundredths(Decimal(str(table.take("value"))))
    except (ValueError, ArithmeticError):
        table.refuse("value is too large, or no number with at most two decimals.", 'Write "245.00".')


def _new_name(table: Table, name: str, loading: Loading) -> None:
    """Refuse a name that means something already, to any kind of record."""
    taken = {*loading.parameters, *loading.defines, *(symbol.name for symbol in HEADER)}
    kinds = loading.vocabulary.kinds.values()
    if name in taken or any(name in kind.facts or name in kind.derived for kind in kinds):
        table.refuse(f"{name} means something already.", "Choose another name.")


def _define(table: Table, file: str, loading: Loading) -> None:
    name, expr = table.text("name"), table.text("expr")
    record = table.choice("record", RECORD_KINDS) if table.has("record") else COLLABORATION
    table.words("title")
    table.done()
    _new_name(table, name, loading)
    loading.defines[name] = (file, expr, record)


def _whole_definitions(loading: Loading) -> None:
    for name, (file, expr, record) in loading.defines.items():
        try:
            parse(expr, loading.scope(record, (name,)))
        except LanguageError as error:
            raise RulebookError(file, f"define {name}, expr", f"{error}.", "Correct the expression.") from error


def _ids_once(listing: "list[Rule | Provision]") -> None:
    seen: set[str] = set()
    for each in listing:
        if each.id in seen:
            raise RulebookError(
                each.heading, each.id, "stands twice.", "An id is stable for ever: give the new one its own."
            )
        if not each.id.isascii() or each.id != each.id.lower() or " " in each.id:
            raise RulebookError(each.heading, each.id, "is no slug.", "Use a-z, 0-9, dots and hyphens.")
        seen.add(each.id)


Loader = Callable[[Mapping[str, dict[str, object]], Vocabulary], Edition]
