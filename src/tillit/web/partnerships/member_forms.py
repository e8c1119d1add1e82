"""The shapes of what is typed about who is in a partnership, and about its office."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.partnerships.models import Agreement, Sector
from tillit.apps.partnerships.models.words import ROLE_WORDS, STAGE_WORDS, STATUS_WORDS, STEWARD_ROLES
from tillit.web.parties.fields import Choices, OrganisationNamed, Plain, choice, day, text
from tillit.web.partnerships.organ_forms import PersonByMail

NEEDED = {"required": _("Det här behövs. Fyll i fältet.")}


class _PositionForm(Plain):
    """What a party is."""

    def __init__(self, *args: Any, sectors: Iterable[Sector], agreements: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = choice(_("Roll"), ROLE_WORDS.items(), none=_("Välj"))
        self.fields["via"] = choice(
            _("Med genom"),
            [(str(each.pk), each.title) for each in agreements],
            needed=False,
            none=_("Inget avtal, eller inte sagt"),
            hint=_("En ansluten part är med genom ett avtal som den har skrivit under."),
        )
        listed = [(str(each.pk), each.name) for each in sectors]
        self.fields["sector"] = choice(_("Sektor"), listed, needed=False, none=_("Inte känd"))
        self.fields["size"] = text(_("Storlek"), needed=False, most=20, hint=_("Om partnerskapet skiljer på det."))
        self.fields["voting"] = choice(_("Röstar"), [("yes", _("Ja"))], needed=False, none=_("Nej"))
        self.fields["stage"] = choice(
            _("Hur långt hade partnerskapet kommit?"), STAGE_WORDS.items(), needed=False, none=_("Inte känt")
        )
        self.fields["source"] = text(_("Källa"), needed=False, most=300)


class JoinForm(_PositionForm):
    """An organisation that comes in."""

    organisation = OrganisationNamed(
        label=_("Organisation"), help_text=_("Hela namnet eller numret."), error_messages=NEEDED
    )
    starts_on = day(_("Med från"))


class ChangeForm(_PositionForm):
    """What a party is instead, from a day or all along."""

    from_day = day(_("Från"), needed=False, hint=_("Tomt: så har det varit hela tiden, det rättas."))

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = choice(_("Part"), parties, none=_("Välj"))
        self.order_fields(["party"])


class LeaveForm(Plain):
    """A party that leaves."""

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = choice(_("Part"), parties, none=_("Välj"))
        self.fields["on"] = day(_("Lämnar"), hint=_("Första dagen utan, som 2026-02-01."))


class MoveForm(Plain):
    """Where a partnership goes. `to`: the statuses it can come to."""

    def __init__(self, *args: Any, to: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"] = choice(_("Nytt läge"), [(each, STATUS_WORDS[each]) for each in to], none=_("Välj"))


class StewardForm(Plain):
    """Somebody who is to run the office, or to evaluate."""

    person = PersonByMail(label=_("E-postadress"), error_messages=NEEDED)
    role = choice(_("Som"), STEWARD_ROLES.items(), none=_("Välj"))


class ChosenForm(Plain):
    """One out of a list."""

    def __init__(self, *args: Any, label: str, listed: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"] = choice(label, listed, none=_("Välj"))


class NameForm(Plain):
    """A name."""

    name = text(_("Namn"))


class CodedForm(Plain):
    """A code and a name. `ranked`: how far down it lies is asked too."""

    def __init__(self, *args: Any, ranked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.SlugField(
            label=_("Kod"),
            help_text=_("Kort, utan mellanslag, som care eller region_north."),
            max_length=30,
            error_messages=NEEDED | {"invalid": _("Bara bokstäver a–z, siffror, bindestreck och understreck.")},
        )
        self.fields["name"] = text(_("Namn"), most=80)
        if ranked:
            wrong = _("Skriv ett helt tal.")
            self.fields["rank"] = forms.IntegerField(
                label=_("Hur långt ner?"),
                help_text=_("0 är överst."),
                min_value=0,
                max_value=99,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=NEEDED | dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )
