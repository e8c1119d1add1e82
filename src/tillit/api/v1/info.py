"""What the API is and where it is described, as the Swedish REST API profile asks for (VER.06)."""

from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.parameters import Common
from tillit.api.v1.shapes import ApiInfo

router = Router()

VERSION = "1.1.0"
RELEASED = date(2026, 11, 28)
"""1.1.0: observations of partnerships came. Nothing was taken away, and no key means anything else than before."""


@router.get("/api-info", response=ApiInfo)
def api_info(request: HttpRequest, query: Query[Common]) -> HttpResponseBase:
    plain = {
        "apiName": "Tillit",
        "apiVersion": VERSION,
        "apiReleased": RELEASED.isoformat(),
        "apiDocumentation": request.build_absolute_uri(reverse("api-v1:docs")),
        "apiStatus": "active",
    }
    return unchanged_or(request, encoded(plain), lang="sv")
