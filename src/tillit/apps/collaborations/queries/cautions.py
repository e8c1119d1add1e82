"""Warnings in words. They are kept as codes with arguments, so that they read the same in both languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tillit.exchange.cards import rule_of
from tillit.exchange.words import Lang


def caution_in_words(plain: Mapping[str, Any], lang: Lang) -> str:
    """Return a warning as a sentence. An unknown code is told as it stands: it must never be lost."""
    code, args = plain["code"], plain.get("args", {})
    if code == "procurement_open":
        return str(_("%(buyer)s upphandlar %(subject)s, där företaget är eller kan bli anbudsgivare.") % args)
    if code == "rule":
        rule = next((found for line in _LINES if (found := rule_of(line, args.get("rule", "")))), None)
        return rule.statement.in_language(lang) if rule else str(args.get("rule", code))
    return f"{code}: {plain.get('subject', '')}"


_LINES = ("samverkansregler/3.0", "specifikation/3.0")
