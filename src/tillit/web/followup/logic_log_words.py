"""The acts on effect logics in the ledger, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "followup.assumption.added": _("Antagande tillagt i effektlogik"),
    "followup.assumption.checked": _("Sagt om ett antagande håller"),
    "followup.assumption.removed": _("Antagande borttaget ur utkast"),
    "followup.edge.added": _("Koppling tillagd i effektlogik"),
    "followup.edge.changed": _("Koppling ändrad i effektlogik"),
    "followup.edge.removed": _("Koppling borttagen ur utkast"),
    "followup.logic.adopted": _("Effektlogik fastställd"),
    "followup.logic.begun": _("Effektlogik påbörjad"),
    "followup.logic.changed": _("Utkast till effektlogik ändrat"),
    "followup.logic.drafted": _("Nytt utkast till effektlogik"),
    "followup.step.added": _("Steg tillagt i effektlogik"),
    "followup.step.changed": _("Steg ändrat i effektlogik"),
    "followup.step.removed": _("Steg borttaget ur utkast"),
}
