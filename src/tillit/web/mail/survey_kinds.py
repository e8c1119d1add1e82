"""The mail that asks somebody to answer a survey: one link, which works once."""

from datetime import datetime

from tillit.apps.followup.actions.surveys import token_of
from tillit.apps.followup.models import SurveyInvitation
from tillit.apps.outbox.models import Message
from tillit.apps.parties.conditions import day_of
from tillit.web.mail.letter import Letter, NotNeeded, link_to


def asked(message: Message, at: datetime) -> Letter:
    """Return the question to take part. :raises NotNeeded: it has been answered, or the survey has closed"""
    rows = SurveyInvitation.objects.select_related("survey__partnership")
    found = rows.get(pk=message.context["invitation"])
    if found.is_used or found.survey.status != "open" or found.survey.closes_on <= day_of(at):
        raise NotNeeded
    context = {"survey": found.survey, "link": link_to("followup:survey_answer", token_of(found))}
    return Letter("mail/survey.txt", context)


SURVEY_KINDS = {"survey": asked}
