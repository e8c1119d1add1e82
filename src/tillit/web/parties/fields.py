"""The kinds of fields that forms about organisations and people are made of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.parties.geography import counties, municipalities
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import UnitRow, organisation_named

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Said = str | _StrPromise
else:
    Said = object
Choices = Iterable[tuple[Any, Any]]


class Plain(forms.Form):
    """A form whose fields say themselves what is wrong: the browser's own bubbles are in the browser's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)


def text(label: Said, *, hint: Said = "", most: int = 200, needed: bool = True, value: str = "") -> forms.CharField:
    """Return a field for a line of text."""
    errors = {
        "required": _("Det här behövs. Fyll i fältet."),
        "max_length": _("Det får plats högst %(limit_value)s tecken. Du skrev %(show_value)s."),
    }
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=needed, initial=value, error_messages=errors
    )


def day(label: Said, *, hint: Said = "", needed: bool = True) -> forms.DateField:
    """Return a field for a day."""
    wrong = _("Skriv dagen som 2026-02-01.")
    return forms.DateField(
        label=label,
        help_text=hint or _("Skriv som 2026-02-01."),
        required=needed,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"class": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": wrong, "invalid": wrong},
    )


def choice(
    label: Said, choices: Choices, *, hint: Said = "", needed: bool = True, none: Said = ""
) -> forms.ChoiceField:
    """Return a field to choose one from a list in; `none` is what the empty choice is called."""
    wrong = _("Välj i listan.")
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=needed,
        choices=[("", none), *choices],
        error_messages={"required": wrong, "invalid_choice": wrong},
    )


class OrganisationNamed(forms.CharField):
    """A field for an organisation, meant by its name or number."""

    default_error_messages: ClassVar[dict[str, Said]] = {"required": _("Det här behövs. Fyll i fältet.")}

    def clean(self, value: Any) -> Organisation | None:
        plain: str = super().clean(value)
        if not plain:
            return None
        found = organisation_named(plain)
        if found is None:
            raise forms.ValidationError(
                _("Ingen eller flera organisationer heter så. Skriv hela namnet eller organisationsnumret.")
            )
        return found


class Companies(forms.CharField):
    """A field for several organisations, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[Organisation]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = [(line, organisation_named(line)) for line in lines]
        if unknown := [line for line, organisation in found if organisation is None]:
            raise forms.ValidationError(
                _("Ingen eller flera organisationer heter %(name)s. Skriv hela namnet eller organisationsnumret."),
                params={"name": unknown[0]},
            )
        return [organisation for _line, organisation in found if organisation is not None]


def by_county() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the municipalities under their counties."""
    return [
        (county, [(key, name) for key, name in municipalities().items() if key[:2] == code])
        for code, county in counties().items()
    ]


def in_order(units: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """Return units that are open as choices, those below others set in by dashes."""
    return [(str(each.id), f"{'– ' * each.depth}{each.name}") for each in units if each.closed_on is None]


def key(value: str) -> UUID | None:
    """Return the key that a choice stood for, None for the empty choice."""
    return UUID(value) if value else None
