"""The steps of the guided check. The case travels with the page, in a hidden field; nothing is kept.

These posts carry no CSRF token, which would need a cookie: they change nothing that another site could want changed.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tillit.core.errors import BadInput
from tillit.exchange.guide_walk import ANSWER, START, Shown, walk
from tillit.web.check import answers
from tillit.web.guide import pages
from tillit.web.guide.live import live_parts
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
        return show(request, shown)
    except BadInput as bad:
        return broken(request, bad)


def show(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Return the page of a step, or the case as a file where the step was asked for that."""
    if shown.posted.get("do") == "file" and not shown.slips and shown.case is not None:
        return answers.case_file(shown.case)
    if shown.step == ANSWER:
        from tillit.web.check.views import answer_page

        assert shown.case is not None
        return answer_page(request, shown.case, "all", posted=shown.posted, slips=shown.slips)
    template = "guide/start.html" if shown.step == START else "guide/step.html"
    context = pages.context(shown, tongue(), as_of=localdate())
    return render(request, template, context, status=422 if shown.slips else 200)


def broken(request: HttpRequest, bad: BadInput) -> HttpResponse:
    """Return the page that says that the case which came with a page cannot be used."""
    return render(request, "guide/broken.html", {"problems": answers.problems(bad, tongue())}, status=422)
