"""The effect logics of a partnership: the national one and its branches, with versions and what each lacks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tillit.apps.followup.gap_facts import Surroundings, surroundings
from tillit.apps.followup.logic_access import sees_logic
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import EffectEdge, EffectLogic
from tillit.apps.followup.models.words import PLAN_STATUS
from tillit.apps.followup.queries.logic_words import STATUS_MARKS, headline
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Organ, Partnership
from tillit.core.indicators.gaps import blocking, gaps


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list. `headline` "" where it is replaced: what it lacks is nothing to do about."""

    id: UUID
    title: str
    version: int
    status: str
    status_word: str
    mark: str
    adopted_on: date | None
    decision: str
    headline: str
    blocking: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Line:
    """The versions of one logic, the latest first; `organ` None: the national one."""

    organ: Organ | None
    versions: tuple[VersionRow, ...]

    @property
    def standing(self) -> VersionRow | None:
        """Return the version in force, else the draft."""
        by_status = {each.status: each for each in self.versions}
        return by_status.get("adopted") or by_status.get("draft")


@dataclass(frozen=True, slots=True)
class LogicList:
    """What the list shows; `without`: open organs below the top level that have no branch."""

    national: Line
    branches: tuple[Line, ...]
    without: tuple[Organ, ...]
    organs: tuple[Organ, ...]


def logic_list(partnership: Partnership, sight: Sight, today: date) -> LogicList:
    """Return the logics that somebody may know of. Six queries, whatever there is."""
    rows = EffectLogic.objects.filter(partnership=partnership).select_related("organ", "plan")
    every = tuple(rows.order_by("organ__name", "-version"))
    found = surroundings(partnership, today)
    edges: dict[UUID, list[EffectEdge]] = {}
    for edge in EffectEdge.objects.filter(logic__partnership=partnership, logic__status__in=("draft", "adopted")):
        edges.setdefault(edge.logic_id, []).append(edge)
    seen = [each for each in every if sees_logic(sight, each)]
    lines: dict[UUID | None, list[VersionRow]] = {None: []}
    organs = {each.pk: each for each in partnership.organs.select_related("level")}
    for each in seen:
        lines.setdefault(each.organ_id, []).append(_version(each, found, edges.get(each.pk, [])))
    begun = {each.organ_id for each in every}
    shown = [
        each
        for each in organs.values()
        if sight.sees(each.openness, each.pk) and (each.ends_on is None or each.ends_on > today)
    ]
    return LogicList(
        national=Line(None, tuple(lines[None])),
        branches=tuple(Line(organs[key], tuple(versions)) for key, versions in lines.items() if key is not None),
        without=tuple(each for each in shown if each.pk not in begun and each.level.rank > 0),
        organs=tuple(each for each in shown if each.pk not in begun),
    )


def _version(logic: EffectLogic, found: Surroundings, edges: list[EffectEdge]) -> VersionRow:
    stops, all_, said = 0, 0, ""
    if logic.status != "replaced":
        steps = found.steps(logic)
        lacking = gaps(logic_of(logic, steps, edges), found.around(logic))
        stops, all_ = len(blocking(lacking)), len(lacking)
        said = headline(logic, len(steps), stops, all_ - stops)
    return VersionRow(
        id=logic.pk,
        title=logic.title,
        version=logic.version,
        status=logic.status,
        status_word=str(PLAN_STATUS[logic.status]),
        mark=STATUS_MARKS[logic.status],
        adopted_on=logic.adopted_on,
        decision=logic.decision,
        headline=said,
        blocking=stops,
        warnings=all_ - stops,
    )
