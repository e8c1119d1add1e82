"""What the pages of deviations say: the headline with the finding, the history, thresholds in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.models import Deviation, DeviationEvent, Thresholds
from tillit.apps.followup.models.words import CHANGE_DIRECTIONS, DEVIATION_STATUS, SEVERITIES
from tillit.apps.followup.queries.deviations import BETTER, DATA, Counts, unit_of
from tillit.apps.followup.sentences.facts_told import facts_told
from tillit.apps.followup.sentences.seen import Seen
from tillit.apps.followup.threshold_words import COUNT, RULE_WORDS, SHARE, THRESHOLDS, UNIT_WORDS, Threshold
from tillit.apps.followup.thresholds import in_force, with_params
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators.deviation import RULES
from tillit.core.indicators.judged import INFO, RED, YELLOW
from tillit.web.followup.deviation_forms import written
from tillit.web.followup.scorecard_told import COUNTS

SECTION_WORDS = {
    RED: gettext_lazy("Avviker"),
    YELLOW: gettext_lazy("Att se över"),
    INFO: gettext_lazy("Att känna till"),
    BETTER: gettext_lazy("Bättre än planerat"),
    DATA: gettext_lazy("Om uppgifterna"),
}
STATE_WORDS = {
    "untouched": gettext_lazy("ingen har tagit hand om"),
    "unseen": gettext_lazy("syns inte längre"),
    "over": gettext_lazy("avslutade"),
}
EVENT_WORDS = {
    **DEVIATION_STATUS,
    "found": gettext_lazy("upptäckt"),
    "severity": gettext_lazy("ändrat allvar"),
    "turned": gettext_lazy("har vänt"),
    "gone": gettext_lazy("syns inte längre"),
    "back": gettext_lazy("syns igen"),
    "cleared": gettext_lazy("avslutad av sig själv"),
}


def headline(partnership: Partnership, counts: Counts) -> str:
    """Return the finding: how many things deviate, are to be looked at, and go better than planned."""
    if partnership.not_started:
        return _("Uppföljningen har inte startat")
    if counts.looked is None:
        return _("Inget har hittats än")
    parts = []
    if counts.red:
        parts.append(_said(counts.red, ngettext("En sak avviker", "%(n)s saker avviker", counts.red)))
    if counts.yellow:
        text = ngettext("en sak att se över", "%(n)s saker att se över", counts.yellow)
        parts.append(_said(counts.yellow, text))
    if not parts:
        parts.append(_("Inget avviker"))
        if counts.data:
            text = ngettext("en sak går inte att bedöma", "%(n)s saker går inte att bedöma", counts.data)
            parts.append(_said(counts.data, text))
    if counts.better:
        text = ngettext("en är bättre än planerat", "%(n)s är bättre än planerat", counts.better)
        parts.append(_said(counts.better, text))
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _said(count: int, text: str) -> str:
    word = str(COUNTS.get(count, count))
    return text % {"n": word if text.startswith("%(n)s saker avviker") else word.lower()}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in words. `who`: a person, or Tillit itself."""

    at: Any
    what: str
    change: str
    text: str
    who: str


def happened(events: Iterable[DeviationEvent], *, names: bool) -> list[Happened]:
    """Return the history of a deviation, newest first. `names`: that the reader may see who."""
    return [
        Happened(
            each.at,
            str(EVENT_WORDS.get(each.what, each.what)),
            _change(each),
            each.text,
            (each.by.name if names else _("någon i partnerskapet")) if each.by is not None else "Tillit",
        )
        for each in reversed(list(events))
    ]


def _change(event: DeviationEvent) -> str:
    words = {"severity": SEVERITIES, "turned": CHANGE_DIRECTIONS}.get(event.what)
    if words is None:
        return ""
    return _("från %(before)s till %(after)s") % {"before": words[event.before], "after": words[event.after]}


def facts_of(row: Deviation) -> tuple[tuple[str, str], ...]:
    """Return what a deviation rests on, to read."""
    unit, percent = unit_of(row)
    return facts_told(row.rule, Seen(row.code, row.result, row.facts, unit, percent))


def params_of(row: Deviation) -> list[tuple[Any, str]]:
    """Return the thresholds that a deviation was judged by, to read."""
    used = with_params(row.rule, row.params)
    return [(each.word, with_unit(each, getattr(used, each.name))) for each in THRESHOLDS[row.rule]]


def with_unit(threshold: Threshold, value: Any) -> str:
    """Return a threshold's value with its unit."""
    unit = {SHARE: "%", COUNT: ""}.get(threshold.unit, UNIT_WORDS[threshold.unit])
    return f"{written(threshold, value)} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """A threshold of a rule: the rule's own value and the partnership's. `differs`: that they are not the same."""

    word: Any
    usual: str
    ours: str
    differs: bool


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule with its thresholds; `decided`: the decision that holds, None where the rule's own do; `coming`: decided
    and not begun; `before`: decisions that have ended."""

    rule: str
    word: Any
    says: str
    lines: tuple[ThresholdLine, ...]
    decided: Thresholds | None
    coming: tuple[Thresholds, ...]
    before: tuple[Thresholds, ...]
    act: str


def rules_told(rows: Iterable[Thresholds], today: date, says: Any) -> list[RuleTold]:
    """Return every rule with its thresholds on a day, from all standing decisions, oldest first."""
    every = list(rows)
    now = in_force(row for row in every if row.starts_on <= today)
    found = []
    for rule, word in RULE_WORDS.items():
        own = [row for row in every if row.rule == rule]
        begun = [row for row in own if row.starts_on <= today]
        lines = tuple(_line(each, RULES[rule].thresholds(), now[rule]) for each in THRESHOLDS[rule])
        found.append(
            RuleTold(
                rule,
                word,
                says(rule, now[rule]),
                lines,
                begun[-1] if begun else None,
                tuple(row for row in own if row.starts_on > today),
                tuple(reversed(begun[:-1])),
                act_of(rule),
            )
        )
    return found


def act_of(rule: str) -> str:
    """Return what the form of a rule's decision is called, which ids are made of."""
    return "decide-" + rule.replace(".", "-")


def _line(threshold: Threshold, of_rule: Any, in_use: Any) -> ThresholdLine:
    usual, ours = getattr(of_rule, threshold.name), getattr(in_use, threshold.name)
    return ThresholdLine(threshold.word, with_unit(threshold, usual), with_unit(threshold, ours), usual != ours)
