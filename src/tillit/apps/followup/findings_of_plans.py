"""What D6 and D7 find: how many goals can be measured, by level and tier and in all, and what the adopted effect
logics lack.

Readings: goals of adopted plans count until they are closed, as on the page of goals. Those that not everybody may read
are counted too: the figures name no goal. The whole is told besides each level and tier only where there are several.
An effect logic is the same subject in every version.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from tillit.apps.followup.findings import ALL_LEVELS, Found
from tillit.apps.followup.gap_facts import surroundings
from tillit.apps.followup.goal_facts import known
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import EffectEdge, EffectLogic, Goal
from tillit.apps.followup.thresholds import JudgedBy
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators.deviation import deviation
from tillit.core.indicators.measured_share import Counted, counted, total
from tillit.core.indicators.review import Reviewed


def of_goals(partnership: Partnership, today: date, judged_by: JudgedBy) -> Iterator[Found]:
    """Yield what D6 finds of a partnership's goals. Four queries."""
    rows = Goal.objects.filter(plan__partnership=partnership, plan__status="adopted").exclude(status="closed")
    goals = list(rows.select_related("plan", "level", "owner_party", "owner_organ").order_by("level__rank", "pk"))
    facts = known(partnership, [goal.pk for goal in goals])
    counts = counted(facts.of(goal).asked for goal in goals)
    groups: list[tuple[Mapping[str, str], Counted]] = [
        ({"level": level, "tier": tier}, of) for (level, tier), of in counts.items()
    ]
    if len(groups) != 1:
        groups.insert(0, ({}, total(counts.values())))
    for dimensions, of in groups:
        made = deviation(
            "D6",
            of,
            subject=f"partnership:{partnership.pk}",
            day=today,
            thresholds=judged_by(today)["D6"],
            dimensions=dimensions,
        )
        if made is not None:
            yield Found(made, None, partnership.openness)


def of_logics(partnership: Partnership, today: date) -> Iterator[Found]:
    """Yield what D7 finds of each adopted effect logic. Five queries, one where none is adopted."""
    logics = EffectLogic.objects.filter(partnership=partnership, status="adopted").select_related("plan", "organ")
    adopted = list(logics.order_by("organ_id", "pk"))
    if not adopted:
        return
    around = surroundings(partnership, today)
    edges = list(EffectEdge.objects.filter(logic__in=[each.pk for each in adopted]).order_by("pk"))
    for logic in adopted:
        own = [each for each in edges if each.logic_id == logic.pk]
        reviewed = Reviewed(logic_of(logic, around.steps(logic), own), around.around(logic))
        organ = {"organ": str(logic.organ_id)} if logic.organ_id is not None else {}
        made = deviation("D7", reviewed, subject=f"logic:{partnership.pk}", day=today, dimensions=organ)
        if made is not None:
            yield Found(made, None, _openness(logic))


def _openness(logic: EffectLogic) -> str:
    """Return who may read of a logic: never more than may know of the organ that it is of."""
    if logic.organ is None:
        return logic.openness
    return max(logic.openness, logic.organ.openness, key=ALL_LEVELS.index)
