"""One calendar of what somebody is to report, over partnerships and organs: what is late, due now, and in a year.

What will be missing is known before it is: a period opens the day after its last, and is due some days later (D2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from tillit.apps.accounts.models import Person
from tillit.apps.followup.asked import periods_of
from tillit.apps.followup.models import IndicatorVersion, Observation, Reporter
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Membership
from tillit.apps.partnerships.occurring import seated
from tillit.core.indicators.judged import RED
from tillit.core.indicators.late import Report, days_late, due, lateness
from tillit.core.indicators.periods import Period
from tillit.core.period import months_after

AHEAD = 12
"""Months ahead that are shown, and months back that what is done stays."""
SOON_DAYS = 30
"""Days before it is due that something is among what waits for one. Ours, as on the rest of that page."""
_STAGES = ("", "returned", "draft", "submitted", "approved", "locked")


@dataclass(frozen=True, slots=True)
class Due:
    """One period that one reporter is asked for. `opens`: the first day it can be reported, `due`: the last in time.

    `status`: of what stands there, "" for nothing; of one's own row where several rate. `days_left`: below 0 when the
    day has gone by. `days_late`: between it and the report, or today.
    """

    reporter: UUID
    indicator: UUID
    code: str
    name: str
    unit: str
    kind: str
    whose: str
    organisation: UUID | None
    organ: UUID | None
    slug: str
    partnership: str
    period: Period
    opens: date
    due: date
    status: str
    days_left: int
    days_late: int
    verdict: str

    @property
    def state(self) -> str:
        """Return done, waiting, late, open or coming."""
        if self.status in ("approved", "locked"):
            return "done"
        if self.status == "submitted":
            return "waiting"
        if self.days_left < 0:
            return "late"
        return "open" if self.opens <= self.due - timedelta(days=self.days_left) else "coming"

    @property
    def very_late(self) -> bool:
        """Return whether it is late and red (D2)."""
        return self.state == "late" and self.verdict == RED


def due_for(
    person: Person, organisation: Organisation | None, today: date, *, speaks: bool, ahead: int = AHEAD
) -> tuple[Due, ...]:
    """Return what is asked of an organisation that somebody speaks for, and of the organs they sit in: two queries.

    `speaks`: False for who does not speak for it, of whom only the organs' is asked. Earliest due first.
    """
    sits = seated(today).filter(person=person).values("seat__organ")
    whose = Q(organ__in=sits)
    if speaks and organisation is not None:
        member = Membership.objects.filter(CURRENT, organisation=organisation).values("partnership")
        whose |= Q(organisation=organisation, indicator__partnership__in=member)
    return due_of(whose, today, ahead=ahead, rater=person)


def due_of(whose: Q, today: date, *, ahead: int = AHEAD, rater: Person | None = None) -> tuple[Due, ...]:
    """Return what is asked of some reporters, earliest due first. Two queries.

    What has not started, is closed or has ended is not asked for; what is done is there for a year.
    """
    asked = _asked(whose)
    if not asked:
        return ()
    rows = Observation.objects.filter(CURRENT, reporter__in=[each for each, _versions in asked]).order_by()
    stands = standing(
        rows.values_list("reporter_id", "frequency", "number", "status", "submitted_on", "rater_id"), rater
    )
    return dues(asked, stands, today, ahead=ahead)


def dues(
    asked: Iterable[tuple[Reporter, Sequence[IndicatorVersion]]],
    stands: Mapping[tuple[UUID, Period], tuple[date | None, str]],
    today: date,
    *,
    ahead: int = AHEAD,
) -> tuple[Due, ...]:
    """Return what is asked of reporters that are read already, with where it stands, earliest due first. No query."""
    before = months_after(today, ahead)
    found = (
        _due(reporter, version, period, stands.get((reporter.pk, period), (None, "")), today)
        for reporter, versions in asked
        for version, period in periods_of(reporter, versions, before)
        if reporter.indicator.closed_on is None or period.end < reporter.indicator.closed_on
    )
    since = months_after(today, -AHEAD)
    kept = (each for each in found if each.state in ("late", "waiting") or each.due >= since)
    return tuple(sorted(kept, key=lambda each: (each.due, each.partnership, each.name, str(each.reporter))))


def to_do(rows: Iterable[Due], today: date) -> tuple[Due, ...]:
    """Return what waits for somebody: what is late, and what can be reported and is due within thirty days."""
    soon = today + timedelta(days=SOON_DAYS)
    return tuple(row for row in rows if row.state == "late" or (row.state == "open" and row.due <= soon))


def _asked(whose: Q) -> list[tuple[Reporter, list[IndicatorVersion]]]:
    """Return reporters with the versions of their indicators, by one query over both."""
    reporters: dict[Any, tuple[Reporter, list[IndicatorVersion]]] = {}
    started = Q(indicator__not_started=False, indicator__partnership__not_started=False)
    matched = Reporter.objects.filter(whose, started, indicator__versions__isnull=False)
    matched = matched.exclude(indicator__partnership__status="ended")
    joined: Any = matched.select_related("indicator__partnership", "organisation", "organ").annotate(**_of_version())
    for each in joined.order_by("order", "pk"):
        version = IndicatorVersion(
            pk=each.version_key,
            starts_on=each.version_starts,
            number=each.version_number,
            frequency=each.version_frequency,
            grace_days=each.version_grace,
            unit=each.version_unit,
            kind=each.version_kind,
        )
        reporters.setdefault(each.pk, (each, []))[1].append(version)
    return list(reporters.values())


def _of_version() -> dict[str, Any]:
    names = {
        "key": "pk",
        "starts": "starts_on",
        "number": "number",
        "frequency": "frequency",
        "grace": "grace_days",
        "unit": "unit",
        "kind": "kind",
    }
    return {f"version_{name}": F(f"indicator__versions__{column}") for name, column in names.items()}


def standing(rows: Iterable[Any], rater: Person | None) -> dict[tuple[UUID, Period], tuple[date | None, str]]:
    """Return when each period was sent in and where it stands; one's own word first, else how far the others came.

    `rows`: reporter, frequency, number, status, the day it was sent in, and who rates.
    """
    found: dict[tuple[UUID, Period], tuple[bool, int, date | None, str]] = {}
    for key, frequency, number, status, sent, by in rows:
        place = (key, Period(frequency, number))
        own = rater is not None and by == rater.pk
        this = (own, _STAGES.index(status), sent if status not in ("draft", "returned") else None, status)
        if place not in found or this[:2] > found[place][:2]:
            found[place] = this
    return {place: (sent, status) for place, (_own, _stage, sent, status) in found.items()}


def _due(
    reporter: Reporter, version: IndicatorVersion, period: Period, stands: tuple[date | None, str], today: date
) -> Due:
    sent, status = stands
    last = due(period, version.grace_days)
    report, indicator = Report(period, submitted=sent), reporter.indicator
    return Due(
        reporter=reporter.pk,
        indicator=indicator.pk,
        code=indicator.code,
        name=indicator.name,
        unit=version.unit,
        kind=version.kind,
        whose=(reporter.organisation or reporter.organ).name,  # type: ignore[union-attr]
        organisation=reporter.organisation_id,
        organ=reporter.organ_id,
        slug=indicator.partnership.slug,
        partnership=indicator.partnership.name,
        period=period,
        opens=period.end + timedelta(days=1),
        due=last,
        status=status,
        days_left=(last - today).days,
        days_late=days_late(report, today, version.grace_days),
        verdict=lateness(report, today, version.grace_days),
    )
