"""What is said of reports in words: why a figure is asked about, where it stands, and its period."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.core.indicators import periods, quality
from tillit.core.indicators.periods import Period

ASKED_WORDS = {
    quality.OUT_OF_LIMITS: gettext_lazy("Värdet ligger utanför det som indikatorn kan vara."),
    quality.FAR_OFF: gettext_lazy("Värdet ligger långt från de tidigare."),
    quality.UNIT_JUMP: gettext_lazy(
        "Värdet är omkring 10 eller 100 gånger större eller mindre än de tidigare: fel enhet?"
    ),
    quality.REVISED: gettext_lazy("Värdet skiljer sig mer än en femtedel från det som godkändes."),
    quality.STUCK: gettext_lazy("Värdet är detsamma flera perioder i rad."),
    quality.PARTS_DIFFER: gettext_lazy("Delarna blir inte tillsammans det hela."),
}
STATE_WORDS = {
    "late": gettext_lazy("försenad"),
    "open": gettext_lazy("att rapportera"),
    "coming": gettext_lazy("kommande"),
    "waiting": gettext_lazy("väntar på godkännande"),
    "done": gettext_lazy("godkänd"),
}
STATE_MARKS = {
    "late": "judge",
    "very_late": "breach",
    "open": "undecided",
    "coming": "not_applicable",
    "waiting": "undecided",
    "done": "meets",
}


def asked_told(reasons: Iterable[str]) -> str:
    """Return why a figure is asked about, and what to do, as sentences."""
    said = " ".join(str(ASKED_WORDS[each]) for each in reasons)
    return said + " " + _("Stämmer det, så bekräfta det och skriv varför. Annars rätta det.")


def period_word(period: Period) -> str:
    """Return a period as it is read: "kvartal 2 2026", "2026-06", "2026"."""
    code = str(period)
    year, _dash, part = code.partition("-")
    words = {
        periods.QUARTER: _("kvartal %(part)s %(year)s"),
        periods.TERTIAL: _("tertial %(part)s %(year)s"),
        periods.HALF_YEAR: _("halvår %(part)s %(year)s"),
    }
    if period.frequency in words:
        return words[period.frequency] % {"part": part[1:], "year": year}
    return code


def amount(value: Decimal | None) -> str:
    """Return a figure as it is written in the language of the page, "" for none; no digits are left out."""
    if value is None:
        return ""
    plain = value.quantize(Decimal("0.000001")).normalize() if value == round(value, 6) else round(value, 6).normalize()
    return str(number_format(plain or Decimal(0), use_l10n=True, force_grouping=True))


def due_told(days_left: int) -> str:
    """Return how long is left, or how late it is: "förfaller om 5 dagar", "26 dagar sen"."""
    if days_left < 0:
        return ngettext("%(n)s dag sen", "%(n)s dagar sen", -days_left) % {"n": -days_left}
    if days_left == 0:
        return _("förfaller i dag")
    return ngettext("förfaller om %(n)s dag", "förfaller om %(n)s dagar", days_left) % {"n": days_left}
