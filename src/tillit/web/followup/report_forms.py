"""The shapes of what is typed about a report; what may be said is the acts' to try."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.actions.observation_evidence import Shown
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import IndicatorVersion, Observation, RubricLevel
from tillit.apps.followup.shares import kept, shown
from tillit.core.indicators.rollup import MEAN, RATIO, SUM
from tillit.web.followup.indicator_bearing_forms import amount_label
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import Figure, long, whole, yes


class Parts(forms.CharField):
    """A field for figures that are to be a whole together: "4 + 5,5"."""

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        plain = super().clean(value)
        written = [
            re.sub(r"[\s\u00a0]", "", each).replace(",", ".") for each in re.split(r"[+;]", plain) if each.strip()
        ]
        try:
            found = tuple(Decimal(each) for each in written)
        except InvalidOperation:
            raise forms.ValidationError(_("Skriv delarna som 4 + 5,5.")) from None
        if not all(each.is_finite() for each in found):
            raise forms.ValidationError(_("Skriv delarna som 4 + 5,5."))
        return found


class ReportForm(Plain):
    """A period's figure, or level, with what it rests on; `reasoned`: that it must be said why it comes, or changes."""

    def __init__(
        self,
        *args: Any,
        version: IndicatorVersion,
        rubric: Sequence[RubricLevel] = (),
        reasoned: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._version = version
        made = _levels(rubric) if version.kind == "qualitative" else _figures(version)
        if reasoned:
            made["reason"] = text(reasoned, most=300, needed=False)
        self.fields = {**made, **_rest(asked=version.kind == "quantitative")}

    def told(self) -> Said:
        """Return what is said."""
        said = dict(self.cleaned_data)
        names = ("value", "numerator", "denominator", "n", "parts")
        figures = {name: said[name] for name in names if name in said}
        if "value" in figures:
            figures["value"] = kept(self._version, figures["value"])
        level = said.get("level")
        return Said(
            **figures,
            level=int(level) if level else None,
            parts_unknown=bool(said.get("parts_unknown")),
            narrative=said.get("narrative", ""),
            comment=said["comment"],
            confirmed=bool(said.get("confirmed")),
            reason=said.get("reason", ""),
        )

    def shown(self) -> Shown | None:
        """Return what it rests on, None where nothing is added. A file without a name has its own."""
        said = self.cleaned_data
        file, link, title = said["evidence_file"], said["evidence_link"], said["evidence_title"]
        if file is None and not link and not title:
            return None
        return Shown(title=title or (file.name if file is not None else link)[:200], file=file, link=link)

    def seen(self) -> UUID | None:
        """Return the row that stood there when the page was read."""
        try:
            return UUID(self.cleaned_data["seen"])
        except ValueError:
            return None


def initial_of(row: Observation | None) -> dict[str, Any]:
    """Return what stands as its form is filled in; nothing where nothing does: an old figure is never a new one."""
    if row is None:
        return {}
    same = ("n", "narrative", "comment", "reason")
    figures = {name: _plain(getattr(row, name)) for name in ("numerator", "denominator")}
    figures["value"] = _plain(shown(row.version, row.value))
    return {
        **{name: getattr(row, name) for name in same},
        **figures,
        "level": "" if row.level is None else str(row.level),
        "parts_unknown": ["yes"] if row.parts_unknown else [],
        "seen": str(row.pk),
    }


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")


def _figures(version: IndicatorVersion) -> dict[str, forms.Field]:
    unit = version.unit
    if version.aggregation == RATIO:
        return {
            "numerator": _figure(_("Täljare"), hint=version.numerator),
            "denominator": _figure(_("Nämnare"), hint=version.denominator),
            "parts_unknown": yes(_("Är delarna okända?")),
            "value": _figure(
                amount_label(_("Andelen, om delarna är okända"), version),
                hint=_("Räknas då inte in när flera läggs ihop."),
            ),
        }
    made: dict[str, forms.Field] = {"value": _figure(_("Värde, i %(unit)s") % {"unit": unit} if unit else _("Värde"))}
    if version.aggregation == MEAN:
        made["n"] = whole(_("Hur många bygger medelvärdet på?"))
        made["parts_unknown"] = yes(_("Är antalet okänt?"))
    if version.aggregation == SUM:
        hint = _("Frivilligt, som 4 + 5. Då kontrolleras att det blir värdet.")
        made["parts"] = Parts(label=_("Delarna, om ni har dem"), help_text=hint, required=False, max_length=400)
    return made


def _figure(label: Any, *, hint: Any = "") -> Figure:
    return Figure(label=label, help_text=hint, required=False, max_length=40)


def _levels(rubric: Sequence[RubricLevel]) -> dict[str, forms.Field]:
    words = {each.level: f"{each.level}: {each.label}" for each in rubric}
    choices = [(str(level), words.get(level, str(level))) for level in range(5)]
    return {
        "level": choice(_("Nivå"), choices, needed=False, none=_("Välj")),
        "narrative": long(_("Vad bygger nivån på?"), hint=_("Skriv vad som har hänt, med ett exempel.")),
    }


def _rest(*, asked: bool) -> dict[str, forms.Field]:
    confirmed = {"confirmed": yes(_("Stämmer värdet ändå?"))} if asked else {}
    return {
        **confirmed,
        "comment": long(_("Kommentar"), hint=_("Den som godkänner ser den.")),
        "evidence_title": text(_("Underlag: vad visar det?"), needed=False),
        "evidence_file": forms.FileField(
            label=_("Underlag: fil"), required=False, help_text=_("PDF, Word, Excel, bild eller text.")
        ),
        "evidence_link": text(_("Underlag: eller en adress"), most=400, needed=False),
        "seen": forms.CharField(required=False, widget=forms.HiddenInput),
    }


class ReturnForm(Plain):
    """Why a report is returned."""

    reason = text(gettext_lazy("Vad behöver rättas?"), most=300)


class SoundForm(Plain):
    """Which reports are approved in one press: those that were on the page."""

    keys = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class LockForm(Plain):
    """Through which day periods are locked."""

    through = day(gettext_lazy("T.o.m. vilken dag?"))
    note = text(gettext_lazy("Anteckning"), most=300, needed=False)


class KeyForm(Plain):
    """What a key is for."""

    name = text(gettext_lazy("Vilket system ska använda den?"), most=80)


class BookForm(Plain):
    """A workbook that has been filled in."""

    file = forms.FileField(
        label=gettext_lazy("Den ifyllda filen"),
        error_messages={
            "required": gettext_lazy("Välj filen."),
            "empty": gettext_lazy("Filen är tom. Välj en annan."),
        },
    )
