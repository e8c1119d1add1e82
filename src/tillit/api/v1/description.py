"""The description as OpenAPI 3.1: ninja tells the shapes, `texts.*.toml` the words, the rows the examples."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tillit.api.v1.check import EXCEL
from tillit.api.v1.examples import ANSWERS, CASE, CASE_TOML, REPORTS
from tillit.api.v1.observation_shapes import Reports
from tillit.api.v1.problems import MEDIA_TYPE, TYPES
from tillit.api.v1.shapes import Problem
from tillit.api.v1.texts import Lang, texts
from tillit.core.rulebook.editions import vocabulary
from tillit.exchange.schema import case_schema

Plain = dict[str, Any]
REFUSALS = {
    "check": {400: "unreadable", 413: "too-large", 415: "unsupported-type", 422: "refused"},
    "rule": {404: "no-such-rule"},
    "provision": {404: "no-such-provision"},
    "edition": {404: "no-such-edition"},
    "collaboration": {404: "no-such-collaboration", 410: "withdrawn"},
    "observations": {404: "no-such-partnership"},
    "report_observations": {
        400: "unreadable",
        401: "no-key",
        413: "too-large",
        415: "unsupported-type",
        422: "not-taken",
    },
}
"""What each operation may answer with beyond 422 for its parameters, and how that problem is named."""

SENDS = ("check", "report_observations")
"""The operations that something is sent to."""


@lru_cache(maxsize=8)
def document(api: NinjaAPI, lang: Lang, base: str) -> Plain:
    """Return the description in a language, of the API at the address `base`."""
    words = texts(lang)
    plain: Plain = json.loads(json.dumps(OpenAPISchema(api, "")))
    plain["info"] |= {
        "summary": words["info"]["summary"],
        "description": f"{words['info']['description']}\n{words['info']['other']}",
        "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    }
    plain["servers"] = [{"url": base}]
    plain["externalDocs"] = {"url": f"{base}/docs", "description": words["info"]["page"]}
    schemas = plain["components"]["schemas"]
    schemas["Problem"], inner = _problem()
    schemas |= inner | _case_schemas() | _report_schemas()
    plain["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for operation in operations(plain):
        _describe(operation, words)
    return plain


def operations(plain: Plain) -> Iterator[Plain]:
    """Yield every operation of a description."""
    for path in plain["paths"].values():
        yield from path.values()


def _describe(operation: Plain, words: Any) -> None:
    """Give an operation its words, its examples and the problems that it may answer with."""
    name = operation["operationId"]
    operation |= {key: words["operation"][name][key] for key in ("summary", "description")}
    for parameter in operation["parameters"]:
        parameter["description"] = words["parameter"][parameter["name"]]
        parameter["schema"] = _bare(parameter["schema"])
    answered = operation["responses"]["200"]
    answered["description"] = words["operation"][name]["answer"]
    answered["headers"] = _headers(words, name)
    media = "application/schema+json" if name == "facts_schema" else "application/json"
    answered.setdefault("content", {media: {"schema": {"type": "object"}}})
    answered["content"][media]["examples"] = {"example": {"value": ANSWERS[name]()}}
    if name == "check":
        operation["requestBody"] = _body(words)
    elif name == "report_observations":
        operation["requestBody"], operation["security"] = _report_body(words), [{"key": []}]
    else:
        operation["responses"]["304"] = {"description": words["status"]["304"]}
    for status, problem in (REFUSALS.get(name, {}) | ({} if name in SENDS else {422: "parameters"})).items():
        operation["responses"][str(status)] = _refusal(words, problem, status)
    operation["responses"]["default"] = {
        "description": words["status"]["default"],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _bare(schema: Plain) -> Plain:
    """Return a parameter's schema without its name, and without the null that stands for having been left out."""
    given: Plain = next((each for each in schema.get("anyOf", ()) if each != {"type": "null"}), {})
    default = {} if schema.get("default") is None else {"default": schema["default"]}
    kept = {key: value for key, value in schema.items() if key not in ("title", "description", "anyOf", "default")}
    return {**given, **kept, **default}


def _headers(words: Any, name: str) -> Plain:
    tells = ["Content-Language"] + ([] if name in SENDS else ["ETag"])
    tells += ["Link"] if name in ("rules", "provisions", "collaborations", "observations") else []
    return {header: {"description": words["header"][header], "schema": {"type": "string"}} for header in tells}


def _refusal(words: Any, name: str, status: int) -> Plain:
    known = words["problem"][name]
    example = {
        "type": TYPES + name,
        "title": known["title"],
        "status": status,
        "detail": known["example"],
        "instance": "/api/v1/…",
    }
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {name: {"value": example}}}
    return {"description": known["title"], "content": {MEDIA_TYPE: content}}


def _body(words: Any) -> Plain:
    return {
        "description": words["operation"]["check"]["body"],
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Case"},
                "examples": {"example": {"value": CASE()}},
            },
            "application/toml": {"schema": {"type": "string"}, "examples": {"example": {"value": CASE_TOML()}}},
            EXCEL: {"schema": {"type": "string", "contentMediaType": EXCEL}},
        },
    }


def _report_body(words: Any) -> Plain:
    content = {"schema": {"$ref": "#/components/schemas/Reports"}, "examples": {"example": {"value": REPORTS()}}}
    text = words["operation"]["report_observations"]["body"]
    return {"description": text, "required": True, "content": {"application/json": content}}


def _report_schemas() -> Plain:
    schema = Reports.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Reports": schema}


def _problem() -> tuple[Plain, Plain]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    return schema, schema.pop("$defs")


def _case_schemas() -> Plain:
    """Return the published schema of a case, with what it refers to beside it where OpenAPI looks."""
    schema = case_schema(vocabulary())
    inner = {f"Case-{name}": each for name, each in schema.pop("$defs").items()}
    own = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
    text = json.dumps({"Case": own, **inner}).replace('"#/$defs/', '"#/components/schemas/Case-')
    moved: Plain = json.loads(text)
    return moved
