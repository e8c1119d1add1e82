"""The shapes of what is typed about a partnership itself; what may be said is the acts' to try."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.partnerships.models.words import BASES, LEGAL_FORM_WORDS, OPENNESS
from tillit.apps.partnerships.templates import templates
from tillit.web.language import tongue
from tillit.web.parties.fields import OrganisationNamed, Plain, choice, day, text


class FrameForm(Plain):
    """What is said of a partnership as a whole."""

    name = text(_("Vad heter partnerskapet?"))
    purpose = forms.CharField(
        label=_("Vad är det till för?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    legal_form = choice(_("Form"), LEGAL_FORM_WORDS.items(), none=_("Välj"))
    founding_basis = choice(_("Vilar på"), BASES.items(), needed=False, none=_("Inte sagt"))
    host = OrganisationNamed(
        label=_("Värd"),
        required=False,
        help_text=_("Organisationen som partnerskapet finns hos, med namn eller nummer. Tomt: ingen, eller okänt."),
    )
    starts_on = day(_("Börjar"))
    openness = choice(
        _("Vem får se det?"),
        [(value, word) for value, word in OPENNESS.items() if value != "organ"],
        none=_("Välj"),
        hint=_("Det som inte är öppet finns inte på någon öppen sida."),
    )
    source = text(_("Källa"), needed=False, most=300, hint=_("Dokument, beslut eller adress där det står."))


class FoundForm(FrameForm):
    """A new partnership, with or without a legal model to begin from; the model says the form and what it rests on."""

    template = forms.ChoiceField(
        label=_("Utgå från en modell"),
        required=False,
        choices=lambda: [("", _("Ingen modell")), *((each.code, each.name.said(tongue())) for each in templates())],
        help_text=_("Modellen fyller i organ, platser, avtal i utkast och åtaganden. Du ändrar sedan."),
    )
    legal_form = choice(
        _("Form"),
        LEGAL_FORM_WORDS.items(),
        needed=False,
        none=_("Välj"),
        hint=_("Följer av modellen, om du väljer en."),
    )
    field_order = ("name", "purpose", "template")
