"""What the engine finds, as a refusal that says which rules stop and how it can be put right."""

from django.utils.translation import get_language, gettext as _

from tillit.apps.collaborations import gates
from tillit.apps.collaborations.queries.cautions import caution_in_words
from tillit.apps.errors import Refused
from tillit.core.rulebook.check import Check
from tillit.exchange.words import Lang


def refuse_stops(check: Check, *, at_outcome: bool) -> None:
    """Refuse while a rule says stop. At the outcome nothing is stopped: what has happened is kept on file.

    :raises Refused: a plan that breaks a rule, with each rule and its way out
    """
    stops = gates.only("breach", gates.hindrances(check, employers_answered=False))
    if stops and not at_outcome:
        raise Refused(_("Planen bryter mot reglerna och kan inte lämnas in. ") + _told(stops), field="stop")


def refuse_open(found: tuple[gates.Hindrance, ...]) -> None:
    """Refuse while anything is in the way.

    :raises Refused: a stop, something missing, an unmade judgement or an unanswered warning, each told
    """
    if not found:
        return
    lead = {
        "breach": _("Det här bryter mot reglerna: "),
        "undecided": _("Det här måste någon svara på: "),
        "judge": _("Det här måste en människa bedöma: "),
        "warning": _("Det här behöver ett skäl för att gå vidare: "),
    }
    parts = [lead[code] + _told(same) for code in lead if (same := tuple(each for each in found if each.code == code))]
    raise Refused(" ".join(parts), field="stop")


def _told(found: tuple[gates.Hindrance, ...]) -> str:
    """Return the titles of the rules, each once, and the first way out; of warnings what each of them says."""
    lang: Lang = "en" if get_language() == "en" else "sv"
    if found[0].code == "warning":
        return " ".join(caution_in_words(each.warning.plain(), lang) for each in found if each.warning)
    titles = list(
        dict.fromkeys(each.finding.rule.title.in_language(lang) if each.finding else each.rule for each in found)
    )
    ways = [each.finding.rule.way_out.in_language(lang) for each in found if each.finding and each.finding.rule.way_out]
    return "; ".join(titles) + "." + (f" {ways[0]}" if ways and found[0].code == "breach" else "")
