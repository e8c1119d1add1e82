"""The acts of follow-up in words, for the ledger."""

from django.utils.translation import gettext_lazy as _

from tillit.web.followup.deviations_log_words import WORDS as OF_DEVIATIONS
from tillit.web.followup.goals_log_words import WORDS as OF_GOALS
from tillit.web.followup.indicators_log_words import WORDS as OF_INDICATORS
from tillit.web.followup.logic_log_words import WORDS as OF_LOGICS

WORDS = {
    **OF_GOALS,
    **OF_LOGICS,
    **OF_INDICATORS,
    **OF_DEVIATIONS,
    "followup.key.made": _("Nyckel för rapportering gjord"),
    "followup.key.revoked": _("Nyckel för rapportering återkallad"),
    "followup.reminded": _("Påminnelse om rapport skriven"),
    "followup.observation.approved": _("Rapport godkänd"),
    "followup.observation.corrected": _("Godkänt värde rättat"),
    "followup.observation.drafted": _("Rapport påbörjad"),
    "followup.observation.returned": _("Rapport återlämnad"),
    "followup.observation.shown": _("Underlag lagt till en rapport"),
    "followup.observation.submitted": _("Rapport inskickad"),
    "followup.periods.locked": _("Perioder låsta"),
    "followup.started": _("Uppföljning påbörjad"),
    "followup.survey.closed": _("Enkät stängd"),
    "followup.survey.invited": _("Tillfrågade tillagda i en enkät"),
    "followup.survey.opened": _("Enkät öppnad"),
    "followup.survey.question_added": _("Fråga tillagd i en enkät"),
    "followup.survey.question_dropped": _("Fråga borttagen ur en enkät"),
    "followup.survey.written": _("Enkät skriven"),
    "followup.trial.added": _("Prövning upplagd"),
    "followup.trial.changed": _("Prövning ändrad"),
    "followup.trial.site_said": _("Ort och patienter för en prövning angivna"),
    "followup.trial.state_said": _("Läge för en prövning angivet"),
}
