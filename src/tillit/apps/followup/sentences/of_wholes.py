"""D2, D6 and D7 in words: what has come in, how many goals can be measured, what the effect logic lacks."""

from collections import Counter

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.sentences.figures import periods, share
from tillit.apps.followup.sentences.seen import Seen
from tillit.core.indicators.gaps import BLOCKING

GAPS = {
    "G1": gettext_lazy("ett steg utan pilar"),
    "G2": gettext_lazy("en effekt eller nytta som ingen aktivitet leder till"),
    "G3": gettext_lazy("en aktivitet som inte leder till någon effekt"),
    "G4": gettext_lazy("ett hopp över en nivå"),
    "G5": gettext_lazy("en pil bakåt som inte är märkt återkoppling"),
    "G6": gettext_lazy("en rundgång"),
    "G7": gettext_lazy("en pil utan mekanism"),
    "G8": gettext_lazy("en nödvändig pil som länge har varit oprövad"),
    "G9": gettext_lazy("en effekt utan indikator med godkända värden"),
    "G10": gettext_lazy("ett mål utan steg, eller en effekt utan mål"),
    "G11": gettext_lazy("ett strategiskt mål utan kedja från en insats i något forskningsområde"),
    "G12": gettext_lazy("ett steg utan ägare"),
    "G13": gettext_lazy("en effekt som inte kan synas före planens slut"),
    "G14": gettext_lazy("en indikator som mäts men inte hör till något steg"),
}


def of_timing(seen: Seen) -> str:
    """Return D2 as a sentence."""
    result = seen.result
    if seen.code == "late":
        return _late(seen)
    waiting = len(result["waiting"])
    said = {"periods": periods(result["late"]), "share": share(result["completeness"]), "n": waiting}
    if seen.code == "incomplete":
        text = _("%(share)s av det som nyss skulle ha kommit är godkänt.") % said
        if not waiting:
            return text
        waits = ngettext("%(n)s rapport väntar på godkännande.", "%(n)s rapporter väntar på godkännande.", waiting)
        return f"{text} {waits % said}"
    texts = {
        "in_time": _("Allt som väntas har kommit och är godkänt."),
        "missing_twice": _("Flera rapporter i rad saknas: %(periods)s."),
        "not_started": _("Uppföljningen har inte startat, så inget väntas än."),
        "nothing_expected": _("Ingen period har förfallit än."),
    }
    return texts[seen.code] % said


def _late(seen: Seen) -> str:
    late, days = seen.result["late"], seen.result["days_late"]
    said = {"periods": periods(late), "n": days}
    if len(late) == 1:
        text = ngettext(
            "Rapporten för %(periods)s är %(n)s dag sen.", "Rapporten för %(periods)s är %(n)s dagar sen.", days
        )
    else:
        text = ngettext(
            "Rapporter saknas för %(periods)s, den äldsta %(n)s dag sen.",
            "Rapporter saknas för %(periods)s, den äldsta %(n)s dagar sen.",
            days,
        )
    return text % said


def of_share(seen: Seen) -> str:
    """Return D6 of a partnership as a sentence."""
    said = {**seen.facts, "share": share(seen.result["share"])}
    texts = {
        "enough_measurable": _("%(measurable)s av %(goals)s mål går att mäta (%(share)s)."),
        "few_measurable": _("Bara %(measurable)s av %(goals)s mål går att mäta (%(share)s)."),
        "too_few_measurable": _("De flesta målen går inte att mäta: %(measurable)s av %(goals)s gör det (%(share)s)."),
        "no_goals": _("Det finns inga mål att mäta."),
    }
    return texts[seen.code] % said


def of_review(seen: Seen) -> str:
    """Return D7 as a sentence: which sorts of gaps there are, the blocking first."""
    if seen.code == "no_gaps":
        return _("Effektlogiken har inga luckor.")
    counts = Counter(each["code"] for each in seen.result["gaps"])
    ordered = sorted(counts, key=lambda code: (code not in BLOCKING, int(code[1:])))
    total = sum(counts.values())
    said = {"n": total, "sorts": ", ".join(f"{GAPS[code]} ({code})" for code in ordered[:3])}
    if seen.code == "cannot_be_adopted":
        text = ngettext(
            "Effektlogiken har %(n)s lucka som borde ha hindrat att den fastställdes: %(sorts)s.",
            "Effektlogiken har %(n)s luckor, minst en borde ha hindrat att den fastställdes: %(sorts)s.",
            total,
        )
    else:
        text = ngettext(
            "Effektlogiken har %(n)s lucka: %(sorts)s.", "Effektlogiken har %(n)s luckor: %(sorts)s.", total
        )
    return text % said
