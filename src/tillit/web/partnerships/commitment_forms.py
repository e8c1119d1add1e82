"""The shapes of what is typed about commitments; what may be said is the acts' to try."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import Agreement, Clause, Commitment, Level, Membership, Organ, Partnership
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
CLAUSE_SHOWN = 60


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
        error_messages={
            "required": gettext_lazy("Det här behövs. Fyll i fältet."),
            "max_length": gettext_lazy("Det får plats högst %(limit_value)s tecken. Du skrev %(show_value)s."),
        },
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
        self.fields.update(_what(self._named("agreement"), self._clauses()))
        self.fields.update(_when())

    def _whose(self) -> dict[str, forms.Field]:
        owes = [*self._choices("organisation", _("Parter")), *self._choices("organ", _("Organen"))]
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
        said |= {name: self._rows[name].get(said[name]) for name in ("level", "agreement", "clause")}
        said["evidence_required"] = bool(said["evidence_required"])
        said["grace_days"] = said["grace_days"] or 0
        return {name: value for name, value in said.items() if name != "weight" or value is not None}

    def _choices(self, name: str, heading: str) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(f"{name}:{key}", each.name) for key, each in self._rows[name].items()]
        return [(heading, rows)] if rows else []

    def _named(self, name: str) -> list[tuple[str, str]]:
        return [(key, level_word(each) if name == "level" else str(each)) for key, each in self._rows[name].items()]

    def _clauses(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the clauses under their agreements, so that the choice needs no script."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, each in self._rows["clause"].items():
            found.setdefault(str(each.agreement_id), []).append((key, f"{each.number} {each.text[:CLAUSE_SHOWN]}"))
        return [(str(each), found[key]) for key, each in self._rows["agreement"].items() if key in found]


def _what(
    agreements: list[tuple[str, str]], clauses: list[tuple[str, list[tuple[str, str]]]]
) -> dict[str, forms.Field]:
    return {
        "area": choice(_("Avtalsområde"), AREA_WORDS.items(), none=_("Välj")),
        "kind": choice(_("Slag av åtagande"), COMMITMENT_KIND_WORDS.items(), none=_("Välj")),
        "agreement": choice(_("Avtal"), agreements, needed=False, none=_("Inget")),
        "clause": choice(
            _("Punkt i avtalet"),
            clauses,
            needed=False,
            none=_("Ingen särskild"),
            hint=_("Punkterna står under sina avtal. Väljer du en punkt behöver du inte välja avtalet."),
        ),
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
        "clause": Clause.objects.filter(agreement__partnership=partnership),
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
        "clause": row.clause_id or "",
        "evidence_required": ["yes"] if row.evidence_required else [],
    }
