"""What D6 and D7 find: how many goals can be measured, by level and tier and in all, and what the adopted effect
logics lack.

Readings: goals of adopted plans count, while they hold. One kept from nobody or from many is counted all the same: the
figures name no goal. The whole is told besides each level and tier only where there are several. An effect logic is the
same subject in every version.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count, F, Q

from tillit.apps.followup.findings import Found, JudgedBy
from tillit.apps.followup.gap_facts import surroundings
from tillit.apps.followup.indicator_facts import core_indicator
from tillit.apps.followup.logic_facts import logic_of
from tillit.apps.followup.models import EffectEdge, EffectLogic, Goal, RubricLevel
from tillit.apps.followup.pictures import Picture
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators import measurability as core
from tillit.core.indicators.deviation import deviation
from tillit.core.indicators.measured_share import Counted, counted, total
from tillit.core.indicators.review import Reviewed


def of_goals(
    partnership: Partnership, pictures: Sequence[Picture], today: date, judged_by: JudgedBy
) -> Iterator[Found]:
    """Yield what D6 finds of a partnership's goals. Two queries."""
    counts = counted(_goals(partnership, pictures, today))
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


def _goals(partnership: Partnership, pictures: Sequence[Picture], today: date) -> Iterator[core.Goal]:
    qualitative = [each.version.pk for each in pictures if each.is_qualitative]
    described: dict[object, int] = dict(
        RubricLevel.objects.filter(version__in=qualitative).order_by().values_list("version").annotate(n=Count("pk"))
    )
    by_goal: dict[object, list[core.Indicator]] = {}
    for each in pictures:
        levels = described.get(each.version.pk, 0)
        by_goal.setdefault(each.indicator.goal_id, []).append(
            core_indicator(each.version, each.bearings, levels=levels)
        )
    rows = Goal.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        plan__partnership=partnership,
        plan__status="adopted",
        status="active",
        starts_on__lte=today,
    )
    for row in rows.select_related("level", "owner_organ").annotate(plan_tier=F("plan__organ__tier")):
        tier = row.tier or (row.owner_organ.tier if row.owner_organ is not None else row.plan_tier) or ""
        yield core.Goal(str(row.pk), row.text, row.kind, row.level.code, tier, tuple(by_goal.get(row.pk, ())))


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
            yield Found(made, None, logic.openness)
