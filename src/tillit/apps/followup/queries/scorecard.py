"""Reads what the scorecard shows: every indicator that may be seen with its line, and where nothing is promised."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from tillit.apps.followup.models import Indicator, Thresholds
from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries.pictures import pictures
from tillit.apps.followup.sentences import line_told, mark_of, sentence
from tillit.apps.followup.shares import in_percent
from tillit.apps.followup.thresholds import JudgedBy, by_day
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import CURRENT, Commitment, Membership, Organ, Partnership
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.core.governance.areas import DECIDING
from tillit.core.indicators.facts import facts_of
from tillit.core.indicators.judged import DATA_QUALITY, GREEN, NOT_ASSESSABLE, RED, VERDICTS, YELLOW

_COLUMNS = ("what", "code", "text", "day", "beside")
FORECAST_TELLS = ("right_way_too_slow", "system_cannot_reach", "behind_no_sure_change")
"""The lines whose meaning the forecast makes plain."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator on the scorecard: its picture, its verdict, and what that means in words.

    `beside`: more to say of it, a sentence each: the forecast, raters that disagree, when change can be judged.
    """

    picture: Picture
    verdict: str
    told: Told
    beside: tuple[str, ...]

    @property
    def indicator(self) -> Indicator:
        return self.picture.indicator

    @property
    def is_to_decide(self) -> bool:
        """Return whether somebody has to take a stand: it is red or yellow."""
        return self.verdict in (RED, YELLOW)


@dataclass(frozen=True, slots=True)
class Gap:
    """A level where an organ decides and nothing is promised on the deciding tier (D9, R14).

    `beside`: how many commitments the level has all the same, of other tiers.
    """

    code: str
    level: str
    beside: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every indicator that may be seen, by level and order, and the levels without formal commitments."""

    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]

    @property
    def to_decide(self) -> tuple[Row, ...]:
        """Return what somebody has to take a stand on, the most severe first, else in the order of the page."""
        found = [row for row in self.rows if row.is_to_decide]
        return tuple(sorted(found, key=lambda row: VERDICTS.index(row.verdict)))


def scorecard(partnership: Partnership, sight: Sight, today: date) -> Scorecard:
    """Return the scorecard as somebody may see it. Six queries, however many indicators there are."""
    judged_by, gaps = _ground(partnership, sight, today)
    drawn = pictures(partnership, today, levels=sight.levels, judged_by=judged_by)
    return Scorecard(tuple(row_of(each, today) for each in drawn if is_followed(each.indicator, today)), gaps)


def is_followed(indicator: Indicator, today: date) -> bool:
    """Return whether an indicator is still followed on a day."""
    return indicator.closed_on is None or indicator.closed_on > today


def row_of(of: Picture, today: date) -> Row:
    """Return an indicator with its line (D15), or where it has described levels with what D5 says."""
    if of.is_qualitative:
        return _levels(of)
    assert of.line is not None
    assert of.standing is not None
    told = line_told(of.line, of.standing.code)
    return Row(of, of.line.verdict, told, tuple(_beside(of, today)))


def _beside(of: Picture, today: date) -> Iterator[str]:
    if of.forecast is not None and of.line is not None and of.line.code in FORECAST_TELLS:
        yield told_by("D4", of, of.forecast, of.asked)
    if soon := judged_on(of, today):
        yield soon


def judged_on(of: Picture, today: date) -> str:
    """Return when there are values enough to tell chance from change, "" where there are, or where that day is past.

    Then values are missing, which is told elsewhere.
    """
    if of.next_on is None or of.next_on < today:
        return ""
    return _("Slump och förändring kan skiljas åt från %(day)s, om inget värde saknas.") % {"day": of.next_on}


def _levels(of: Picture) -> Row:
    if of.step is None or of.rated is None:
        mark, word = mark_of(NOT_ASSESSABLE, DATA_QUALITY)
        return Row(of, NOT_ASSESSABLE, Told(mark, word, told_by("D5.raters", of, None, None)), ())
    mark, word = mark_of(of.step.verdict, of.step.direction)
    told = Told(mark, word, told_by("D5", of, of.step, of.rated))
    disagree = of.concord is not None and of.concord.verdict != GREEN
    return Row(of, of.step.verdict, told, (told_by("D5.raters", of, of.concord, of.raters),) if disagree else ())


def told_by(rule: str, of: Picture, found: Any, judged: Any) -> str:
    """Return what a rule found of an indicator as a sentence, in its unit; nothing was rated where none is found."""
    if found is None:
        return sentence(rule, "no_rater", {"share": None, "level": None}, {})
    version = of.version
    percent = in_percent(version.aggregation, version.unit)
    return sentence(rule, found.code, facts_of(found), facts_of(judged), version.unit, percent=percent)


def _ground(partnership: Partnership, sight: Sight, today: date) -> tuple[JudgedBy, tuple[Gap, ...]]:
    """Return the thresholds of any day, and the levels where nothing formal is promised. One query for both."""
    decided = Thresholds.objects.filter(CURRENT, partnership=partnership).order_by()
    params = decided.annotate(
        what=Value("threshold", CharField()),
        code=Cast("rule", CharField()),
        text=Cast("params", TextField()),
        day=Cast("starts_on", DateField()),
        beside=Value(0, IntegerField()),
    ).values_list(*_COLUMNS)
    own: dict[date, list[Thresholds]] = {}
    gaps: list[Gap] = []
    for what, code, text, day, beside in params.union(_bare(partnership, sight, today), all=True):
        if what == "gap":
            gaps.append(Gap(code, text, beside))
        else:
            own.setdefault(day, []).append(Thresholds(rule=code, params=json.loads(text), starts_on=day))
    rows = [row for day in sorted(own) for row in own[day]]
    return by_day(rows), tuple(dict.fromkeys(gaps))


def _bare(partnership: Partnership, sight: Sight, today: date) -> QuerySet[Any, Any]:
    """Return the levels with a deciding organ that may be known of and no commitment in force on the deciding tier.

    A commitment of a class counts while somebody of it is in the partnership. As `formality_flags` of the core finds
    it of all rows; a test holds the two together.
    """
    holds = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    members = Membership.objects.filter(
        CURRENT,
        holds,
        Q(role=OuterRef("of_role")) | Exact(OuterRef("of_role"), Value("")),
        Q(organisation__kind=OuterRef("of_kind")) | Exact(OuterRef("of_kind"), Value("")),
        partnership=partnership,
    )
    owed = Q(organisation__isnull=False) | Q(organ__isnull=False) | Exists(members)
    promised = Commitment.objects.filter(holds, owed, partnership=partnership, level=OuterRef("level")).order_by()
    seen = Q(openness__in=sight.levels) | Q(pk__in=sight.organs)
    return (
        Organ.objects.filter(
            holds, seen, ~Exists(promised.filter(tier=DECIDING)), partnership=partnership, tier=DECIDING
        )
        .order_by()
        .annotate(
            what=Value("gap", CharField()),
            code=Cast("level__code", CharField()),
            text=Cast("level__name", TextField()),
            day=Cast("starts_on", DateField()),
            beside=Coalesce(Subquery(promised.values("level").annotate(n=Count("pk")).values("n")), 0),
        )
        .values_list(*_COLUMNS)
    )
