"""D15 in words: one line for the board. The words are those of docs/uppfoljning.md."""

from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.sentences.of_paths import REASONS
from tillit.apps.followup.sentences.seen import Seen
from tillit.core.indicators.judged import NOT_ASSESSABLE
from tillit.core.indicators.verdict import WHOLE_BASELINE

LINES = {
    "something_changed": gettext_lazy("Något har ändrats – utred orsak"),
    "unusual_value": gettext_lazy("Ovanligt värde – förklara"),
    "not_yet_expected": gettext_lazy("Ännu inte väntad"),
    "on_path_and_better": gettext_lazy("På väg och bättre"),
    "on_path_target_outside_system": gettext_lazy(
        "Följer banan, men slutmålet ligger utanför dagens system – nästa steg måste vara planerat"
    ),
    "right_way_too_slow": gettext_lazy("Rätt riktning, för långsamt – se prognos"),
    "system_cannot_reach": gettext_lazy("Systemet kan inte nå målet – beslut om åtgärd eller mål"),
    "behind_no_sure_change": gettext_lazy("Efter plan, utan säker förändring"),
    "stable_on_path": gettext_lazy("Stabilt och på väg – ingen åtgärd"),
    "met_sometimes": gettext_lazy("Målet nås ibland – förändra arbetssättet, jaga inte enskilda värden"),
    "on_path": gettext_lazy("På väg"),
    "no_target": gettext_lazy("Inget mål"),
}


def of_line(seen: Seen, why: str = "") -> str:
    """Return the line. `why`: D1's reason where it cannot be judged, which is told instead when it is another than
    that no value is there.

    The reading is ours that where twelve values are there, or no chart is drawn, "too few" would be untrue.
    """
    points = seen.result["points"]
    if seen.code == NOT_ASSESSABLE:
        return _unjudged(points, seen.result["next_on"], why)
    text = str(LINES[seen.code])
    if not seen.result["is_preliminary"]:
        return text
    said = {"n": points, "whole": WHOLE_BASELINE, "line": text[0].lower() + text[1:]}
    return _("Preliminärt (%(n)s/%(whole)s): %(line)s") % said


def _unjudged(points: int | None, next_on: str | None, why: str) -> str:
    if why in REASONS and why != "no_value":
        return str(REASONS[why])
    if points is None or points >= WHOLE_BASELINE:
        return str(REASONS["no_value"]) if why else _("Går inte att bedöma än")
    said = {"n": points, "whole": WHOLE_BASELINE, "day": next_on}
    if next_on is None:
        return _("För få värden (%(n)s/%(whole)s)") % said
    return _("För få värden (%(n)s/%(whole)s) – nästa bedömning %(day)s") % said
