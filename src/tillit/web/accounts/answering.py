"""What allauth's pages do otherwise than ours, put right around them."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def ours(view: View) -> View:
    """Return the view answering 422, not 200, where something in its form has to be put right."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if request.method == "POST" and answer.status_code == 200 and form is not None and form.errors:
            answer.status_code = 422
        return answer

    return answered


def to_provider(view: View) -> View:
    """Return the view that leads to an organisation's own sign-in, by a page that leads on at once.

    The security policy lets a form be sent to this site only, and a browser counts where an answer to a form leads as
    part of where it is sent.
    """

    @wraps(view)
    def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except RequestException:
            log.exception("The organisation's sign-in does not answer")
            return render(request, "socialaccount/authentication_error.html", {"away": True}, status=502)
        if request.method != "POST" or answer.status_code != 302:
            return answer
        leaving: HttpResponse = render(request, "socialaccount/leaving.html", {"to": answer.headers["Location"]})
        leaving.cookies.update(answer.cookies)
        return leaving

    return led
