"""A step as a page, or the case as a file where the step was asked for that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from tillit.core.errors import BadInput
from tillit.exchange.guide_walk import START, Shown
from tillit.web.check import answers
from tillit.web.guide import pages
from tillit.web.language import tongue


def step_page(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Return the page of a step; 422 where something typed there cannot be used."""
    if shown.posted.get("do") == "file" and not shown.slips and shown.case is not None:
        return answers.case_file(shown.case)
    template = "guide/start.html" if shown.step == START else "guide/step.html"
    context = pages.context(shown, tongue(), as_of=localdate())
    return render(request, template, context, status=422 if shown.slips else 200)


def broken(request: HttpRequest, bad: BadInput) -> HttpResponse:
    """Return the page that says that the case which came with a page cannot be used."""
    return render(request, "guide/broken.html", {"problems": answers.problems(bad, tongue())}, status=422)
