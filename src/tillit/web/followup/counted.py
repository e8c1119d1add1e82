"""How an indicator was judged: each rule with its version, thresholds, what it was given and what it gave."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.shares import HUNDRED, in_percent
from tillit.apps.followup.threshold_words import RULE_WORDS, THRESHOLDS, UNIT_WORDS
from tillit.core.indicators.deviation import RULES
from tillit.core.indicators.spc import Change
from tillit.core.indicators.standing import Standing
from tillit.web.followup.drawing.figures import missing, number, with_unit
from tillit.web.followup.drawn import unit_of

Pair = tuple[str, str]
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule with its version: what it was given, what it gave, and by which thresholds."""

    id: str
    word: str
    version: int
    given: tuple[Pair, ...]
    found: tuple[Pair, ...]
    limits: tuple[Pair, ...]


def counted(of: Picture, judged_by: Mapping[str, Any]) -> tuple[Counted, ...]:
    """Return every rule that was used, in the order of their names."""
    parts: Iterable[tuple[str, Iterable[Pair], Iterable[Pair]]] = (
        ("D1", _given_path(of), _found_path(of)),
        ("D3", _given_series(of), _found_series(of)),
        ("D4", _given_forecast(of), _found_forecast(of)),
        ("D5", _given_levels(of), _found_levels(of)),
    )
    return tuple(
        Counted(rule, str(RULE_WORDS[rule]), RULES[rule].version, tuple(given), tuple(found), _limits(rule, judged_by))
        for rule, given, found in ((rule, list(given), list(found)) for rule, given, found in parts)
        if found
    )


def _limits(rule: str, judged_by: Mapping[str, Any]) -> tuple[Pair, ...]:
    return tuple((str(each.word), _limit(each.unit, getattr(judged_by[rule], each.name))) for each in THRESHOLDS[rule])


def _limit(unit: str, value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if value is None:
        return _("alla värden")
    if isinstance(value, str):
        return number(Decimal(value), 6)
    assert isinstance(value, Decimal | int)
    said = number(value)
    return f"{said} {UNIT_WORDS[unit]}".strip() if unit != "count" else said


def _amount(of: Picture, value: Decimal | Fraction | int | None) -> str:
    """Return a figure of the indicator, as exact as one can read it."""
    if value is None:
        return missing()
    percent = in_percent(of.version.aggregation, of.version.unit)
    return with_unit(Fraction(value) * (int(HUNDRED) if percent else 1), unit_of(of), DIGITS)


def _day(day: date | None) -> str:
    return _("inte känd") if day is None else day.isoformat()


def _given_path(of: Picture) -> Iterator[Pair]:
    if of.observed is None:
        return
    start, aims = of.observed.path.baseline, of.observed.path.targets
    yield _("Värde"), _amount(of, of.observed.value)
    yield _("Värdets dag"), _day(of.observed.day)
    yield _("Utgångsvärde"), missing() if start is None else f"{_amount(of, start.value)}, {_day(start.day)}"
    for each in aims:
        ends = [end for end in (each.value, each.low, each.high) if end is not None]
        yield _("Målvärde"), f"{'–'.join(_amount(of, end) for end in ends)}, {_day(each.day)}"
    yield _("Effekten väntas tidigast"), _day(of.observed.earliest)


def _found_path(of: Picture) -> Iterator[Pair]:
    found: Standing | None = of.standing
    if found is None:
        return
    yield _("Ska vara den dagen"), _amount(of, found.expected)
    yield _("Försprång, andel av hela vägen (δ)"), missing() if found.delta is None else number(found.delta, DIGITS)
    yield (
        _("Hur mycket av vägen är gjord (R)"),
        missing() if found.attainment is None else number(found.attainment, DIGITS),
    )


def _given_series(of: Picture) -> Iterator[Pair]:
    if of.charted is not None:
        known = sum(value is not None for value in of.charted.values)
        yield _("Värden med den definition som gäller"), number(known)
        yield _("Perioder utan värde"), number(len(of.charted.values) - known)
        yield _("Slutmål"), _amount(of, of.charted.target)


def _found_series(of: Picture) -> Iterator[Pair]:
    found: Change | None = of.change
    if found is None:
        return
    yield _("Värden i baslinjen"), number(found.points)
    if found.limits is not None:
        yield _("Medel (x̄)"), _amount(of, found.limits.mean)
        yield _("Medel av stegen (M̄R)"), _amount(of, found.limits.mean_moving_range)
        yield _("Nedre gräns"), _amount(of, found.limits.lower)
        yield _("Övre gräns"), _amount(of, found.limits.upper)


def _given_forecast(of: Picture) -> Iterator[Pair]:
    if of.asked is not None:
        yield _("Målvärde"), _amount(of, of.asked.target)
        yield _("Lägst och högst möjligt"), f"{_amount(of, of.asked.low)}, {_amount(of, of.asked.high)}"


def _found_forecast(of: Picture) -> Iterator[Pair]:
    found = of.forecast
    if found is None:
        return
    yield _("Värden som användes (m)"), number(found.points)
    if found.line is not None and found.theil_sen is not None and found.low is not None:
        yield _("Linjens början och lutning"), f"{_amount(of, found.line.intercept)}, {_amount(of, found.line.slope)}"
        yield _("Linjen vid målets dag"), _amount(of, found.line.forecast)
        yield _("Fyra av fem gånger mellan"), f"{_amount(of, found.low)}, {_amount(of, found.high)}"
        yield _("Theil och Sens linje vid målets dag"), _amount(of, found.theil_sen.forecast)


def _given_levels(of: Picture) -> Iterator[Pair]:
    if of.rated is not None:
        yield _("Nivå"), number(of.rated.level)
        yield _("Tidigare nivåer"), ", ".join(map(number, of.rated.earlier)) or missing()
        yield _("Lägst tillåtet"), missing() if of.rated.floor is None else number(of.rated.floor)


def _found_levels(of: Picture) -> Iterator[Pair]:
    if of.step is None:
        return
    yield _("Jämförs med (medianen, den lägre)"), missing() if of.step.reference is None else number(of.step.reference)
    yield _("Steg nedåt"), missing() if of.step.drop is None else number(of.step.drop)
    if of.concord is not None:
        yield _("Bedömare per nivå, 0 till 4"), ", ".join(map(number, of.concord.distribution))
        share = of.concord.share
        yield _("Andel inom ett steg från mitten"), "–" if share is None else number(share, DIGITS)
