"""D3, D5 and D14 in words: what has changed and what chance explains, levels that move, values to confirm."""

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.sentences.figures import share
from tillit.apps.followup.sentences.seen import Seen

SIGNALS = {
    ("S1", "high"): gettext_lazy("ligger över den övre gränsen"),
    ("S1", "low"): gettext_lazy("ligger under den nedre gränsen"),
    ("S2", "high"): gettext_lazy("hör till minst sju i rad som stiger"),
    ("S2", "low"): gettext_lazy("hör till minst sju i rad som faller"),
    ("S3", "high"): gettext_lazy("är ett av två bland tre nära eller över den övre gränsen"),
    ("S3", "low"): gettext_lazy("är ett av två bland tre nära eller under den nedre gränsen"),
    ("S4", "high"): gettext_lazy("hör till minst sju i rad över medelvärdet"),
    ("S4", "low"): gettext_lazy("hör till minst sju i rad under medelvärdet"),
}
STEPS = {2: gettext_lazy("två"), 3: gettext_lazy("tre"), 4: gettext_lazy("fyra")}
"""In words, for a number after a level is read as its decimal."""
HELD = {
    "out_of_limits": gettext_lazy("ligger utanför vad indikatorn kan vara"),
    "far_off": gettext_lazy("ligger långt från de senaste"),
    "unit_jump": gettext_lazy(
        "är ungefär tio eller hundra gånger större eller mindre än de senaste, kanske i fel enhet"
    ),
    "revised": gettext_lazy("är mycket ändrat sedan det godkändes"),
    "stuck": gettext_lazy("är detsamma flera perioder i rad"),
    "parts_differ": gettext_lazy("är inte summan av sina delar"),
}


def of_change(seen: Seen) -> str:
    """Return D3 as a sentence about the latest value."""
    if seen.code == "chance":
        return _("Inget tyder på annat än slump.")
    if seen.code == "too_few":
        return _("För få värden för att skilja slump från förändring (%(n)s/12).") % {"n": seen.result["points"]}
    if seen.code == "no_variation":
        return _("Värdena varierar inte alls, så slump och förändring går inte att skilja åt.")
    latest = next(each for each in seen.result["signals"] if each["index"] == seen.result["latest"])
    said = {
        "value": seen.amount(seen.facts["values"][seen.result["latest"]]),
        "signal": SIGNALS[latest["rule"], latest["side"]],
        "n": seen.result["points"],
    }
    texts = {
        "improvement": _("Det har blivit bättre: det senaste värdet, %(value)s, %(signal)s."),
        "worsening": _("Det har blivit sämre: det senaste värdet, %(value)s, %(signal)s."),
        "high": _("Ovanligt högt: det senaste värdet, %(value)s, %(signal)s."),
        "low": _("Ovanligt lågt: det senaste värdet, %(value)s, %(signal)s."),
    }
    text = texts[seen.code] % said
    if seen.result["is_preliminary"]:
        return _("%(text)s Gränserna är preliminära (%(n)s/12).") % {"text": text, **said}
    return text


def of_step(seen: Seen) -> str:
    """Return D5 as a sentence about the latest level."""
    result, drop = seen.result, abs(seen.result["drop"] or 0)
    said = {
        "level": seen.facts["level"],
        "floor": seen.facts["floor"],
        "reference": result["reference"],
        "n": STEPS.get(drop, drop),
    }
    if seen.code == "dropped":
        text = ngettext(
            "Nivån är %(level)s, ett steg sämre än nivå %(reference)s, som den brukar ligga på.",
            "Nivån är %(level)s, %(n)s steg sämre än nivå %(reference)s, som den brukar ligga på.",
            drop,
        )
    elif seen.code == "risen":
        text = ngettext(
            "Nivån är %(level)s, ett steg bättre än nivå %(reference)s, som den brukar ligga på.",
            "Nivån är %(level)s, %(n)s steg bättre än nivå %(reference)s, som den brukar ligga på.",
            drop,
        )
    else:
        text = {
            "kept": _("Nivån är %(level)s, där den brukar ligga."),
            "below_floor": _("Nivån är %(level)s, på fel sida om den lägsta som är beslutad, %(floor)s."),
            "no_earlier": _("Nivån är %(level)s, och det finns ingen tidigare att jämföra med."),
        }[seen.code]
    return text % said


def of_raters(seen: Seen) -> str:
    """Return D5 about several raters as a sentence."""
    said = {"share": share(seen.result["share"]), "level": seen.result["level"]}
    texts = {
        "agree": _("Bedömarna är ense: %(share)s ligger inom ett steg från nivå %(level)s."),
        "disagree": _("Bedömarna är oense: bara %(share)s ligger inom ett steg från nivå %(level)s."),
        "one_rater": _("Bara en har bedömt: nivå %(level)s. Samstämmighet går inte att se."),
        "no_rater": _("Ingen har bedömt."),
    }
    return texts[seen.code] % said


def of_quality(seen: Seen) -> str:
    """Return D14 as a sentence about the value that is asked about."""
    value = seen.amount(seen.facts["value"])
    if seen.code == "sound":
        return _("Inget tyder på att värdet %(value)s är fel.") % {"value": value}
    if seen.code == "too_few":
        return _("För få värden för att säga om %(value)s är ovanligt.") % {"value": value}
    why = _(" och ").join(str(HELD[each]) for each in seen.result["held"])
    return _("Värdet %(value)s behöver bekräftas: det %(why)s.") % {"value": value, "why": why}
