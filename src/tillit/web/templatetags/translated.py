"""The tags of `{% load i18n %}`: what a template says in so many words is looked up once per language, not every time.

A page has a hundred such words, and each costs as much as a row of a table. What stands in a sentence is put there each
time as ever. The settings name this library i18n in the place of Django's; its tags and filters are the same.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """Words in the page's language, kept for each language once they have been shown in it."""

    def __init__(self, said: i18n.TranslateNode) -> None:
        self._asvar, said.asvar = said.asvar, None
        self._said, self._kept = said, dict[str | None, str]()

    def render(self, context: Context) -> str:
        lang = get_language()
        said = self._kept.get(lang)
        if said is None:
            said = self._said.render(context)
            if not settings.DEBUG:
                self._kept[lang] = said
        if self._asvar is None:
            return said
        context[self._asvar] = said
        return ""


class Sentence(i18n.BlockTranslateNode):
    """A sentence to put things in; what is to be looked up is put together once."""

    def render_token_list(self, tokens: Sequence[Token]) -> tuple[str, list[Any]]:
        kept: dict[int, tuple[str, list[Any]]] = self.__dict__.setdefault("kept", {})
        if id(tokens) not in kept:
            kept[id(tokens)] = super().render_token_list(tokens)  # type: ignore[arg-type]
        text, names = kept[id(tokens)]
        return text, list(names)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Return the tag's words, kept where they are the same whatever the page is about."""
    said = i18n.do_translate(parser, token)
    words, about = said.filter_expression, said.message_context
    same = isinstance(words.var, Variable) and words.var.literal is not None and not words.filters
    return Words(said) if same and (about is None or not about.is_var) else said


@register.tag("blocktranslate")
@register.tag("blocktrans")
def sentence(parser: Parser, token: Token) -> Node:
    """Return the tag's sentence."""
    return Sentence(**vars(i18n.do_block_translate(parser, token)))
