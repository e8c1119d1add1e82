"""What keeps a goal from being measured, in sentences: what is missing, and what to do about each code.

What is missing is said in the same words as by the command `measurability`: they stand in exchange.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from tillit.apps.partnerships.queries.commitment_words import percent
from tillit.apps.partnerships.queries.organ_words import Told, told
from tillit.core.indicators.goal_text import ACTIVITY_AS_EFFECT, NO_QUANTITY, TWO_GOALS
from tillit.core.indicators.measurability import Measurability
from tillit.core.indicators.measured_share import ENOUGH, FEW, NO_GOALS, TOO_FEW, Counted, Share, ShareThresholds, share
from tillit.exchange.words import say

WHAT_TO_DO = {
    "M1": gettext_lazy("Lägg till en indikator som visar om målet är nått."),
    "M2": gettext_lazy("Skriv vad det räknas i, som dagar eller procent. Är det en bedömning: beskriv tre nivåer."),
    "M3": gettext_lazy("Skriv hur det var när ni började och vilken dag. Vet ingen det: skriv varför."),
    "M4": gettext_lazy("Skriv vart ni vill nå och till vilken dag, och åt vilket håll som är bättre."),
    "M5": gettext_lazy("Välj den part som ansvarar, och skriv vilken roll där som gör det."),
    "M6": gettext_lazy("Mät oftare, eller sätt ett mål längre fram: med färre än fyra värden syns ingen förändring."),
    "M7": gettext_lazy("Målvärdet ligger åt fel håll. Rätta det, eller ändra vad som är bättre."),
    "M8": gettext_lazy("Skriv var siffrorna hämtas och hur det går till, så att någon annan kan göra likadant."),
    "M9": gettext_lazy("Målvärdet är detsamma som utgångsvärdet, eller går inte att nå. Sätt ett annat."),
    "M10": gettext_lazy("Koppla indikatorn till ett steg i effektlogiken som leder från en aktivitet till en effekt."),
    "M11": gettext_lazy("Skriv vilket beslut som tas på mätningen. Tas inget kan den tas bort."),
    "M12": gettext_lazy("Lägg till en indikator om vad gruppen åstadkommer, inte bara hur ofta den möts."),
}
ADVICE = {
    NO_QUANTITY: gettext_lazy("Skriv hur mycket: ett antal, en andel, eller ”alla”."),
    TWO_GOALS: gettext_lazy("Är det två mål? Dela upp dem, så att det går att se vilket som är nått."),
    ACTIVITY_AS_EFFECT: gettext_lazy("Skriv vad det ska leda till. Det man gör hör hemma i effektlogiken."),
}
OF_SHARE = {
    TOO_FEW: gettext_lazy("Under %(red)s: det mesta går inte att följa upp."),
    FEW: gettext_lazy("Under %(yellow)s: en del går inte att följa upp."),
    ENOUGH: gettext_lazy("Minst %(yellow)s, som det ska vara."),
    NO_GOALS: gettext_lazy("Här finns inga mål, så det går inte att säga."),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a goal or an indicator lacks: its code, what it is, and what to do."""

    code: str
    what: str
    do: str


def lacks(codes: Iterable[str]) -> tuple[Lack, ...]:
    """Return what is missing, in words."""
    return tuple(Lack(code, _capital(_missing(code)), str(WHAT_TO_DO[code])) for code in codes)


def advised(codes: Iterable[str]) -> tuple[Lack, ...]:
    """Return advice about a goal's words, in words. It hinders nothing."""
    return tuple(Lack("", _capital(_missing(code)), str(ADVICE[code])) for code in codes)


def untried(codes: Iterable[str]) -> str:
    """Return what cannot be tried yet, as one sentence, "" for nothing."""
    named = "; ".join(_missing(code) for code in codes)
    return _("Det här kan inte prövas än: %(what)s.") % {"what": named} if named else ""


def goal_told(found: Measurability) -> Told:
    """Return whether a goal can be measured: a word, a shape, and what is missing in one sentence."""
    if found.is_measurable:
        return Told("meets", _("går att mäta"), "")
    named = "; ".join(_missing(code) for code in found.lacking)
    return Told("undecided", _("går inte att mäta än"), _("Saknas: %(what)s.") % {"what": named})


def state_told(found: Measurability) -> str:
    """Return in one short line how it goes, for one who writes."""
    if found.is_measurable and not found.remarks:
        return _("Målet går att mäta, och inget saknas.")
    if found.is_measurable:
        says = ngettext(
            "Målet går att mäta. %(n)s sak är bra att lägga till.",
            "Målet går att mäta. %(n)s saker är bra att lägga till.",
            len(found.remarks),
        )
        return says % {"n": len(found.remarks)}
    says = ngettext(
        "Målet går inte att mäta än: %(n)s sak saknas.",
        "Målet går inte att mäta än: %(n)s saker saknas.",
        len(found.lacking),
    )
    return says % {"n": len(found.lacking)}


def share_told(counted: Counted, limits: ShareThresholds, *, named: bool = True) -> Told:
    """Return how many of some goals can be measured, and what that means; `named`: also how many of how many.

    The share is shown as percent, never rounded up.
    """
    found: Share = share(counted, limits)
    of_limits = {"red": percent_of(limits.red), "yellow": percent_of(limits.yellow)}
    means = str(OF_SHARE[found.code]) % of_limits
    if found.share is None:
        return told(found.verdict, means)
    if not named:
        return told(found.verdict, f"{percent(found.share)}. {means}")
    return told(found.verdict, f"{headline(counted)} ({percent(found.share)}). {means}")


def headline(counted: Counted) -> str:
    """Return how many goals can be measured, as the page says it first."""
    says = ngettext(
        "%(measurable)s av %(goals)s mål går att mäta", "%(measurable)s av %(goals)s mål går att mäta", counted.goals
    )
    return says % {"measurable": counted.measurable, "goals": counted.goals}


def percent_of(limit: object) -> str:
    """Return a limit as percent."""
    return percent(Fraction(str(limit)))


def _missing(code: str) -> str:
    return say(f"measurability.{code}", get_language() or "sv")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
