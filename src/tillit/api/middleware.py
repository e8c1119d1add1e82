"""What every answer below /api/ has in common, whoever made it: errors as problems, open to scripts of any origin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tillit.api.v1.problems import MEDIA_TYPE, of_status

PREFIX = "/api/"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
Answering = Callable[[HttpRequest], HttpResponseBase]


class ApiAnswers:
    """Stands first among the middleware, so that also what the others refuse is answered as a problem."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        answer = self._answer(request)
        for name, value in OPEN.items():
            answer[name] = value
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        answer = self.get_response(request)
        allowed = _allowed(answer)
        if asked == "OPTIONS" and allowed:
            methods = {"Allow": allowed, "Access-Control-Allow-Methods": allowed}
            return HttpResponse(status=204, headers={**PREFLIGHT, **methods})
        answer = _as_problem(request, answer, allowed)
        return _without_body(answer) if asked == "HEAD" else answer


def _allowed(answer: HttpResponseBase) -> str:
    """Return the methods of an address, from the answer that refuses another; "" when it refuses none."""
    if "Allow" not in answer:
        return ""
    methods = {*answer["Allow"].split(", "), "OPTIONS"}
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


def _as_problem(request: HttpRequest, answer: HttpResponseBase, allowed: str) -> HttpResponseBase:
    if answer.status_code < 400 or answer["Content-Type"] == MEDIA_TYPE:
        return answer
    problem = of_status(request, answer.status_code)
    if allowed:
        problem["Allow"] = allowed
    return problem


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        length = len(answer.content)
        answer.content = b""
        answer["Content-Length"] = str(length)
    return answer
