"""The tag `{% url %}` by `web.address`: the same addresses, found out once. The settings give it to every template."""

from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from tillit.web.address import address

register = template.Library()


class Linked(URLNode):
    """The address of a page, as a URLNode without keywords gives it."""

    def render(self, context: Context) -> str:
        request: Any = getattr(context, "request", None)
        app = getattr(request, "current_app", None) or getattr(
            getattr(request, "resolver_match", None), "namespace", None
        )
        found = ""
        try:
            found = address(self.view_name.resolve(context), [each.resolve(context) for each in self.args], app)
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar is None:
            return conditional_escape(found) if context.autoescape else found
        context[self.asvar] = found
        return ""


@register.tag("url")
def linked(parser: Parser, token: Token) -> Node:
    """Return the tag's address."""
    node = url(parser, token)
    return node if node.kwargs else Linked(node.view_name, node.args, {}, node.asvar)
