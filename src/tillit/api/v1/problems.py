"""Every error as application/problem+json (RFC 9457), in the language asked for, and never with what was sent in it."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from tillit.api.v1.texts import Lang, language_of, texts
from tillit.core.errors import BadInput
from tillit.exchange import casefile
from tillit.exchange.refusal import problem_rows

MEDIA_TYPE = "application/problem+json"
TYPES = "https://tillit.example/problem/"
"""Begins the name of every kind of problem. A name, not an address: it is the same wherever Tillit runs."""

BY_STATUS = {400: "bad-request", 404: "not-found", 405: "method-not-allowed", 413: "too-large", 500: "internal"}
_UNREADABLE = ("json.", "toml.", "file.")
_NOT_A_WORKBOOK = {f"excel.{why}" for why in ("not_excel", "old", "binary", "opendocument", "locked", "damaged")}
_TOO_LARGE = {"file.too_large", "excel.too_large", "excel.too_many_cells"}
_TOO_MANY = {"file.too_many_records", "excel.too_many_rows"}

Rows = Sequence[dict[str, str]]


class Refusal(Exception):
    """A request that is answered with a problem of a named kind; `args_` fill in its words."""

    def __init__(self, status: int, name: str, problems: Rows = (), **args_: str) -> None:
        self.status, self.name, self.problems, self.args_ = status, name, problems, args_
        super().__init__(name)


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return a refusal as the answer that the caller gets."""
    lang = language_of(request)
    known = texts(lang)["problem"].get(refusal.name)
    body: dict[str, Any] = {
        "type": f"{TYPES}{refusal.name}" if known else "about:blank",
        "title": known["title"] if known else _phrase(refusal.status),
        "status": refusal.status,
        "detail": known["detail"].format(**refusal.args_) if known else "",
        "instance": request.path,
    }
    if refusal.problems:
        body["problems"] = list(refusal.problems)
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=refusal.status, content_type=MEDIA_TYPE)
    answer["Content-Language"], answer["Vary"], answer["Cache-Control"] = lang, "Accept-Language", "no-store"
    return answer


def of_status(request: HttpRequest, status: int) -> HttpResponse:
    """Return the problem of a bare HTTP status, for what Django answers before or instead of us."""
    return problem(request, Refusal(status, BY_STATUS.get(status, "")))


def refused(request: HttpRequest, error: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(error, Refusal)
    return problem(request, error)


def bad_input(request: HttpRequest, error: BadInput | type[BadInput]) -> HttpResponse:
    """Return why a case cannot be used: 413 too large, 400 cannot be read, 422 read but cannot be used."""
    assert isinstance(error, BadInput)
    rows = problem_rows(error, language_of(request))
    codes = {row["code"] for row in rows}
    if codes & _TOO_LARGE:
        return problem(request, Refusal(413, "too-large", rows))
    if codes & _TOO_MANY:
        return problem(request, Refusal(413, "too-many-records", rows, limit=str(casefile.MOST_RECORDS)))
    if any(code.startswith(_UNREADABLE) or code in _NOT_A_WORKBOOK for code in codes):
        return problem(request, Refusal(400, "unreadable", rows))
    return problem(request, Refusal(422, "refused", rows))


def bad_parameters(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    """Return which parameters cannot be used, and what they can be."""
    assert isinstance(error, ValidationError)
    lang = language_of(request)
    return problem(request, Refusal(422, "parameters", [_parameter(each, lang) for each in error.errors]))


def parameter_row(name: str, why: str, lang: Lang, **args: str) -> dict[str, str]:
    """Return one row of problems about a parameter; what was given is never repeated."""
    says = texts(lang)["parameter_problem"][why]
    return {
        "code": f"parameter.{why}",
        "place": name,
        "problem": says["problem"],
        "remedy": says["remedy"].format(**args),
    }


def _parameter(error: dict[str, Any], lang: Lang) -> dict[str, str]:
    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
    why = "choice" if error["type"] == "literal_error" else error["type"]
    name = str(error["loc"][-1])
    if why in texts(lang)["parameter_problem"]:
        return parameter_row(name, why, lang, expected=expected)
    return parameter_row(name, "invalid", lang)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)
