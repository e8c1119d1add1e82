"""The shapes of what is typed about one time that a commitment is due: reported, shown, judged, let off, ended."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import long, number


class OccasionForm(Plain):
    """What every form about a time begins with: which time."""

    def __init__(self, *args: Any, days: Iterable[date], none: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(each.isoformat(), each.isoformat()) for each in days]
        if found:
            field = choice(_("Vilket tillfälle?"), found, needed=not none, none=none or _("Välj"))
            self.fields = {"due_on": field, **self.fields}

    def said(self) -> tuple[date | None, dict[str, Any]]:
        """Return the time, and the rest."""
        rest = dict(self.cleaned_data)
        due = rest.pop("due_on", "")
        return date.fromisoformat(due) if due else None, rest


class ReportForm(OccasionForm):
    """That it is done."""

    done_on = day(gettext_lazy("När blev det gjort?"))
    note = long(gettext_lazy("Vad har ni gjort?"), hint=gettext_lazy("Frivilligt. Parterna ser det, inte andra."))


class JudgeForm(OccasionForm):
    """How much of it is done."""

    verdict = choice(
        gettext_lazy("Bedömning"),
        [
            ("met", gettext_lazy("uppfyllt")),
            ("partial", gettext_lazy("delvis uppfyllt")),
            ("not_met", gettext_lazy("inte uppfyllt")),
        ],
        none=gettext_lazy("Välj"),
    )
    fraction = number(gettext_lazy("Andel, om det är delvis"), hint=gettext_lazy("Mellan 0 och 1. Tomt: hälften."))
    done_on = day(gettext_lazy("När blev det gjort?"), needed=False, hint=gettext_lazy("Tomt: dagen i redovisningen."))
    note = long(gettext_lazy("Anteckning"))


class WaiveForm(OccasionForm):
    """That a decision lets the party off."""

    decision = text(gettext_lazy("Beslut"), most=300, hint=gettext_lazy("Vem som beslutade, när och var det står."))


class EvidenceForm(OccasionForm):
    """What shows that it is done."""

    title = text(gettext_lazy("Vad visar det?"))
    effective_on = day(
        gettext_lazy("Vilken dag gäller underlaget?"),
        hint=gettext_lazy("Den dagen avgör vilket tillfälle det hör till, inte dagen du laddar upp det."),
    )
    file = forms.FileField(
        label=gettext_lazy("Fil"), required=False, help_text=gettext_lazy("PDF, Word, Excel, bild eller text.")
    )
    link = text(gettext_lazy("Eller en adress"), most=400, needed=False)


class RefuseForm(Plain):
    """Why evidence is not accepted."""

    reason = text(gettext_lazy("Varför godtas det inte?"), most=300)


class EndForm(Plain):
    """From when a commitment no longer holds."""

    ends_on = day(gettext_lazy("Första dagen som det inte gäller"))


class Press(Plain):
    """Nothing to fill in: the press of the button is all."""
