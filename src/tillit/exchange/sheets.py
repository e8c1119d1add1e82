"""The sheets of the Excel template: their names in both languages, and what each asks for.

The template is written from this and the reader looks for the same, so they cannot drift apart.
"""

import re
from collections.abc import Iterator
from functools import cache

from tillit.core.rulebook.model import COLLABORATION, PHASES, Fact, Kind, Text, Vocabulary
from tillit.exchange.words import LANGUAGES, Lang, both

JUDGEMENT = "judgement"
README = "readme"
LISTS = "lists"
SKIPPED = "#"
"""A sheet or a column whose name begins with this sign is the writer's own and is not read."""


def sheet_name(name: str, vocabulary: Vocabulary, lang: Lang) -> str:
    """Return what the sheet of a record kind (or readme, lists, judgement) is called in a language, in 31 signs."""
    kind = vocabulary.kinds.get(name)
    wanted = kind.sheet if kind and lang == "sv" else both(f"template.sheet.{name}").in_language(lang)
    return re.sub(r"[\[\]:*?/\\]", " ", wanted)[:31].strip()


def sheet_of(title: str, vocabulary: Vocabulary) -> str | None:
    """Return which sheet a name means in either language, or None."""
    wanted = " ".join(title.casefold().split())
    for name in (*vocabulary.kinds, JUDGEMENT, README, LISTS):
        names = {name, *(sheet_name(name, vocabulary, lang) for lang in LANGUAGES)}
        if kind := vocabulary.kinds.get(name):
            names |= {kind.sheet, kind.title.sv, kind.title.en, kind.plural.sv, kind.plural.en}
        if wanted in {" ".join(each.casefold().split()) for each in names}:
            return name
    return None


@cache
def case_facts() -> dict[str, Fact]:
    """Return the case's own header as if it were facts: title, phase, first and last day."""
    phases = {phase: both(f"phase.{phase}") for phase in PHASES}
    return {
        "title": _asked("title", "case", "text"),
        "phase": _asked("phase", "case", "enum", values=PHASES, labels=phases),
        "starts_on": _asked("starts_on", "case", "date"),
        "ends_on": _asked("ends_on", "case", "date"),
        "description": _asked("description", "case", "text"),
    }


@cache
def judgement_facts() -> dict[str, Fact]:
    """Return the columns of the sheet of judgements."""
    types = {"fact": "text", "record": "text", "value": "bool", "by": "text", "on": "date", "why": "text"}
    return {name: _asked(name, JUDGEMENT, type_) for name, type_ in types.items()}


def _asked(name: str, place: str, type_: str, **more: object) -> Fact:
    question, help_ = both(f"template.{place}.{name}.question"), both(f"template.{place}.{name}.help")
    return Fact(name=name, record=place, type=type_, kind="observed", question=question, help=help_, **more)  # type: ignore[arg-type]


def list_facts(kind: Kind) -> dict[str, Fact]:
    """Return the two questions about a list of records: is it whole, and how many are there in all?"""
    total = _asked("total", "records", "int")
    whole = Fact(
        name="complete",
        record="records",
        type="bool",
        kind="observed",
        question=kind.whole_question,
        help=both("template.records.complete.help"),
    )
    return {f"records.{kind.name}.complete": whole, f"records.{kind.name}.total": total}


def form_facts(vocabulary: Vocabulary) -> dict[str, Fact]:
    """Return every row of the first sheet by its key: the case's header, then the collaboration's observed facts."""
    rows = {f"case.{name}": fact for name, fact in case_facts().items()}
    observed = observed_facts(vocabulary.kinds[COLLABORATION])
    return rows | {f"{COLLABORATION}.{name}": fact for name, fact in observed.items()}


def observed_facts(kind: Kind) -> dict[str, Fact]:
    """Return the facts of a kind that one fills in as such; judgement words have their own sheet."""
    return {name: fact for name, fact in kind.facts.items() if fact.kind == "observed"}


def columns(name: str, vocabulary: Vocabulary) -> dict[str, Fact]:
    """Return the columns of a sheet of records (or of judgements) by their keys."""
    if name == JUDGEMENT:
        return judgement_facts()
    kind = vocabulary.kinds[name]
    own_id = Fact(
        name="id",
        record=name,
        type="text",
        kind="observed",
        question=both("template.records.id.question"),
        help=both("template.records.id.help"),
    )
    return {"id": own_id} | observed_facts(kind)


def assessed_facts(vocabulary: Vocabulary) -> Iterator[Fact]:
    """Yield every judgement word of every kind."""
    for kind in vocabulary.kinds.values():
        yield from (fact for fact in kind.facts.values() if fact.kind == "assessed")


def record_kinds(vocabulary: Vocabulary) -> list[Kind]:
    """Return the kinds that have a sheet of their own, in the vocabulary's order."""
    return [kind for name, kind in vocabulary.kinds.items() if name != COLLABORATION]


def texts(text: Text) -> set[str]:
    """Return both languages of a text as they are compared with what stands in a cell."""
    return {" ".join(each.casefold().split()).rstrip(" ?:*") for each in (text.sv, text.en) if each}
