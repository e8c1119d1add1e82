"""Reads indicators as they are written: what each lacks to measure a goal, its versions, and who can be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from tillit.apps.followup.bearings import Bearings, bearings
from tillit.apps.followup.doubts import doubts
from tillit.apps.followup.goal_facts import Codes, core_indicator, paths
from tillit.apps.followup.models import EffectNode, Goal, Indicator, IndicatorVersion, Observation
from tillit.apps.followup.queries.goals import sees_goal
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Level, Membership, Organ, Partnership
from tillit.core.indicators.judged import NEUTRAL
from tillit.core.indicators.measurability import Examined, examined
from tillit.core.indicators.spc import is_slow

LISTED = 60
"""How many indicators a page of the list has."""
NOT_FOR_FOLLOWED = frozenset({"M3", "M4", "M7", "M9"})
"""What an indicator that is followed without a target needs no more: it has no way to go."""
WITH = ("indicator__level", "indicator__goal__plan", "indicator__goal__owner_party", "indicator__goal__owner_organ")
NONE, ZERO = Value("", CharField()), Value(0)
_IN_PLANS = {"plan__status__in": ("draft", "adopted")}
LACKING, COMPLETE, FOLLOWED, CLOSED = "lacking", "complete", "followed", "closed"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in its latest version. `goal`: the one it serves, where that may be read.

    `state`: lacking something to measure a goal by, complete, followed without a target, or closed. `doubts`: what
    its baseline and targets say against each other. `reporters`: how many have it to report.
    """

    version: IndicatorVersion
    bearings: Bearings
    found: Examined
    goal: Goal | None
    state: str
    doubts: tuple[str, ...]

    @property
    def indicator(self) -> Indicator:
        return self.version.indicator

    @property
    def lacking(self) -> tuple[str, ...]:
        return self._needed(self.found.lacking)

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.found.remarks

    @property
    def untried(self) -> tuple[str, ...]:
        return self._needed(self.found.untried)

    @property
    def is_slow(self) -> bool:
        """Return whether a real change is practically never seen in it: it is measured by year."""
        return is_slow(self.version.frequency)

    @property
    def reporters(self) -> int:
        return int(getattr(self.version, "reporting", 0))

    @property
    def is_observed(self) -> bool:
        return bool(getattr(self.version, "is_observed", False))

    def _needed(self, codes: Iterable[str]) -> tuple[str, ...]:
        is_followed = self.version.direction == NEUTRAL and self.indicator.goal_id is None
        return tuple(code for code in codes if not (is_followed and code in NOT_FOR_FOLLOWED))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is sifted by; "" is everything. `lacks`: a code of D6."""

    level: str = ""
    state: str = ""
    lacks: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the indicators that may be seen. `measuring` of `all` have what it takes to measure a goal.

    Those that are followed without a target, and the closed ones, are not counted among them.
    """

    rows: tuple[IndicatorRow, ...]
    page: int
    pages: int
    found: int
    measuring: int
    all: int
    any: bool


