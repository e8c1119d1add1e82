"""The shapes of what is typed about organs, rights, seats, nominations and representation."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from tillit.apps.accounts.models import Person
from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import Agreement, Level, Organ, Sector, Subject
from tillit.apps.partnerships.models.words import (
    APPOINTMENT_ROLES,
    LEGAL_BASES,
    MAJORITY_RULES,
    OPENNESS,
    QUORUM_RULES,
    RIGHT_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.apps.partnerships.queries.organ_words import CARE_REGION_WORDS
from tillit.apps.partnerships.queries.seated import SeatRow
from tillit.web.parties.fields import Choices, OrganisationNamed, Plain, Said, choice, day, text

FIRST_DAY_OUT = _("Första dagen då det inte längre gäller. Tomt: tills vidare.")


class PersonByMail(forms.CharField):
    """A field for a person, meant by their e-mail address."""

    default_error_messages: ClassVar[dict[str, Said]] = {"required": _("Det här behövs. Fyll i fältet.")}

    def clean(self, value: Any) -> Person | None:
        plain: str = super().clean(value)
        found = Person.objects.filter(email__iexact=plain).first() if plain else None
        if plain and found is None:
            raise forms.ValidationError(_("Ingen person har den adressen. Lägg till personen i organisationen först."))
        return found


def number(label: Said, *, hint: Said = "", most: int = 1000) -> forms.IntegerField:
    """Return a field for a whole number that nobody has to know."""
    wrong = _("Skriv ett helt tal.")
    return forms.IntegerField(
        label=label,
        help_text=hint or _("Lämna tomt om ingen har sagt det."),
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


def amount(label: Said, hint: Said) -> forms.DecimalField:
    """Return a field for an amount of kronor that nobody has to say."""
    wrong = _("Skriv beloppet i kronor, till exempel 100000.")
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong),
    )


def of_rows(rows: Iterable[Level | Organ | Sector | Subject | Agreement]) -> list[tuple[str, str]]:
    """Return rows as choices by their keys."""
    return [(str(each.pk), level_name(each) if isinstance(each, Level) else str(each)) for each in rows]


def seats_as_choices(seats: Iterable[SeatRow]) -> list[tuple[str, str]]:
    """Return seats as choices by their keys: "Plats 2, Vård"."""
    return [(str(each.id), _seat(each)) for each in seats]


def _seat(seat: SeatRow) -> str:
    name = gettext("Plats %(n)s") % {"n": seat.number}
    return f"{name}, {seat.sector}" if seat.sector else name


class OrganForm(Plain):
    """What is said of an organ."""

    name = text(_("Namn"), most=120)
    tier = choice(_("Vad gör det?"), TIER_WORDS.items(), none=_("Välj"))
    level = choice(_("Nivå"), (), none=_("Välj"))
    parent = choice(_("Hör under"), (), needed=False, none=_("Inget annat organ"))
    starts_on = day(_("Finns från"))
    legal_basis = choice(_("Vilar på"), LEGAL_BASES.items(), needed=False, none=_("Inte sagt"))
    quorum_rule = choice(_("När kan det besluta?"), QUORUM_RULES.items(), none=_("Välj"))
    majority_rule = choice(_("Hur mycket krävs för ett beslut?"), MAJORITY_RULES.items(), none=_("Välj"))
    meetings_per_year = number(_("Möten per år"), most=366)
    notice_days = number(_("Kallelse, dagar före"))
    minutes_days = number(_("Protokoll, dagar efter"))
    openness = choice(_("Vem får se det?"), OPENNESS.items(), none=_("Välj"))
    source = text(_("Källa"), needed=False, most=300, hint=_("Dokument, beslut eller adress där det står."))

    def __init__(self, *args: Any, levels: Iterable[Level], organs: Iterable[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "level", of_rows(levels))
        _choices(self, "parent", of_rows(organs))


class ClosingForm(Plain):
    on = day(_("Stängs"), hint=_("Första dagen då det inte längre finns."))
    reason = text(_("Varför?"), most=300)


class EndForm(Plain):
    on = day(_("Slutar"), hint=_("Första dagen då det inte längre gäller."))


class NameForm(Plain):
    name = text(_("Ämne"), most=120, hint=_("Något att besluta om, till exempel budget eller nya parter."))


class MandateForm(Plain):
    """A right of an organ about a subject on a level."""

    subject = choice(_("Ämne"), (), none=_("Välj"))
    level = choice(_("Nivå"), (), none=_("Välj"))
    right = choice(_("Vad får organet göra?"), RIGHT_WORDS.items(), none=_("Välj"))
    starts_on = day(_("Gäller från"))
    ends_on = day(_("Slutar"), hint=FIRST_DAY_OUT, needed=False)
    amount_from = amount(_("Från och med belopp"), _("Kronor. Tomt: från noll."))
    amount_to = amount(_("Under belopp"), _("Kronor. Tomt: utan gräns."))
    over = text(_("Inte över vem?"), needed=False, most=120, hint=_("Bara för ”ingen bestämmanderätt”."))
    source = text(_("Källa"), needed=False, most=300)

    def __init__(self, *args: Any, subjects: Iterable[Subject], levels: Iterable[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "subject", of_rows(subjects))
        _choices(self, "level", of_rows(levels))


class SeatForm(Plain):
    """A new seat. What is left empty is not the seat's own: then the party of whoever sits there counts."""

    voting = choice(_("Rösträtt"), [("yes", _("Ja")), ("no", _("Nej"))], none=_("Välj"))
    sector = choice(_("Sektor"), (), needed=False, none=_("Den som sitter där avgör"))
    county_code = choice(_("Region"), regions().items(), needed=False, none=_("Den som sitter där avgör"))
    health_care_region = choice(
        _("Samverkansregion"), CARE_REGION_WORDS.items(), needed=False, none=_("Den som sitter där avgör")
    )
    nominating = OrganisationNamed(
        label=_("Vem föreslår?"), required=False, help_text=_("Organisationens namn eller nummer.")
    )
    nominating_class = choice(_("Eller vilket slag av parter?"), KINDS.items(), needed=False, none=_("Inget särskilt"))
    term_months = number(_("Mandatperiod, månader"), most=240)
    starts_on = day(_("Finns från"))

    def __init__(self, *args: Any, sectors: Iterable[Sector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "sector", of_rows(sectors))


class TermForm(Plain):
    """Who sits on a seat, for whom, as what and when."""

    person = PersonByMail(label=_("Personens e-postadress"))
    organisation = OrganisationNamed(label=_("För vilken organisation?"))
    role = choice(_("Som vad?"), APPOINTMENT_ROLES.items(), none=_("Välj"))
    starts_on = day(_("Från"))
    ends_on = day(_("Slutar"), hint=_("Första dagen efteråt. Tomt: som platsens period säger."), needed=False)
    decision = text(_("Vad valde personen?"), needed=False, hint=_("Beslutet, till exempel stämman § 7."))


class ElectionForm(Plain):
    role = choice(_("Som vad?"), APPOINTMENT_ROLES.items(), none=_("Välj"))
    starts_on = day(_("Från"))
    ends_on = day(_("Slutar"), hint=_("Första dagen efteråt. Tomt: som platsens period säger."), needed=False)
    decision = text(_("Vad valde personen?"), hint=_("Beslutet, till exempel stämman § 7."))


class ReasonForm(Plain):
    reason = text(_("Varför?"), needed=False)


class ShareForm(Plain):
    """A share of another organisation that somebody on a seat also belongs to."""

    organisation = OrganisationNamed(label=_("Hör också till"))
    share = forms.DecimalField(
        label=_("Med andelen"),
        help_text=_("Mellan 0 och 1, till exempel 0,5. Noll tar bort den."),
        min_value=0,
        max_value=1,
        max_digits=5,
        decimal_places=4,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places", "max_digits"),
            _("Skriv en andel mellan 0 och 1, med högst fyra decimaler."),
        ),
    )


