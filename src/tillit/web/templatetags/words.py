"""What templates need and Django lacks: outcomes as marks, the other language's address, whether this is a demo."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypedDict
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

from tillit.core.money import hundredths
from tillit.core.rulebook import editions
from tillit.exchange.words import money, say, words

register = template.Library()


class Tongue(TypedDict):
    """A language that the page can also be read in."""

    code: str
    name: str
    href: str


@register.filter
def at(forms: object, act: str) -> object:
    """Return the form of an act among those of a page, None where there is none."""
    return forms.get(act) if isinstance(forms, Mapping) else None


@register.inclusion_tag("parts/mark.html")
def mark(outcome: str) -> dict[str, str]:
    """Return an outcome as its shape and its word, in the page's language."""
    return {"outcome": outcome, "word": words(get_language() or "sv")["outcome"][outcome]}


@register.simple_tag
def in_words(how: str) -> str:
    """Return how the parts of an expression stand together: "all" or "any", as a lead-in to a list of them."""
    return say(f"in_words.{how}", get_language() or "sv")


@register.simple_tag
def kronor(amount: object) -> str:
    """Return an amount of kronor, a decimal or its text, as it is written in the page's language; "" for none."""
    if amount in (None, ""):
        return ""
    return money(hundredths(Decimal(str(amount))), get_language() or "sv")


@register.simple_tag
def demonstration() -> bool:
    """Return whether everything on this site is made up."""
    return bool(settings.DEMO)


@register.simple_tag(takes_context=True)
def other_language(context: Context, view: str = "") -> Tongue:
    """Return the address of `view`, else of this page, in the other language; of its first page when there is none."""
    code = "sv" if get_language() == "en" else "en"
    request = context.get("request")
    here = reverse(view) if view else request.get_full_path() if isinstance(request, HttpRequest) else ""
    there = translate_url(here, code)
    if there == here:
        with override(code):
            there = reverse("start:start")
    return Tongue(code=code, name=dict(settings.LANGUAGES)[code], href=there)


@register.simple_tag
def rule_address(rulebook: str, rule: str) -> str:
    """Return the address of a rule's page; the edition is named where it is not the newest."""
    address = reverse("rules:rule", args=[rule])
    return address if rulebook == editions.newest() else f"{address}?{urlencode({'utgava': rulebook})}"
