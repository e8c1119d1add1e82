"""The shapes of what is typed about effect logics: steps, edges, assumptions, adoption."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.followup.actions.logic import LONGEST_TEXT
from tillit.apps.followup.actions.logic_edges import EdgeFacts
from tillit.apps.followup.actions.logic_steps import NodeFacts
from tillit.apps.followup.models import EffectEdge, EffectNode
from tillit.apps.followup.models.words import (
    ASSUMPTION_KINDS,
    ASSUMPTION_VERDICTS,
    CONTRIBUTIONS,
    EDGE_EVIDENCE,
    NODE_KINDS,
)
from tillit.apps.partnerships.models.words import OPENNESS
from tillit.web.parties.fields import Choices, OrganisationNamed, Plain, Said, choice, day, text as line

YES = "yes"
SIGNS = {"1": _("bidrar till det"), "-1": _("motverkar det")}
ROWS = ("level", "goal", "owner_organ")
"""The fields of a step that are chosen among rows, by their keys."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose among for a step: rows by their keys as text, and their names."""

    rows: Mapping[str, Any]
    levels: Choices = ()
    goals: Choices = ()
    organs: Choices = ()
    national: Choices = ()


def prose(label: Said, *, hint: Said = "", needed: bool = False, rows: int = 3) -> forms.CharField:
    """Return a field for some lines of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Det här behövs. Fyll i fältet.")},
    )


def months(label: Said, hint: Said) -> forms.IntegerField:
    """Return a field for a number of months that nobody has to know."""
    wrong = _("Skriv ett helt antal månader, högst 600.")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


def ticks(label: Said, choices: Choices) -> forms.MultipleChoiceField:
    """Return a field of boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, required=False, choices=list(choices), widget=forms.CheckboxSelectMultiple
    )


class BeginForm(Plain):
    """A new effect logic: whose, and what it is held against."""

    organ = choice(_("Vems?"), (), none=_("Välj"))
    title = line(_("Rubrik"), hint=_("Vad den ska visa, till exempel: Från förfrågan till patientnytta."))
    plan = choice(_("Plan"), (), needed=False, none=_("Ingen än"), hint=_("Målen i planen prövas mot kedjorna."))
    openness = choice(_("Vem får se det?"), OPENNESS.items(), none=_("Välj"))
    source = line(_("Källa"), needed=False, most=300, hint=_("Dokument, beslut eller adress där det står."))

    def __init__(self, *args: Any, organs: Choices = (), plans: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "organ", organs)
        _offer(self, "plan", plans)


class AboutForm(BeginForm):
    """What is said of a draft as a whole."""

    organ = None  # type: ignore[assignment]

    def __init__(self, *args: Any, plans: Choices = (), **kwargs: Any) -> None:
        Plain.__init__(self, *args, **kwargs)
        _offer(self, "plan", plans)


class StepForm(Plain):
    """What is said of a step."""

    kind = choice(_("Vad är det?"), NODE_KINDS.items(), none=_("Välj"))
    text = line(_("Steget, i en mening"), most=300)
    goal = choice(_("Mål"), (), needed=False, none=_("Inget"))
    owner_role = line(_("Vem svarar för det? Roll"), needed=False, most=120, hint=_("En roll, inte ett namn."))
    owner_party = OrganisationNamed(
        label=_("Part"), required=False, max_length=200, help_text=_("Namn eller organisationsnummer.")
    )
    owner_organ = choice(_("Organ"), (), needed=False, none=_("Inget"))
    level = choice(_("Nivå"), (), needed=False, none=_("Inte sagt"))
    area = line(_("Forskningsområde"), needed=False, most=120, hint=_("För en insats i ett område."))
    serves = choice(_("Bidrar till i den nationella"), (), needed=False, none=_("Inget steg"))
    starts_on = day(_("Börjar"), needed=False, hint=_("Dagen då en aktivitet startar. Tomt: ingen har sagt."))
    ends_on = day(_("Slutar"), needed=False, hint=_("Första dagen efter. Tomt: ingen har sagt."))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        _offer(self, "goal", offered.goals)
        _offer(self, "owner_organ", offered.organs)
        _offer(self, "level", offered.levels)
        if offered.national:
            _offer(self, "serves", offered.national)
        else:
            del self.fields["serves"]

    def facts(self) -> NodeFacts:
        """Return what was typed about the step."""
        said: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in StepForm.base_fields if name in self.fields
        }
        for name in ROWS:
            said[name] = self.offered.rows.get(str(said[name]))
        return NodeFacts(**said)


