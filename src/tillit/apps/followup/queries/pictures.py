"""The pictures of a partnership's indicators, read in as many queries however many they are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from tillit.apps.followup.bearings import Bearings, bearings
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import EffectEdge, IndicatorVersion, Observation, Reporter
from tillit.apps.followup.pictures import Picture, Sources, picture
from tillit.apps.followup.thresholds import JudgedBy, decided
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators.effect_logic import Logic

Row = TypeVar("Row")


def pictures(
    partnership: Partnership,
    today: date,
    *,
    levels: Sequence[str] = ("public",),
    keys: Collection[UUID] | None = None,
    judged_by: JudgedBy | None = None,
) -> tuple[Picture, ...]:
    """Return the pictures of the indicators that may be seen, in their order; `keys`: of these only. Six queries.

    `levels`: the openness values of what may be seen. Closed indicators are there too, the caller leaves them out.
    `judged_by`: the thresholds of any day where they are read already; then there are five. The effect logic is read
    only where a figure shows a step of it.
    """
    versions = IndicatorVersion.objects.filter(
        indicator__partnership=partnership, indicator__openness__in=levels
    ).select_related("indicator__level", "indicator__goal__plan", "owner_party")
    if keys is not None:
        versions = versions.filter(indicator__in=keys)
    found = _by(versions.order_by(), "indicator_id")
    sources = _sources(found, bearings(versions.values("pk")))
    limits = judged_by or decided(partnership)
    shows_step = any(each.indicator.node_code and each.kind == "quantitative" for of in found.values() for each in of)
    logic = _national(partnership) if shows_step else None
    started = not partnership.not_started
    return tuple(sorted((picture(each, today, limits, logic, started=started) for each in sources), key=_order))


def _sources(found: Mapping[Any, list[IndicatorVersion]], known: Mapping[object, Bearings]) -> Iterator[Sources]:
    """Yield what each indicator's picture is drawn of. Two queries."""
    reporters = (
        Reporter.objects.filter(indicator__in=list(found))
        .select_related("organisation", "organ")
        .order_by("order", "pk")
    )
    reporting = _by(reporters, "indicator_id")
    whose = {each.pk: each.indicator_id for of in reporting.values() for each in of}
    rows = Observation.objects.filter(reporter__indicator__in=list(found)).select_related("rater")
    observed: dict[Any, list[Observation]] = {}
    for row in rows.order_by("number", "pk"):
        observed.setdefault(whose[row.reporter_id], []).append(row)
    for key, of in found.items():
        yield Sources(tuple(of), tuple(reporting.get(key, ())), tuple(observed.get(key, ())), known)


def _order(of: Picture) -> tuple[int, int, str, str]:
    return of.indicator.level.rank, of.indicator.order, of.indicator.name, str(of.indicator.pk)


def _by(rows: Iterable[Row], name: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _national(partnership: Partnership) -> Logic | None:
    """Return the steps of the adopted national logic that are joined to others: what lies alone leads nowhere."""
    edges = list(
        EffectEdge.objects.filter(
            logic__partnership=partnership, logic__organ__isnull=True, logic__status="adopted"
        ).select_related("logic", "src", "dst")
    )
    if not edges:
        return None
    nodes = {node.pk: node for edge in edges for node in (edge.src, edge.dst)}
    return logic_of(edges[0].logic, nodes.values(), edges)
