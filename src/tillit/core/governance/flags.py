"""What every rule of governance says in the same shape: a flag with all it rested on, so that it can be recomputed.

General rules (governance model, section 2): a rule is deterministic and versioned and stores all its inputs; what
cannot be judged is a result of its own, never silently green; severity goes red, yellow, info.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, cast

RED, YELLOW, INFO = "red", "yellow", "info"
SEVERITIES = (RED, YELLOW, INFO)
"""Most severe first."""
GREEN, NOT_ASSESSABLE = "green", "not_assessable"
VERDICTS = (RED, YELLOW, NOT_ASSESSABLE, INFO, GREEN)
"""In the order in which the worst of several is found: what cannot be judged hides behind no green and no info."""

WORSENING, IMPROVEMENT, NEUTRAL, DATA_QUALITY = "worsening", "improvement", "neutral", "data_quality"
DIRECTIONS = (IMPROVEMENT, WORSENING, NEUTRAL, DATA_QUALITY)

Facts = Mapping[str, Any]
"""JSON only: text, whole numbers, true and false, lists and maps. Decimals, fractions and days are text."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule made of its facts: a verdict and the figures it came from, as JSON."""

    verdict: str
    result: Facts


@dataclass(frozen=True, slots=True)
class NoThresholds:
    """A rule that has no thresholds: it holds or it does not."""


Judge = Callable[[Facts, Any], Judged]
"""A rule as a function of facts and thresholds alone."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to act on or to know. `facts` are all inputs, `result` what the formula gave, both JSON.

    `code` names the finding within the rule. `day` is the day that it is about (a notice date, an end), else the day
    of judging. A flag about something that cannot be judged has the severity info and the direction data_quality.
    """

    rule: str
    version: int
    code: str
    severity: str
    direction: str
    subject: str
    dimensions: Mapping[str, str]
    day: date
    params: Facts
    facts: Facts
    result: Facts

    @property
    def fingerprint(self) -> str:
        """Return what makes it the same flag next time, whatever its period, severity and version."""
        return fingerprint(self.rule, self.subject, {"finding": self.code, **self.dimensions})


def fingerprint(rule: str, subject: str, dimensions: Mapping[str, str]) -> str:
    """Return sha256 over rule, subject and dimensions in a canonical form, 64 hexadecimal digits.

    The reading is ours that the code of the finding is a dimension: one agreement can lack a signature and need a
    notice at once, and the two are different flags of the same rule.
    """
    said = json.dumps([rule, subject, sorted(dimensions.items())], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id and the version of its formula; a changed formula is a new version."""

    id: str
    version: int

    def flags(
        self,
        code: str,
        judged: Judged,
        *,
        subject: str,
        day: date,
        facts: Facts,
        params: object,
        dimensions: Mapping[str, str] | None = None,
    ) -> tuple[Flag, ...]:
        """Return the flag of what was judged, none when it is green; `params`: the thresholds that were used."""
        if judged.verdict == GREEN:
            return ()
        unknown, severity = judged.verdict == NOT_ASSESSABLE, severity_of(judged.verdict)
        direction = DATA_QUALITY if unknown else NEUTRAL if severity == INFO else WORSENING
        where, used = dict(sorted((dimensions or {}).items())), plain(params)
        return (
            Flag(self.id, self.version, code, severity, direction, subject, where, day, used, facts, judged.result),
        )


def severity_of(verdict: str) -> str:
    """Return the severity that a flag of a verdict has: what cannot be judged is information. Green has none."""
    return INFO if verdict == NOT_ASSESSABLE else verdict


def worst(verdicts: Iterable[str]) -> str:
    """Return the most serious of some verdicts; of none: green."""
    return min(verdicts, key=VERDICTS.index, default=GREEN)


def by_severity(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Return flags with the most severe first, then by day, rule, code and subject."""
    return tuple(
        sorted(flags, key=lambda flag: (SEVERITIES.index(flag.severity), flag.day, flag.rule, flag.code, flag.subject))
    )


def as_text(value: Decimal | Fraction | date | int | None) -> str | None:
    """Return a value as the exact text that facts hold: "0.90", "5/42", "2026-08-28"; None stays None."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def day_of(text: str | None) -> date | None:
    """Return the day that facts hold as text; None stays None."""
    return None if text is None else date.fromisoformat(text)


def plain(thresholds: object) -> dict[str, str]:
    """Return the fields of a thresholds object as text, to be stored with a flag."""
    return {field.name: str(getattr(thresholds, field.name)) for field in fields(cast("Any", thresholds))}


def read_back(kind: type[T], params: Facts) -> T:
    """Return the thresholds object that `plain` wrote; each field is of the type of its default."""
    read: dict[str, Any] = {field.name: type(field.default) for field in fields(cast("Any", kind))}
    return kind(**{name: of(params[name]) for name, of in read.items()})