class EdgeForm(Plain):
    """Why one step leads to another."""

    mechanism = prose(_("Hur leder det ena till det andra?"), hint=_("Mekanismen, i en eller två meningar."))
    lag_months = months(_("Månader innan det syns"), _("Tomt: ingen vet."))
    contribution = choice(_("Hur viktigt är steget före?"), CONTRIBUTIONS.items(), none=_("Välj"))
    polarity = choice(_("Åt vilket håll?"), SIGNS.items(), none=_("Välj"))
    evidence = choice(_("Vilket stöd finns?"), EDGE_EVIDENCE.items(), none=_("Välj"))
    evidence_source = line(_("Var står det?"), needed=False, most=300)
    since = day(_("Sedan när?"), needed=False, hint=_("Tomt: i dag om stödet ändras, annars som förut."))
    is_feedback = ticks(_("Återkoppling"), [(YES, _("Leder tillbaka i kedjan och räknas inte i den"))])

    def edge_facts(self) -> EdgeFacts:
        """Return what was typed about the edge."""
        said = {name: self.cleaned_data[name] for name in EdgeForm.base_fields}
        return EdgeFacts(**{**said, "polarity": int(said["polarity"]), "is_feedback": YES in said["is_feedback"]})


class UnderForm(StepForm):
    """A step under another: the step and why the other leads to it, in one go."""

    mechanism = prose(_("Hur leder det ena till det andra?"), hint=_("Mekanismen, i en eller två meningar."))
    lag_months = months(_("Månader innan det syns"), _("Tomt: ingen vet."))

    def edge_facts(self) -> EdgeFacts:
        """Return what was typed about the edge; the rest can be said on the edge afterwards."""
        said = self.cleaned_data
        return EdgeFacts(mechanism=said["mechanism"], lag_months=said["lag_months"])


class LeadForm(EdgeForm):
    """An edge to a step that is there."""

    dst = choice(_("Leder till"), (), none=_("Välj"))
    field_order = ("dst",)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "dst", steps)


class AssumptionForm(Plain):
    """What an edge rests on."""

    kind = choice(_("Vad är det?"), ASSUMPTION_KINDS.items(), none=_("Välj"))
    text = prose(_("Vad måste gälla, eller kan hända?"), needed=True)
    indicator_code = choice(_("Vad visar om det håller?"), (), needed=False, none=_("Ingen indikator"))

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "indicator_code", indicators)


class CheckForm(Plain):
    """Whether an assumption holds."""

    assumption = choice(_("Vilket antagande?"), (), none=_("Välj"))
    verdict = choice(_("Håller det?"), ASSUMPTION_VERDICTS.items(), none=_("Välj"))
    said_on = day(_("Dag"))
    note = prose(_("Vad bygger det på?"))

    def __init__(self, *args: Any, assumptions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "assumption", assumptions)


class ChosenForm(Plain):
    """One of the assumptions, to take away."""

    assumption = choice(_("Vilket antagande?"), (), none=_("Välj"))

    def __init__(self, *args: Any, assumptions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "assumption", assumptions)


class AdoptForm(Plain):
    """The decision that adopts a draft."""

    decision = line(_("Beslut"), most=300, hint=_("Vem som beslutade och var det står, till exempel Styrelsen, § 5."))
    adopted_on = day(_("Beslutsdag"))


def step_initial(row: EffectNode) -> dict[str, Any]:
    """Return a step as its form shows it; what hangs on it is fetched with it."""
    said = {name: getattr(row, name) for name in StepForm.base_fields}
    keys = {name: str(getattr(row, f"{name}_id") or "") for name in ROWS}
    return {**said, **keys, "owner_party": row.owner_party.name if row.owner_party else ""}


def edge_initial(row: EffectEdge) -> dict[str, Any]:
    """Return an edge as its form shows it; since when is left out: it follows the evidence."""
    said = {name: getattr(row, name) for name in EdgeForm.base_fields if name != "since"}
    return {
        **said,
        "polarity": str(row.polarity),
        "is_feedback": [YES] if row.is_feedback else [],
    }


FIRST_EDGE = {"evidence": "untested", "contribution": "contributing", "polarity": "1"}


def _offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    field: Any = form.fields[name]
    field.choices = [field.choices[0], *choices]
