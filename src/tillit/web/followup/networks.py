"""Networks side by side, and the open series as files."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries import networks as reads
from tillit.apps.followup.queries.indicator_page import name_of
from tillit.web.followup.drawing.multiples import multiples
from tillit.web.followup.drawn import read, unit_of
from tillit.web.followup.scorecard_told import day_told
from tillit.web.partnerships.entered import enter
from tillit.web.partnerships.told import level_word
from tillit.web.register.table import plain

COLUMNS = (
    "code", "name", "level", "kind", "unit", "direction", "version", "frequency", "period", "ends_on",
    "value", "numerator", "denominator", "levels", "reported", "asked",
)  # fmt: skip
TEXTS = ("code", "name", "level", "unit")
"""The columns that somebody has written; the others cannot be taken for a formula, and a minus is a minus."""
_BOM = "\ufeff"
"""Without it Excel reads å, ä and ö as something else."""


@require_safe
def networks(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    beside = reads.networks(here.partnership, here.sight, here.today)
    figures = []
    for each in beside:
        of = each.picture
        periods = [point.period for point in of.series.points]
        named = [(name_of(own.reporter), [read(of, value) for value in own.values]) for own in each.own]
        figures.append((each.indicator, level_word(each.indicator.level), unit_of(of), multiples(periods, named)))
    context = {"figures": figures, "day": day_told(here.today)}
    return render(request, "followup/networks.html", {**here.context, **context})


@require_safe
def data_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The open series as CSV: a row for each period. Amounts have a decimal point; what is not known is empty."""
    here = enter(request, slug)
    found = reads.open_pictures(here.partnership, here.today)
    answer = HttpResponse(content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="{here.partnership.slug}-indikatorer.csv"'
    answer.write(_BOM)
    writer = csv.DictWriter(answer, COLUMNS)
    writer.writeheader()
    for row in reads.open_rows(found):
        facts = {**_of_indicator(row.picture), **_of_period(row)}
        writer.writerow({name: plain(facts[name]) if name in TEXTS else facts[name] for name in COLUMNS})
    return answer


@require_safe
def data_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON: each indicator with its definition and its periods. Decimals are text, so that none is rounded
    by who reads them."""
    here = enter(request, slug)
    found = reads.open_pictures(here.partnership, here.today)
    whole = {
        "partnership": here.partnership.name,
        "day": here.today.isoformat(),
        "indicators": list(_indicators(found)),
    }
    return JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _indicators(found: tuple[Picture, ...]) -> Iterator[dict[str, Any]]:
    for each in found:
        periods = [_of_period(row) for row in reads.open_rows((each,))]
        words = {"definition": each.version.definition, "source": each.version.source_system}
        known = [{name: value if value != "" else None for name, value in row.items()} for row in periods]
        yield {**_of_indicator(each), **words, "periods": known}


def _of_indicator(of: Picture) -> dict[str, Any]:
    return {
        "code": of.indicator.code,
        "name": of.indicator.name,
        "level": of.indicator.level.code,
        "kind": of.version.kind,
        "unit": unit_of(of),
        "direction": of.version.direction,
    }


def _of_period(row: reads.OpenRow) -> dict[str, Any]:
    point = row.point
    return {
        "version": "" if point.version is None else point.version,
        "frequency": point.period.frequency,
        "period": str(point.period),
        "ends_on": point.period.end.isoformat(),
        "value": _exact(row.value),
        "numerator": _exact(point.numerator),
        "denominator": _exact(point.denominator),
        "levels": row.levels,
        "reported": point.reported,
        "asked": point.asked,
    }


def _exact(value: Decimal | None) -> str:
    """Return a figure with a decimal point and at most six decimals, "" for none."""
    if value is None:
        return ""
    rounded = round(value, 6).normalize()
    return f"{rounded or Decimal(0):f}"
