"""Clinical trials of a partnership: where each stands, and what can be counted from their dated states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch, Q

from tillit.apps.followup.models import Trial, TrialSite, TrialState
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.core.indicators.judged import median

ORDER = ("planned", "applied", "approved", "started", "first_patient", "closed")
"""The states as a trial comes to them; withdrawn may come after any."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; "" is all. `region`: the county code of a site."""

    phase: str = ""
    state: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A trial with its standing states by day, its sites, and its patients by plan and so far, None where not known.

    `out_of_order`: two of its days cannot both be right.
    """

    trial: Trial
    states: tuple[TrialState, ...]
    sites: tuple[TrialSite, ...]
    planned: int | None
    recruited: int | None
    out_of_order: bool

    @property
    def latest(self) -> TrialState | None:
        """Return the state it came to last; what is only planned comes before what has happened."""
        done = [each for each in self.states if each.state != "planned"]
        rank = {state: at for at, state in enumerate((*ORDER, "withdrawn"))}
        return max(done or self.states, key=lambda each: (each.on, rank[each.state]), default=None)

    def day(self, state: str) -> date | None:
        """Return when it came to a state."""
        return next((each.on for each in self.states if each.state == state), None)


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted from the rows. `started`: (year, number) of those whose start has a day; `unknown_start`:
    those that have a later state and no day of start. `days`: the middle of days from application to first patient,
    of `days_of` trials. `planned` and `recruited` are of the trials where both are known, `both_known` of them."""

    by_state: tuple[tuple[str, int], ...]
    by_phase: tuple[tuple[str, int], ...]
    by_region: tuple[tuple[str, int], ...]
    started: tuple[tuple[int, int], ...]
    unknown_start: int
    days: Decimal | None
    days_of: int
    planned: int | None
    recruited: int | None
    both_known: int


def trial_rows(partnership: Partnership, sight: Sight) -> tuple[TrialRow, ...]:
    """Return the trials that somebody may see, by title. Three queries."""
    states = TrialState.objects.filter(CURRENT).order_by("on", "pk")
    sites = TrialSite.objects.select_related("organisation").order_by("organisation__name", "pk")
    found = (
        Trial.objects.filter(partnership=partnership)
        .filter(Q(openness__in=sight.levels) | Q(openness="organ", network__in=sight.organs))
        .select_related("sponsor", "network")
        .prefetch_related(Prefetch("states", states), Prefetch("sites", sites))
    )
    return tuple(row_of(each) for each in found)


def row_of(trial: Trial) -> TrialRow:
    """Return a trial as a row; its states are those that stand."""
    states = tuple(each for each in trial.states.all() if each.superseded_at is None)
    sites = tuple(trial.sites.all())
    planned = trial.planned_patients
    if planned is None:
        planned = _whole([each.planned_patients for each in sites])
    return TrialRow(trial, states, sites, planned, _whole([each.recruited for each in sites]), _disagrees(states))


def narrowed(rows: Iterable[TrialRow], wanted: Wanted) -> tuple[TrialRow, ...]:
    """Return the rows that are asked for."""
    return tuple(
        row
        for row in rows
        if (not wanted.phase or row.trial.phase == wanted.phase)
        and (not wanted.state or (row.latest is not None and row.latest.state == wanted.state))
        and (not wanted.region or any(site.organisation.county_code == wanted.region for site in row.sites))
    )


def figures(rows: Sequence[TrialRow]) -> Figures:
    """Return what can be counted: nothing that is not known is counted as 0, and how much that is is told."""
    latest = [row.latest.state if row.latest is not None else "" for row in rows]
    starts = [day for row in rows if (day := row.day("started")) is not None]
    waits = [
        (first - applied).days
        for row in rows
        if (applied := row.day("applied")) is not None and (first := row.day("first_patient")) is not None
    ]
    both = [row for row in rows if row.planned is not None and row.recruited is not None]
    regions = [code for row in rows for code in {site.organisation.county_code for site in row.sites} if code]
    return Figures(
        _counted(latest, (*ORDER, "withdrawn", "")),
        _counted([row.trial.phase for row in rows], sorted({row.trial.phase for row in rows})),
        _counted(regions, sorted(set(regions))),
        tuple((year, sum(day.year == year for day in starts)) for year in sorted({day.year for day in starts})),
        sum(row.day("started") is None and bool(row.day("first_patient") or row.day("closed")) for row in rows),
        _middle(waits),
        len(waits),
        sum(row.planned or 0 for row in both) if both else None,
        sum(row.recruited or 0 for row in both) if both else None,
        len(both),
    )


def _middle(days: Sequence[int]) -> Decimal | None:
    if not days:
        return None
    found = median(Fraction(each) for each in days)
    return Decimal(found.numerator) / Decimal(found.denominator)


def _counted(values: Sequence[str], order: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple((each, values.count(each)) for each in order if each in values)


def _whole(values: Sequence[int | None]) -> int | None:
    """Return the sum, None where there are none or any is not known: a part is not the whole."""
    known = [each for each in values if each is not None]
    return sum(known) if known and len(known) == len(values) else None


def _disagrees(states: Iterable[TrialState]) -> bool:
    """Return whether a state has an earlier day than one that comes before it; a plan is no fact."""
    days = {each.state: each.on for each in states}
    known = [days[each] for each in ORDER[1:] if each in days]
    return known != sorted(known)
