"""How days of a partnership are shown."""

from datetime import date

from django import template

from tillit.apps.partnerships.queries.agreement_words import last_day as _last_day

register = template.Library()


@register.filter
def last_day(end: date) -> str:
    """Return the last day that something holds, from the first that it does not."""
    return _last_day(end)
