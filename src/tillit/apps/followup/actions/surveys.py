"""A survey is written, people are asked, it opens and closes; somebody answers, and nothing says who (R21).

An answer is kept without its giver, its time and its invitation, and no act of answering is written in the ledger: the
two beside each other would tell who said what.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, refuse_personal_numbers
from tillit.apps.followup.models import Indicator, Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion
from tillit.apps.outbox import actions as outbox
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import holders_of
from tillit.apps.partnerships.access import SPEAKS
from tillit.apps.partnerships.models import CURRENT, Membership, Partnership
from tillit.apps.partnerships.occurring import seated
from tillit.core.indicators.rubric import LEVELS
from tillit.core.indicators.survey import FEWEST

SALT = "tillit.survey"
SEATED, SPEAKERS = "seated", "speakers"
MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What is said of a survey: it is open from `opens_on`, and until the day before `closes_on`."""

    title: str
    opens_on: date
    closes_on: date
    purpose: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to take a stand on, and what the lowest and the highest level mean."""

    text: str
    low: str
    high: str


@transaction.atomic
def write_survey(*, partnership: Partnership, facts: SurveyFacts, by: Person, at: datetime) -> Survey:
    """Return a survey in draft.

    :raises Refused: it has no title, closes before it opens, or its indicator is not described in levels
    """
    refuse_personal_numbers(title=facts.title, purpose=facts.purpose)
    if not facts.title.strip():
        raise Refused(_("Skriv vad enkäten heter."), field="title")
    if facts.closes_on <= facts.opens_on:
        raise Refused(_("Enkäten stänger innan den öppnar. Rätta en av dagarna."), field="closes_on")
    if facts.indicator is not None and not _is_described(facts.indicator, partnership):
        raise Refused(_("Välj en indikator med beskrivna nivåer i samma partnerskap."), field="indicator")
    made = Survey.objects.create(
        partnership=partnership,
        title=facts.title.strip(),
        purpose=facts.purpose.strip(),
        opens_on=facts.opens_on,
        closes_on=facts.closes_on,
        indicator=facts.indicator,
        created_by=by,
        created_at=at,
    )
    audit.note("followup.survey.written", subject=made, by=by, at=at)
    return made


@transaction.atomic
def ask(*, survey: Survey, asked: Asked, by: Person, at: datetime) -> SurveyQuestion:
    """Return a question that was added to a draft.

    :raises Refused: the survey is open, the question says nothing, or there are too many
    """
    current = _draft(survey)
    refuse_personal_numbers(text=asked.text, low=asked.low, high=asked.high)
    for field in ("text", "low", "high"):
        if not getattr(asked, field).strip():
            raise Refused(_("Det här behövs. Fyll i fältet."), field=field)
    there = list(current.questions.values_list("number", flat=True))
    if len(there) >= MOST_QUESTIONS:
        raise Refused(_("En enkät har högst tjugo frågor. Ta bort någon först."), field="text")
    made = SurveyQuestion.objects.create(
        survey=current,
        number=max(there, default=0) + 1,
        text=asked.text.strip(),
        low=asked.low.strip(),
        high=asked.high.strip(),
    )
    audit.note("followup.survey.question_added", subject=current, by=by, at=at)
    return made


@transaction.atomic
def drop_question(*, question: SurveyQuestion, by: Person, at: datetime) -> None:
    """Take a question out of a draft.

    :raises Refused: the survey is open
    """
    current = _draft(question.survey)
    SurveyQuestion.objects.filter(pk=question.pk, survey=current).delete()
    audit.note("followup.survey.question_dropped", subject=current, by=by, at=at)


@transaction.atomic
def invite(*, survey: Survey, whom: str, by: Person, at: datetime) -> int:
    """Return how many were added to those who may answer: who sits in an organ, or who speaks for a party.

    Somebody who is there already is not asked twice. A group is the kind of their organisation.

    :raises Refused: the survey is not a draft, or `whom` is neither
    """
    current, today = _draft(survey), day_of(at)
    if whom not in (SEATED, SPEAKERS):
        raise Refused(_("Välj vilka som ska tillfrågas."), field="whom")
    found = _seated(current.partnership, today) if whom == SEATED else _speakers(current.partnership, today)
    there = set(current.invitations.values_list("person", flat=True))
    new = {person.pk: (person, organisation) for person, organisation in found if person.pk not in there}
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=current, person=person, organisation=organisation, group=organisation.kind)
        for person, organisation in new.values()
    )
    audit.note("followup.survey.invited", subject=current, by=by, at=at, whom=whom, people=len(new))
    return len(new)


@transaction.atomic
def open_survey(*, survey: Survey, by: Person, at: datetime) -> Survey:
    """Let a survey be answered, and write to those who may.

    :raises Refused: it has no question, its last day has passed, or too few are asked for any answer to be shown
    """
    current = _draft(survey)
    if not current.questions.exists():
        raise Refused(_("Enkäten har ingen fråga än. Lägg till en."))
    if current.closes_on <= day_of(at):
        raise Refused(_("Enkätens sista dag har varit. Skriv en ny."))
    people = list(current.invitations.select_related("person__user").order_by("pk"))
    if len(people) < FEWEST:
        raise Refused(_("Minst fem behöver tillfrågas: färre svar än fem visas aldrig. Lägg till fler."))
    current.status = "open"
    current.save(update_fields=["status"])
    for each in people:
        if each.person is not None:
            context = {"invitation": str(each.pk)}
            not_before = max(at, datetime.combine(current.opens_on, at.timetz()))
            outbox.write(
                key=f"survey:{each.pk}", kind="survey", to=each.person, context=context, at=at, not_before=not_before
            )
    audit.note("followup.survey.opened", subject=current, by=by, at=at, people=len(people))
    return current


@transaction.atomic
def close_survey(*, survey: Survey, by: Person | None, at: datetime) -> Survey:
    """Close a survey that is open: then its result is shown, and nobody answers any more.

    :raises Refused: it is not open
    """
    current = Survey.objects.select_for_update().get(pk=survey.pk)
    if current.status != "open":
        raise Refused(_("Enkäten är inte öppen. Läs in sidan igen."))
    current.status = "closed"
    current.save(update_fields=["status"])
    outbox.call_off(at=at, keys=[f"survey:{key}" for key in current.invitations.values_list("pk", flat=True)])
    audit.note("followup.survey.closed", subject=current, by=by, at=at)
    return current


def close_due(*, at: datetime, today: date) -> int:
    """Return how many surveys were closed whose last day has passed, so that their results are shown. Again is as once.

    One query, and some for each that is closed.
    """
    due = Survey.objects.filter(status="open", closes_on__lte=today).order_by("pk")
    return len([close_survey(survey=each, by=None, at=at) for each in due])


def token_of(invitation: SurveyInvitation) -> str:
    """Return the signed token of an invitation, for its address. It holds the invitation's key and nothing else."""
    return signing.Signer(salt=SALT).sign_object(str(invitation.pk))


