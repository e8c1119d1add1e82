"""What one reads beside the form of a report: the definition, the figures before, what stands, what others rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tillit.apps.accounts.models import Person
from tillit.apps.followup.asked import periods_of
from tillit.apps.followup.models import IndicatorVersion, Observation, ObservationEvidence, Reporter, RubricLevel
from tillit.apps.followup.series import APPROVED, version_in
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.core.indicators.late import due
from tillit.core.indicators.periods import Period

BEFORE = 4
"""How many figures before are shown beside the one that is asked for."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A period of a reporter. `version` None: it is none that they report.

    `standing`: the row that stands, one's own where several rate. `before`: of the latest periods before, oldest
    first, None where nothing stands. `history`: what stood here earlier, latest first. `others`: other raters' rows.
    """

    reporter: Reporter
    period: Period
    version: IndicatorVersion | None
    due: date | None
    standing: Observation | None
    others: tuple[Observation, ...]
    before: tuple[tuple[Period, Observation | None], ...]
    history: tuple[Observation, ...]
    rubric: tuple[RubricLevel, ...]
    evidence: tuple[ObservationEvidence, ...]


def reporter_of(partnership: Partnership, key: UUID) -> Reporter | None:
    """Return a reporter of a partnership, with its indicator. One query."""
    rows = Reporter.objects.filter(indicator__partnership=partnership, pk=key)
    return rows.select_related("indicator__partnership", "indicator__goal", "organisation", "organ").first()


def report_page(reporter: Reporter, period: Period, rater: Person | None) -> ReportPage:
    """Return what the page of a report shows. Four queries, one less for a figure."""
    versions = list(reporter.indicator.versions.all())
    version = version_in(versions, period)
    if version is not None and (version.frequency != period.frequency or not _is_asked(reporter, versions, period)):
        version = None
    first = period.number - BEFORE
    rows = list(
        Observation.objects.filter(reporter=reporter, frequency=period.frequency)
        .filter(Q(number__gte=first, number__lte=period.number))
        .select_related("rater", "submitted_by", "approved_by", "recorded_by", "version")
        .order_by("-recorded_at", "-pk")
    )
    here = [row for row in rows if row.number == period.number]
    stands = [row for row in here if row.superseded_at is None]
    rates = version is not None and version.kind == "qualitative"
    own = next((row for row in stands if not rates or (rater is not None and row.rater_id == rater.pk)), None)
    return ReportPage(
        reporter,
        period,
        version,
        due(period, version.grace_days) if version is not None else None,
        own,
        tuple(row for row in stands if row is not own),
        tuple((at, _shown(rows, at.number)) for at in (period.ahead(-step) for step in range(BEFORE, 0, -1))),
        tuple(row for row in here if row.superseded_at is not None),
        tuple(version.rubric.all()) if version is not None and rates else (),
        tuple(ObservationEvidence.objects.filter(observation__in=here).select_related("version").order_by("pk")),
    )


def waiting_of(partnership: Partnership) -> tuple[Observation, ...]:
    """Return what waits for approval in a partnership, the longest waiting first, with its evidence. Two queries."""
    rows = Observation.objects.filter(CURRENT, reporter__indicator__partnership=partnership, status="submitted")
    named = rows.select_related(
        "reporter__indicator",
        "reporter__organisation",
        "reporter__organ",
        "version",
        "rater",
        "submitted_by",
        "supersedes",
    )
    return tuple(named.prefetch_related("evidence").order_by("submitted_on", "ends_on", "pk"))


def _is_asked(reporter: Reporter, versions: Sequence[IndicatorVersion], period: Period) -> bool:
    return any(each == period for _version, each in periods_of(reporter, versions, period.ahead(1).start))


def _shown(rows: Sequence[Observation], number: int) -> Observation | None:
    """Return what stands for a period, what is approved before what waits."""
    here = [row for row in rows if row.number == number and row.superseded_at is None and row.status != "draft"]
    return next((row for row in here if row.status in APPROVED), here[0] if here else None)


Place = tuple[UUID, Period]


def latest_of(
    reporters: Sequence[UUID], rater: Person | None
) -> tuple[dict[Place, Observation], dict[Place, Observation], dict[UUID, IndicatorVersion]]:
    """Return what stands for each period, one's own where several rate; what is approved; each indicator's latest
    version. Two queries.
    """
    rows = Observation.objects.filter(CURRENT, reporter__in=reporters).order_by("number", "pk")
    stands: dict[Place, Observation] = {}
    approved: dict[Place, Observation] = {}
    for row in rows:
        place = (row.reporter_id, Period(row.frequency, row.number))
        if row.rater_id is None or (rater is not None and row.rater_id == rater.pk):
            stands[place] = row
        if row.status in APPROVED:
            approved[place] = row
    versions = IndicatorVersion.objects.filter(indicator__reporters__in=reporters).order_by("starts_on", "number")
    return stands, approved, {each.indicator_id: each for each in versions}
