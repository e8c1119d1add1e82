"""Approved observations of indicators that are open, of partnerships that are open: what anybody may read.

Readings, the same as on an indicator's page: a party's own figures are for those within, so where one of several
reporters is a party none of them is told, for the whole less the others would tell it; the whole is among the open
series. One that reports alone is the whole. An organ that may not be known of is not named.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tillit.apps.followup.models import Observation, Reporter
from tillit.apps.followup.series import APPROVED
from tillit.apps.partnerships.models import CURRENT, Partnership


def open_partnership(slug: str) -> Partnership | None:
    """Return a partnership that anybody may know of, None where there is none. One query."""
    return Partnership.objects.filter(slug=slug.replace("\x00", ""), openness="public").first()


def open_observations(partnership: Partnership, indicator: str = "") -> QuerySet[Observation]:
    """Return what is approved and open in a partnership, by indicator, period and reporter; of one, by its code."""
    beside = Reporter.objects.filter(indicator=OuterRef("reporter__indicator"))
    several = Exists(beside.exclude(pk=OuterRef("reporter")))
    rows = Observation.objects.filter(
        CURRENT,
        reporter__indicator__partnership=partnership,
        reporter__indicator__openness="public",
        status__in=APPROVED,
    )
    rows = rows.exclude(Q(several) & Exists(beside.filter(organ__isnull=True)))
    rows = rows.exclude(Exists(beside.filter(organ__isnull=False).exclude(organ__openness="public")))
    if indicator:
        rows = rows.filter(reporter__indicator__code=indicator.replace("\x00", ""))
    named = rows.select_related("reporter__indicator", "reporter__organisation", "reporter__organ", "version")
    return named.order_by("reporter__indicator__code", "ends_on", "reporter__order", "reporter_id", "pk")