def invitation_of(token: str, today: date) -> SurveyInvitation:
    """Return the invitation that a token names, if it can be answered. Opening it uses nothing up.

    :raises Refused: the token is not ours, the survey is not open that day, or it has been answered
    """
    try:
        key = uuid.UUID(signing.Signer(salt=SALT).unsign_object(token))
        found = SurveyInvitation.objects.select_related("survey__partnership").get(pk=key)
    except (signing.BadSignature, ValueError, SurveyInvitation.DoesNotExist):
        raise Refused(_("Länken går inte att använda. Öppna den direkt från brevet, hel och hållen.")) from None
    _refuse_unanswerable(found, found.survey, today)
    return found


@transaction.atomic
def answer_survey(*, token: str, levels: Mapping[int, int | None], today: date) -> int:
    """Return how many questions were answered. `levels`: a level from 0 to 4 for each question's number, None: none.

    It is answered once. Nothing is noted of who answered what, or when.

    :raises Refused: as `invitation_of`, a level is none, or nothing is answered at all
    """
    found = invitation_of(token, today)
    survey = Survey.objects.select_for_update().get(pk=found.survey_id)
    current = SurveyInvitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    _refuse_unanswerable(current, survey, today)
    given = {number: level for number, level in levels.items() if level is not None}
    if any(level not in LEVELS for level in given.values()):
        raise Refused(_("Välj en av nivåerna från 0 till 4."))
    if not given:
        raise Refused(_("Inget är besvarat än. Välj en nivå på minst en fråga."))
    questions = {each.number: each for each in survey.questions.all()}
    rows = [
        SurveyAnswer(question=questions[number], group=current.group, level=level)
        for number, level in given.items()
        if number in questions
    ]
    SurveyAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    SurveyInvitation.objects.filter(pk=current.pk).update(is_used=True)
    return len(rows)


def _refuse_unanswerable(invitation: SurveyInvitation, survey: Survey, today: date) -> None:
    if survey.status == "draft" or survey.opens_on > today:
        raise Refused(_("Enkäten har inte öppnat än."))
    if survey.status == "closed" or survey.closes_on <= today:
        raise Refused(_("Enkäten har stängt. Svaren visas på partnerskapets sida."))
    if invitation.is_used:
        raise Refused(_("Du har redan svarat. Svaret är inte kopplat till dig, så det går inte att ändra."))


def _draft(survey: Survey) -> Survey:
    current = Survey.objects.select_for_update().get(pk=survey.pk)
    if current.status != "draft":
        raise Refused(_("Enkäten har öppnat och ändras inte mer. Skriv en ny."))
    return current


def _is_described(indicator: Indicator, partnership: Partnership) -> bool:
    return indicator.partnership_id == partnership.pk and indicator.versions.filter(kind="qualitative").exists()


def _seated(partnership: Partnership, today: date) -> Iterable[tuple[Person, Organisation]]:
    rows = seated(today).filter(seat__organ__partnership=partnership, person__isnull=False)
    for row in rows.select_related("person", "organisation").order_by("pk"):
        if row.organisation is not None:
            yield row.person, row.organisation


def _speakers(partnership: Partnership, today: date) -> Iterable[tuple[Person, Organisation]]:
    holding = (Q(ends_on__isnull=True) | Q(ends_on__gt=today)) & Q(starts_on__lte=today)
    members = Membership.objects.filter(CURRENT, holding, partnership=partnership).exclude(role="observer")
    for member in members.select_related("organisation").order_by("pk"):
        for holder in holders_of(member.organisation, SPEAKS, today):
            yield holder.person, member.organisation
