"""What trying a case gives: findings per rule and record, rolled up per bearer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tillit.core.rulebook.facts import Case, Judgement
from tillit.core.rulebook.model import SCOPE_ID, Bearer, Phase, Rule
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, OUTCOMES, UNDECIDED

Asked = Literal["all", "company", "care", "participant", "arranger", "principal"]
ASKED: tuple[Asked, ...] = ("all", "company", "care", "participant", "arranger", "principal")
_ARRANGES = {"company": ("industry", "joint"), "care": ("care", "joint")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule on one record: its outcome, what is asked, what decided it and what cannot change it."""

    rule: Rule
    record: str
    outcome: int
    missing: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    irrelevant: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    estimated: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """Return the outcome's name, as the answer writes it."""
        return OUTCOMES[self.outcome]


@dataclass(frozen=True, slots=True)
class Later:
    """A rule whose phase the case has not reached."""

    rule: Rule
    phase: Phase


@dataclass(frozen=True, slots=True)
class Layer:
    """A rulebook that the case was tried by."""

    id: str
    hash: str
    owner: str = "parties"
    provenance: str = "official"

    @property
    def line(self) -> str:
        """Return the edition line: editions of one line follow each other, lines apply beside each other."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Check:
    """A case tried by the edition, or editions, of its days."""

    case: Case
    as_of: date
    layers: tuple[Layer, ...]
    findings: tuple[Finding, ...]
    later: tuple[Later, ...]

    @property
    def edition(self) -> Layer:
        """Return the edition that the case is known to be tried by: the latest of the first line."""
        return [layer for layer in self.layers if layer.line == self.layers[0].line][-1]

    def weight(self, finding: Finding, asked: str = "all") -> int | None:
        """Return the outcome with which a finding counts for whom is asked, or None where it is a notice to them.

        An unsettled scope counts for everybody. What the parties bear both company and care bear; what the arranger
        bears, also the side that arranges. Where nobody has said who arranges, that side's answer is left open instead
        of cleared.
        """
        if finding.rule.modality == "upplysning":
            return None
        bearer: Bearer = finding.rule.bearer
        everybodys = finding.rule.id == SCOPE_ID or asked == "all"
        if everybodys or asked == bearer or (bearer == "parties" and asked in ("company", "care")):
            return finding.outcome
        if bearer == "arranger" and asked in _ARRANGES:
            arranger = self.case.collaboration.values.get("arranger")
            if arranger in _ARRANGES[asked]:
                return finding.outcome
            if arranger is None and finding.outcome > MEETS:
                return UNDECIDED
        return None

    def outcome(self, asked: str = "all") -> int:
        """Return the worst outcome for whom is asked; where two editions of a line differ, judge."""
        by_line: dict[str, set[int]] = {}
        for layer in self.layers:
            own = [finding for finding in self.findings if finding.rule.edition == layer.id]
            by_line.setdefault(layer.line, set()).add(self._worst(own, asked))
        return max((found.pop() if len(found) == 1 else JUDGE for found in by_line.values()), default=NOT_APPLICABLE)

    def _worst(self, findings: list[Finding], asked: str) -> int:
        weights = [weight for finding in findings if (weight := self.weight(finding, asked)) is not None]
        return max(weights, default=NOT_APPLICABLE)

    def outcomes(self) -> dict[str, int]:
        """Return the outcome of every bearer that any rule which applies concerns."""
        found: dict[str, int] = {}
        for asked in ASKED[1:]:
            if any((self.weight(finding, asked) or 0) > NOT_APPLICABLE for finding in self.findings):
                found[asked] = self.outcome(asked)
        return found

    def counts(self, asked: str = "all") -> dict[str, int]:
        """Return how many rule × record pairs came out as each outcome, for whom is asked."""
        weights = [self.weight(finding, asked) for finding in self.findings]
        return {OUTCOMES[each]: weights.count(each) for each in (MEETS, BREACH, UNDECIDED, JUDGE, NOT_APPLICABLE)}
