"""Where an indicator started and where it should be, when: baseline, milestones and target (I-20, D1).

A direction that the target does not follow, a target equal to the baseline or outside what the indicator can be, and a
baseline of 0 are told by `doubts`, never refused: what is written is improved step by step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.actions.definitions import to_write
from tillit.apps.followup.actions.deviations import judge_anew
from tillit.apps.followup.actions.written import figure, known, prose
from tillit.apps.followup.models import Baseline, IndicatorVersion, Target
from tillit.apps.followup.models.words import INTERPOLATIONS
from tillit.apps.followup.shares import share
from tillit.apps.parties.conditions import line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT
from tillit.core.indicators.judged import NEUTRAL, RANGE
from tillit.core.indicators.measurability import QUALITATIVE
from tillit.core.indicators.path import GEOMETRIC, LINEAR, STEP
from tillit.core.indicators.rollup import RATIO
from tillit.core.indicators.rubric import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineFacts:
    """Where it stood at the end of a period, or `na_reason`: why nobody knows. Figures as they are kept.

    A ratio has its parts, from which the value is worked out; `parts_unknown`: only the share itself is known, and
    `note` says why.
    """

    day: date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    level: int | None = None
    na_reason: str = ""
    parts_unknown: bool = False
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """Where it should be on a day: a value, a level, or a range. Figures as they are kept."""

    day: date
    value: Decimal | None = None
    level: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    interpolation: str = LINEAR
    rationale: str = ""
    decision: str = ""
    source: str = ""


@transaction.atomic
def set_baseline(
    *,
    version: IndicatorVersion,
    facts: BaselineFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    judge: bool = True,
) -> Baseline:
    """Say where an indicator stood, or why nobody knows, in the place of what was said before. `judge`: run the rules.

    :raises Refused: both or nothing is said, a ratio lacks its parts, or a target does not come strictly after it
    """
    current = to_write(version, at)
    columns = _baseline(current, facts)
    standing = current.baselines.filter(CURRENT).first()
    targets = list(current.targets.filter(CURRENT))
    if columns["day"] is not None:
        _refuse_before(columns["day"], (each.day for each in targets), field="day")
        _refuse_no_growth([columns["value"], *(each.value for each in targets)], targets, field="value")
    if standing is None:
        made = Baseline.objects.create(version=current, recorded_at=at, recorded_by=by, **columns)
    else:
        made = replace_row(standing, at=at, by=by, **columns)
    audit.note("followup.baseline.set", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    if judge:
        _judge(version, at)
    return made


@transaction.atomic
def set_target(
    *,
    version: IndicatorVersion,
    facts: TargetFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    judge: bool = True,
) -> Target:
    """Say where an indicator should be on a day. The last day's is the target, the others are milestones.

    `judge`: run the rules, too.

    :raises Refused: it is not after the baseline, of another sort than the indicator asks for, the day has one already,
        a path with even growth meets 0, or the indicator is followed without a target
    """
    current = to_write(version, at)
    columns = _target(current, facts)
    _refuse_bad_path(current, columns)
    with held(lambda: _refuse_second(current, facts.day)):
        made = Target.objects.create(version=current, recorded_at=at, recorded_by=by, **columns)
    audit.note("followup.target.set", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    if judge:
        _judge(version, at)
    return made


@transaction.atomic
def change_target(
    *, target: Target, facts: TargetFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Target:
    """Say something else of a target. :raises Refused: as `set_target`, or somebody has replaced it already"""
    current = to_write(target.version, at)
    columns = _target(current, facts)
    _refuse_bad_path(current, columns, but=target)
    with held(lambda: _refuse_second(current, facts.day, but=target)):
        made = replace_row(target, at=at, by=by, **columns)
    audit.note("followup.target.changed", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    _judge(target.version, at)
    return made


@transaction.atomic
def withdraw_target(*, target: Target, by: Person, at: datetime, acting_for: Organisation | None = None) -> None:
    """Take a target away; that it was there is kept. :raises Refused: somebody has replaced it already"""
    current = to_write(target.version, at)
    if not Target.objects.filter(CURRENT, pk=target.pk).update(superseded_at=at):
        raise Refused(_("Någon annan ändrade samma sak i samma stund. Läs in sidan igen och se vad som gäller nu."))
    audit.note("followup.target.withdrawn", subject=current.indicator, by=by, at=at, acting_for=acting_for)
    _judge(target.version, at)


def _judge(version: IndicatorVersion, at: datetime) -> None:
    judge_anew(partnership=version.indicator.partnership, at=at, indicators=[version.indicator])


def _baseline(version: IndicatorVersion, facts: BaselineFacts) -> dict[str, Any]:
    reason = line(facts.na_reason, field="na_reason", most=300, needed=False)
    said = [facts.value, facts.numerator, facts.denominator, facts.level]
    empty: dict[str, Any] = dict.fromkeys(("day", "value", "numerator", "denominator", "level"))
    more = {
        "na_reason": reason,
        "note": prose(facts.note, field="note"),
        "source": line(facts.source, field="source", most=300, needed=False),
    }
    if reason:
        if any(each is not None for each in said):
            raise Refused(_("Skriv ett utgångsvärde eller varför det saknas, inte båda."), field="na_reason")
        return {**empty, **more}
    if facts.day is None:
        raise Refused(_("Skriv vilken dag utgångsvärdet gäller, eller varför det saknas."), field="day")
    possible(facts.day, field="day")
    if version.kind == QUALITATIVE:
        return {**empty, **more, "day": facts.day, "level": _level(facts.level)}
    if facts.level is not None:
        raise Refused(_("Indikatorn mäts i tal. Skriv ett värde, inte en nivå."), field="level")
    return {**empty, **more, "day": facts.day, **_figures(version, facts)}


def _figures(version: IndicatorVersion, facts: BaselineFacts) -> dict[str, Decimal | None]:
    value, over, under = (figure(getattr(facts, name), field=name) for name in ("value", "numerator", "denominator"))
    if version.aggregation != RATIO:
        if value is None:
            raise Refused(_("Skriv ett utgångsvärde, eller varför det saknas."), field="value")
        if over is not None or under is not None:
            raise Refused(_("Bara en andel har täljare och nämnare."), field="numerator")
        return {"value": value}
    if facts.parts_unknown:
        if value is None or over is not None or under is not None or not facts.note.strip():
            raise Refused(_("Skriv andelen, och i anteckningen varför delarna saknas."), field="note")
        return {"value": value}
    if over is None or under is None:
        raise Refused(
            _("En andel behöver täljare och nämnare. Saknas de, säg det och skriv varför."),
            field="numerator" if over is None else "denominator",
        )
    if under <= 0:
        raise Refused(_("Nämnaren måste vara större än 0."), field="denominator")
    found = share(over, under)
    if value is not None and abs(value - found) > Decimal("0.005"):
        raise Refused(_("Andelen stämmer inte med täljare och nämnare. Lämna den tom, den räknas ut."), field="value")
    return {"value": figure(found, field="numerator"), "numerator": over, "denominator": under}


def _target(version: IndicatorVersion, facts: TargetFacts) -> dict[str, Any]:
    if version.direction == NEUTRAL:
        raise Refused(
            _("Indikatorn följs utan mål. Välj först om högre, lägre eller inom ett spann är bättre."), field="day"
        )
    possible(facts.day, field="day")
    known(facts.interpolation, INTERPOLATIONS, field="interpolation")
    empty: dict[str, Any] = dict.fromkeys(("value", "level", "low", "high"))
    said: dict[str, Any] = {
        "day": facts.day,
        "interpolation": facts.interpolation,
        "rationale": prose(facts.rationale, field="rationale"),
        "decision": line(facts.decision, field="decision", most=300, needed=False),
        "source": line(facts.source, field="source", most=300, needed=False),
    }
    if version.kind == QUALITATIVE:
        return {**empty, **said, "level": _level(facts.level), "interpolation": STEP}
    wanted = ("low", "high") if version.direction == RANGE else ("value",)
    for name in ("value", "low", "high"):
        given = getattr(facts, name) is not None
        if given != (name in wanted):
            told = _("Indikatorn ska ligga inom ett spann. Skriv både lägsta och högsta värde, och inget annat.")
            raise Refused(told if version.direction == RANGE else _("Skriv ett målvärde, inget spann."), field=name)
        said[name] = figure(getattr(facts, name), field=name)
    if facts.low is not None and facts.high is not None and facts.low >= facts.high:
        raise Refused(_("Spannets lägsta värde måste ligga under det högsta."), field="high")
    return {**empty, **said}


def _level(level: int | None) -> int:
    if level not in LEVELS:
        raise Refused(_("Välj en nivå från 0 till 4."), field="level")
    return level  # type: ignore[return-value]


def _refuse_bad_path(version: IndicatorVersion, columns: dict[str, Any], but: Target | None = None) -> None:
    start = version.baselines.filter(CURRENT, day__isnull=False).first()
    others = [each for each in version.targets.filter(CURRENT) if but is None or each.pk != but.pk]
    if start is not None:
        _refuse_before(start.day or date.min, [columns["day"]], field="day")
    made = Target(version=version, **columns)
    path = sorted([*others, made], key=lambda each: each.day)
    first = start.value if start is not None else None
    _refuse_no_growth([first, *(each.value for each in path)], path, field="interpolation")


def _refuse_before(start: date, days: Iterable[date], *, field: str) -> None:
    early = min((each for each in days if each <= start), default=None)
    if early is not None:
        raise Refused(
            _("Målet %(target)s måste ligga efter utgångsvärdets dag, %(start)s. Rätta en av dagarna.")
            % {"target": early.isoformat(), "start": start.isoformat()},
            field=field,
        )


def _refuse_no_growth(values: Sequence[Decimal | None], targets: Sequence[Target], *, field: str) -> None:
    """Refuse an even rate of growth from or to 0 or less. `values`: what the path begins with, then each target's."""
    for before, each, after in zip(values, targets, values[1:], strict=False):
        if each.interpolation == GEOMETRIC and any(end is not None and end <= 0 for end in (before, after)):
            raise Refused(
                _("Jämn procentuell takt går bara mellan värden över 0. Välj en rak väg eller steg."), field=field
            )


def _refuse_second(version: IndicatorVersion, day: date, but: Target | None = None) -> None:
    there = version.targets.filter(CURRENT, day=day)
    if (there if but is None else there.exclude(pk=but.pk)).exists():
        raise Refused(_("Det finns redan ett mål den dagen. Ändra det i stället."), field="day")
