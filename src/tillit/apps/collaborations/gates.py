"""What stands in the way of a step: a stop cannot be passed, what is missing is asked for, what a person must judge
waits for a named judgement, a warning for a reason.

Readings: an employer that has not answered yet holds nobody back before it is asked; a company's check answers for
what the company bears, care's review for all the rest; at the outcome a breach has happened and is kept on file
instead of stopped, with the reason why the collaboration is closed all the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from tillit.core.rulebook.check import Check, Finding
from tillit.core.rulebook.values import BREACH, JUDGE, UNDECIDED

Code = Literal["breach", "undecided", "judge", "warning"]
_CODES: dict[int, Code] = {BREACH: "breach", UNDECIDED: "undecided", JUDGE: "judge"}
APPROVAL_FACT = "employer_approval"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at that no rule decides, counted across collaborations or said by a rule as information.

    `code` and `subject` name it for as long as it is the same thing; `args` are for the words. `key`: both. `person`:
    the one it is about, None where it is about nobody: other people who only take part are not told.
    """

    code: str
    subject: str
    args: dict[str, Any] = field(default_factory=dict)
    person: UUID | None = None

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject}"[:200]

    def plain(self) -> dict[str, Any]:
        return {"code": self.code, "subject": self.subject, "args": self.args}


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way: of which sort, by which rule, on which record; or a warning nobody has answered."""

    code: Code
    rule: str
    record: str
    missing: tuple[str, ...] = ()
    finding: Finding | None = None
    warning: Caution | None = None


def hindrances(check: Check, *, asked: str = "all", employers_answered: bool = True) -> tuple[Hindrance, ...]:
    """Return what stands in the way of those asked: "all", "company" or another bearer.

    `employers_answered` False: findings that turn on an employer's approval are left out, whatever it was.
    """
    found = []
    for finding in check.findings:
        weight = check.weight(finding, asked)
        code = _CODES.get(weight) if weight is not None else None
        if code is None or (not employers_answered and turns_on_the_employer(finding)):
            continue
        found.append(Hindrance(code, finding.rule.id, finding.record, finding.missing, finding))
    return tuple(found)


def turns_on_the_employer(finding: Finding) -> bool:
    """Return whether an employer's approval is lacking or decided a finding."""
    return any(name.rpartition(".")[2] == APPROVAL_FACT for name in (*finding.missing, *finding.touched))


def settled(check: Check, waiting: Collection[str]) -> Check:
    """Return a check without the findings that only wait for an employer who is or will be asked.

    `waiting`: the record ids of the participants whose employer has not answered. How a plan stands to the rules is
    told without them: nobody can put them right before the employer answers. What an employer has said counts.
    """
    left = (
        each
        for each in check.findings
        if each.outcome != UNDECIDED or each.record.partition(":")[2] not in waiting or not turns_on_the_employer(each)
    )
    return replace(check, findings=tuple(left))


def notices(check: Check) -> tuple[Caution, ...]:
    """Return the warnings that rules give: information whose condition is met in a way worth a look."""
    return tuple(
        Caution("rule", f"{each.rule.id}:{each.record}", {"rule": each.rule.id, "record": each.record})
        for each in check.findings
        if each.rule.modality == "upplysning" and each.outcome == BREACH
    )


def unanswered(warnings: Iterable[Caution], answered: Iterable[str]) -> tuple[Hindrance, ...]:
    """Return the warnings that nobody has gone on from with a reason."""
    known = frozenset(answered)
    return tuple(
        Hindrance("warning", each.code, each.subject, warning=each) for each in warnings if each.key not in known
    )


def only(code: Code, found: Iterable[Hindrance]) -> tuple[Hindrance, ...]:
    """Return the hindrances of one sort."""
    return tuple(each for each in found if each.code == code)
