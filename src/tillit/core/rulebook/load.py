"""The strict loader of an edition: TOML tables in, one immutable `Edition` out, or an error that names the remedy."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from tillit.core.errors import RulebookError
from tillit.core.money import hundredths
from tillit.core.rulebook.language import TRUE, LanguageError, Node, Scope, Symbol, Type, day_number, parse
from tillit.core.rulebook.load_vocabulary import HEADER, symbol_of
from tillit.core.rulebook.model import (
    BEARERS,
    CERTAINTIES,
    COLLABORATION,
    MODALITIES,
    PHASES,
    PROVISIONS,
    RECORD_KINDS,
    Bearer,
    Derived,
    Document,
    Edition,
    Fact,
    Norm,
    Parameter,
    ParameterValue,
    Phase,
    Provision,
    Reading,
    Rule,
    RuleCase,
    Source,
    Text,
    Vocabulary,
    names_of,
)
from tillit.core.rulebook.strict import Table
from tillit.core.rulebook.values import OUTCOMES

STATUSES = ("draft", "proposed", "in_force", "superseded")
SCOPE_ID = "omfattning.galler"


@dataclass(slots=True)
class _Loading:
    """What is being read: the edition's names grow as files are read, rules last."""

    id: str
    vocabulary: Vocabulary
    parameters: dict[str, Parameter] = field(default_factory=dict)
    defines: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def scope(self, record: str, under: tuple[str, ...] = ()) -> Scope:
        """Return what names mean in a rule about `record`; `under` are the definitions being unfolded."""

        def named(name: str) -> Symbol | Node | None:
            if name in self.defines:
                return self._unfolded(name, record, under)
            fact = self.vocabulary.fact(record, name)
            if fact is not None:
                return symbol_of(fact)
            parameter = self.parameters.get(name)
            if parameter is not None:
                return Symbol(name, parameter.type, (), "J")
            return next((symbol for symbol in HEADER if symbol.name == name), None)

        return named

    def _unfolded(self, name: str, record: str, under: tuple[str, ...]) -> Node:
        file, text, home = self.defines[name]
        if name in under:
            raise LanguageError(f"the definition {name} comes back to itself through {' and '.join(under)}")
        if home not in (COLLABORATION, record):
            raise LanguageError(f"the definition {name} speaks of {home}, not of {record}")
        return parse(text, self.scope(home, (*under, name)))


def load_edition(files: Mapping[str, dict[str, object]], vocabulary: Vocabulary) -> Edition:
    """Return the edition of the parsed files, by file name; one of them is edition.toml.

    :raises RulebookError: a key, a name, an expression, a source or a case is wrong, or an id stands twice
    """
    tops = {file: Table(raw, file, "") for file, raw in files.items()}
    head = tops.pop("edition.toml")
    document = _document(head.table("document"))
    loading = _Loading(document.id, vocabulary)
    norms = tuple(_norm(table) for top in tops.values() for table in top.tables("norm"))
    for file, top in tops.items():
        for table in top.tables("parameter"):
            _once(table, loading.parameters, _parameter(table))
        for table in top.tables("define"):
            _define(table, file, loading)
    _whole_definitions(loading)
    rules = [_rule(table, loading, file) for file, top in tops.items() for table in top.tables("rule")]
    provisions = tuple(_provision(table, file) for file, top in tops.items() for table in top.tables("provision"))
    scope = _scope_rule(head.table("scope"), loading)
    for top in (head, *tops.values()):
        top.done()
    _ids_once([*rules, *provisions])
    hashed = content_hash(files, _meanings([scope, *rules], vocabulary))
    return Edition(document, scope, tuple(rules), provisions, dict(loading.parameters), norms, vocabulary, hashed)


def content_hash(files: Mapping[str, dict[str, object]], meanings: Mapping[str, list[object]]) -> str:
    """Return the hash that an edition is known by: of what its files say and what its facts mean, not of the layout."""
    plain = json.dumps([files, meanings], sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(plain.encode()).hexdigest()


def _meanings(rules: "list[Rule]", vocabulary: Vocabulary) -> dict[str, list[object]]:
    """Return what the facts that rules read mean: their type and values, and how a derived one follows from others."""
    found: dict[str, list[object]] = {}
    for rule in rules:
        for name in names_of(rule):
            fact = vocabulary.fact(rule.record, name)
            if isinstance(fact, Fact):
                found[f"{fact.record}.{name}"] = [fact.type, fact.kind, fact.values, fact.unit, fact.min]
            elif isinstance(fact, Derived):
                asked = (fact.over, fact.where, fact.among, fact.of, fact.estimate_count, fact.estimate_total)
                found[f"{fact.record}.{name}"] = [fact.how, *asked, fact.start, fact.years, fact.table]
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
    )
    table.done()
    return found


def _norm(table: Table) -> Norm:
    norm = Norm(table.text("id"), table.text("section"), table.text("decided_by"))
    table.done()
    return norm


def _parameter(table: Table) -> Parameter:
    type_ = cast(Type, table.choice("type", ("int", "decimal", "date")))
    values = []
    for inner in table.tables("value"):
        values.append(ParameterValue(_parameter_value(inner, type_), inner.day("valid_from"), inner.text("source")))
        inner.done()
    found = Parameter(table.text("name"), type_, table.text_or("unit"), table.words("title"), tuple(values))
    table.done()
    return found


def _parameter_value(table: Table, type_: Type) -> int:
    if type_ == "date":
        return day_number(table.day("value"))
    if type_ == "int":
        return table.whole("value")
    try:
        from decimal import Decimal

        return hundredths(Decimal(str(table.take("value"))))
    except (ValueError, ArithmeticError):
        table.refuse("value is no number with at most two decimals.", 'Write "245.00".')


