"""The shapes of what is typed about agreements: terms, areas, clauses, parties and signatures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.partnerships.models import Agreement, Clause, Level
from tillit.apps.partnerships.models.words import (
    AGREEMENT_TYPE_WORDS,
    AREA_WORDS,
    COVERAGE_WORDS,
    METHODS,
    OPENNESS,
    TERM_WORDS,
)
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.web.parties.fields import Choices, OrganisationNamed, Plain, Said, choice, day, text
from tillit.web.partnerships.organ_forms import number as months

OPEN_TO = [(value, word) for value, word in OPENNESS.items() if value != "organ"]


class AgreementForm(Plain):
    """What is said of an agreement."""

    type = choice(_("Slag av avtal"), AGREEMENT_TYPE_WORDS.items(), none=_("Välj"))
    title = text(_("Vad heter avtalet?"))
    number = text(_("Nummer eller diarienummer"), needed=False, most=40)
    valid_from = day(_("Gäller från"))
    term_mode = choice(_("Hur länge?"), TERM_WORDS.items(), none=_("Välj"))
    valid_to = day(
        _("Upphör"),
        needed=False,
        hint=_("Första dagen utan avtalet. Tomt när det gäller tills vidare."),
    )
    renewal_months = months(_("Förlängs med så många månader"))
    notice_months = months(_("Uppsägningstid i månader"))
    review_months = months(_("Ses över var så många månader"))
    openness = choice(_("Vem får se det?"), OPEN_TO, none=_("Välj"))
    source = text(_("Källa"), needed=False, most=300, hint=_("Dokument, beslut eller adress där det står."))

    def __init__(self, *args: Any, levels: Iterable[Level], others: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(each.pk), each.title) for each in others]
        self.fields["level"] = choice(_("Nivå"), [(str(each.pk), level_name(each)) for each in levels], none=_("Välj"))
        self.fields["parent"] = choice(_("Ligger under"), listed, needed=False, none=_("Inget: det är överst"))
        self.fields["survives_parent"] = choice(
            _("Om avtalet ovanför upphör"),
            [("yes", _("gäller det vidare"))],
            needed=False,
            none=_("upphör det också"),
        )
        self.fields["supersedes"] = choice(_("Tar över efter"), listed, needed=False, none=_("Inget"))
        self.order_fields(
            ["type", "title", "number", "level", "parent", "survives_parent", "supersedes", "valid_from", "term_mode"]
        )


class AreasForm(Plain):
    """What an agreement says of each of the six areas."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in AREA_WORDS.items():
            self.fields[code] = choice(name, COVERAGE_WORDS.items(), needed=False, none=_("Inte läst"))
            self.fields[f"{code}_clauses"] = text(_("I vilka punkter?"), needed=False, hint=name)


class ClauseForm(Plain):
    """A clause in own words. `replaced`: what a supplement can stand in for; `there`: what is in the draft already."""

    def __init__(
        self, *args: Any, replaced: Iterable[Clause] = (), there: Iterable[Clause] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if there is not None:
            self.fields["clause"] = choice(_("Vilken punkt?"), _clauses(there), none=_("Välj"))
        self.fields["number"] = text(_("Nummer"), most=20)
        self.fields["text"] = forms.CharField(
            label=_("Vad säger punkten?"),
            help_text=_("Med egna ord."),
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": _("Det här behövs. Fyll i fältet.")},
        )
        self.fields["area"] = choice(_("Område"), AREA_WORDS.items(), needed=False, none=_("Inget av dem"))
        if replaced := list(replaced):
            self.fields["replaces"] = choice(_("Ersätter"), _clauses(replaced), needed=False, none=_("Ingen punkt"))


class PartyForm(Plain):
    """An organisation that is to sign."""

    organisation = OrganisationNamed(
        label=_("Organisation"),
        help_text=_("Hela namnet eller numret."),
        error_messages={"required": _("Det här behövs. Fyll i fältet.")},
    )
    capacity = text(_("Som vad?"), needed=False, most=80, hint=_("Till exempel huvudman eller värd."))


class SigningForm(Plain):
    """A signature. `parties`: whom the office can record one for; without it, one's own."""

    def __init__(self, *args: Any, parties: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"] = choice(_("Part"), parties, none=_("Välj"))
        self.fields["signatory"] = text(_("Vem skrev under?"), most=120)
        self.fields["authority"] = text(
            _("Med vilken rätt?"), hint=_("Delegationsbeslut, firmateckning eller fullmakt, så att det går att hitta.")
        )
        self.fields["signed_on"] = day(_("Vilken dag?"))
        self.fields["method"] = choice(_("Hur?"), METHODS.items(), needed=False, none=_("Inte sagt"))
        if parties is not None:
            self.fields["effective_from"] = day(
                _("Avtalat från"), needed=False, hint=_("Om parten är bunden från en annan dag än underskriften.")
            )


class OnDayForm(Plain):
    """A day, and a party where it is about one of several."""

    def __init__(self, *args: Any, label: Said, parties: Choices | None = None, hint: Said = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"] = choice(_("Part"), parties, none=_("Välj"))
        self.fields["on"] = day(label, hint=hint)


class SupplementForm(Plain):
    """A supplement to an agreement."""

    title = text(_("Vad heter tilläggsavtalet?"))
    number = text(_("Nummer eller diarienummer"), needed=False, most=40)
    valid_from = day(_("Gäller från"))


class FileForm(Plain):
    """The agreement's file."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("PDF, Word, Excel, bild eller text."),
        error_messages={"required": _("Välj en fil.")},
    )


def _clauses(rows: Iterable[Clause]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.number} {each.text[:60]}") for each in rows]
