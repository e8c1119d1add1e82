"""The deviations of a partnership that somebody may read of, the most severe first, and the page of one."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tillit.apps.followup.actions.deviations import BACK, GONE
from tillit.apps.followup.actions.handling import OVER
from tillit.apps.followup.models import Deviation, DeviationEvent, IndicatorVersion, Reporter
from tillit.apps.followup.sentences import mark_of, sentence
from tillit.apps.followup.shares import in_percent
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Level, Organ, Partnership
from tillit.apps.partnerships.models.words import LEVEL_WORDS, TIER_WORDS
from tillit.core.indicators.judged import DATA_QUALITY, IMPROVEMENT, INFO, RED, SEVERITIES, YELLOW

PAGE = 50
BETTER, DATA = "better", "data"
SECTIONS = (RED, YELLOW, INFO, BETTER, DATA)
"""Where a deviation stands on the page: by severity, but what is better and what is about the data apart."""
LIGHT = ("pk", "indicator", "severity", "direction", "subject", "status", "rule", "day", "last_seen")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to see: `state` "" open, "untouched", "unseen" or "over"; a section, a rule, the page, and
    the key of the indicator that it is about, "" for any."""

    state: str = ""
    section: str = ""
    rule: str = ""
    page: int = 1
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """A deviation as a line. `about`: what it concerns, `where`: which part of it, "" for the whole. `said`: what was
    last said of it by somebody. `is_seen`: that it was still found when the rules were last run."""

    row: Deviation
    section: str
    mark: str
    word: str
    about: str
    where: str
    says: str
    said: str
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things are in each section, counted once each where it is worst; `looked`: when any was last seen."""

    red: int
    yellow: int
    info: int
    better: int
    data: int
    looked: date | None


@dataclass(frozen=True, slots=True)
class DeviationList:
    """The lines of a page, and the counts of all open ones that the reader may know of."""

    rows: tuple[DeviationRow, ...]
    counts: Counts
    total: int
    page: int
    pages: int


def section_of(severity: str, direction: str) -> str:
    """Return where a deviation stands on the page."""
    if direction == IMPROVEMENT and severity == INFO:
        return BETTER
    return DATA if direction == DATA_QUALITY else severity


def visible(partnership: Partnership, sight: Sight) -> QuerySet[Deviation]:
    """Return the deviations that somebody may read of: those as open as their indicator is to them."""
    own = Q(openness="organ", dimensions__organ__in=[str(key) for key in sight.organs])
    return Deviation.objects.filter(Q(openness__in=sight.levels) | own, partnership=partnership)


def deviation_list(partnership: Partnership, sight: Sight, wanted: Wanted) -> DeviationList:
    """Return a page of deviations. Five queries, seven where organs and levels of its own are named."""
    light = list(visible(partnership, sight).values(*LIGHT))
    open_ = [each for each in light if each["status"] not in OVER]
    gone = _unseen(each["pk"] for each in open_)
    kept = [each for each in light if _is_wanted(each, wanted, gone)]
    kept.sort(key=_order)
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(1, wanted.page), pages)
    keys = [each["pk"] for each in kept[(page - 1) * PAGE : page * PAGE]]
    rows = {row.pk: row for row in with_units(Deviation.objects.filter(pk__in=keys))}
    told = _told([rows[key] for key in keys], gone)
    looked = max((each["last_seen"] for each in light), default=None)
    return DeviationList(told, counts(open_, gone, looked), len(kept), page, pages)


def _is_wanted(each: Mapping[str, Any], wanted: Wanted, gone: frozenset[UUID]) -> bool:
    over = each["status"] in OVER
    states = {"untouched": each["status"] == "new", "unseen": each["pk"] in gone, "over": over}
    if not states.get(wanted.state, not over):
        return False
    section = section_of(each["severity"], each["direction"])
    about = wanted.indicator in ("", str(each["indicator"]))
    return about and wanted.section in ("", section) and wanted.rule in ("", each["rule"])


def _order(each: Mapping[str, Any]) -> tuple[Any, ...]:
    place = SECTIONS.index(section_of(each["severity"], each["direction"]))
    latest_first = -each["day"].toordinal()
    return place, SEVERITIES.index(each["severity"]), latest_first, each["subject"], each["rule"], str(each["pk"])


def counts(rows: Iterable[Mapping[str, Any]], gone: Container[object], looked: date | None) -> Counts:
    """Return how many things rows of `LIGHT` are about; `gone`: the keys of those that are found no more."""
    worst: dict[str, str] = {}
    for each in sorted(rows, key=_order, reverse=True):
        if each["pk"] not in gone:
            section = section_of(each["severity"], each["direction"])
            worst[each["subject"]] = each["severity"] if each["severity"] != INFO else section
    of = Counter(worst.values())
    return Counts(of[RED], of[YELLOW], of[INFO], of[BETTER], of[DATA], looked)


def _unseen(keys: Iterable[UUID]) -> frozenset[UUID]:
    rows = DeviationEvent.objects.filter(deviation__in=list(keys), what__in=(GONE, BACK)).order_by("at", "pk")
    last = dict(rows.values_list("deviation", "what"))
    return frozenset(key for key, what in last.items() if what == GONE)


def with_units(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    """Return deviations with their indicators, and the unit and aggregation that those have now."""
    latest = IndicatorVersion.objects.filter(indicator=OuterRef("indicator")).order_by("-number")
    return rows.select_related("indicator").annotate(
        unit=Subquery(latest.values("unit")[:1]), aggregation=Subquery(latest.values("aggregation")[:1])
    )


def _told(rows: list[Deviation], gone: frozenset[UUID]) -> tuple[DeviationRow, ...]:
    names = _names(rows)
    by = DeviationEvent.objects.filter(deviation__in=rows, by__isnull=False).exclude(text="").order_by("at", "pk")
    said = dict(by.values_list("deviation", "text"))
    return tuple(row_told(row, names, said.get(row.pk, ""), row.pk not in gone) for row in rows)


def row_told(row: Deviation, names: Mapping[str, str], said: str, is_seen: bool) -> DeviationRow:
    """Return a deviation in words; `row` has its unit, `names` what the keys of its dimensions are called."""
    mark, word = mark_of(row.severity, row.direction)
    unit, percent = unit_of(row)
    says = sentence(row.rule, row.code, row.result, row.facts, unit, percent=percent)
    where = ", ".join(_where(row.dimensions, names))
    return DeviationRow(
        row, section_of(row.severity, row.direction), mark, word, _about(row), where, says, said, is_seen
    )


def unit_of(row: Deviation) -> tuple[str, bool]:
    """Return the unit of a deviation's indicator, and whether its figures are shares that are read as percent."""
    unit = getattr(row, "unit", None) or ""
    return unit, in_percent(getattr(row, "aggregation", None) or "", unit)


