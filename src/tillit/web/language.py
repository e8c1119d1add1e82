"""The language of the page, as the rooms below Django know it."""

from typing import Literal

from django.utils.translation import get_language


def tongue() -> Literal["sv", "en"]:
    """Return the language that the page is read in."""
    return "en" if get_language() == "en" else "sv"
