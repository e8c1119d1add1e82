"""What it would mean to join (R2, R3): a legal model read for one kind of party in one role, level by level.

A model is data that a partnership is set up from, and that two can be compared by. Nothing here is due on a day: who
has not joined owes nothing yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tillit.core.governance.areas import ADVISES, DECIDES, LEVEL_RANKS, PREPARES


@dataclass(frozen=True, slots=True)
class Whom:
    """Kinds of parties and roles that something in a model is for; empty is all of them."""

    kinds: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    def is_for(self, kind: str, role: str) -> bool:
        """Return whether it is for a kind of party in a role."""
        return (not self.kinds or kind in self.kinds) and (not self.roles or role in self.roles)


ALL = Whom()


@dataclass(frozen=True, slots=True)
class ModelOrgan:
    """An organ of the model; `seated`: who is given a seat there, None when no party as such is."""

    id: str
    tier: str
    level: str
    seated: Whom | None = None
    voting: Whom | None = None
    nominated_by: str = ""


@dataclass(frozen=True, slots=True)
class ModelAgreement:
    """An agreement that whoever it is for signs; what is not stated of months is None."""

    id: str
    type: str
    level: str
    signed_by: Whom = ALL
    term_mode: str = ""
    notice_months: int | None = None
    areas: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ModelCommitment:
    """A commitment of whoever it is for; `months` between the times it falls due, None when no time is stated."""

    id: str
    level: str
    area: str
    kind: str
    of: Whom = ALL
    tier: str = ""
    months: int | None = None
    weight: Decimal = Decimal(1)
    evidence_required: bool = False


@dataclass(frozen=True, slots=True)
class ModelMandate:
    """A right of one of the model's organs over a subject."""

    organ: str
    subject: str
    right: str
    level: str
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A legal model: main agreement, consortium, association, company, authority function, programme with a host."""

    id: str
    legal_form: str
    organs: tuple[ModelOrgan, ...] = ()
    agreements: tuple[ModelAgreement, ...] = ()
    commitments: tuple[ModelCommitment, ...] = ()
    mandates: tuple[ModelMandate, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """What joining means at one level. `seats`: organs with a seat for it; `votes`: those of them where it votes.

    `decides`, `prepares`, `advises`: the rights of the organs where it has a seat, to decide only where it votes.
    """

    level: str
    sign: tuple[ModelAgreement, ...]
    seats: tuple[ModelOrgan, ...]
    votes: tuple[ModelOrgan, ...]
    decides: tuple[ModelMandate, ...]
    prepares: tuple[ModelMandate, ...]
    advises: tuple[ModelMandate, ...]
    commitments: tuple[ModelCommitment, ...]

    @property
    def means_something(self) -> bool:
        """Return whether there is anything to sign, do or say at the level."""
        return bool(self.sign or self.seats or self.commitments)

    @property
    def times_a_year(self) -> Decimal:
        """Return how many times a year something falls due; what has no stated time is not counted."""
        months = (each.months for each in self.commitments)
        return sum((Decimal(12) / each for each in months if each), Decimal(0))


def prospect(model: Model, kind: str, role: str, levels: Sequence[str] = ()) -> tuple[LevelAnswer, ...]:
    """Return what joining would mean for a kind of party in a role, per level.

    The levels are those of the model where none are asked for: the known ones by rank, then others by name.
    """
    named = {each.level for part in (model.organs, model.agreements, model.commitments) for each in part}
    own = sorted(named, key=lambda level: (LEVEL_RANKS.get(level, len(LEVEL_RANKS)), level))
    return tuple(_level(model, kind, role, level) for level in (levels or own))


def _level(model: Model, kind: str, role: str, level: str) -> LevelAnswer:
    seats = [each for each in model.organs if each.seated is not None and each.seated.is_for(kind, role)]
    votes = [each for each in seats if each.voting is not None and each.voting.is_for(kind, role)]
    here = [each for each in model.mandates if each.level == level]
    return LevelAnswer(
        level=level,
        sign=tuple(each for each in model.agreements if each.level == level and each.signed_by.is_for(kind, role)),
        seats=tuple(each for each in seats if each.level == level),
        votes=tuple(each for each in votes if each.level == level),
        decides=_rights(here, DECIDES, votes),
        prepares=_rights(here, PREPARES, seats),
        advises=_rights(here, ADVISES, seats),
        commitments=tuple(each for each in model.commitments if each.level == level and each.of.is_for(kind, role)),
    )


def _rights(mandates: Iterable[ModelMandate], right: str, organs: Iterable[ModelOrgan]) -> tuple[ModelMandate, ...]:
    names = {each.id for each in organs}
    return tuple(each for each in mandates if each.right == right and each.organ in names)
