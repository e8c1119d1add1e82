"""The steps of the guided check. The case travels with the page, in a hidden field; nothing is kept.

These posts carry no CSRF token, which would need a cookie: they change nothing that another site could want changed.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tillit.core.errors import BadInput
from tillit.exchange.guide_walk import ANSWER, walk
from tillit.web.check.views import answer_of
from tillit.web.guide import pages
from tillit.web.guide.live import live_parts
from tillit.web.guide.show import broken, step_page
from tillit.web.language import tongue


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    target = pages.STEP_OF.get(slug)
    if target is None or target == ANSWER:
        raise Http404
    if request.method != "POST":
        return redirect("check:upload")
    live = bool(request.headers.get("HX-Request"))
    try:
        shown = walk(request.POST.dict(), target, as_of=localdate(), lang=tongue(), live=live)
        if live:
            return live_parts(request, shown)
        return answer_of(request, shown) if shown.step == ANSWER else step_page(request, shown)
    except BadInput as bad:
        return broken(request, bad)
