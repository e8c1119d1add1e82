"""What is asked of a reporter: which periods, by which version; and what has to hold of a period to be reported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.followup.models import IndicatorVersion, PeriodLock, Reporter
from tillit.apps.followup.series import is_asked, version_in
from tillit.apps.partnerships.models import CURRENT, Partnership
from tillit.core.indicators.periods import Period, whole_periods


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a figure belongs: who reports, for which period; `rater`: by whom, for described levels only."""

    reporter: Reporter
    period: Period
    rater: Person | None = None


def periods_of(
    reporter: Reporter, versions: Iterable[IndicatorVersion], before: date
) -> Iterator[tuple[IndicatorVersion, Period]]:
    """Yield each period that a reporter is asked for and that ends before a day, with the version it is reported by.

    Earliest first within each version. Where a new version has another frequency, a period that had begun is reported
    as it was begun.
    """
    ordered = sorted(versions, key=lambda each: (each.starts_on, each.number))
    for place, version in enumerate(ordered):
        if not version.frequency:
            continue
        ends = ordered[place + 1].starts_on if place + 1 < len(ordered) else date.max
        for period in whole_periods(max(version.starts_on, reporter.since), before, version.frequency):
            if period.start >= ends:
                break
            if is_asked(reporter, period):
                yield version, period


def version_to_report(slot: Slot, today: date) -> IndicatorVersion:
    """Return the version that a period is reported by, where it is one to report. One query.

    Not asked for, and so refused: a period that has not ended, that began before the reporter was asked or before the
    first version, that ends when the reporter or the indicator is no longer followed, or of another length. What has
    not started is not asked for, and is taken all the same when it comes.

    :raises Refused: which of them it is
    """
    reporter, period = slot.reporter, slot.period
    indicator = reporter.indicator
    if period.end >= today:
        day = period.end + timedelta(days=1)
        raise Refused(_("Perioden är inte slut. Den går att rapportera från %(day)s.") % {"day": day}, field="period")
    version = version_in(indicator.versions.all(), period)
    if version is None or not is_asked(reporter, period):
        raise Refused(_("Den här perioden ska ni inte rapportera. Välj en i kalendern."), field="period")
    if version.frequency != period.frequency:
        raise Refused(_("Indikatorn följs inte i sådana perioder. Välj en i kalendern."), field="period")
    if indicator.closed_on is not None and period.end >= indicator.closed_on:
        raise Refused(_("Indikatorn följs inte längre, sedan %(day)s.") % {"day": indicator.closed_on}, field="period")
    return version


def locked_through(partnership: Partnership) -> date | None:
    """Return the last day of what is locked, None where nothing is. One query."""
    return PeriodLock.objects.filter(CURRENT, partnership=partnership).values_list("through", flat=True).first()
