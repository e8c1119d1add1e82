"""What a rulebook is made of: frozen values, without behaviour of their own.

Formats: `docs/regler.md`. A `Text` holds Swedish and English; an expression is kept as written beside its checked tree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tillit.core.rulebook.tree import Node, Type

Phase = Literal["planned", "offered", "carried_out"]
PHASES: tuple[Phase, ...] = ("planned", "offered", "carried_out")
Bearer = Literal["company", "care", "participant", "arranger", "principal", "parties"]
BEARERS: tuple[Bearer, ...] = ("company", "care", "participant", "arranger", "principal", "parties")
MODALITIES = ("ska", "får inte", "får", "får endast", "ska undvikas", "ansvar", "upplysning")
CERTAINTIES = ("seed", "likely", "unknown")
PROVISIONS = ("definition", "duty", "premise", "advice", "pointer")
COLLABORATION = "collaboration"
SCOPE_ID = "omfattning.galler"
"""The id under which an edition's scope is found among the findings; it binds nobody and concerns whoever asks."""
RECORD_KINDS = (
    COLLABORATION,
    "offer",
    "participant",
    "leg",
    "meal",
    "serving",
    "activity",
    "cost_line",
    "place",
    "document",
    "sponsorship",
    "transfer",
)


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages of the product."""

    sv: str
    en: str

    def in_language(self, lang: str) -> str:
        return self.en if lang == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be known of a record; `kind` tells an observation from a judgement word."""

    name: str
    record: str
    type: Type
    kind: Literal["observed", "assessed"]
    values: tuple[str, ...] = ()
    labels: Mapping[str, Text] = field(default_factory=dict)
    unit: str | None = None
    min: int | None = None
    format: str | None = None
    refers_to: str | None = None
    question: Text = Text("", "")
    help: Text = Text("", "")
    group: str = "what"

    @property
    def is_money(self) -> bool:
        return self.unit == "SEK"


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that follows from others, computed once with bounds (see `derive.py` for what each `how` means)."""

    name: str
    record: str
    type: Type
    how: Literal["any", "all", "count", "sum", "majority", "years_after", "months_after", "table", "findings"]
    over: str | None = None
    where: str | None = None
    among: str | None = None
    of: str | None = None
    estimate_count: str | None = None
    estimate_total: str | None = None
    start: str | None = None
    years: str | None = None
    table: str | None = None
    values: tuple[str, ...] = ()
    question: Text = Text("", "")
    where_tree: Node | None = None
    among_tree: Node | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record with its facts, in the order in which they are asked."""

    name: str
    title: Text
    plural: Text
    sheet: str
    whole_question: Text
    facts: Mapping[str, Fact]
    derived: Mapping[str, Derived]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every kind of record that a case can hold, by name."""

    kinds: Mapping[str, Kind]

    def fact(self, kind: str, name: str) -> Fact | Derived | None:
        """Return the fact that `name` means to a record of `kind` (its own, else the collaboration's), or None."""
        for home in (kind, COLLABORATION):
            own = self.kinds[home]
            found = own.facts.get(name) or own.derived.get(name)
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """Where in the agreement a rule comes from: a heading as printed, and the sentence under it counted from 1.

    What was not read in the official text names the public page it was read on, the edition that the page describes
    and when the page was read, a day or a month.
    """

    section: str
    sentence: int
    page: str | None = None
    edition: str | None = None
    read_on: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Our interpretation where the text leaves room: signed and dated, open to change."""

    text: Text
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class RuleCase:
    """Facts and the outcome that a rule must give for them; values are as the engine holds them."""

    facts: Mapping[str, object]
    expect: str
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it asks of a record, who bears it, when it counts and what to say about it."""

    id: str
    edition: str
    heading: str
    norms: tuple[str, ...]
    source: Source
    record: str
    bearer: Bearer
    modality: str
    phases: tuple[Phase, ...]
    benefit: bool
    certainty: str
    applies: str
    requires: str
    judge: str
    applies_tree: Node
    requires_tree: Node
    judge_tree: Node | None
    title: Text
    statement: Text
    because: Mapping[str, Text]
    way_out: Text | None
    question: Text | None
    reading: Reading | None
    cases: tuple[RuleCase, ...]

    @property
    def reads_findings(self) -> bool:
        return "benefit_findings" in names_of(self)


def names_of(rule: Rule) -> frozenset[str]:
    """Return every fact that a rule's expressions name, derived ones by their own name."""
    trees = (rule.applies_tree, rule.requires_tree, rule.judge_tree)
    return frozenset(name for tree in trees if tree is not None for name in tree.facts())


@dataclass(frozen=True, slots=True)
class Provision:
    """What the agreement says without making a rule: a definition, a duty, a premise, advice or a pointer.

    `situations` are the kinds of collaboration that it explains: its own, or those that it tells from each other.
    """

    id: str
    heading: str
    kind: str
    norms: tuple[str, ...]
    source: Source
    title: Text
    statement: Text
    bearer: str | None = None
    term: Text | None = None
    reading: Reading | None = None
    situations: tuple[str, ...] = ()
    certainty: str = "seed"


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """A question that a party to the agreement has answered in public, of which editions, and what tells it here."""

    id: str
    question: Text
    short: Text
    answer: Text
    editions: tuple[str, ...]
    source: Source
    told_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value that holds from a day, with the source that says so."""

    value: int | date
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated, sourced number of the rules; without values it is empty, and the product says that nobody has set it."""

    name: str
    type: Type
    unit: str | None
    title: Text
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> ParameterValue | None:
        """Return the value in force on a day, or None where the parameter is empty."""
        in_force = [value for value in self.values if value.valid_from <= day]
        return max(in_force, key=lambda value: value.valid_from) if in_force else None


@dataclass(frozen=True, slots=True)
class Norm:
    """A normative statement of the agreement by its id, as `agreement-norms.md` numbers them."""

    id: str
    section: str
    decided_by: str
    certainty: str = "seed"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Which text an edition is: its line and version, when it is in force, and how much of it is here.

    `part_of` is the line that it is a part of, whose scope is its own too.
    """

    id: str
    line: str
    version: str
    valid_from: date
    valid_to: date | None
    status: str
    provenance: str
    encoded: str
    parties: tuple[str, ...]
    title: Text
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the rules: an immutable value, known by the hash of its content."""

    document: Document
    scope: Rule
    rules: tuple[Rule, ...]
    provisions: tuple[Provision, ...]
    parameters: Mapping[str, Parameter]
    norms: tuple[Norm, ...]
    vocabulary: Vocabulary
    hash: str
    questions: tuple[OfficialAnswer, ...] = ()

    @property
    def id(self) -> str:
        return self.document.id

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
