"""The first page: what Tillit is, how it answers, and cases to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tillit.exchange import examples
from tillit.web.check.forms import CaseFile
from tillit.web.language import tongue


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    lang = tongue()
    context = {"form": CaseFile(), "pairs": examples.pairs(lang, as_of=localdate())}
    return render(request, "start/start.html", context)
