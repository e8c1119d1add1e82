"""What an XmR chart says in words, and its table: the same numbers as in the picture."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.core.indicators.spc import NO_VARIATION, TOO_FEW
from tillit.web.followup.drawing.figures import missing, number, period_word
from tillit.web.followup.drawing.shapes import Head, Table
from tillit.web.followup.drawing.xmr_parts import WAY_WORDS, Laid, Run

RULE_WORDS = {
    "S1": gettext_lazy("utanför gränserna"),
    "S2": gettext_lazy("sju i rad som stiger eller faller"),
    "S3": gettext_lazy("två av tre nära samma gräns"),
    "S4": gettext_lazy("sju i rad på samma sida om medel"),
}


def said(of: Laid, lead: str = "") -> tuple[str, ...]:
    """Return what the chart says, sentence by sentence: signals first, then limits and what they rest on.

    `lead`: what D3 says of the latest value, where that is told already.
    """
    return (*([lead] if lead else _latest(of)), *(run_told(of, run) for run in of.runs), *_limits(of))


def _latest(of: Laid) -> Iterator[str]:
    part = of.latest
    if part.found.code == TOO_FEW:
        points = part.found.points
        few = ngettext(
            "Här finns %(n)s värde. Det är för få för att räkna gränser, det behövs minst %(least)s.",
            "Här finns %(n)s värden. Det är för få för att räkna gränser, det behövs minst %(least)s.",
            points,
        )
        yield few % {"n": points, "least": of.of.params.fewest}
    elif part.found.code == NO_VARIATION:
        yield _("Värdena varierar inte, så ingen regel kan säga om något har ändrats.")
    elif not of.runs:
        yield _("Inget värde avviker från det som slumpen brukar ge.")


def run_told(of: Laid, run: Run) -> str:
    """Return one run of signals as a sentence."""
    first, last = (period_word(of.of.periods[at]) for at in (run.first, run.last))
    facts = {"rule": run.rule, "what": RULE_WORDS[run.rule], "way": WAY_WORDS[run.way], "first": first, "last": last}
    if run.first == run.last:
        return _("%(rule)s, %(what)s, i %(first)s: %(way)s än slumpen brukar ge.") % facts
    return _("%(rule)s, %(what)s, från %(first)s till %(last)s: %(way)s än slumpen brukar ge.") % facts


def _limits(of: Laid) -> Iterator[str]:
    part, places = of.latest, of.places + 1
    limits = part.limits
    if limits is None:
        return
    if part.varies:
        ends = {"lower": number(limits.lower, places), "upper": number(limits.upper, places)}
        mean = _("Medel %(mean)s, gränser %(lower)s och %(upper)s.")
        yield mean % {**ends, "mean": number(limits.mean, places)}
    rests = ngettext(
        "Gränserna bygger på %(n)s värde, %(first)s till %(last)s.",
        "Gränserna bygger på %(n)s värden, %(first)s till %(last)s.",
        limits.points,
    )
    periods = of.of.periods
    ends = {"first": period_word(periods[part.base.start]), "last": period_word(periods[part.base.stop - 1])}
    yield rests % {"n": limits.points, **ends}
    if part.found.is_preliminary:
        yield _("Gränserna är preliminära tills det finns %(whole)s värden.") % {"whole": of.of.params.whole}
    if len(of.parts) > 1:
        yield _("En ny definition börjar om med egna gränser.")


def table(of: Laid) -> Table:
    """Return the chart as a table: each period with its value, the limits of its part, and what a rule says."""
    heads = (
        Head(_("Period")),
        Head(_("Värde"), figures=True),
        Head(_("Nedre gräns"), figures=True),
        Head(_("Medel"), figures=True),
        Head(_("Övre gräns"), figures=True),
        Head(_("Vad reglerna säger")),
    )
    rows = [_row(of, index) for index in range(len(of.values))]
    if of.target is not None:
        rows.append((_("Målvärde"), number(of.target), "", "", "", ""))
    return Table(_("Värden, medel och gränser"), heads, tuple(rows))


def _row(of: Laid, index: int) -> tuple[str, ...]:
    value, part = of.values[index], of.part_of(index)
    run, limits = of.run_of(index), part.limits
    ends: tuple[Fraction | None, ...] = (None, None, None)
    if limits is not None:
        ends = (limits.lower, limits.mean, limits.upper) if part.varies else (None, limits.mean, None)
    notes = [_("ny definition")] if index and index == part.span.start else []
    if run is not None:
        notes.append(f"{run.word}: {RULE_WORDS[run.rule]}")
    return (
        period_word(of.of.periods[index]),
        missing() if value is None else number(value, of.places),
        *("" if each is None else number(each, of.places + 1) for each in ends),
        ", ".join(notes),
    )
