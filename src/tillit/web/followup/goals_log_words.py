"""The acts on plans and goals in the ledger, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "followup.goal.changed": _("Mål ändrat"),
    "followup.goal.closed": _("Mål avslutat"),
    "followup.goal.consent_said": _("Part sade sitt om ett mål"),
    "followup.goal.written": _("Mål skrivet"),
    "followup.plan.adopted": _("Plan fastställd"),
    "followup.plan.begun": _("Plan påbörjad"),
    "followup.plan.changed": _("Planutkast ändrat"),
    "followup.plan.closed": _("Plan avslutad"),
    "followup.plan.next_begun": _("Nästa version av plan påbörjad"),
}
