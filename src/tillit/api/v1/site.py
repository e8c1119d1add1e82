"""The API put together: its resources, its errors and its addresses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from tillit.api.v1 import (
    check,
    collaborations,
    editions,
    facts,
    info,
    norms,
    observations,
    pages,
    provisions,
    rules,
    situations,
)
from tillit.api.v1.parameters import only_known
from tillit.api.v1.problems import Refusal, bad_input, bad_parameters, refused
from tillit.core.errors import BadInput

NAMESPACE = "api-v1"


class Api(NinjaAPI):
    """Operations are called by their own names, in the description and in the words."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        name: str = operation.view_func.__name__
        return name


def make() -> Api:
    """Return the API with every resource. Its own page is ours, not ninja's: see docs/beslut/0030."""
    api = Api(title="Tillit", version=info.VERSION, docs_url=None, openapi_url=None, urls_namespace=NAMESPACE)
    api.add_decorator(only_known, mode="view")
    for resource in (check, facts, rules, provisions, norms, situations, editions, collaborations, observations, info):
        api.add_router("", resource.router)
    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(BadInput, bad_input)
    api.add_exception_handler(ValidationError, bad_parameters)
    return api


api = make()


def openapi(request: HttpRequest) -> HttpResponseBase:
    return pages.openapi(request, api)


def docs(request: HttpRequest) -> HttpResponse:
    return pages.docs(request, api)


def addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Return the addresses below /api/v1/, ready for `path()`."""
    own: list[Any] = [
        path("", RedirectView.as_view(pattern_name=f"{NAMESPACE}:docs")),
        path("openapi.json", openapi, name="openapi"),
        path("docs", docs, name="docs"),
    ]
    theirs, app, namespace = api.urls
    return [*own, *theirs], app, namespace