def _once(table: Table, among: dict[str, Parameter], parameter: Parameter) -> None:
    if parameter.name in among:
        table.refuse("is described twice.", "Keep one, with dated values.")
    among[parameter.name] = parameter


def _define(table: Table, file: str, loading: _Loading) -> None:
    name, expr = table.text("name"), table.text("expr")
    record = table.choice("record", RECORD_KINDS) if table.has("record") else COLLABORATION
    table.words("title")
    table.done()
    if name in loading.defines or loading.vocabulary.fact(record, name) or name in loading.parameters:
        table.refuse(f"{name} means something already.", "Choose another name.")
    loading.defines[name] = (file, expr, record)


def _whole_definitions(loading: _Loading) -> None:
    for name, (file, expr, record) in loading.defines.items():
        try:
            parse(expr, loading.scope(record, (name,)))
        except LanguageError as error:
            raise RulebookError(file, f"define {name}, expr", f"{error}.", "Correct the expression.") from error


def _reading(table: Table) -> Reading | None:
    if not table.has("reading"):
        return None
    inner = table.table("reading")
    sv = inner.text("text")
    found = Reading(Text(sv, inner.text_or("text_en", sv) or sv), inner.text("by"), inner.day("on"))
    inner.done()
    return found


def _source(table: Table) -> Source:
    inner = table.table("source")
    found = Source(inner.text("section"), inner.whole("sentence"))
    inner.done()
    if found.sentence < 1:
        table.refuse("source has a sentence below 1.", "Count sentences from 1.")
    return found


def _provision(table: Table, file: str) -> Provision:
    found = Provision(
        table.text("id"),
        file,
        table.choice("kind", PROVISIONS),
        table.texts("norms"),
        _source(table),
        table.words("title"),
        table.words("statement"),
        table.choice("bearer", BEARERS) if table.has("bearer") else None,
        table.words_or_none("term"),
        _reading(table),
    )
    table.done()
    return found


def _because(table: Table) -> dict[str, Text]:
    if not table.has("because"):
        return {}
    inner = table.table("because")
    found = {name: inner.words(name) for name, _ in list(inner.items())}
    wrong = set(found) - set(OUTCOMES)
    if wrong:
        table.refuse(f"because has {sorted(wrong)[0]}.", f"Use {', '.join(OUTCOMES)}.")
    return found


def _rule(table: Table, loading: _Loading, file: str) -> Rule:
    record = table.choice("record", RECORD_KINDS)
    phases = table.texts("phases")
    if not phases or set(phases) - set(PHASES):
        table.refuse(f"phases are {phases}.", f"Choose among {', '.join(PHASES)}.")
    if not table.texts("norms"):
        table.refuse("names no norm.", "Name the norms that the rule covers.")
    return _built(
        table,
        loading,
        file,
        {
            "id": table.text("id"),
            "record": record,
            "bearer": cast(Bearer, table.choice("bearer", BEARERS)),
            "modality": table.choice("modality", MODALITIES),
            "phases": cast(tuple[Phase, ...], phases),
            "benefit": table.flag("benefit"),
            "certainty": table.choice("certainty", CERTAINTIES),
        },
    )


def _scope_rule(table: Table, loading: _Loading) -> Rule:
    fixed = {"id": SCOPE_ID, "record": COLLABORATION, "bearer": "parties", "modality": "ska", "phases": PHASES}
    return _built(table, loading, "edition.toml", {**fixed, "benefit": False, "certainty": "seed"})


def _built(table: Table, loading: _Loading, file: str, fixed: dict[str, object]) -> Rule:
    scope = loading.scope(str(fixed["record"]))
    trees = {key: _tree(table, key, scope) for key in ("applies", "requires", "judge")}
    source, norms, title, statement = (
        _source(table),
        table.texts("norms"),
        table.words("title"),
        table.words("statement"),
    )
    rule = Rule(
        **fixed,  # type: ignore[arg-type]
        edition=loading.id,
        heading=file.removesuffix(".toml"),
        norms=norms,
        source=source,
        applies=table.text_or("applies") or "",
        requires=table.text("requires"),
        judge=table.text_or("judge") or "",
        applies_tree=trees["applies"] or TRUE,
        requires_tree=cast(Node, trees["requires"]),
        judge_tree=trees["judge"],
        title=title,
        statement=statement,
        because=_because(table),
        way_out=table.words_or_none("way_out"),
        question=table.words_or_none("question"),
        reading=_reading(table),
        cases=tuple(_case(inner) for inner in table.tables("case")),
    )
    table.done()
    if rule.reads_findings and rule.record not in (COLLABORATION, "offer"):
        table.refuse("reads benefit_findings.", "Findings are read by rules about the collaboration or an offer.")
    if not rule.cases:
        table.refuse("has no case.", "Add [[rule.case]] with facts and the outcome to expect.")
    return rule


def _tree(table: Table, key: str, scope: Scope) -> Node | None:
    if not table.has(key):
        return None
    try:
        return parse(table.text(key), scope)
    except LanguageError as error:
        table.refuse(f"{key}: {error}.", "Correct the expression.")


def _case(table: Table) -> RuleCase:
    facts = dict(table.table("facts").items()) if table.has("facts") else {}
    found = RuleCase(facts, table.choice("expect", OUTCOMES), table.texts("missing") if table.has("missing") else None)
    table.text_or("note")
    table.done()
    return found


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
