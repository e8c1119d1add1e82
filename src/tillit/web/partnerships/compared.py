"""What can be laid side by side before a partnership is founded: the legal models, and the five reference cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.references import references as reference_data
from tillit.apps.partnerships.templates import template, templates
from tillit.web.language import tongue
from tillit.web.partnerships.entered import asker
from tillit.web.partnerships.models_told import side_by_side
from tillit.web.partnerships.references_told import lessons, questions

FIRST, SECOND = "huvudoverenskommelse", "konsortialavtal"
"""What is laid side by side when nothing is chosen: the report's idea, and the model that it asks whether fits (R3)."""


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    lang, actor = tongue(), asker(request)
    chosen = tuple(
        found
        for asked, usual in ((request.GET.get("a", ""), FIRST), (request.GET.get("b", ""), SECOND))
        if (found := template(asked) or template(usual)) is not None
    )
    context = {
        "choices": [(each.code, each.name.said(lang)) for each in templates()],
        "chosen": [(each.code, each.name.said(lang)) for each in chosen],
        "rows": side_by_side(chosen, lang),
        "founds": actor is not None and bool(actor.roles & SPEAKS),
    }
    return render(request, "partnerships/models.html", context)


@require_safe
def references(request: HttpRequest) -> HttpResponse:
    lang = tongue()
    context = {"cases": reference_data().cases, "questions": questions(lang), "lessons": lessons(lang)}
    return render(request, "partnerships/references.html", context)
