"""Goals as their pages tell them: what each lacks in words, what parties say, who owns it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _, ngettext

from tillit.apps.followup import goal_words
from tillit.apps.followup.goal_facts import Measured, Serving
from tillit.apps.followup.goal_words import Lack
from tillit.apps.followup.models import Goal
from tillit.apps.followup.models.words import DIRECTIONS, FREQUENCIES
from tillit.apps.followup.queries.goals import GoalBoard
from tillit.apps.followup.shares import shown
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models.words import TIER_WORDS
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.web.followup.drawing.figures import number, places_of, with_unit
from tillit.web.partnerships.told import level_word


@dataclass(frozen=True, slots=True)
class Row:
    """A goal in the list."""

    goal: Goal
    told: Told
    better: tuple[Lack, ...]
    consents: str
    owner: str
    indicators: int


@dataclass(frozen=True, slots=True)
class GroupTold:
    """A level and tier with its goals."""

    title: str
    told: Told
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ServingTold:
    """An indicator that serves the goal; `name` is "" where it is not open to the one who asks."""

    serving: Serving
    name: str
    told: Told
    facts: tuple[tuple[str, str], ...]
    lacking: tuple[Lack, ...]
    better: tuple[Lack, ...]
    untried: str


def groups_told(board: GoalBoard) -> tuple[GroupTold, ...]:
    """Return the goals per level and tier, each group with how many can be measured."""
    return tuple(
        GroupTold(
            f"{level_word(group.level).capitalize()}, {tier_word(group.tier)}",
            goal_words.share_told(group.counted, board.limits),
            rows_told(group.rows),
        )
        for group in board.groups
    )


def rows_told(rows: Iterable[Measured]) -> tuple[Row, ...]:
    return tuple(
        Row(
            each.goal,
            goal_words.goal_told(each.found),
            goal_words.lacks(each.found.remarks),
            stances_told({name: getattr(each.goal, name, 0) for name in ("supports", "abstains", "opposes")}),
            owner_word(each.goal),
            len(each.indicators),
        )
        for each in rows
    )


def tier_word(tier: str) -> str:
    return str(TIER_WORDS[tier]) if tier else _("skikt inte sagt")


def owner_word(goal: Goal) -> str:
    """Return who answers for a goal, "" where nobody has said."""
    named = (goal.owner_role, goal.owner_party and goal.owner_party.name, goal.owner_organ and goal.owner_organ.name)
    return ", ".join(each for each in named if each)


def stances_told(counts: Mapping[str, int]) -> str:
    """Return how many parties say what; none is said to be none, and silence is no consent."""
    said = {
        "supports": ngettext("%(n)s part stödjer", "%(n)s parter stödjer", counts["supports"]),
        "abstains": ngettext("%(n)s part avstår", "%(n)s parter avstår", counts["abstains"]),
        "opposes": ngettext("%(n)s part är emot", "%(n)s parter är emot", counts["opposes"]),
    }
    told = ", ".join(text % {"n": counts[stance]} for stance, text in said.items() if counts[stance])
    silent = counts.get("", 0)
    if silent:
        rest = ngettext("%(n)s part har inte sagt något", "%(n)s parter har inte sagt något", silent) % {"n": silent}
        told = f"{told}, {rest}" if told else rest
    return f"{told}." if told else _("Ingen part har sagt något än.")


def servings_told(found: Measured, sight: Sight) -> tuple[ServingTold, ...]:
    """Return the indicators of a goal; one that is not open is there without its name and its figures."""
    return tuple(_serving_told(each, sight) for each in found.indicators)


def _serving_told(each: Serving, sight: Sight) -> ServingTold:
    indicator, seen = each.version.indicator, each.found
    is_open = sight.sees(indicator.openness)
    told = Told("undecided", _("mäter inte målet än"), "") if seen.lacking else Told("meets", _("mäter målet"), "")
    return ServingTold(
        each,
        indicator.name if is_open else "",
        told,
        _facts(each) if is_open else (),
        goal_words.lacks(seen.lacking),
        goal_words.lacks(seen.remarks),
        goal_words.untried(seen.untried),
    )


def _facts(each: Serving) -> tuple[tuple[str, str], ...]:
    """Return what is written of an indicator; what nobody has said is said to be missing."""
    missing = _("uppgift saknas")
    asked, version = each.asked, each.version
    start = missing
    if asked.has_baseline:
        start = _("%(value)s, %(day)s") % {"value": _value(each, asked.baseline), "day": asked.baseline_day}
    elif asked.na_reason:
        start = _("finns inte: %(why)s") % {"why": asked.na_reason}
    return (
        (_("Utgångsvärde"), start),
        (_("Målvärde"), _target(each) or missing),
        (_("Håll"), str(DIRECTIONS.get(version.direction, missing))),
        (_("Mäts varje"), str(FREQUENCIES.get(version.frequency, missing))),
        (_("Ansvarig"), ", ".join(part for part in (asked.owner, asked.owner_party) if part) or missing),
        (_("Källa"), version.source_system or missing),
        (_("Underlag för"), version.decision_use or missing),
    )


def _target(each: Serving) -> str:
    asked = each.asked
    if not asked.has_target:
        return ""
    if asked.target is None:
        aim = _("%(low)s till %(high)s") % {"low": _value(each, asked.low), "high": _value(each, asked.high)}
    else:
        aim = _value(each, asked.target)
    return _("%(value)s, %(day)s") % {"value": aim, "day": asked.target_day}


def _value(each: Serving, value: Decimal | None) -> str:
    if value is None:
        return ""
    if each.version.kind == QUALITATIVE:
        return _("nivå %(n)s") % {"n": number(value)}
    figure = shown(each.version, value) or Decimal(0)
    return with_unit(figure, each.version.unit, places_of([figure]))


def when_told(goal: Goal) -> str:
    """Return when a goal holds; its end is told as its last day."""
    if goal.ends_on is None:
        return _("från %(day)s, tills vidare") % {"day": goal.starts_on}
    return _("från %(first)s t.o.m. %(last)s") % {"first": goal.starts_on, "last": goal.ends_on - timedelta(days=1)}
