"""What the pages of sign-in say in words: a browser by its name, the roles of a seat."""

import re

from django import template
from django.utils.translation import gettext as _

from tillit.apps.parties.models import ROLES
from tillit.apps.parties.seats import Seat

register = template.Library()
# The first that fits: most browsers also call themselves Chrome or Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """Return what a browser calls itself as somebody would say it: "Firefox, Windows"."""
    found = [next((name for sign, name in known if re.search(sign, user_agent)), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("en okänd webbläsare")


@register.filter
def roles_in_words(seat: Seat) -> str:
    """Return the roles of a seat, in the order of the table of roles."""
    return ", ".join(str(word) for role, word in ROLES.items() if role in seat.role_names)