def listed(partnership: Partnership, sight: Sight, today: date, wanted: Wanted) -> Listed:
    """Return a page of indicators by level, goal and order. Three queries, however many they are."""
    rows = indicator_rows(partnership, sight, today)
    counted = [row for row in rows if row.state in (LACKING, COMPLETE)]
    fits = sorted((row for row in rows if _fits(row, wanted)), key=_place)
    pages = max(1, -(-len(fits) // LISTED))
    page = min(max(1, wanted.page), pages)
    return Listed(
        rows=tuple(fits[(page - 1) * LISTED : page * LISTED]),
        page=page,
        pages=pages,
        found=len(fits),
        measuring=sum(row.state == COMPLETE for row in counted),
        all=len(counted),
        any=bool(rows),
    )


def indicator_rows(partnership: Partnership, sight: Sight, today: date) -> tuple[IndicatorRow, ...]:
    """Return every indicator that may be seen, in its order. Three queries."""
    versions = _latest(_versions(partnership).filter(indicator__openness__in=sight.levels))
    known = bearings([each.pk for each in versions])
    codes = paths(partnership)
    return tuple(_row(each, known.get(each.pk, Bearings()), codes, sight, today) for each in versions)


def indicator_row(partnership: Partnership, sight: Sight, key: UUID, today: date) -> IndicatorRow | None:
    """Return one indicator, None where there is none that may be seen. Three queries, one where there is none."""
    versions = _latest(_versions(partnership).filter(indicator=key, indicator__openness__in=sight.levels))
    if not versions:
        return None
    known = bearings([versions[0].pk])
    return _row(versions[0], known.get(versions[0].pk, Bearings()), paths(partnership), sight, today)


def versions_of(indicator: Indicator) -> tuple[IndicatorVersion, ...]:
    """Return the versions, the latest first, each with how many of its periods are reported. One query."""
    rows = indicator.versions.select_related("owner_party")
    return tuple(rows.annotate(reported=Count("observations__number", distinct=True)).order_by("-number"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose. `code`: a level's own code, a goal's status; "" for the others."""

    key: str
    name: str
    code: str


def choices_for(partnership: Partnership, *sorts: str) -> Mapping[str, tuple[Choice, ...]]:
    """Return what there is to choose among, by its sort: level, goal, step, party, organ. One query.

    Levels are in their order, goals of plans that hold or are drafts, steps known by their codes, the rest by name.
    """
    first, *rest = (_column(partnership, sort) for sort in sorts)
    rows = sorted(first.union(*rest, all=True), key=lambda row: (row[4], row[2].casefold(), row[1]))
    found: dict[str, dict[str, Choice]] = {sort: {} for sort in sorts}
    for sort, key, name, code, _order in rows:
        whole = key if sort in ("level", "step") else str(UUID(key))
        found[sort].setdefault(whole, Choice(whole, name, code))
    return {sort: tuple(each.values()) for sort, each in found.items()}


def _column(partnership: Partnership, sort: str) -> Any:
    members = Membership.objects.filter(CURRENT, partnership=partnership)
    sorts: dict[str, tuple[QuerySet[Any], str, str, Any, Any]] = {
        "level": (Level.objects.filter(partnership=partnership), "pk", "name", F("code"), F("rank")),
        "goal": (Goal.objects.filter(**_IN_PLANS, plan__partnership=partnership), "pk", "text", F("status"), ZERO),
        "step": (EffectNode.objects.filter(logic__partnership=partnership), "code", "text", NONE, ZERO),
        "party": (members, "organisation_id", "organisation__name", NONE, ZERO),
        "organ": (Organ.objects.filter(partnership=partnership), "pk", "name", NONE, ZERO),
    }
    rows, key, name, code, order = sorts[sort]
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            sort_=Value(sort, text),
            key_=Cast(key, text),
            name_=Cast(name, text),
            code_=Cast(code, text),
            order_=Cast(order, IntegerField()),
        )
        .values_list("sort_", "key_", "name_", "code_", "order_")
    )


def _versions(partnership: Partnership) -> QuerySet[IndicatorVersion]:
    """Return versions with what is counted of each: described levels, reporters, whether anything is observed."""
    rows = IndicatorVersion.objects.filter(indicator__partnership=partnership)
    return (
        rows.select_related("owner_party", *WITH)
        .annotate(
            described=Count("rubric", distinct=True),
            reporting=Count("indicator__reporters", distinct=True),
            is_observed=Exists(Observation.objects.filter(version=OuterRef("pk"))),
        )
        .order_by("indicator__level__rank", "indicator__order", "indicator__name", "indicator", "number")
    )


def _latest(rows: Iterable[IndicatorVersion]) -> tuple[IndicatorVersion, ...]:
    return tuple({row.indicator_id: row for row in rows}.values())


def _row(
    version: IndicatorVersion, known: Bearings, codes: Mapping[UUID | None, Codes], sight: Sight, today: date
) -> IndicatorRow:
    indicator, goal = version.indicator, version.indicator.goal
    organs = {None, goal.plan.organ_id, goal.owner_organ_id} if goal is not None else {None}
    on_path = frozenset().union(*(codes.get(organ, frozenset()) for organ in organs))
    found = examined(core_indicator(goal or Goal(), version, known, on_path))
    if indicator.closed_on is not None and indicator.closed_on <= today:
        state = CLOSED
    elif version.direction == NEUTRAL and goal is None:
        state = FOLLOWED
    else:
        state = LACKING if found.lacking else COMPLETE
    seen = goal if goal is not None and sees_goal(sight, goal) else None
    return IndicatorRow(version, known, found, seen, state, doubts(version, known))


def _fits(row: IndicatorRow, wanted: Wanted) -> bool:
    if wanted.level and row.indicator.level.code != wanted.level:
        return False
    if wanted.lacks and wanted.lacks not in (*row.lacking, *row.remarks):
        return False
    return row.state == wanted.state if wanted.state else row.state != CLOSED


def _place(row: IndicatorRow) -> tuple[int, bool, str, str, int, str]:
    """Return where a row stands: by level, then those of a goal under it, then those of none."""
    indicator, goal = row.indicator, row.goal
    key = str(goal.pk) if goal is not None else ""
    return indicator.level.rank, goal is None, goal.text if goal else "", key, indicator.order, indicator.name


def taken_from_library(partnership: Partnership, sight: Sight) -> Mapping[str, tuple[tuple[UUID, str], ...]]:
    """Return keys and names of the indicators that were made from each entry of the library, by its code. One query."""
    rows = Indicator.objects.filter(partnership=partnership, openness__in=sight.levels).exclude(library="")
    found: dict[str, list[tuple[UUID, str]]] = {}
    for code, key, name in rows.order_by("name", "pk").values_list("library", "pk", "name"):
        found.setdefault(code, []).append((key, name))
    return {code: tuple(each) for code, each in found.items()}
