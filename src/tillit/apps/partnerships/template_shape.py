"""What a legal model consists of, as values; and the same model as the core asks it.

A line is `stated` by a source or suggested by us on the ground of a demand of the report. A number that nobody has
stated is None.
"""

from dataclasses import dataclass

from tillit.core.governance.agreements import COVERAGES, NONE_STATED
from tillit.core.governance.areas import DECIDES
from tillit.core.governance.prospect import (
    Model,
    ModelAgreement,
    ModelCommitment,
    ModelMandate,
    ModelOrgan,
    Whom,
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages."""

    sv: str
    en: str

    def said(self, lang: str) -> str:
        """Return the words in a language; any but English is answered in Swedish."""
        return self.en if lang == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Ground:
    """What a line of a model rests on: `stated` by these sources, or suggested by us on the ground of these demands."""

    stated: bool
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TemplateSector:
    """A sector, and the kinds of parties that belong to it."""

    code: str
    name: Text
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class TemplateSubject:
    """Something to decide on."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class TemplateSeat:
    """A seat for a sector, of a collaborative region where its rules say so. `nominated_by`: the kind that proposes."""

    organ: str
    sector: str
    health_care_region: str
    voting: bool
    nominated_by: str


@dataclass(frozen=True, slots=True)
class TemplateOrgan:
    """An organ. `roles`: who may have somebody there, None when no party as such has; `voting_roles`: who votes."""

    id: str
    name: Text
    tier: str
    level: str
    parent: str
    legal_basis: str
    quorum: str
    majority: str
    roles: frozenset[str] | None
    voting_roles: frozenset[str]
    ground: Ground


@dataclass(frozen=True, slots=True)
class TemplateAgreement:
    """An agreement. `leaving`: how a party leaves it; months only where a source states them."""

    id: str
    type: str
    level: str
    parent: str
    title: Text
    signed_by: Whom
    term_mode: str
    notice_months: int | None
    areas: tuple[tuple[str, str], ...]
    leaving: Text
    ground: Ground


@dataclass(frozen=True, slots=True)
class TemplateMandate:
    """A right of an organ over a subject at a level; `over`: whom, where there is none."""

    organ: str
    subject: str
    right: str
    level: str
    over: Text
    ground: Ground


@dataclass(frozen=True, slots=True)
class TemplateCommitment:
    """A commitment of kinds and roles of parties, or of an organ; `months` only where a source states them."""

    id: str
    organ: str
    of: Whom
    level: str
    tier: str
    area: str
    kind: str
    text: Text
    months: int | None
    evidence_required: bool
    ground: Ground


@dataclass(frozen=True, slots=True)
class Template:
    """A legal model whole. `money`: what the model means for financing, until the follow-up of money is there."""

    code: str
    order: int
    legal_form: str
    founding_basis: str
    legal_person: bool
    name: Text
    about: Text
    fits: Text
    money: Text
    leaving: Text
    ground: Ground
    roles: tuple[str, ...]
    sectors: tuple[TemplateSector, ...]
    subjects: tuple[TemplateSubject, ...]
    organs: tuple[TemplateOrgan, ...]
    seats: tuple[TemplateSeat, ...]
    agreements: tuple[TemplateAgreement, ...]
    mandates: tuple[TemplateMandate, ...]
    commitments: tuple[TemplateCommitment, ...]

    def coverage(self) -> dict[tuple[str, str], str]:
        """Return how fully the model's agreements together cover each (area, level) that they say anything of."""
        found: dict[tuple[str, str], str] = {}
        for agreement in self.agreements:
            for area, said in agreement.areas:
                cell = (area, agreement.level)
                found[cell] = max(found.get(cell, NONE_STATED), said, key=COVERAGES.index)
        return found

    def decider(self, subject: str, level: str) -> TemplateOrgan | None:
        """Return the organ that decides on a subject at a level, None when the model leaves it open."""
        right = (each for each in self.mandates if (each.subject, each.level, each.right) == (subject, level, DECIDES))
        deciding = {each.organ for each in right}
        return next((each for each in self.organs if each.id in deciding), None)

    def sectors_of(self, kind: str) -> frozenset[str]:
        """Return the sectors that a kind of party belongs to, none when the model places it nowhere."""
        return frozenset(each.code for each in self.sectors if kind in each.kinds)

    def model(self) -> Model:
        """Return the model as the core asks it: what would joining mean. Promises of organs are nobody's own there."""
        return Model(
            self.code,
            self.legal_form,
            tuple(self._organ(each) for each in self.organs),
            tuple(
                ModelAgreement(a.id, a.type, a.level, a.signed_by, a.term_mode, a.notice_months, a.areas)
                for a in self.agreements
            ),
            tuple(
                ModelCommitment(
                    c.id, c.level, c.area, c.kind, c.of, c.tier, c.months, evidence_required=c.evidence_required
                )
                for c in self.commitments
                if not c.organ
            ),
            tuple(ModelMandate(m.organ, m.subject, m.right, m.level) for m in self.mandates),
        )

    def _organ(self, organ: TemplateOrgan) -> ModelOrgan:
        seats = [each for each in self.seats if each.organ == organ.id]
        if organ.roles is None:
            return ModelOrgan(organ.id, organ.tier, organ.level)
        seated = Whom(self._kinds({each.sector for each in seats}), organ.roles)
        voting = {each.sector for each in seats if each.voting}
        votes = Whom(self._kinds(voting), organ.voting_roles) if organ.voting_roles and (voting or not seats) else None
        return ModelOrgan(organ.id, organ.tier, organ.level, seated, votes)

    def _kinds(self, sectors: set[str]) -> frozenset[str]:
        return frozenset(kind for each in self.sectors if each.code in sectors for kind in each.kinds)
