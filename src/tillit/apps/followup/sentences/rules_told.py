"""What each rule says, with the thresholds that a finding was judged by, and what to do about what it finds."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.sentences.figures import figure, share
from tillit.core.indicators.judged import IMPROVEMENT

Params = Mapping[str, Any]


def _d1(of: Params) -> str:
    said = {"green": share(of["green"]), "yellow": share(of["yellow"]), "ahead": share(of["ahead"])}
    return (
        _(
            "Gult när värdet ligger efter planen med mer än %(green)s av vägen från utgångsvärde till mål, rött över"
            " %(yellow)s."
            " Mer än %(ahead)s före är bättre än planerat."
        )
        % said
    )


def _d2(of: Params) -> str:
    said = {**of, "complete": share(of["complete"]), "incomplete": share(of["incomplete"])}
    return (
        _(
            "Gult från en dag sent, rött över %(red_after)s dagar eller när %(in_a_row)s i rad saknas. Gult när mindre"
            " än %(complete)s av de %(periods)s senaste perioderna är godkända, rött under %(incomplete)s."
        )
        % said
    )


def _d3(of: Params) -> str:
    return _(
        "Ett värde märks när det ligger utanför gränserna, hör till sju i rad som stiger eller faller, är ett av två"
        " bland tre nära en gräns, eller hör till sju i rad på samma sida av medelvärdet. Gränserna kommer av de"
        " %(baseline)s första värdena. En signal är gul, och röd bara när värdet också ligger efter plan."
    ) % {"baseline": of["baseline"]}


def _d4(of: Params) -> str:
    return _(
        "En linje dras genom de %(window)s senaste perioderna. Gult när målet bara ligger inom det osäkra, rött när"
        " hela intervallet missar målet."
    ) % {"window": of["window"]}


def _d5(of: Params) -> str:
    return _(
        "Nivån jämförs med den mittersta av de %(earlier)s närmast före. Gult vid %(yellow)s steg sämre, rött vid"
        " %(red)s steg eller under den lägsta nivå som är beslutad."
    ) % dict(of)


def _raters(of: Params) -> str:
    return _("Bedömarna är ense när minst %(share)s ligger inom ett steg från den mittersta nivån.") % {
        "share": share(of["concord"])
    }


def _d6(of: Params) -> str:
    return _("Gult när färre än %(yellow)s av målen går att mäta, rött under %(red)s.") % {
        "yellow": share(of["yellow"]),
        "red": share(of["red"]),
    }


def _d7(_of: Params) -> str:
    return _("Luckorna G2, G5, G6 och G11 hindrar att en effektlogik fastställs. De andra är varningar.")


def _d14(of: Params) -> str:
    said = {"z": figure(of["modified_z"]), "revision": share(of["revision"]), "stuck": of["stuck"]}
    return (
        _(
            "Ett värde ska bekräftas när det ligger långt från de andra (modifierat z över %(z)s), verkar vara i fel"
            " enhet, är ändrat mer än %(revision)s, är detsamma %(stuck)s perioder i rad, inte är summan av sina"
            " delar eller ligger utanför vad indikatorn kan vara."
        )
        % said
    )


def _d15(_of: Params) -> str:
    return _("Raden väger ihop var värdet står på sin väg, vad som är slump, och om målet nås med dagens arbetssätt.")


RULES_TOLD: Mapping[str, Callable[[Params], str]] = MappingProxyType(
    {
        "D1": _d1,
        "D2": _d2,
        "D3": _d3,
        "D4": _d4,
        "D5": _d5,
        "D5.raters": _raters,
        "D6": _d6,
        "D7": _d7,
        "D14": _d14,
        "D15": _d15,
    }
)
BETTER = gettext_lazy("Ta reda på vad som fungerar, och låt fler göra likadant. Kanske kan målet höjas.")
REMEDIES = MappingProxyType(
    {
        ("D1", "no_value"): gettext_lazy("Rapportera det första värdet och godkänn det."),
        ("D1", "no_baseline"): gettext_lazy("Skriv in utgångsvärdet, eller varför det saknas."),
        ("D1", "before_baseline"): gettext_lazy("Rapportera ett värde från tiden efter utgångsvärdet."),
        ("D1", "target_is_baseline"): gettext_lazy("Besluta om ett mål som skiljer sig från utgångsvärdet."),
        ("D1", "no_geometric_path"): gettext_lazy("Låt vägen till målet vara rak i stället."),
        ("D1", "no_target"): gettext_lazy("Besluta om ett mål och en dag, eller att indikatorn följs utan mål."),
        ("D1", "not_yet_expected"): gettext_lazy(
            "Vänta in effekten, och följ under tiden stegen som kommer före den i effektlogiken."
        ),
        ("D1", ""): gettext_lazy(
            "Ta reda på vad som dröjer. Besluta om en åtgärd med ansvarig och dag, eller om ett mål som går att nå."
        ),
        ("D2", "incomplete"): gettext_lazy("Godkänn det som väntar, och be om det som saknas."),
        ("D2", "not_started"): gettext_lazy("Starta uppföljningen när det är bestämt vad som ska rapporteras."),
        ("D2", ""): gettext_lazy("Skicka in det som saknas. Går det inte, så berätta för kansliet varför."),
        ("D3", ""): gettext_lazy("Ta reda på vad som hände vid de märkta värdena, och skriv orsaken här."),
        ("D4", ""): gettext_lazy("Besluta om en åtgärd i tid, medan den hinner verka, eller om ett annat mål."),
        ("D5", ""): gettext_lazy(
            "Läs berättelserna bakom nivån, prata med dem som bedömde, och besluta vad som ska bli annorlunda."
        ),
        ("D5.raters", "one_rater"): gettext_lazy("Be minst två till att bedöma, så att bilden inte är en persons."),
        ("D5.raters", ""): gettext_lazy(
            "Låt bedömarna jämföra sina skäl med beskrivningarna av nivåerna. Räkna aldrig ut ett medelvärde."
        ),
        ("D6", ""): gettext_lazy("Sidan om målen säger vad varje mål saknar. Komplettera dem, ett i taget."),
        ("D7", ""): gettext_lazy("Börja en ny version av effektlogiken och fyll luckorna, de som hindrar först."),
        ("D14", ""): gettext_lazy("Den som rapporterade bekräftar värdet, eller rättar det och skriver varför."),
        ("D15", "on_path_target_outside_system"): gettext_lazy(
            "Planera nästa steg redan nu: så som arbetet går till nås inte slutmålet."
        ),
        ("D15", ""): gettext_lazy(
            "Besluta om en åtgärd som förändrar arbetssättet, eller om ett annat mål. Jaga inte enskilda värden."
        ),
    }
)
"""By rule and code; "" is for every other code of the rule."""


def rule_told(rule: str, params: Params) -> str:
    """Return what a rule says, with the thresholds it was used with."""
    return RULES_TOLD[rule](params)


def remedy(rule: str, code: str, direction: str) -> str:
    """Return what to do about a finding: of what is better, learn from it."""
    if direction == IMPROVEMENT:
        return str(BETTER)
    return str(REMEDIES.get((rule, code)) or REMEDIES[rule, ""])
