"""The forms in which a collaboration is begun and written, beside the rulebook's own questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.collaborations.models import OPENNESS
from tillit.web.parties.fields import OrganisationNamed, Plain, Said, choice, day, text


def long_text(label: Said, *, hint: Said = "") -> forms.CharField:
    """Return a field for some lines of text."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=4000, widget=area)


class BeginForm(Plain):
    """A new collaboration: what it is called, when, and with whom."""

    title = text(_("Vad heter samverkan?"))
    starts_on = day(_("Första dagen"))
    ends_on = day(_("Sista dagen"), needed=False, hint=_("Lämna tomt om den är en dag."))
    other = OrganisationNamed(
        label=_("Med vilken organisation?"),
        help_text=_("Hela namnet eller organisationsnumret."),
        max_length=200,
        error_messages={"required": _("Det här behövs. Fyll i fältet.")},
    )
    case = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)


class AboutForm(Plain):
    """What is said of a collaboration that no rule asks for."""

    title = text(_("Vad heter samverkan?"))
    starts_on = day(_("Första dagen"))
    ends_on = day(_("Sista dagen"))
    starts_at = forms.TimeField(
        label=_("Börjar klockan"), required=False, help_text=_("Till exempel 11:30. Lämna tomt om det inte är bestämt.")
    )
    ends_at = forms.TimeField(label=_("Slutar klockan"), required=False)
    town = text(_("Ort"), needed=False, most=120)
    purpose = long_text(_("Varför samverkar ni?"), hint=_("Det här läses av alla som svarar, och blir öppet."))
    benefit_care = long_text(_("Vad får vården ut av det?"))
    benefit_company = long_text(_("Vad får företaget ut av det?"))
    benefit_patient = long_text(_("Vad får patienten ut av det?"))
    framework_agreement = text(_("Ramavtal"), needed=False)
    openness = choice(_("Hur öppen är den?"), OPENNESS.items(), none=_("Välj"))
    open_from = day(_("Öppen från"), needed=False)
    openness_reason = long_text(_("Varför inte öppen från start?"))

    def content(self) -> dict[str, str]:
        """Return what was written as a content's `about` has it."""
        said: dict[str, Any] = self.cleaned_data
        return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat(timespec="minutes") if hasattr(value, "hour") else str(value).strip()
