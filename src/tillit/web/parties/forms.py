"""The shapes of what is typed about organisations and people; what may be said is the acts' to try."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.parties.geography import counties
from tillit.apps.parties.models import KINDS, ROLES, Organisation
from tillit.apps.parties.models.organisations import BRANCHES, CARE_TERMS
from tillit.apps.parties.queries import UnitRow
from tillit.web.parties.fields import Companies, OrganisationNamed, Plain, by_county, choice, day, in_order, text


class OrganisationForm(Plain):
    """What is said of an organisation. `organisation`: one that is there; its kind stays."""

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = organisation.kind if organisation else None
        if kind is None:
            self.fields["kind"] = choice(_("Slag"), KINDS.items(), none=_("Välj"))
        self.fields["name"] = text(_("Namn"))
        self.fields["number"] = text(
            _("Organisationsnummer"), needed=False, most=40, hint=_("Tio siffror. Lämna tomt om det inte är känt.")
        )
        if kind in (None, "company"):
            self.fields["branch"] = choice(
                _("Bransch"), BRANCHES.items(), needed=False, none=_("Ingen"), hint=_("Bara för företag.")
            )
        if kind in (None, "private_provider"):
            self.fields["care_terms"] = choice(
                _("Villkor"),
                CARE_TERMS.items(),
                needed=False,
                none=_("Inga"),
                hint=_("Bara för privata vårdgivare: hur vården betalas."),
            )
        self.fields["county_code"] = choice(_("Län"), counties().items(), needed=False, none=_("Inte känt"))
        self.fields["municipality_code"] = choice(_("Kommun"), by_county(), needed=False, none=_("Inte känd"))
        self.fields["hsa_id"] = text(_("HSA-id"), needed=False, most=40)
        if organisation is not None:
            self.initial = {**{name: getattr(organisation, name) for name in self.fields}, **self.initial}


class UnitForm(Plain):
    """What is said of a unit."""

    def __init__(self, *args: Any, units: Iterable[UnitRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = text(_("Namn"))
        self.fields["key"] = text(
            _("Nyckel"), most=40, hint=_("Organisationens egen beteckning, till exempel kostnadsställe.")
        )
        self.fields["hsa_id"] = text(_("HSA-id"), needed=False, most=40)
        self.fields["parent"] = choice(_("Hör till enheten"), in_order(units), needed=False, none=_("Ingen enhet"))


class HeadForm(Plain):
    """Who is a unit's head of operations."""

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"] = choice(
            _("Verksamhetschef"),
            [(str(each.pk), each.name) for each in people],
            needed=False,
            none=_("Ingen: enheten ovanför svarar"),
            hint=_("Svarar för godkännanden av enhetens folk."),
        )


class OnDay(Plain):
    """The day of something."""

    on = day(_("Dag"))


class UntilDay(Plain):
    """The first day without something."""

    until = day(_("Upphör"), hint=_("Första dagen utan, som 2026-02-01."))


class EmployForm(Plain):
    """Somebody who works for the organisation."""

    def __init__(self, *args: Any, units: Iterable[UnitRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = text(_("Namn"))
        self.fields["email"] = text(
            _("E-postadress"), most=254, hint=_("Godkännanden skickas hit. En person har en adress, hos alla.")
        )
        self.fields["unit"] = choice(_("Enhet"), in_order(units), needed=False, none=_("Ingen enhet"))
        self.fields["title"] = text(_("Befattning"), most=120, needed=False)
        self.fields["since"] = day(
            _("Anställd från"), needed=False, hint=_("Som 2026-02-01. Lämna tomt om dagen inte är känd.")
        )


class RoleForm(Plain):
    """A role that somebody is given."""

    def __init__(self, *args: Any, units: Iterable[UnitRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = choice(_("Roll"), ROLES.items(), none=_("Välj"))
        self.fields["unit"] = choice(_("Gäller för"), in_order(units), needed=False, none=_("Hela organisationen"))


class InviteForm(Plain):
    """Somebody asked in."""

    def __init__(self, *args: Any, units: Iterable[UnitRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = text(_("Namn"))
        self.fields["email"] = text(
            _("E-postadress"), most=254, hint=_("Inbjudan skickas hit och gäller i två veckor.")
        )
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Roller"),
            choices=list(ROLES.items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Välj minst en roll.")},
        )
        self.fields["unit"] = choice(_("Gäller för"), in_order(units), needed=False, none=_("Hela organisationen"))


class AdministratorForm(Plain):
    """An administrator asked in by those who run the site, the first one of an organisation above all."""

    name = text(_("Namn"))
    email = text(_("E-postadress"), most=254, hint=_("Inbjudan skickas hit och gäller i två veckor."))


class AbsenceForm(Plain):
    """Who answers in one's place, and when. A choice holds the organisation and the person."""

    def __init__(self, *args: Any, colleagues: dict[Organisation, tuple[Person, ...]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (organisation.name, [(f"{organisation.pk}.{each.pk}", each.name) for each in people])
            for organisation, people in colleagues.items()
        ]
        self.fields["taker"] = choice(
            _("Vem svarar åt dig?"), groups, none=_("Välj"), hint=_("Någon i samma organisation.")
        )
        self.fields["starts_on"] = day(_("Första dagen"))
        self.fields["ends_on"] = day(_("Sista dagen"), hint=_("Som 2026-02-01. Dagen räknas med."))


class ProcurementForm(Plain):
    """What is said of a procurement."""

    subject = text(_("Vad som upphandlas"), most=300)
    reference = text(_("Diarienummer eller referens"), most=100, needed=False)
    opened_on = day(_("Öppnad"))
    closed_on = day(_("Avslutad"), needed=False, hint=_("Som 2026-02-01. Lämna tomt medan den pågår."))
    bidders = Companies(
        label=_("Kända anbudsgivare"), required=False, help_text=_("Ett företag per rad, med hela namnet eller numret.")
    )


class BiddersForm(Plain):
    """The companies known to bid."""

    bidders = Companies(
        label=_("Kända anbudsgivare"), required=False, help_text=_("Ett företag per rad, med hela namnet eller numret.")
    )


class ParentForm(Plain):
    """To whom an organisation belongs."""

    parent = OrganisationNamed(
        label=_("Ägare"), required=False, help_text=_("Hela namnet eller numret. Tomt: den hör inte till någon annan.")
    )


class MembershipForm(Plain):
    """A trade association that the organisation joins."""

    def __init__(self, *args: Any, associations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(each.pk), each.name) for each in associations]
        self.fields["association"] = choice(_("Branschförening"), listed, none=_("Välj"))
        self.fields["since"] = day(
            _("Medlem från"), needed=False, hint=_("Som 2026-02-01. Lämna tomt om dagen inte är känd.")
        )


class MergeForm(Plain):
    """What an organisation becomes part of."""

    into = OrganisationNamed(label=_("Går upp i"), help_text=_("Hela namnet eller numret."))
    on = day(_("Från"))
