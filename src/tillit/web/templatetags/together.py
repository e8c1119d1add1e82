"""Days and percentages in a sentence that no line breaks in two."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_WHOLE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d+(?:[.,]\d+)?\s%")


@register.filter
def together(text: str) -> SafeString:
    """Return a text with each day (2026-02-01) and each percentage kept on one line; everything else is escaped."""
    escaped = conditional_escape(text)
    return mark_safe(_WHOLE.sub(lambda found: f'<span class="together">{found.group()}</span>', escaped))  # noqa: S308
