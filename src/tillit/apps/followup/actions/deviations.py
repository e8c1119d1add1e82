"""The rules are run over a partnership, and what they find is kept as deviations (D1–D7, D14, D15).

Readings:
- An open deviation that is found again is the same one: what it rests on is brought up to date. What it was found by
  stays as it was once it is closed or dismissed, and while the figure is the same.
- One that is no longer found stays open until somebody closes it, and tells that it is not seen any more: the last day
  that it was seen stands. What was only to be known of, and that nobody has touched, closes itself.
- One that turns, from worse to better or back, is new again: what somebody said of it was said of something else.
- An act that changes what is judged runs the rules itself, in its own transaction (`judge_anew`), so that nobody has to
  remember to. Many acts at once leave it (`judge=False`) to whoever runs them together. The daily run finds what time
  alone changes, and what is written about indicators step by step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tillit.apps.audit import actions as audit
from tillit.apps.followup.findings import ALL_LEVELS, Found, of_indicator, of_partnership_not_started
from tillit.apps.followup.findings_of_plans import of_goals, of_logics
from tillit.apps.followup.models import OPEN, Deviation, DeviationEvent, Indicator
from tillit.apps.followup.queries.pictures import pictures
from tillit.apps.followup.thresholds import decided
from tillit.apps.parties.conditions import day_of
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators.judged import IMPROVEMENT, INFO, WORSENING

KEPT = ("version", "code", "severity", "direction", "day", "params", "facts", "result")
WRITTEN = (*KEPT, "openness", "last_seen", "status", "cause")
FOUND, SEVERITY, TURNED, GONE, BACK, CLEARED = "found", "severity", "turned", "gone", "back", "cleared"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How many deviations are new, are more or less severe than before, and are no longer found."""

    new: int = 0
    changed: int = 0
    gone: int = 0


@transaction.atomic
def evaluate(*, partnership: Partnership, today: date, at: datetime, indicator: Indicator | None = None) -> Evaluated:
    """Run the rules of a partnership on a day. `indicator`: of its figures only, when they have changed; goals and
    effect logics are judged all the same, for what is known of an indicator counts there too.

    Run twice the same day it changes nothing. A partnership that has ended is not judged. A bounded number of queries.
    """
    here = locked(partnership)
    if here.status == "ended":
        return Evaluated()
    found = {each.deviation.fingerprint: each for each in findings(here, today, indicator)}
    rows = Deviation.objects.filter(OPEN, partnership=here)
    if indicator is not None:
        rows = rows.filter(Q(indicator=indicator) | Q(indicator__isnull=True))
    open_ = {row.fingerprint: row for row in rows}
    run = _Run(today, at, _unseen(open_.values()))
    new = [run.made(here, each) for key, each in found.items() if key not in open_]
    for key, row in open_.items():
        run.met(row, found[key]) if key in found else run.lost(row)
    Deviation.objects.bulk_create(new)
    Deviation.objects.bulk_update(run.touched, WRITTEN)
    DeviationEvent.objects.bulk_create(run.events)
    done = Evaluated(len(new), run.count(SEVERITY), run.count(GONE))
    if run.events:
        counts = {"new": done.new, "changed": done.changed, "gone": done.gone}
        audit.note("followup.deviations.evaluated", subject=here, by=None, at=at, **counts)
    return done


def judge_anew(*, partnership: Partnership, at: datetime, indicators: Iterable[Indicator] | None = None) -> None:
    """Run the rules after an act, in the same transaction. `indicators`: those whose figures it changed.

    One is judged by itself; several are judged with all the others, once. As many queries as `evaluate`. Only what is
    running is judged, as by the daily run.
    """
    if partnership.status != "running":
        return
    touched = None if indicators is None else {each.pk: each for each in indicators}
    if touched is None or len(touched) > 1:
        evaluate(partnership=partnership, today=day_of(at), at=at)
    for each in touched.values() if touched is not None and len(touched) == 1 else ():
        evaluate(partnership=partnership, today=day_of(at), at=at, indicator=each)


def findings(partnership: Partnership, today: date, indicator: Indicator | None = None) -> Iterable[Found]:
    """Yield all that the rules find in a partnership on a day; `indicator`: of its figures only. Fifteen queries."""
    if partnership.not_started:
        told = of_partnership_not_started(partnership, today)
        if told is not None:
            yield told
        return
    judged_by = decided(partnership)
    keys = None if indicator is None else [indicator.pk]
    drawn = [
        each
        for each in pictures(partnership, today, levels=ALL_LEVELS, keys=keys, judged_by=judged_by)
        if each.indicator.closed_on is None or each.indicator.closed_on > today
    ]
    for each in drawn:
        yield from of_indicator(each, today, judged_by)
    yield from of_goals(partnership, today, judged_by)
    yield from of_logics(partnership, today)


def _unseen(rows: Iterable[Deviation]) -> frozenset[object]:
    """Return the keys of those that are known not to be found any more. One query."""
    told = DeviationEvent.objects.filter(deviation__in=[row.pk for row in rows], what__in=(GONE, BACK))
    last = {each.deviation_id: each.what for each in told.order_by("at", "pk")}
    return frozenset(key for key, what in last.items() if what == GONE)


class _Run:
    """What one evaluation writes: rows that change, and what happened to them."""

    def __init__(self, today: date, at: datetime, unseen: frozenset[object]) -> None:
        self.today, self.at, self.unseen = today, at, unseen
        self.touched: list[Deviation] = []
        self.events: list[DeviationEvent] = []

    def count(self, what: str) -> int:
        return sum(each.what == what for each in self.events)

    def made(self, partnership: Partnership, found: Found) -> Deviation:
        """Return a deviation to be written."""
        row = Deviation(
            partnership=partnership,
            indicator=found.indicator,
            rule=found.deviation.rule,
            subject=found.deviation.subject,
            dimensions=dict(found.deviation.dimensions),
            fingerprint=found.deviation.fingerprint,
            first_seen=self.today,
            last_seen=self.today,
            openness=found.openness,
            **_kept(found),
        )
        self._tell(row, FOUND, after=row.severity)
        return row

    def met(self, row: Deviation, found: Found) -> None:
        """Bring an open deviation up to date; the thresholds it was found by stay while the figure is the same."""
        now = {**_kept(found), "openness": found.openness, "last_seen": max(row.last_seen, self.today)}
        before = {name: getattr(row, name) for name in now}
        if row.pk in self.unseen:
            self._tell(row, BACK)
        if now == before:
            return
        if now["severity"] != row.severity:
            self._tell(row, SEVERITY, row.severity, now["severity"])
        if {row.direction, now["direction"]} == {WORSENING, IMPROVEMENT}:
            self._tell(row, TURNED, row.direction, now["direction"])
            row.status, row.cause = "new", ""
        for name, value in now.items():
            setattr(row, name, value)
        self.touched.append(row)

    def lost(self, row: Deviation) -> None:
        """Tell once that an open deviation is no longer found."""
        if row.pk in self.unseen:
            return
        self._tell(row, GONE)
        if row.severity == INFO and row.status == "new":
            self._tell(row, CLEARED, "new", "closed")
            row.status = "closed"
            self.touched.append(row)

    def _tell(self, row: Deviation, what: str, before: str = "", after: str = "") -> None:
        self.events.append(DeviationEvent(deviation=row, at=self.at, what=what, before=before, after=after))


def _kept(found: Found) -> dict[str, Any]:
    return {name: getattr(found.deviation, name) for name in KEPT}
