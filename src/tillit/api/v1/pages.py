"""The description of the API, for programs as OpenAPI and for people as a page: no script, nothing from elsewhere."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from tillit.api.v1.answers import encoded, unchanged_or
from tillit.api.v1.description import document
from tillit.api.v1.problems import TYPES
from tillit.api.v1.texts import LANGUAGES, Lang, language_of, texts


def _document(request: HttpRequest, api: NinjaAPI, lang: Lang) -> dict[str, Any]:
    base = request.build_absolute_uri(reverse("api-v1:openapi")).removesuffix("/openapi.json")
    return document(api, lang, base)


@require_safe
def openapi(request: HttpRequest, api: NinjaAPI) -> HttpResponseBase:
    lang = language_of(request)
    return unchanged_or(request, encoded(_document(request, api, lang)), lang=lang)


@require_safe
def docs(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """Return the page in the site's own look; its language is in the address, as everywhere on the site."""
    lang: Lang = "en" if request.GET.get("lang") == "en" else "sv"
    told = _document(request, api, lang)
    other = next(each for each in LANGUAGES if each != lang)
    context = {
        "words": texts(lang)["page"],
        "info": {**texts(lang)["info"], "version": told["info"]["version"]},
        "base": told["servers"][0]["url"],
        "operations": [
            _row(path, method, each) for path, found in told["paths"].items() for method, each in found.items()
        ],
        "problems": [(TYPES + name, each["title"], each["meaning"]) for name, each in texts(lang)["problem"].items()],
        "other": {"code": other, "name": texts(other)["page"]["language"]},
    }
    with override(lang):
        page = render(request, "api/docs.html", context)
    page["Content-Language"] = lang
    return page


def _row(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    sent = body.get("application/toml", body.get("application/json", {})).get("examples", {})
    content = next(iter(operation["responses"]["200"]["content"].values()))
    return {
        "id": operation["operationId"].replace("_", "-"),
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation["description"],
        "parameters": [_parameter(each) for each in operation["parameters"]],
        "sent": _written(sent.get("example", {}).get("value", "")),
        "answered": json.dumps(content["examples"]["example"]["value"], ensure_ascii=False, indent=1),
        "statuses": [(code, each["description"]) for code, each in operation["responses"].items() if code != "default"],
    }


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    choices = [str(each) for each in schema.get("enum", [])]
    return {
        "name": parameter["name"],
        "description": parameter["description"],
        "choices": choices if len(choices) <= 12 else [],
        "default": schema.get("default", ""),
    }
