"""How much of what fell due was met, counted in whole numbers from lines and what was said of them.

The same as the core's own reckoning of each time (a test holds the two together), without making an object of each: a
party's times weigh alike and a word about one is met, partly met, let off or nothing. What was said without a day is
left to the core, which looks for the day in the evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from tillit.apps.partnerships.commitment_facts import supported, word_of
from tillit.apps.partnerships.models import CURRENT, CommitmentEvent, Evidence, Partnership
from tillit.apps.partnerships.queries.commitment_lines import HUNDREDTHS, LIMITS, Line, day_of
from tillit.apps.prepared import prepared
from tillit.core.governance.commitments import MET, NOT_MET, PARTLY_MET, WAIVED, Evidence as Support, supports
from tillit.core.governance.fulfilment import Fulfilment, judge_fulfilment
from tillit.core.governance.occurrences import occurrences

WHOLE = 1000
"""A time that is met, in the thousandths that a fraction is given in."""
Word = tuple[str, str | None, str | None, str, str, str | None, str]
"""The commitment, the party, the due day, the day it was said, the verdict, the fraction and the decision, as text."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What stands of a partnership's commitments, by `Line.whose`."""

    words: Mapping[str, list[Word]]
    evidence: Mapping[str, list[Support]]


@dataclass(slots=True)
class Count:
    """Weight in hundredths, what is met of it in hundredths of thousandths, how many times, and whether one is heavy
    and unmet for long. `silent`: times of all that fell due that nobody has said anything about."""

    weight: int = 0
    met: int = 0
    times: int = 0
    heavy: bool = False
    silent: int = 0

    def judged(self) -> tuple[Fulfilment, str]:
        """Return it as fulfilment, and the core's verdict on it."""
        weight, met = Fraction(self.weight, HUNDREDTHS), Fraction(self.met, HUNDREDTHS * WHOLE)
        share = met / weight if weight else None
        rows = [] if share is None else [_row(Decimal(self.weight) / HUNDREDTHS, share, MET, 0, inside=True)]
        if self.heavy:
            rows.append(_row(LIMITS.heavy_weight, Fraction(0), NOT_MET, LIMITS.heavy_days + 1, inside=False))
        return Fulfilment(share, met, weight, self.times), judge_fulfilment({"occurrences": rows}, LIMITS).verdict


def spoken_of(partnership: Partnership) -> Spoken:
    """Return the words that stand and the evidence that is accepted, of all commitments of a partnership. One query."""
    words: dict[str, list[Word]] = {}
    shown: dict[str, list[Support]] = {}
    for row in _spoken(partnership.pk):
        whose = row[0] + (row[1] or "")
        if row[4]:
            words.setdefault(whose, []).append(row)
        else:
            shown.setdefault(whose, []).append(Support(day_of(row[3]), day_of(row[2]) if row[2] else None))
    return Spoken(words, shown)


@prepared
def _spoken(partnership: UUID) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return words and evidence as text, which no column is made into anything else from: nothing has more rows."""
    here = Q(commitment__partnership=partnership)
    events = CommitmentEvent.objects.filter(here, CURRENT).order_by()
    accepted = Evidence.objects.filter(here, accepted_on__isnull=False).order_by()
    blank = Value("", CharField())
    keys = {"key": _text("commitment_id"), "of": _text("party_id"), "due": _text("due_on")}
    return events.values_list(*keys.values(), _text("said_on"), "verdict", _text("fraction"), "decision").union(
        accepted.annotate(blank=blank).values_list(*keys.values(), _text("effective_on"), *["blank"] * 3), all=True
    )


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def counted(lines: Iterable[Line], spoken: Spoken, today: date) -> Count:
    """Return how much of what some lines owe was met, a day not included. No query."""
    found, now = Count(), today.isoformat()
    for line in lines:
        if line.days.before:
            words = spoken.words.get(line.whose, ())
            if any(word[2] is None for word in words):
                _by_core(found, line, spoken, today)
            else:
                _add(found, line, words, spoken, now)
    return found


def _add(found: Count, line: Line, words: Iterable[Word], spoken: Spoken, now: str) -> None:
    before, window, old = line.days.before, line.days.window, line.days.old
    times, met, said, kept = len(window), 0, 0, 0
    for _key, _of, due, day, verdict, fraction, decision in words:
        if due not in before:
            continue  # its days have been changed since
        said += 1
        if day > now:
            continue
        if verdict == WAIVED and decision:
            times -= due in window
            kept += due in old
        elif (credit := _credit(verdict, fraction)) and (not line.evidence_required or _shown(line, str(due), spoken)):
            met += credit if due in window else 0
            kept += due in old
    found.times += times
    found.weight += times * line.weight
    found.met += met * line.weight
    found.silent += len(before) - said
    found.heavy = found.heavy or (kept < len(old) and line.heavy)


def _credit(verdict: str, fraction: str | None) -> int:
    """Return how much a word is worth, in thousandths, where it is accepted."""
    if verdict == MET:
        return WHOLE
    if verdict != PARTLY_MET:
        return 0
    return WHOLE // 2 if fraction is None else int(Decimal(fraction) * WHOLE)


def _shown(line: Line, due: str, spoken: Spoken) -> bool:
    """Return whether there is evidence for a time (I-26)."""
    evidence, before = spoken.evidence.get(line.whose, ()), line.days.before[due]
    return any(supports(each, day_of(due), before, line.promise.grace_days) for each in evidence)


def _by_core(found: Count, line: Line, spoken: Spoken, today: date) -> None:
    promise = replace(line.promise, weight=Decimal(line.weight) / HUNDREDTHS, evidence_required=line.evidence_required)
    said = [
        word_of("", day_of(due) if due else None, day_of(day), verdict, fraction, decision)
        for _key, _of, due, day, verdict, fraction, decision in spoken.words.get(line.whose, ())
    ]
    told = [supported(word, spoken.evidence.get(line.whose, ()), promise, today) for word in said]
    for time in occurrences([promise], told, today):
        if time.in_window and time.state != WAIVED:
            found.times += 1
            found.weight += line.weight
            found.met += int(time.fraction * WHOLE) * line.weight
        unmet = time.fraction == 0 and time.state != WAIVED and time.days_overdue > LIMITS.heavy_days
        found.heavy = found.heavy or (line.heavy and unmet)
        found.silent += time.state == NOT_MET and all(word.occurrence != time.due for word in said)


def _row(weight: Decimal, fraction: Fraction, state: str, days: int, *, inside: bool) -> dict[str, Any]:
    return {
        "commitment": "",
        "due": "",
        "weight": weight,
        "fraction": fraction,
        "state": state,
        "days_overdue": days,
        "in_window": inside,
    }
