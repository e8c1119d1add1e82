"""What every answer below /api/ has in common, whoever made it: errors as problems, open to scripts of any origin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tillit.api.v1.problems import MEDIA_TYPE, of_status

PREFIX = "/api/"
METHODS = "GET, HEAD, POST, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
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
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method == "HEAD":
            request.method = "GET"
            return _without_body(_as_problem(request, self.get_response(request)))
        return _as_problem(request, self.get_response(request))


def _as_problem(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code < 400 or answer["Content-Type"] == MEDIA_TYPE:
        return answer
    problem = of_status(request, answer.status_code)
    if "Allow" in answer:
        problem["Allow"] = ", ".join(sorted({*answer["Allow"].split(", "), "OPTIONS"} | _head(answer["Allow"])))
    return problem


def _head(allowed: str) -> set[str]:
    return {"HEAD"} if "GET" in allowed else set()


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    if isinstance(answer, HttpResponse):
        length = len(answer.content)
        answer.content = b""
        answer["Content-Length"] = str(length)
    return answer
