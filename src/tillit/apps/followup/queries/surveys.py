"""Surveys of a partnership, and the result of a closed one: how answers are distributed, groups of few hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tillit.apps.followup.models import Indicator, Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion
from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.access import Acting, Sight
from tillit.apps.partnerships.models import Partnership
from tillit.core.indicators.survey import Answered, answered, by_group


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey with how many were asked and how many have answered. `mine`: one's own invitation, still to answer."""

    survey: Survey
    asked: int
    used: int
    mine: SurveyInvitation | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How a question was answered, by all and by each group, by its word. Hidden where answers are few."""

    question: SurveyQuestion
    whole: Answered
    groups: tuple[tuple[str, Answered], ...]


def may_see(sight: Sight, survey: Survey) -> bool:
    """Return whether somebody may read of a survey: as its indicator, else as a party."""
    return sight.sees(survey.indicator.openness if survey.indicator is not None else "parties")


def survey_of(partnership: Partnership, sight: Sight, key: UUID) -> SurveyRow | None:
    """Return a survey that somebody may read of, None where there is none; a draft is the office's. One query."""
    rows = Survey.objects.filter(partnership=partnership, pk=key).select_related("indicator")
    found = _counted(rows).first()
    if found is None or (found.status == "draft" and not sight.office) or not may_see(sight, found):
        return None
    return SurveyRow(found, found.asked, found.used)


def described_indicators(partnership: Partnership) -> tuple[Indicator, ...]:
    """Return the indicators that a survey can be about: those with described levels. One query."""
    return tuple(Indicator.objects.filter(partnership=partnership, versions__kind="qualitative").distinct())


def _counted(rows: "QuerySet[Survey]") -> Any:
    return rows.annotate(asked=Count("invitations"), used=Count("invitations", filter=Q(invitations__is_used=True)))


def survey_rows(partnership: Partnership, sight: Sight, actor: Acting | None, today: date) -> tuple[SurveyRow, ...]:
    """Return the surveys that somebody may read of, newest first; drafts for the office. Two queries."""
    rows = Survey.objects.filter(partnership=partnership).select_related("indicator")
    if not sight.office:
        rows = rows.exclude(status="draft")
    own = {}
    if actor is not None:
        mine = SurveyInvitation.objects.filter(
            person=actor.person,
            is_used=False,
            survey__partnership=partnership,
            survey__status="open",
            survey__opens_on__lte=today,
            survey__closes_on__gt=today,
        )
        own = {each.survey_id: each for each in mine}
    return tuple(
        SurveyRow(each, each.asked, each.used, own.get(each.pk))
        for each in _counted(rows).order_by("-opens_on", "pk")
        if each.pk in own or may_see(sight, each)
    )


def results(survey: Survey) -> tuple[QuestionResult, ...]:
    """Return the result of a closed survey, question by question. Two queries; nothing before it is closed."""
    if survey.status != "closed":
        return ()
    questions = list(survey.questions.all())
    levels: dict[int, list[tuple[str, int]]] = {each.pk: [] for each in questions}
    for row in SurveyAnswer.objects.filter(question__survey=survey).values_list("question", "group", "level"):
        levels[row[0]].append((row[1], row[2]))
    return tuple(_result(each, levels[each.pk]) for each in questions)


def _result(question: SurveyQuestion, given: Sequence[tuple[str, int]]) -> QuestionResult:
    groups: dict[str, list[int]] = {}
    for group, level in given:
        groups.setdefault(group, []).append(level)
    whole = answered([level for _group, level in given])
    shown = by_group(groups)
    named = sorted(((str(KINDS.get(group, group)), found) for group, found in shown.items()), key=lambda each: each[0])
    return QuestionResult(question, whole, tuple(named))
