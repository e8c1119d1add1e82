"""Surveys of a partnership: the list, one with its result, and the page where somebody answers by a link."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.apps.errors import Refused
from tillit.apps.followup.actions import surveys as acts
from tillit.apps.followup.models import Survey, SurveyInvitation
from tillit.apps.followup.queries.surveys import described_indicators, results, survey_of, survey_rows
from tillit.web.followup import survey_forms as forms
from tillit.web.followup.survey_told import told
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import enter

both = require_http_methods(["GET", "HEAD", "POST"])


@both
def surveys(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    rows = survey_rows(here.partnership, here.sight, here.actor, here.today)
    listed = [(each, acts.token_of(each.mine) if each.mine is not None else "") for each in rows]
    open_now = sum(each.survey.status == "open" for each in rows)
    deeds = {}
    if request.method == "POST" or here.sight.office:
        actor = here.run()
        described = {str(each.pk): each for each in described_indicators(here.partnership)}

        def write(said: dict[str, Any]) -> None:
            facts = acts.SurveyFacts(**{**said, "indicator": described.get(said["indicator"])})
            acts.write_survey(partnership=here.partnership, facts=facts, by=actor.person, at=now())

        named = [(key, each.name) for key, each in described.items()]
        form = partial(forms.SurveyForm, indicators=named, initial={"opens_on": here.today})
        deeds["write"] = Deed(form, write, _("Enkäten är upplagd som utkast. Lägg till frågor på dess sida."))
    to = reverse("followup:surveys", args=[slug])
    return answer(
        request, "followup/surveys.html", {**here.context, "rows": listed, "open_now": open_now}, deeds, to=to
    )


@both
def survey(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    row = survey_of(here.partnership, here.sight, key)
    if row is None:
        raise Http404
    found = row.survey
    deeds = _deeds(found, here.run().person) if request.method == "POST" or here.sight.office else {}
    context = {
        "survey": found,
        "questions": list(found.questions.all()),
        "asked": row.asked,
        "used": row.used,
        "results": [told(each) for each in results(found)],
    }
    to = reverse("followup:survey", args=[slug, key])
    return answer(request, "followup/survey.html", {**here.context, **context}, deeds, to=to)


def _deeds(found: Survey, person: Any) -> dict[str, Deed]:
    asked: dict[str, Any] = {"by": person, "at": now()}
    if found.status == "open":
        close = Deed(forms.EmptyForm, lambda _said: acts.close_survey(survey=found, **asked), _("Enkäten är stängd."))
        return {"close": close}
    if found.status == "closed":
        return {}
    questions = {str(each.pk): each for each in found.questions.all()}
    deeds = {
        "ask": Deed(
            forms.AskedForm,
            lambda said: acts.ask(survey=found, asked=acts.Asked(**said), **asked),
            _("Enkätfrågan är tillagd."),
        ),
        "invite": Deed(
            forms.InviteForm,
            lambda said: acts.invite(survey=found, **said, **asked),
            _("De är med bland de tillfrågade."),
        ),
        "open": Deed(
            forms.EmptyForm,
            lambda _said: acts.open_survey(survey=found, **asked),
            _("Enkäten är öppen, och breven är på väg."),
        ),
    }
    if questions:
        deeds["drop"] = Deed(
            partial(forms.DropForm, questions=questions.values()),
            lambda said: acts.drop_question(question=questions[said["question"]], **asked),
            _("Frågan är borttagen."),
        )
    return deeds


@never_cache
@both
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by the link in a letter: without signing in, once, and without anything that tells who."""
    today = localdate()
    try:
        found = acts.invitation_of(token, today)
    except Refused as refused:
        return render(request, "approvals/link_refused.html", {"why": refused.message}, status=410)
    questions = list(found.survey.questions.all())
    form = forms.AnswerForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            acts.answer_survey(token=token, levels=form.levels(), today=today)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return _thanks(request, found)
    wrong = form if form.errors else None
    context = {"survey": found.survey, "form": form, "wrong": wrong}
    return render(request, "followup/survey_answer.html", context, status=422 if wrong else 200)


def _thanks(request: HttpRequest, found: SurveyInvitation) -> HttpResponse:
    return render(request, "followup/survey_thanks.html", {"survey": found.survey})
