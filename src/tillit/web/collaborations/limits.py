"""The limits of an organisation, by those who look after it; and everybody's, by those who run the site."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.actions.limits import LimitFacts, end_limit, set_limit
from tillit.apps.collaborations.models import MEASURES, Limit
from tillit.apps.collaborations.queries.limits import LimitRow, limits_of
from tillit.apps.parties.access import is_operator
from tillit.apps.parties.models import Organisation
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain, choice, day, text


class Number(forms.CharField):
    """A field for a number as people write it: "1 500", "33,5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "int"})

    def clean(self, value: Any) -> Decimal:
        plain = re.sub(r"[\s\u00a0]|kr$|%$", "", super().clean(value)).replace(",", ".")
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise forms.ValidationError(_("Skriv ett tal, till exempel 12 eller 33,5.")) from None


class LimitForm(Plain):
    """A new limit."""

    measure = choice(gettext_lazy("Gräns för"), MEASURES.items(), none=gettext_lazy("Välj"))
    most = Number(
        label=gettext_lazy("Högst"),
        max_length=20,
        help_text=gettext_lazy("Antal måltider, kronor eller procent."),
        error_messages={"required": gettext_lazy("Skriv hur mycket som mest. Utan tal finns ingen gräns.")},
    )
    valid_from = day(gettext_lazy("Gäller från"))
    source = text(
        gettext_lazy("Källa"),
        most=300,
        hint=gettext_lazy("Var talet kommer ifrån, till exempel en riktlinje och dess dag."),
    )


class EndForm(Plain):
    """The end of a limit."""

    on = day(gettext_lazy("Första dagen som den inte gäller"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: SignedInRequest, key: UUID) -> HttpResponse:
    """An organisation's own limits."""
    today = localdate()
    here = access.to_limit(key, request.actor.person, today)
    return _page(request, here, today, reverse("collaborations:limits", args=[key]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def limits_all(request: SignedInRequest) -> HttpResponse:
    """The limits that are everybody's."""
    if not is_operator(request.actor.person):
        raise PermissionDenied
    return _page(request, None, localdate(), reverse("collaborations:limits_all"))


def _page(request: SignedInRequest, here: Organisation | None, today: date, to: str) -> HttpResponse:
    rows = limits_of(here, today)
    deeds = {"set": _setting(request, here, today)}
    deeds |= {f"end-{row.id}": _ending(request, row, today) for row in rows if row.can_end}
    context = {"organisation": here, "rows": [(row, f"end-{row.id}") for row in rows]}
    return answer(request, "collaborations/limits.html", context, deeds, to=to)


def _setting(request: SignedInRequest, here: Organisation | None, today: date) -> Deed:
    return Deed(
        lambda *a, **k: LimitForm(*a, initial={"valid_from": today}, **k),
        lambda said: set_limit(organisation=here, facts=LimitFacts(**said), by=request.actor.person, at=now()),
        _("Gränsen är satt."),
    )


def _ending(request: SignedInRequest, row: LimitRow, today: date) -> Deed:
    return Deed(
        lambda *a, **k: EndForm(*a, initial={"on": max(today, row.valid_from)}, **k),
        lambda said: end_limit(limit=Limit(pk=row.id), on=said["on"], by=request.actor.person, at=now()),
        _("Gränsen har fått en sista dag."),
    )
