"""One rule from its table: its words, its source and reading, its typed expressions and its cases."""

import re
from dataclasses import dataclass, field
from typing import cast

from tillit.core.rulebook.arithmetic import LanguageError
from tillit.core.rulebook.language import Scope, parse
from tillit.core.rulebook.load_derived import symbol_of
from tillit.core.rulebook.load_vocabulary import HEADER
from tillit.core.rulebook.model import (
    BEARERS,
    CERTAINTIES,
    COLLABORATION,
    MODALITIES,
    PHASES,
    RECORD_KINDS,
    SCOPE_ID,
    Bearer,
    Parameter,
    Phase,
    Reading,
    Rule,
    RuleCase,
    Source,
    Text,
    Vocabulary,
)
from tillit.core.rulebook.strict import Table
from tillit.core.rulebook.tree import TRUE, Node, Symbol
from tillit.core.rulebook.values import OUTCOMES

_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(slots=True)
class Loading:
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
        _file, text, home = self.defines[name]
        if name in under:
            raise LanguageError(f"the definition {name} comes back to itself through {' and '.join(under)}")
        if home not in (COLLABORATION, record):
            raise LanguageError(f"the definition {name} speaks of {home}, not of {record}")
        return parse(text, self.scope(home, (*under, name)))


def reading_of(table: Table) -> Reading | None:
    if not table.has("reading"):
        return None
    inner = table.table("reading")
    sv = inner.text("text")
    found = Reading(Text(sv, inner.text_or("text_en", sv) or sv), inner.text("by"), inner.day("on"))
    inner.done()
    return found


def source_of(table: Table) -> Source:
    inner = table.table("source")
    page, edition, read_on = (inner.text_or(key) for key in ("page", "edition", "read_on"))
    found = Source(inner.text("section"), inner.whole("sentence"), page, edition, read_on)
    inner.done()
    if page is not None and not page.startswith(("https://", "http://")):
        table.refuse(f"source has the page {page}.", "Write its whole address, https://…")
    if (page is None) != (read_on is None) or not _DAY_OR_MONTH.fullmatch(read_on or "2026-11"):
        table.refuse(f"source was read on {read_on}.", 'Say of a page when it was read: "2026-11-21", or "2026-11".')
    if found.sentence < 1:
        table.refuse("source has a sentence below 1.", "Count sentences from 1.")
    return found


def _because(table: Table) -> dict[str, Text]:
    if not table.has("because"):
        return {}
    inner = table.table("because")
    found = {name: inner.words(name) for name, _ in list(inner.items())}
    wrong = set(found) - set(OUTCOMES)
    if wrong:
        table.refuse(f"because has {min(wrong)}.", f"Use {', '.join(OUTCOMES)}.")
    return found


def read_rule(table: Table, loading: Loading, file: str) -> Rule:
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


def scope_rule(table: Table, loading: Loading) -> Rule:
    fixed = {"id": SCOPE_ID, "record": COLLABORATION, "bearer": "parties", "modality": "ska", "phases": PHASES}
    return _built(table, loading, "edition.toml", {**fixed, "benefit": False, "certainty": "seed"})


def _built(table: Table, loading: Loading, file: str, fixed: dict[str, object]) -> Rule:
    scope = loading.scope(str(fixed["record"]))
    trees = {key: _tree(table, key, scope) for key in ("applies", "requires", "judge")}
    source, norms, title, statement = (
        source_of(table),
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
        reading=reading_of(table),
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
