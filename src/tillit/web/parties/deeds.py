"""A page with forms, each of them an act: what is typed is kept, what is refused is said at its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render

from tillit.apps.errors import Refused
from tillit.web.parties.fields import Said


@dataclass(frozen=True, slots=True)
class Deed:
    """A form and what is done with what it says. `told` is what the next page says when it is done."""

    form: Callable[..., forms.Form]
    act: Callable[[dict[str, Any]], object]
    told: Said


def answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], deeds: Mapping[str, Deed], *, to: str
) -> HttpResponse:
    """Return the page, or the way on when the act that was sent in is done. The field `act` says which form it was.

    422 with all that was typed where something has to be put right.
    """
    sent = request.POST.get("act", "") if request.method == "POST" else None
    if sent is not None and sent not in deeds:
        return HttpResponseBadRequest()
    shown = {name: deed.form(auto_id=f"{name}-%s") for name, deed in deeds.items() if name != sent}
    if sent is not None:
        deed, form = deeds[sent], deeds[sent].form(request.POST, auto_id=f"{sent}-%s")
        if _done(deed, form):
            messages.success(request, deed.told)
            return redirect(to)
        shown[sent] = form
    ordered = {name: shown[name] for name in deeds}
    context = {**context, "forms": ordered, "wrong": ordered.get(sent or "")}
    return render(request, template, context, status=422 if sent else 200)


def _done(deed: Deed, form: forms.Form) -> bool:
    if not form.is_valid():
        return False
    try:
        deed.act(form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))
        return False
    return True
