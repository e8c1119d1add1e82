"""The acts on deviations and thresholds in the ledger, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "followup.deviation.acknowledged": _("Avvikelse kvitterad"),
    "followup.deviation.action": _("Åtgärd mot avvikelse"),
    "followup.deviation.closed": _("Avvikelse stängd"),
    "followup.deviation.dismissed": _("Avvikelse avvisad"),
    "followup.deviation.explained": _("Avvikelse förklarad"),
    "followup.deviation.monitored": _("Avvikelse följs"),
    "followup.deviations.evaluated": _("Partnerskap bedömt efter sina regler"),
    "followup.thresholds.decided": _("Trösklar beslutade"),
}
