"""Indicators as the list tells them: what each lacks, in the words that goals have, and where it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from tillit.apps.followup.doubts import DOUBTS
from tillit.apps.followup.goal_words import Lack, lacks, untried
from tillit.apps.followup.models.words import DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.followup.queries.indicators import CLOSED, COMPLETE, FOLLOWED, LACKING, IndicatorRow, Listed
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.web.partnerships.told import level_word

STATE_MARKS = {LACKING: "undecided", COMPLETE: "meets", FOLLOWED: "not_applicable", CLOSED: "not_applicable"}
AT_BEARINGS, AT_PLACE = ("M3", "M7", "M9"), ("M10",)


@dataclass(frozen=True, slots=True)
class RowTold:
    """An indicator in the list. `eyebrow`: what sort it is, how often, by how many."""

    row: IndicatorRow
    href: str
    told: Told
    eyebrow: tuple[str, ...]
    better: tuple[Lack, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTold:
    """The indicators of a level under one goal; `goal` "" where they serve none that may be read."""

    level: str
    goal: str
    goal_key: str
    rows: tuple[RowTold, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that is missing, and the page where it is written."""

    lack: Lack
    href: str


def headline(found: Listed) -> str:
    """Return the finding: how many indicators have what it takes to measure a goal."""
    if not found.all:
        return _("Ingen indikator mäter ett mål än")
    says = ngettext(
        "%(n)s av %(all)s indikator har det som behövs för att mäta ett mål",
        "%(n)s av %(all)s indikatorer har det som behövs för att mäta ett mål",
        found.all,
    )
    return says % {"n": found.measuring, "all": found.all}


def groups_told(found: Listed, slug: str) -> tuple[GroupTold, ...]:
    """Return the page's indicators by level and goal, in their order."""
    at = reverse("followup:indicators", args=[slug])
    groups: dict[tuple[str, str, str], list[RowTold]] = {}
    for row in found.rows:
        goal = row.goal
        key = (level_word(row.indicator.level), goal.text if goal else "", str(goal.pk) if goal else "")
        groups.setdefault(key, []).append(_row(row, f"{at}{row.indicator.pk}/"))
    return tuple(GroupTold(*key, tuple(rows)) for key, rows in groups.items())


def _row(row: IndicatorRow, href: str) -> RowTold:
    version = row.version
    often = FREQUENCIES.get(version.frequency)
    by = ngettext("%(n)s rapporterar", "%(n)s rapporterar", row.reporters) % {"n": row.reporters}
    eyebrow = (
        str(INDICATOR_KINDS[version.kind]),
        _("varje %(period)s") % {"period": often} if often else _("inte sagt hur ofta"),
        str(DIRECTIONS.get(version.direction, _("inte sagt vad som är bättre"))),
        by if row.reporters else _("ingen rapporterar än"),
    )
    return RowTold(row, href, state_told(row), eyebrow, lacks(row.remarks), notes_of(row))


def state_told(row: IndicatorRow) -> Told:
    """Return whether an indicator measures its goal, or could measure one: a word, a shape and what is missing."""
    words = {
        (LACKING, True): _("mäter inte målet än"),
        (COMPLETE, True): _("mäter målet"),
        (LACKING, False): _("kan inte mäta ett mål än"),
        (COMPLETE, False): _("kan mäta ett mål"),
        (FOLLOWED, False): _("följs utan mål"),
        (CLOSED, False): _("följs inte längre"),
    }
    serves = row.indicator.goal_id is not None and row.state != CLOSED
    named = "; ".join(each.what[:1].lower() + each.what[1:] for each in lacks(row.lacking))
    says = _("Saknas: %(what)s.") % {"what": named} if named and row.state != CLOSED else ""
    return Told(STATE_MARKS[row.state], words[row.state, serves], says)


def notes_of(row: IndicatorRow) -> tuple[str, ...]:
    """Return what is told beside: doubts about the target, that a year is too long, that levels want their words."""
    told = [str(DOUBTS[code]) for code in row.doubts]
    if row.is_slow and row.state != CLOSED:
        told.append(slow_told())
    return tuple(told)


def slow_told() -> str:
    """Return what is said of what is measured by year."""
    return _(
        "Mäts en gång om året: en verklig förändring syns då i praktiken aldrig medan ett program pågår."
        " Lägg till en ledande indikator som mäts varje månad eller kvartal."
    )


def finding(row: IndicatorRow) -> str:
    """Return what an indicator's own page says first."""
    if row.state in (FOLLOWED, CLOSED):
        return state_told(row).word
    n = len(row.lacking)
    if n:
        return ngettext("%(n)s sak saknas för att mäta ett mål", "%(n)s saker saknas för att mäta ett mål", n) % {
            "n": n
        }
    return _("har det som behövs för att mäta ett mål")


def fixes(codes: Iterable[str], row: IndicatorRow, slug: str) -> tuple[Fix, ...]:
    """Return what is missing, each with the page where it is put right."""
    key = row.indicator.pk
    of = {name: reverse(f"followup:indicator_{name}", args=[slug, key]) for name in ("levels", "targets", "upkeep")}
    version = row.version

    def page(code: str) -> str:
        if code in AT_BEARINGS or (code == "M4" and version.direction in ("up", "down", "range")):
            return of["targets"]
        if code == "M2" and version.kind == QUALITATIVE:
            return of["levels"]
        return of["upkeep"] + ("#plats" if code in AT_PLACE else "#betyder")

    return tuple(Fix(each, page(each.code)) for each in lacks(codes))


def untried_told(row: IndicatorRow) -> str:
    return untried(row.untried)
