"""Surveys of trust and collaboration. An answer holds neither who gave it, nor their token, nor when."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.indicators import LEVEL, Indicator
from tillit.apps.followup.models.words import SURVEY_STATUS
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import Partnership


class Survey(models.Model):
    """Questions answered on levels from 0 to 4. `indicator`: the qualitative indicator that the result is taken to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="surveys")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    status = models.CharField(max_length=10, choices=list(SURVEY_STATUS.items()), default="draft")
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opens_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_survey_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lt=models.F("closes_on")), name="a_survey_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """A statement that is answered with a level; `low` and `high` are the words at 0 and 4."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    low = models.CharField(max_length=80)
    high = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("survey", "number", name="a_question_number_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_question_asks_something"),
        ]

    def __str__(self) -> str:
        return self.text


class SurveyInvitation(models.Model):
    """Somebody who may answer once. `group`: the code that answers are grouped by (the kind of organisation).

    That it is used is all that is known of what came of it: nothing ties it to its answers, and it has no time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=40)
    is_used = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=models.Q(person__isnull=False), name="asked_once_in_a_survey"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.group}"


class SurveyAnswer(models.Model):
    """A level for a question from somebody of a group. No token, no person, no time, and a key that tells no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="answers")
    group = models.CharField(max_length=40)
    level = LEVEL()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(level__lte=4), name="an_answer_is_at_most_four"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.level}"
