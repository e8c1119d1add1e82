"""One indicator in words: its finding, what it means, from where to where, and how sure the figures are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.bearings import Aim, Start
from tillit.apps.followup.doubts import DOUBTS, doubts
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INTERPOLATIONS
from tillit.apps.followup.pictures import Picture
from tillit.apps.followup.queries.indicator_page import IndicatorPage, name_of
from tillit.apps.followup.queries.scorecard import judged_on
from tillit.apps.followup.report_words import asked_told
from tillit.apps.followup.sentences import line_told, mark_of, sentence
from tillit.apps.partnerships.queries.organ_words import Told
from tillit.core.indicators.facts import facts_of
from tillit.core.indicators.periods import Period
from tillit.core.indicators.spc import CHANCE, HIT_OR_MISS, MEETS, MISSES, is_slow
from tillit.core.indicators.verdict import WHOLE_BASELINE
from tillit.web.followup.drawing.figures import Value, missing, number, period_word, places_of, with_unit
from tillit.web.followup.drawn import read, unit_of

ASSURANCE = {
    MEETS: gettext_lazy("Som det går till nu klaras målet stadigt: det ligger utanför gränserna åt rätt håll."),
    MISSES: gettext_lazy("Som det går till nu missas målet stadigt: det ligger utanför vad slumpen når."),
    HIT_OR_MISS: gettext_lazy("Som det går till nu avgör slumpen om målet nås: det ligger mellan gränserna."),
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """The baseline, a milestone or the target: what, when, how much, and why."""

    what: str
    day: str
    amount: str
    why: str


def finding(page: IndicatorPage) -> str:
    """Return the finding as the second half of a headline."""
    of = page.picture
    told = page.row.told
    if of.line is not None and of.standing is not None and of.line.is_preliminary:
        told = line_told(replace(of.line, is_preliminary=False), of.standing.code)
    says = told.says.rstrip(".")
    return says[:1].lower() + says[1:]


def meaning(of: Picture, today: date) -> Iterator[str]:
    """Yield what one should know beside the finding: assurance, doubts, what yearly figures cannot show.

    The reading is ours that whether the target is met "as things are done now" is told only where the latest value is
    one that chance explains: after a change the limits are of how things were done before.
    """
    if of.line is not None and of.line.is_preliminary:
        text = _("Bilden är preliminär: %(n)s av de %(whole)s värden som behövs är godkända.")
        yield text % {"n": of.line.points, "whole": WHOLE_BASELINE}
    if of.change is not None and of.change.assurance is not None and of.change.code == CHANCE:
        yield str(ASSURANCE[of.change.assurance])
    if soon := judged_on(of, today):
        yield soon
    yield from (str(DOUBTS[code]) for code in doubts(of.version, of.bearings))
    if of.version.frequency and is_slow(of.version.frequency):
        yield _(
            "Årsvärden visar nästan aldrig en förändring inom ett program. Följ också något som mäts oftare och som "
            "brukar röra sig först."
        )


def steps(of: Picture) -> tuple[Step, ...]:
    """Return the baseline and the targets with their reasons."""
    start = of.bearings.baseline
    first = [Step(_("Utgångsvärde"), *_start(of, start))] if start is not None else []
    aims = of.bearings.targets
    return (*first, *(Step(_("Målvärde") if aim is aims[-1] else _("Delmål"), *_aim(of, aim)) for aim in aims))


def _start(of: Picture, start: Start) -> tuple[str, str, str]:
    if start.day is None:
        return "", missing(), start.na_reason
    return start.day.isoformat(), _amount(of, start.value, start.level), ""


def _aim(of: Picture, aim: Aim) -> tuple[str, str, str]:
    low, high = read(of, aim.low), read(of, aim.high)
    ranged = low is not None and high is not None
    amount = f"{number(low or 0)}–{with_unit(high or 0, unit_of(of))}" if ranged else _amount(of, aim.value, aim.level)
    straight = aim.interpolation == "linear" or ranged or aim.level is not None
    way = "" if straight else str(INTERPOLATIONS[aim.interpolation])
    return (
        aim.day.isoformat(),
        amount,
        " ".join(f"{each.rstrip('.')}." for each in (aim.rationale, _decided(aim), way) if each),
    )


def _decided(aim: Aim) -> str:
    return _("Beslut: %(decision)s") % {"decision": aim.decision} if aim.decision else ""


def _amount(of: Picture, value: Value | None, level: int | None) -> str:
    if level is not None:
        return _("nivå %(level)s") % {"level": level}
    shown = read(of, value)  # type: ignore[arg-type]
    return missing() if shown is None else with_unit(shown, unit_of(of), places_of([shown]))


def facts(of: Picture) -> tuple[Pair, ...]:
    """Return what the indicator is, name and words; what nobody has said is said to be missing."""
    version = of.version
    said: list[tuple[str, str]] = [(_("Definition"), version.definition)]
    if version.numerator or version.denominator:
        said += [(_("Täljare"), version.numerator), (_("Nämnare"), version.denominator)]
    said += [
        (_("Riktning"), str(DIRECTIONS.get(version.direction, ""))),
        (_("Mäts varje"), str(FREQUENCIES.get(version.frequency, ""))),
    ]
    if not of.is_qualitative:
        said += [(_("Enhet"), version.unit), (_("Flera rapportörer"), str(AGGREGATIONS[version.aggregation]))]
        ends = ((_("Lägst möjligt"), read(of, version.low)), (_("Högst möjligt"), read(of, version.high)))
        said += [(name, with_unit(end, unit_of(of))) for name, end in ends if end is not None]
    said += [
        (_("Ägare"), ", ".join(each for each in (version.owner_role, str(version.owner_party or "")) if each)),
        (_("Källa"), version.source_system),
        (_("Metod"), version.method),
        (_("Hur säkra siffrorna är"), version.quality),
        (_("Varför just den"), version.rationale),
        (_("Vilket beslut den ska ge underlag för"), version.decision_use),
    ]
    return tuple((name, words or missing()) for name, words in said)


def reported(of: Picture) -> str:
    """Return how many of those who are asked have reported the latest period, "" for one reporter only."""
    point = of.series.points[-1] if of.series.points else None
    if point is None or point.asked < 2:
        return ""
    text = _("%(period)s: %(here)s av %(asked)s har ett godkänt värde.")
    return text % {"period": period_word(point.period), "here": point.reported, "asked": point.asked}


def earlier(of: Picture) -> str:
    """Return how much was approved with another frequency and is not drawn, "" for nothing."""
    count = of.series.earlier
    text = ngettext(
        "%(n)s tidigare värde är mätt över en annan tid och är inte med i bilderna.",
        "%(n)s tidigare värden är mätta över en annan tid och är inte med i bilderna.",
        count,
    )
    return text % {"n": count} if count else ""


def reporting(page: IndicatorPage) -> tuple[tuple[str, Told], ...]:
    """Return who reports, and how that stands (D2)."""
    found = []
    for each in page.told:
        mark, word = mark_of(each.timing.verdict, each.timing.direction)
        says = sentence("D2", each.timing.code, facts_of(each.timing), facts_of(each.reporting))
        found.append((name_of(each.reporter), Told(mark, word, says)))
    return tuple(found)


def asked_about(page: IndicatorPage) -> tuple[tuple[str, str], ...]:
    """Return the figures that wait to be confirmed (D14): who and when, and why."""
    names = {each.pk: name_of(each) for each in page.picture.reporters}
    return tuple(
        (f"{names[row.reporter_id]}, {period_word(Period(row.frequency, row.number))}", asked_told(row.held))
        for row in page.asked_about
    )
