"""The shapes of what the API answers, for its description. Answers are made of the same rows as the command's.

A test holds every answer to its shape; nothing is checked or converted while answering.
"""

from datetime import date
from typing import Literal

from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic.json_schema import SkipJsonSchema

from tillit.core.rulebook.check import Asked
from tillit.core.rulebook.model import Bearer, Phase

Outcome = Literal["meets", "breach", "undecided", "judge", "not_applicable"]
ProvisionKind = Literal["definition", "duty", "premise", "advice", "pointer"]
Certainty = Literal["seed", "likely", "unknown"]
Provenance = Literal["official", "compiled"]
NormKind = Literal["rule", "definition", "duty", "premise", "advice", "pointer"]

Left = SkipJsonSchema[None]
"""A key that may be left out; never null."""


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class BothLanguages(Shape):
    sv: str
    en: str


class Source(Shape):
    """What was not read in the official text has the public page it was read on, and what is known of that page."""

    section: str
    sentence: int
    page: str | Left = None
    edition: str | Left = None
    read_on: str | Left = None


class Layer(Shape):
    id: str
    hash: str
    owner: str
    provenance: Provenance


class Judgement(Shape):
    fact: str
    record: str
    value: bool
    by: str
    on: date
    why: str


class Finding(Shape):
    rule: str
    rulebook: str
    norms: list[str]
    record: str
    bearer: Bearer
    notice: bool
    outcome: Outcome
    certainty: Certainty
    source: Source
    statement: str
    because: list[str]
    missing: list[str]
    touched: list[str]
    irrelevant: list[str]
    judgements: list[Judgement]
    way_out: str


class Later(Shape):
    rule: str
    rulebook: str
    phase: Phase


class Counts(Shape):
    meets: int
    breach: int
    undecided: int
    judge: int
    not_applicable: int


class Answer(Shape):
    schema_: Literal["tillit.answer/1"] = Field(..., alias="schema")
    title: str
    outcome: Outcome
    outcomes: dict[Bearer, Outcome]
    asked: Asked
    edition: str
    edition_hash: str
    engine: str
    layers: list[Layer]
    phase: Phase
    starts_on: date
    ends_on: date
    as_of: date
    findings: list[Finding]
    later: list[Later]
    counts: Counts


class Fact(Shape):
    name: str
    record: str
    type: Literal["bool", "int", "decimal", "date", "datetime", "enum", "text"]
    values: list[str]
    kind: Literal["observed", "assessed"]
    question: BothLanguages
    help: BothLanguages
    used_by: list[str]


class Reading(Shape):
    text: BothLanguages
    by: str
    on: date


class DatedValue(Shape):
    value: int | str
    valid_from: date
    source: str


class Bounds(Shape):
    min: int | str | Left = None
    max: int | str | Left = None


class RuleCase(Shape):
    facts: dict[str, bool | int | str | Bounds]
    expect: Outcome
    missing: list[str] | Left = None


class Rule(Shape):
    id: str
    edition: str
    norms: list[str]
    source: Source
    record: str
    bearer: Bearer
    modality: str
    phases: list[Phase]
    benefit: bool
    certainty: Certainty
    applies: str
    requires: str
    judge: str
    title: BothLanguages
    statement: BothLanguages
    because: dict[Outcome, BothLanguages]
    way_out: BothLanguages | None
    question: BothLanguages | None
    reading: Reading | None
    cases: list[RuleCase]


class WholeRule(Rule):
    parameters: dict[str, list[DatedValue]]


class Provision(Shape):
    id: str
    edition: str
    kind: ProvisionKind
    norms: list[str]
    source: Source
    bearer: str | None
    certainty: Certainty
    title: BothLanguages
    statement: BothLanguages
    term: BothLanguages | None
    reading: Reading | None


class Page(Shape):
    total: int
    limit: int
    offset: int


class RulePage(Page):
    items: list[Rule]


class ProvisionPage(Page):
    items: list[Provision]


class Covered(Shape):
    kind: NormKind
    covered_by: list[str]


class Norms(Shape):
    norms: dict[str, Covered]
    parameters: dict[str, list[DatedValue]]
    missing: list[str]


class Edition(Shape):
    id: str
    line: str
    version: str
    valid_from: date
    valid_to: date | None
    status: Literal["draft", "proposed", "in_force", "superseded"]
    provenance: Provenance
    encoded: Literal["complete", "partial"]
    parties: list[str]
    title: BothLanguages
    hash: str
    rules: int
    provisions: int
    norms: int
    part_of: str | None


class Parameter(Shape):
    name: str
    type: Literal["int", "decimal", "date"]
    unit: str | None
    title: BothLanguages
    values: list[DatedValue]


class WholeEdition(Edition):
    parameters: list[Parameter]


class ApiInfo(Shape):
    """As the Swedish REST API profile names its keys (VER.06)."""

    apiName: str  # noqa: N815
    apiVersion: str  # noqa: N815
    apiReleased: date  # noqa: N815
    apiDocumentation: str  # noqa: N815
    apiStatus: Literal["active"]  # noqa: N815


class ProblemRow(Shape):
    code: str
    place: str
    problem: str
    remedy: str


class Problem(Shape):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    problems: list[ProblemRow] | Left = None