def _about(row: Deviation) -> str:
    if row.indicator is not None:
        return row.indicator.name
    return {"D6": _("Målen"), "D7": _("Effektlogiken")}.get(row.rule) or _("Uppföljningen")


def _where(dimensions: Mapping[str, str], names: Mapping[str, str]) -> Iterable[str]:
    for name, value in dimensions.items():
        if name == "tier":
            yield str(TIER_WORDS.get(value) or _("skikt inte sagt"))
        elif name == "level" and value in LEVEL_WORDS:
            yield str(LEVEL_WORDS[value])
        else:
            yield names.get(value, value)


def _names(rows: Sequence[Deviation]) -> dict[str, str]:
    """Return what the keys in dimensions are called: reporters, organs, and levels of the partnership's own."""
    asked: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.dimensions.items():
            asked.setdefault(name, set()).add(value)
    found: dict[str, str] = {}
    if asked.get("reporter"):
        reporters = Reporter.objects.filter(pk__in=asked["reporter"]).select_related("organisation", "organ")
        found |= {str(each.pk): str(each.organisation or each.organ) for each in reporters}
    if asked.get("organ"):
        found |= {str(each.pk): each.name for each in Organ.objects.filter(pk__in=asked["organ"])}
    if own := asked.get("level", set()) - set(LEVEL_WORDS):
        found |= dict(
            Level.objects.filter(code__in=own, partnership__in={row.partnership_id for row in rows}).values_list(
                "code", "name"
            )
        )
    return found


def deviation_of(partnership: Partnership, sight: Sight, key: UUID) -> Deviation | None:
    """Return a deviation that somebody may read of, with its unit; None where there is none. One query."""
    return with_units(visible(partnership, sight)).filter(pk=key).first()


def told_alone(row: Deviation) -> tuple[DeviationRow, tuple[DeviationEvent, ...]]:
    """Return one deviation in words, and what has happened to it, oldest first. Two queries."""
    events = tuple(row.events.select_related("by").order_by("at", "pk"))
    said = [each.text for each in events if each.by_id is not None and each.text]
    last = [each.what for each in events if each.what in (GONE, BACK)]
    is_seen = not last or last[-1] != GONE
    return row_told(row, _names([row]), said[-1] if said else "", is_seen), events


def owners_of(row: Deviation) -> frozenset[Organisation]:
    """Return the parties that may explain a deviation: the one that owns its indicator, and the one whose report it is
    about. Two queries at most, none for what is about no indicator."""
    if row.indicator_id is None:
        return frozenset()
    version = IndicatorVersion.objects.filter(indicator=row.indicator_id).select_related("owner_party")
    owners = [each.owner_party for each in version.order_by("-number")[:1]]
    if "reporter" in row.dimensions:
        reporters = Reporter.objects.filter(pk=row.dimensions["reporter"]).select_related("organisation")
        owners += [each.organisation for each in reporters]
    return frozenset(each for each in owners if each is not None)