class ProposalForm(Plain):
    """Who is proposed for a seat, by one of those who propose for it."""

    seat = choice(_("Till vilken plats?"), (), none=_("Välj"))
    person = choice(_("Vem?"), (), none=_("Välj"), hint=_("En av organisationens folk."))
    reason = text(_("Varför?"), needed=False)

    def __init__(self, *args: Any, seats: Iterable[SeatRow], people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "seat", seats_as_choices(seats))
        _choices(self, "person", [(str(each.pk), each.name) for each in people])


class OfficeProposalForm(Plain):
    """Who is proposed for a seat, written down by the office for whoever proposed."""

    seat = choice(_("Till vilken plats?"), (), none=_("Välj"))
    person = PersonByMail(label=_("Personens e-postadress"))
    organisation = OrganisationNamed(label=_("För vilken organisation?"))
    nominated_by = OrganisationNamed(label=_("Vem föreslog?"))
    reason = text(_("Varför?"), needed=False)

    def __init__(self, *args: Any, seats: Iterable[SeatRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "seat", seats_as_choices(seats))


class LinkForm(Plain):
    """A party that a seat or the organ speaks for."""

    organisation = OrganisationNamed(label=_("Vem företräds?"))
    seat = choice(_("Av vem?"), (), needed=False, none=_("Organet som helhet"))
    basis = choice(_("Enligt vilket avtal?"), (), none=_("Välj"))
    starts_on = day(_("Från"))
    ends_on = day(_("Slutar"), hint=FIRST_DAY_OUT, needed=False)
    source = text(_("Källa"), needed=False, most=300)

    def __init__(self, *args: Any, seats: Iterable[SeatRow], agreements: Iterable[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "seat", seats_as_choices(seats))
        _choices(self, "basis", of_rows(agreements))


def _choices(form: forms.Form, name: str, choices: Choices) -> None:
    field: Any = form.fields[name]
    field.choices = [*field.choices[:1], *choices]
