"""Who is represented in an organ: against its norms, by sector and region, and whom it speaks for."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.partnerships.actions import representation as acts
from tillit.apps.partnerships.actions.representation import Link, NormRow
from tillit.apps.partnerships.models import CURRENT, Organ, RepresentationLink
from tillit.apps.partnerships.models.words import NORM_DIMENSIONS
from tillit.apps.partnerships.queries.norm_readings import TRIED_WORDS
from tillit.apps.partnerships.queries.organ_page import SpokenRow, spoken_rows
from tillit.apps.partnerships.queries.organ_words import category_name
from tillit.apps.partnerships.queries.representing import represented
from tillit.apps.partnerships.queries.seated import seat_rows
from tillit.core.governance.representation import EQUAL
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships import organ_forms as forms
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by, organ_of, seat_of
from tillit.web.partnerships.tiles import tile_map

WORDS = {
    "lika": EQUAL,
    "andel": "share",
    "minst": "min",
    "högst": "max",
    "equal": EQUAL,
    "share": "share",
    "at least": "min",
    "at most": "max",
}
"""What a line of a norm begins with, in either language of the pages."""


class NormForm(Plain):
    """A norm in one dimension, a line for each thing that it says."""

    dimension = choice(gettext_lazy("Vad gäller den?"), NORM_DIMENSIONS.items(), none=gettext_lazy("Välj"))
    rows = django_forms.CharField(
        label=gettext_lazy("Vad säger den?"),
        help_text=gettext_lazy("En rad för var sak: ”lika”, ”andel Vård 0,25”, ”minst Region Skåne 1”, ”högst …”."),
        max_length=4000,
        widget=django_forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Det här behövs. Fyll i fältet.")},
    )
    decided_on = day(gettext_lazy("Beslutad"))
    source = text(gettext_lazy("Var står det?"), most=300, hint=gettext_lazy("Klausulen eller beslutet."))

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organ = organ

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("dimension") and said.get("rows"):
            try:
                said["rows"] = self._read(said["dimension"], said["rows"])
            except ValueError as wrong:
                self.add_error("rows", _("Raden ”%(line)s” går inte att läsa.") % {"line": wrong})
        return said

    def _read(self, dimension: str, text: str) -> list[NormRow]:
        sectors = {each.code: each.name for each in self._organ.partnership.sectors.all()}
        codes = acts.categories_of(self._organ, dimension)
        named = {category_name(dimension, each, sectors).casefold(): each for each in codes}
        return [_line(each, named) for each in text.splitlines() if each.strip()]


def _line(line: str, named: dict[str, str]) -> NormRow:
    """Return what a line of a norm says. :raises ValueError: it cannot be read; the line itself"""
    plain = " ".join(line.casefold().split())
    kind = next((code for word, code in WORDS.items() if plain == word or plain.startswith(f"{word} ")), None)
    if kind is None:
        raise ValueError(line.strip())
    if kind == EQUAL:
        return NormRow(EQUAL)
    name, _space, value = plain.removeprefix(_word(plain)).strip().rpartition(" ")
    try:
        return NormRow(kind, named[name], Decimal(value.replace(",", ".")))
    except (KeyError, InvalidOperation) as wrong:
        raise ValueError(line.strip()) from wrong


def _word(plain: str) -> str:
    return next(word for word in WORDS if plain.startswith(f"{word} "))


@require_safe
def representation(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    found = organ_of(here, key)
    tried = request.GET.get("norm", "")
    shown = represented(found, here.today, tried)
    context = {
        "organ": found,
        "found": shown,
        "map": tile_map(shown.regions),
        "norms": [(name, word, name == tried) for name, word in TRIED_WORDS.items()],
    }
    return render(request, "partnerships/representation.html", {**here.context, **context})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upkeep(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Norms and whom the organ speaks for: for the office."""
    here = enter(request, slug)
    asked, found = by(here), organ_of(here, key)
    spoken = spoken_rows(found, here.sight, here.today)
    context = {
        **here.context,
        "organ": found,
        "page": {"spoken": spoken},
        "norms": found.norms.filter(CURRENT).order_by("dimension", "category", "kind"),
    }
    to = reverse("partnerships:representation_upkeep", args=[slug, key])
    deeds = _deeds(here, found, spoken, asked)
    return answer(request, "partnerships/representation_upkeep.html", context, deeds, to=to)


def _deeds(here: Entered, organ: Organ, spoken: Iterable[SpokenRow], asked: dict[str, Any]) -> dict[str, Deed]:
    if organ.ends_on is not None and organ.ends_on <= here.today:
        return {}
    seats = seat_rows(organ, here.sight, here.today)
    agreements = {str(each.pk): each for each in here.partnership.agreements.all()}

    def form(*given: Any, **named: Any) -> forms.LinkForm:
        first = {"starts_on": here.today}
        return forms.LinkForm(*given, seats=seats, agreements=agreements.values(), initial=first, **named)

    def link(said: dict[str, Any]) -> object:
        by_whom = seat_of(organ, said["seat"]) if said["seat"] else organ
        rest = {name: value for name, value in said.items() if name not in ("seat", "basis")}
        return acts.link_party(link=Link(represented_by=by_whom, basis=agreements[said["basis"]], **rest), **asked)

    found = {
        "norm": Deed(
            lambda *a, **k: NormForm(*a, organ=organ, initial={"decided_on": here.today}, **k),
            lambda said: acts.decide_norm(organ=organ, **said, **asked),
            _("Normen är antecknad."),
        ),
        "link": Deed(form, link, _("Antecknat vem som företräds.")),
    }
    for row in spoken:
        found[row.ending] = _unlinking(row, here, asked)
    return found


def _unlinking(row: SpokenRow, here: Entered, asked: dict[str, Any]) -> Deed:
    def act(said: dict[str, Any]) -> object:
        there = RepresentationLink.objects.select_related("seat__organ__partnership", "organ__partnership")
        return acts.unlink_party(link=there.get(pk=row.key), on=said["on"], **asked)

    return Deed(lambda *a, **k: forms.EndForm(*a, initial={"on": here.today}, **k), act, _("Avslutat."))
