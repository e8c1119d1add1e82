"""What an organisation is asked to report in a partnership, for the page of what it means to be a party (R2).

Readings: that a party is asked for an indicator may be known by whoever may read of the indicator. What of it is late
is for those within, as on the indicator's page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models.functions import Cast

from tillit.apps.followup.models import Indicator, IndicatorVersion, Observation, Reporter
from tillit.apps.followup.queries.calendar import Due, dues, standing
from tillit.apps.followup.queries.packed import day, packed, together, unpacked
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Partnership

ASKED = {
    "reporter": "pk",
    "since": "since",
    "until": "until",
    "indicator": "indicator_id",
    "name": "indicator__name",
    "code": "indicator__code",
    "openness": "indicator__openness",
    "organ": "indicator__goal__owner_organ",
    "closed": "indicator__closed_on",
    "not_started": "indicator__not_started",
    "version": "indicator__versions__number",
    "starts": "indicator__versions__starts_on",
    "frequency": "indicator__versions__frequency",
    "grace": "indicator__versions__grace_days",
}
STANDS = {
    "reporter": "reporter_id",
    "frequency": "frequency",
    "number": "number",
    "status": "status",
    "sent": "submitted_on",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """An indicator that an organisation reports. `frequency`: "" where nobody has said.

    `due`: the next day that something is due, None where nothing is in the year to come. `late`: the periods that are
    late, None for one who may not know. `not_started`: that nothing is asked for yet.
    """

    indicator: UUID
    name: str
    frequency: str
    since: date
    due: date | None
    late: tuple[Due, ...] | None
    not_started: bool


def duties_told(partnership: UUID, organisation: UUID) -> Cast:
    """Return an expression of all that `duties` reads. No query of its own."""
    asked = Reporter.objects.filter(
        indicator__partnership=partnership, organisation=organisation, indicator__versions__isnull=False
    )
    stands = Observation.objects.filter(
        CURRENT, reporter__indicator__partnership=partnership, reporter__organisation=organisation
    )
    return together(asked=packed(asked, ASKED), stands=packed(stands, STANDS))


def duties(
    text: str | None, partnership: Partnership, organisation: Organisation, sight: Sight, today: date
) -> tuple[Duty, ...]:
    """Return what an organisation is asked for today, by name, as somebody may read it. No query.

    What it was asked for before, or is to be later, is left out, as is what is followed no longer.
    """
    rows = unpacked(text)
    asked = _asked(rows.get("asked", ()), partnership, organisation, sight, today)
    found = standing(((UUID(each["reporter"]), *_stage(each)) for each in rows.get("stands", ())), None)
    within = sight.party or sight.office or sight.evaluator
    told = []
    for reporter, versions in asked:
        stopped = partnership.not_started or reporter.indicator.not_started or partnership.status == "ended"
        calendar = () if stopped else dues([(reporter, versions)], found, today)
        late = tuple(each for each in calendar if each.state == "late")
        coming = [each.due for each in calendar if each.due >= today and each.state in ("open", "coming")]
        told.append(
            Duty(
                reporter.indicator_id,
                reporter.indicator.name,
                _now(versions, today).frequency,
                reporter.since,
                min(coming, default=None),
                late if within else None,
                stopped,
            )
        )
    return tuple(sorted(told, key=lambda each: (each.name.casefold(), str(each.indicator))))


def _asked(
    rows: Iterable[Mapping[str, Any]], partnership: Partnership, organisation: Organisation, sight: Sight, today: date
) -> list[tuple[Reporter, list[IndicatorVersion]]]:
    found: dict[str, tuple[Reporter, list[IndicatorVersion]]] = {}
    for row in rows:
        since, until, closed = day(row["since"]), day(row["until"]), day(row["closed"])
        organ = UUID(row["organ"]) if row["organ"] else None
        if since is None or since > today or (until is not None and until <= today):
            continue
        if (closed is not None and closed <= today) or not sight.sees(row["openness"], organ):
            continue
        if row["reporter"] not in found:
            indicator = Indicator(pk=UUID(row["indicator"]), name=row["name"], code=row["code"], closed_on=closed)
            indicator.partnership, indicator.not_started = partnership, bool(row["not_started"])
            made = Reporter(pk=UUID(row["reporter"]), since=since, until=until, indicator=indicator)
            made.organisation = organisation
            found[row["reporter"]] = made, []
        starts = date.fromisoformat(row["starts"])
        version = IndicatorVersion(
            number=row["version"], starts_on=starts, frequency=row["frequency"], grace_days=row["grace"]
        )
        found[row["reporter"]][1].append(version)
    return list(found.values())


def _now(versions: Iterable[IndicatorVersion], today: date) -> IndicatorVersion:
    """Return the version that holds on a day, the first where none has begun."""
    ordered = sorted(versions, key=lambda each: (each.starts_on, each.number))
    return [*ordered[:1], *(each for each in ordered if each.starts_on <= today)][-1]


def _stage(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["frequency"], row["number"], row["status"], day(row["sent"]), None
