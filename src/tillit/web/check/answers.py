"""A case made into what the pages and the downloads hold."""

import json
from datetime import date
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.text import slugify

from tillit.core.errors import BadInput
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.values import OUTCOMES
from tillit.core.rulebook.write_case import dump_case
from tillit.core.text import personal_number_in
from tillit.exchange.answer import answer
from tillit.exchange.cards import words
from tillit.exchange.summary import Share, summary
from tillit.exchange.words import problem_text
from tillit.exchange.written import as_toml

Lang = Literal["sv", "en"]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(case: Case, som: str, lang: Lang, *, as_of: date) -> dict[str, Any]:
    """Return what the answer page shows of a case, asked for `som`.

    :raises BadInput: no edition of the rules was in force on the case's days
    """
    check = check_case(case, as_of=as_of)
    told = summary(answer(check, lang=lang, asked=som, everything=True), lang=lang)
    worst = OUTCOMES[check.outcome()]
    everyone = Share("all", words(lang)["bearer"]["all"], worst, words(lang)["outcome"][worst])
    return {
        "summary": told,
        "shares": (everyone, *told.shares) if told.shares else (),
        "som": som,
        "starts_on": case.starts_on,
        "ends_on": case.ends_on,
        "case_json": case_json(case).decode(),
    }


def case_json(case: Case) -> bytes:
    """Return a case as the JSON file that a person takes home and can send in again."""
    return json.dumps(dump_case(case), ensure_ascii=False, indent=1).encode()


FORMS = ("json", "toml", "xlsx")
"""The forms in which a case is taken home."""


def case_file(case: Case, form: str = "json", lang: Lang = "sv") -> HttpResponse:
    """Return a case as a file of one of the forms; all of them can be sent in again."""
    from tillit.exchange.template import filled

    name = f"{_file_name(case)}.{form}"
    if form == "toml":
        return _download(as_toml(case).encode(), "application/toml; charset=utf-8", name)
    if form == "xlsx":
        return _download(filled(case, lang), EXCEL, name)
    return _download(case_json(case), "application/json; charset=utf-8", name)


def protocol(case: Case, som: str, lang: Lang, *, as_of: date) -> HttpResponse:
    """Return the protocol of a case as PDF, with the case inside.

    :raises BadInput: no edition of the rules was in force on the case's days
    """
    from tillit.exchange.protocol import pdf

    told = answer(check_case(case, as_of=as_of), lang=lang, asked=som, everything=True)
    return _download(pdf(told, case_json(case), lang=lang), "application/pdf", f"protokoll-{_file_name(case)}.pdf")


def template(lang: Lang) -> HttpResponse:
    """Return the empty Excel template in a language."""
    from tillit.exchange.template import workbook

    name = "tillit-template.xlsx" if lang == "en" else "tillit-mall.xlsx"
    return _download(workbook(lang), EXCEL, name)


def problems(bad: BadInput, lang: Lang) -> list[dict[str, str]]:
    """Return every problem once, with where it is and what it is; a place never repeats a personal number."""
    told = [
        {
            "file": problem.file or "",
            "place": "…" if personal_number_in(problem.place) else problem.place,
            "says": problem_text(problem, lang),
        }
        for problem in bad.problems
    ]
    return [each for number, each in enumerate(told) if each not in told[:number]]


def _file_name(case: Case) -> str:
    return slugify(case.title)[:60] or "samverkan"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
