"""Send in a case, or choose an example, and read the answer.

Nothing is kept: a case that was sent in travels with the page, in a hidden field, to the protocol and the saved file.
That is why these posts carry no CSRF token, which would need a cookie: they change nothing that another site could
want changed.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tillit.core.errors import BadInput
from tillit.core.rulebook.check import ASKED
from tillit.core.rulebook.facts import Case
from tillit.exchange import casefile, examples
from tillit.exchange.guide_form import of_case
from tillit.exchange.guide_walk import ANSWER, START, Shown, walk
from tillit.web.check import answers, judging
from tillit.web.check.forms import CaseAgain, CaseFile
from tillit.web.guide import pages
from tillit.web.guide.show import broken, step_page
from tillit.web.language import tongue


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "guide/start.html", _first(request))
    form = CaseFile(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "check/upload.html", {"form": form}, status=422)
    file = form.cleaned_data["file"]
    try:
        case = casefile.read(file.read(), file.name, lang=tongue())
        return _answer(request, case, "all")
    except BadInput as bad:
        return _refused(request, bad)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("check:upload")
    try:
        if "from" in request.POST:
            return _walked(request)
        case, som = _sent(request)
        return _answer(request, case, som)
    except BadInput as bad:
        return broken(request, bad) if "from" in request.POST else _refused(request, bad)


@csrf_exempt
@require_POST
def protocol(request: HttpRequest) -> HttpResponse:
    try:
        case, som = _sent(request)
        return answers.protocol(case, som, tongue(), as_of=localdate())
    except BadInput as bad:
        return _refused(request, bad)


@csrf_exempt
@require_POST
def case_file(request: HttpRequest, form: str = "json") -> HttpResponse:
    try:
        case, _ = _sent(request)
    except BadInput as bad:
        return _refused(request, bad)
    return answers.case_file(case, form, tongue())


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return answers.template(tongue())


@require_safe
def example(request: HttpRequest, slug: str) -> HttpResponse:
    case = _example(slug)
    som = request.GET.get("som", "all")
    if som not in ASKED:
        raise Http404
    return _answer(request, case, som, slug=slug)


@require_safe
def example_protocol(request: HttpRequest, slug: str) -> HttpResponse:
    som = request.GET.get("som", "all")
    if som not in ASKED:
        raise Http404
    return answers.protocol(_example(slug), som, tongue(), as_of=localdate())


@require_safe
def example_file(request: HttpRequest, slug: str) -> HttpResponse:
    return answers.case_file(_example(slug))


def _example(slug: str) -> Case:
    if slug not in examples.index():
        raise Http404
    return examples.case_of(slug)


def _sent(request: HttpRequest) -> tuple[Case, str]:
    """Return the case that came with the page, and for whom it is asked.

    :raises BadInput: the field is missing or has been tampered with
    """
    form = CaseAgain(request.POST)
    form.is_valid()
    text = form.cleaned_data.get("case", "")
    return casefile.read(text.encode("utf-8", "replace"), "fil.json", lang=tongue()), form.cleaned_data.get(
        "som"
    ) or "all"


def _walked(request: HttpRequest) -> HttpResponse:
    """Return the answer to what a step of the guided check, or the judgements on the answer's page, came with."""
    shown = walk(request.POST.dict(), ANSWER, as_of=localdate(), lang=tongue())
    return answer_of(request, shown) if shown.step == ANSWER else step_page(request, shown)


def answer_of(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Return the answer's page at the end of the guided check."""
    assert shown.case is not None, "there is no answer before there is a case"
    return _answer(request, shown.case, CaseAgain.som_of(request.POST), shown=shown)


def _answer(request: HttpRequest, case: Case, som: str, *, slug: str = "", shown: Shown | None = None) -> HttpResponse:
    context = answers.page(case, som, tongue(), as_of=localdate())
    context |= judging.context(case, shown, tongue(), as_of=localdate())
    context |= {"slug": slug, "pair": examples.neighbours(slug, tongue()) if slug else ()}
    return render(request, "check/answer.html", context, status=422 if context["slips"] else 200)


def _first(request: HttpRequest) -> dict[str, Any]:
    pairs = examples.pairs(tongue(), as_of=localdate())
    starters = [(pair.case.slug, pair.case.title) for pair in pairs]
    shown = Shown(START, None, of_case({}, tongue()))
    return {"form": CaseFile(), "starters": starters, **pages.first(shown, tongue(), as_of=localdate())}


def _refused(request: HttpRequest, bad: BadInput) -> HttpResponse:
    context = {"form": CaseFile(), "problems": answers.problems(bad, tongue())}
    return render(request, "check/upload.html", context, status=422)
