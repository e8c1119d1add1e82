"""The anchor of the pages: the same queries in a bare Django view, answered as JSON. No middleware, no templates.

Settings, address and view in one file, named by DJANGO_SETTINGS_MODULE.
"""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from tillit.project.settings import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    *(f"tillit.apps.{name}" for name in ("accounts", "parties", "documents", "outbox", "partnerships", "register")),
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.bare"


def rows(request: HttpRequest) -> JsonResponse:
    """Return a page of the register by the addresses of the page itself."""
    from tillit.apps.register import queries
    from tillit.web.register.asked import asked

    wanted = asked(request.GET)
    found = queries.listed(wanted.wanted, older_than=wanted.after, newer_than=wanted.before)
    queries.years()
    names = queries.Row.__slots__
    items = [{name: str(getattr(row, name)) for name in names} for row in found.rows]
    return JsonResponse({"items": items, "older": found.older, "found": found.found})


def partnerships(request: HttpRequest) -> JsonResponse:
    """Return the list of partnerships as a visitor has it."""
    from dataclasses import asdict

    from django.utils.timezone import localdate

    from tillit.apps.partnerships.queries.listing import partnership_rows

    return JsonResponse(asdict(partnership_rows(None, localdate(), search=request.GET.get("q", ""))))


urlpatterns = [path("oppet/", rows), path("partnerskap/", partnerships)]
