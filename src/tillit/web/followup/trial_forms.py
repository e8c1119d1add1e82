"""The shapes of what is typed about a clinical trial."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.apps.followup.models import Trial
from tillit.apps.followup.models.words import QUALITIES, TRIAL_PHASES, TRIAL_STATES
from tillit.apps.partnerships.models.words import OPENNESS
from tillit.web.parties.fields import Choices, OrganisationNamed, Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import whole


class TrialForm(Plain):
    """A trial as a whole. `networks`: the organs that may follow it."""

    title = text(_("Vad heter prövningen?"))
    number = text(
        _("Offentligt nummer"), needed=False, most=40, hint=_("EU-nummer, som 2024-512345-12-00. Tomt: inget än.")
    )
    sponsor = OrganisationNamed(
        label=_("Sponsor"), required=False, help_text=_("Namn eller nummer på en organisation som finns i Tillit.")
    )
    phase = choice(_("Fas"), TRIAL_PHASES.items(), needed=False, none=_("Inte känd"))
    area = text(_("Forskningsområde"), needed=False, most=120)
    planned_patients = whole(_("Patienter enligt plan"), hint=_("I hela prövningen i landet. Tomt: inte känt."))
    openness = choice(_("Vem får se den?"), OPENNESS.items(), none=_("Välj"))
    source = text(_("Källa"), needed=False, most=300, hint=_("Dokument eller adress där det står."))

    def __init__(self, *args: Any, networks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"] = choice(_("Nätverk som följer den"), networks, needed=False, none=_("Inget"))


class StateForm(Plain):
    """That a trial has come to a state."""

    state = choice(_("Läge"), TRIAL_STATES.items(), none=_("Välj"))
    on = day(_("Dag"))
    quality = choice(_("Hur säkert är det?"), QUALITIES.items(), none=_("Välj"))
    source = text(_("Källa"), most=300, hint=_("Register, brev eller adress. Ett läge utan källa sparas inte."))


class SiteForm(Plain):
    """A site and its patients."""

    organisation = OrganisationNamed(label=_("Var"), help_text=_("Organisationens hela namn eller nummer."))
    planned = whole(_("Patienter enligt plan"), hint=_("Tomt: inte känt."))
    so_far = whole(_("Patienter hittills"), hint=_("Tomt: inte känt."))
    on = day(_("Antalet gällde den"), needed=False)


def initial_of(trial: Trial) -> dict[str, Any]:
    """Return what the form says of a trial that is there."""
    said = {name: getattr(trial, name) for name in TrialForm.base_fields}
    return {
        **said,
        "sponsor": trial.sponsor.name if trial.sponsor is not None else "",
        "network": str(trial.network_id or ""),
    }
