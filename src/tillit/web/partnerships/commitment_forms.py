"""The shapes of what is typed about commitments; what may be said is the acts' to try."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import Agreement, Commitment, Level, Membership, Organ, Partnership
from tillit.apps.partnerships.models.agreements import CURRENT
from tillit.apps.partnerships.models.words import (
    AREA_WORDS,
    COMMITMENT_KIND_WORDS,
    OPENNESS,
    ROLE_WORDS,
    TIER_WORDS,
)
from tillit.web.collaborations.limits import Number
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.told import level_word

OWES = {"organisation": Membership, "organ": Organ}


class Figure(Number):
    """A field for a number that may be left out."""

    def clean(self, value: Any) -> Any:
        if not str(value or "").strip():
            return None
        found = super().clean(value)
        if not found.is_finite():
            raise forms.ValidationError(_("Skriv ett tal, till exempel 12 eller 33,5."))
        return found


def number(label: Any, *, hint: Any = "") -> Figure:
    """Return a field for a number as people write it."""
    return Figure(label=label, help_text=hint, required=False, max_length=20)


def whole(label: Any, *, hint: Any = "") -> forms.IntegerField:
    """Return a field for a whole number."""
    box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "int"})
    wrong = {"invalid": gettext_lazy("Skriv ett heltal.")}
    return forms.IntegerField(label=label, help_text=hint, required=False, widget=box, error_messages=wrong)


def long(label: Any, *, hint: Any = "", needed: bool = False) -> forms.CharField:
    """Return a field for more than a line of text."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=2000,
        widget=box,
        error_messages={"required": gettext_lazy("Det här behövs. Fyll i fältet.")},
    )


def yes(label: Any) -> forms.MultipleChoiceField:
    """Return a field to say yes in, in the look of the others."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[("yes", gettext_lazy("Ja"))],
        widget=forms.CheckboxSelectMultiple,
    )


class CommitmentForm(Plain):
    """What is promised, by whom, and when it is due. `owes` says whose: "organisation:<key>", "organ:<key>" or ""."""

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows: dict[str, dict[str, Any]] = _rows(partnership)
        self.fields.update(self._whose())
        self.fields.update(_what(self._named("agreement")))
        self.fields.update(_when())

    def _whose(self) -> dict[str, forms.Field]:
        owes = [*self._choices("organisation", _("Parter")), *self._choices("organ", _("Organ"))]
        return {
            "text": long(_("Vad utlovas?"), needed=True),
            "owes": choice(
                _("Vems är det?"), owes, needed=False, none=_("Alla parter av ett slag eller i en roll, nedan")
            ),
            "of_kind": choice(_("Alla parter av slaget"), KINDS.items(), needed=False, none=_("Alla slag")),
            "of_role": choice(_("Alla parter i rollen"), ROLE_WORDS.items(), needed=False, none=_("Alla roller")),
            "level": choice(_("Nivå"), self._named("level"), needed=False, none=_("Organets egen")),
            "tier": choice(
                _("Skikt"),
                TIER_WORDS.items(),
                needed=False,
                none=_("Organets eget, annars inte sagt"),
                hint=_("De beslutande behöver formella åtaganden också."),
            ),
        }

    def facts(self) -> dict[str, Any]:
        """Return what is said as the act takes it."""
        said = dict(self.cleaned_data)
        kind, _sep, key = said.pop("owes").partition(":")
        said |= {name: self._rows[name][key] if kind == name else None for name in OWES}
        said |= {name: self._rows[name].get(said[name]) for name in ("level", "agreement")}
        said["evidence_required"] = bool(said["evidence_required"])
        said["grace_days"] = said["grace_days"] or 0
        return {name: value for name, value in said.items() if name != "weight" or value is not None}

    def _choices(self, name: str, heading: str) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(f"{name}:{key}", each.name) for key, each in self._rows[name].items()]
        return [(heading, rows)] if rows else []

    def _named(self, name: str) -> list[tuple[str, str]]:
        return [(key, level_word(each) if name == "level" else str(each)) for key, each in self._rows[name].items()]


def _what(agreements: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "area": choice(_("Avtalsområde"), AREA_WORDS.items(), none=_("Välj")),
        "kind": choice(_("Slag av åtagande"), COMMITMENT_KIND_WORDS.items(), none=_("Välj")),
        "agreement": choice(_("Avtal"), agreements, needed=False, none=_("Inget")),
        "quantity": number(_("Mängd")),
        "unit": text(_("Enhet"), most=40, needed=False, hint=_("Till exempel timmar, studier eller kronor.")),
    }


def _when() -> dict[str, forms.Field]:
    return {
        "starts_on": day(_("Gäller från")),
        "due_on": day(_("Ska vara gjort senast"), needed=False, hint=_("För det som görs en gång.")),
        "first_due": day(_("Första gången"), needed=False, hint=_("För det som återkommer.")),
        "every_months": whole(_("Månader mellan gångerna")),
        "grace_days": whole(_("Dagar till godo"), hint=_("Dagar efter den sista som avtalet ändå tillåter.")),
        "weight": number(_("Vikt"), hint=_("Hur tungt det räknas i uppfyllnaden. 1 om inget annat är sagt.")),
        "evidence_required": yes(_("Krävs underlag?")),
        "openness": choice(_("Vem får se det?"), OPENNESS.items(), none=_("Välj")),
        "source": text(_("Källa"), most=300, needed=False, hint=_("Dokument, punkt eller adress där det står.")),
    }


def _rows(partnership: Partnership) -> dict[str, dict[str, Any]]:
    members = Membership.objects.filter(CURRENT, partnership=partnership).select_related("organisation")
    parties = sorted({each.organisation for each in members}, key=lambda each: each.name)
    lists: dict[str, Iterable[Any]] = {
        "organisation": parties,
        "organ": Organ.objects.filter(partnership=partnership),
        "level": Level.objects.filter(partnership=partnership),
        "agreement": Agreement.objects.filter(partnership=partnership),
    }
    return {name: {str(each.pk): each for each in rows} for name, rows in lists.items()}


def initial_of(row: Commitment) -> dict[str, Any]:
    """Return a commitment as its form is filled in."""
    owes = f"organisation:{row.organisation_id}" if row.organisation_id else ""
    same = ("text", "of_kind", "of_role", "tier", "area", "kind", "unit", "starts_on", "due_on", "first_due")
    more = ("every_months", "grace_days", "weight", "quantity", "openness", "source")
    return {
        **{name: getattr(row, name) for name in (*same, *more)},
        "owes": f"organ:{row.organ_id}" if row.organ_id else owes,
        "level": row.level_id,
        "agreement": row.agreement_id or "",
        "evidence_required": ["yes"] if row.evidence_required else [],
    }


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
