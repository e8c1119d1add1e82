"""The acts about indicators in the ledger, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "followup.baseline.set": _("Utgångsvärde satt"),
    "followup.floor.decided": _("Lägsta godtagna nivå beslutad"),
    "followup.indicator.changed": _("Indikators namn eller plats ändrad"),
    "followup.indicator.closed": _("Indikator avslutad"),
    "followup.indicator.redefined": _("Indikators definition ändrad"),
    "followup.indicator.reopened": _("Indikator öppnad igen"),
    "followup.indicator.written": _("Indikator upplagd"),
    "followup.reporter.added": _("Rapportör tillagd"),
    "followup.reporter.changed": _("Rapportörs dagar ändrade"),
    "followup.rubric.described": _("Nivåer i ord skrivna"),
    "followup.target.changed": _("Målvärde ändrat"),
    "followup.target.set": _("Målvärde satt"),
    "followup.target.withdrawn": _("Målvärde borttaget"),
    "followup.version.begun": _("Ny version av indikator"),
}
