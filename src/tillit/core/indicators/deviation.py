"""A flag of follow-up with all that it rests on, so that the rule can be run on it again and say the same (I-22).

Its shape is that of a flag of governance. What makes it the same deviation next time is rule, subject and dimensions,
whatever its period, severity and version: while one is open there is no second (I-23).
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from tillit.core.indicators.chart import ChartParams
from tillit.core.indicators.facts import Facts, facts_of, read_back
from tillit.core.indicators.forecast import Asked, ForecastParams, forecast
from tillit.core.indicators.judged import (
    DATA_QUALITY,
    GREEN,
    IMPROVEMENT,
    INFO,
    NOT_ASSESSABLE,
    SEVERITIES,
    Judged,
)
from tillit.core.indicators.late import LateThresholds, Reporting, timing
from tillit.core.indicators.measured_share import Counted, ShareThresholds, share
from tillit.core.indicators.quality import QualityThresholds, Reported, checked
from tillit.core.indicators.review import NoThresholds, Reviewed, review
from tillit.core.indicators.rubric import Rated, Raters, RubricThresholds, concord, step
from tillit.core.indicators.spc import Charted, change
from tillit.core.indicators.standing import Observed, PathThresholds, standing
from tillit.core.indicators.verdict import Stated, line


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its version, what it judges, its thresholds, and the function itself. A changed formula is a new version.

    A stored flag of an older version is never judged by a newer one.
    """

    id: str
    version: int
    subject: type[Any]
    thresholds: type[Any]
    judge: Callable[[Any, Any], Judged]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            Rule("D1", 1, Observed, PathThresholds, standing),
            Rule("D2", 1, Reporting, LateThresholds, timing),
            Rule("D3", 1, Charted, ChartParams, change),
            Rule("D4", 1, Asked, ForecastParams, forecast),
            Rule("D5", 1, Rated, RubricThresholds, step),
            Rule("D5.raters", 1, Raters, RubricThresholds, concord),
            Rule("D6", 1, Counted, ShareThresholds, share),
            Rule("D7", 1, Reviewed, NoThresholds, review),
            Rule("D14", 1, Reported, QualityThresholds, checked),
            Rule("D15", 1, Stated, NoThresholds, lambda of, _: line(of)),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something to act on or to know. `facts` are all inputs, `result` what the formula gave, both JSON.

    `day` is the end of the period that it is about. What cannot be judged is info, about the quality of data.
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
        """Return what makes it the same next time: sha256 over rule, subject and dimensions, 64 hexadecimal digits."""
        return fingerprint(self.rule, self.subject, self.dimensions)


def fingerprint(rule: str, subject: str, dimensions: Mapping[str, str]) -> str:
    """Return sha256 over rule, subject and dimensions in a canonical form."""
    said = json.dumps([rule, subject, sorted(dimensions.items())], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def deviation(
    rule: str,
    judged: object,
    *,
    subject: str,
    day: date,
    thresholds: object | None = None,
    dimensions: Mapping[str, str] | None = None,
) -> Deviation | None:
    """Return the deviation of what a rule judges, None when all is well and nothing is better than planned.

    Improvement is told too. `thresholds`: the partnership's own, else those of the text.
    """
    chosen = RULES[rule]
    used = chosen.thresholds() if thresholds is None else thresholds
    found = chosen.judge(judged, used)
    if found.verdict == GREEN and found.direction != IMPROVEMENT:
        return None
    severity = INFO if found.verdict in (GREEN, NOT_ASSESSABLE) else found.verdict
    direction = DATA_QUALITY if found.verdict == NOT_ASSESSABLE else found.direction
    where, params, facts = dict(sorted((dimensions or {}).items())), facts_of(used), facts_of(judged)
    return Deviation(
        rule, chosen.version, found.code, severity, direction, subject, where, day, params, facts, facts_of(found)
    )


def recompute(rule: str, version: int, facts: Facts, params: Facts) -> dict[str, Any]:
    """Return the result of a rule on stored facts, as JSON, to be held against the stored result.

    :raises ValueError: the rule has another version now, so it may say something else
    """
    chosen = RULES[rule]
    if chosen.version != version:
        raise ValueError(f"{rule} is version {chosen.version} now, not {version}")
    return facts_of(chosen.judge(read_back(chosen.subject, facts), read_back(chosen.thresholds, params)))


def by_severity(deviations: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """Return deviations with the most severe first, then by day, rule and subject."""
    return tuple(sorted(deviations, key=lambda one: (SEVERITIES.index(one.severity), one.day, one.rule, one.subject)))


def unseen(found: Iterable[Deviation], open_: Collection[str]) -> tuple[Deviation, ...]:
    """Return the deviations whose fingerprint is not among the open ones, each fingerprint once."""
    seen, new = set(open_), []
    for one in found:
        if one.fingerprint not in seen:
            seen.add(one.fingerprint)
            new.append(one)
    return tuple(new)
