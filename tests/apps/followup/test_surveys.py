"""A survey is answered once by each, and nothing that is kept says who answered what."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from django.db import IntegrityError

from tests import world
from tests.following import Followed
from tests.partnering import NOW, START, there
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions import surveys as acts
from tillit.apps.followup.models import Survey, SurveyAnswer, SurveyInvitation
from tillit.apps.followup.queries.surveys import results, survey_rows
from tillit.apps.outbox.models import Message
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import Appointment

OPENS, CLOSES = date(2026, 8, 1), date(2026, 9, 1)
TODAY, LATER = date(2026, 8, 3), datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
numbers = count(1)


@pytest.fixture
def followed(db):
    return Followed()


def survey(followed, questions=1, **facts):
    usual = {"title": "Tillit mellan parterna", "opens_on": OPENS, "closes_on": CLOSES}
    made = acts.write_survey(
        partnership=followed.partnership, facts=acts.SurveyFacts(**{**usual, **facts}), by=followed.founder, at=NOW
    )
    for number in range(questions):
        asked = acts.Asked(f"Vi litar på varandra {number}", "inte alls", "helt")
        acts.ask(survey=made, asked=asked, by=followed.founder, at=NOW)
    return made


def seated(followed, many, organisation=None):
    organ = followed.organ(name=f"Organ {next(numbers)}", seats=many)
    for seat in organ.seats.all():
        person = world.person(f"Person {next(numbers)}", organisation=organisation or followed.region)
        Appointment.objects.create(
            seat=seat, person=person, organisation=organisation or followed.region, starts_on=START, recorded_at=NOW
        )


def opened(followed, made, many=5):
    seated(followed, many)
    acts.invite(survey=made, whom=acts.SEATED, by=followed.founder, at=NOW)
    acts.open_survey(survey=made, by=followed.founder, at=NOW)
    return [acts.token_of(each) for each in made.invitations.order_by("pk")]


def test_an_answer_holds_neither_giver_nor_time_nor_link(followed):
    made = survey(followed)
    tokens = opened(followed, made)
    acts.answer_survey(token=tokens[0], levels={1: 3}, today=TODAY)
    assert {field.name for field in SurveyAnswer._meta.get_fields()} == {"id", "question", "group", "level"}
    assert not Act.objects.filter(action__contains="answered").exists()
    used = SurveyInvitation.objects.get(is_used=True)
    assert {field.name for field in SurveyInvitation._meta.get_fields()} == {
        "id",
        "survey",
        "person",
        "organisation",
        "group",
        "is_used",
    }
    assert used.pk != SurveyAnswer.objects.get().pk


def test_one_answers_once(followed):
    made = survey(followed)
    tokens = opened(followed, made)
    acts.answer_survey(token=tokens[0], levels={1: 3}, today=TODAY)
    with pytest.raises(Refused, match="redan svarat"):
        acts.answer_survey(token=tokens[0], levels={1: 0}, today=TODAY)
    assert SurveyAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("levels", "says"), [({1: 5}, "från 0 till 4"), ({1: -1}, "från 0 till 4"), ({1: None}, "Inget"), ({}, "Inget")]
)
def test_what_is_no_answer_is_refused_and_the_link_is_left(followed, levels, says):
    made = survey(followed)
    tokens = opened(followed, made)
    with pytest.raises(Refused, match=says):
        acts.answer_survey(token=tokens[0], levels=levels, today=TODAY)
    assert not SurveyAnswer.objects.exists()
    assert not SurveyInvitation.objects.filter(is_used=True).exists()


def test_a_link_that_is_not_ours_or_out_of_its_time_is_refused(followed):
    made = survey(followed)
    tokens = opened(followed, made)
    for token, day, says in (
        (tokens[0] + "x", TODAY, "inte att använda"),
        ("", TODAY, "inte att använda"),
        (tokens[0], date(2026, 7, 31), "inte öppnat"),
        (tokens[0], CLOSES, "har stängt"),
    ):
        with pytest.raises(Refused, match=says):
            acts.invitation_of(token, day)


def test_groups_of_few_are_hidden_also_from_those_who_subtract(followed):
    made = survey(followed)
    seated(followed, 6, followed.university)
    seated(followed, 5, followed.patients)
    seated(followed, 2, followed.company)
    acts.invite(survey=made, whom=acts.SEATED, by=followed.founder, at=NOW)
    acts.open_survey(survey=made, by=followed.founder, at=NOW)
    for each in made.invitations.all():
        acts.answer_survey(token=acts.token_of(each), levels={1: 2}, today=TODAY)
    assert results(made) == ()
    acts.close_survey(survey=made, by=followed.founder, at=LATER)
    made.refresh_from_db()
    (found,) = results(made)
    assert (found.whole.answers, found.whole.level) == (13, 2)
    shown = {name: each.answers for name, each in found.groups}
    assert sorted(shown.values(), key=str) == [6, None, None]


def test_fewer_than_five_answers_in_all_are_not_shown(followed):
    made = survey(followed)
    tokens = opened(followed, made)
    for token in tokens[:4]:
        acts.answer_survey(token=token, levels={1: 4}, today=TODAY)
    acts.close_survey(survey=made, by=followed.founder, at=LATER)
    made.refresh_from_db()
    assert there(results(made)[0]).whole.is_hidden


def test_a_survey_that_asks_too_few_or_nothing_is_not_opened(followed):
    made = survey(followed, questions=0)
    with pytest.raises(Refused, match="ingen fråga"):
        acts.open_survey(survey=made, by=followed.founder, at=NOW)
    acts.ask(survey=made, asked=acts.Asked("Vi litar", "inte", "helt"), by=followed.founder, at=NOW)
    seated(followed, 4)
    acts.invite(survey=made, whom=acts.SEATED, by=followed.founder, at=NOW)
    with pytest.raises(Refused, match="Minst fem"):
        acts.open_survey(survey=made, by=followed.founder, at=NOW)
    assert Survey.objects.get().status == "draft"


def test_an_open_survey_is_changed_no_more(followed):
    made = survey(followed)
    opened(followed, made)
    for act in (
        lambda: acts.ask(survey=made, asked=acts.Asked("Till", "0", "4"), by=followed.founder, at=NOW),
        lambda: acts.invite(survey=made, whom=acts.SPEAKERS, by=followed.founder, at=NOW),
        lambda: acts.drop_question(question=made.questions.get(), by=followed.founder, at=NOW),
    ):
        with pytest.raises(Refused, match="ändras inte mer"):
            act()


def test_each_is_asked_once_and_written_to_once(followed):
    made = survey(followed)
    opened(followed, made)
    assert Message.objects.filter(kind="survey").count() == 5
    with pytest.raises(IntegrityError):
        SurveyInvitation.objects.create(survey=made, person=made.invitations.first().person, group="region")


def test_speakers_of_the_parties_are_asked_observers_not(followed):
    made = survey(followed)
    followed.joined(followed.region)
    followed.joined(followed.company, role="observer")
    assert acts.invite(survey=made, whom=acts.SPEAKERS, by=followed.founder, at=NOW) == 1
    assert acts.invite(survey=made, whom=acts.SPEAKERS, by=followed.founder, at=NOW) == 0


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, "Skriv vad"),
        ({"closes_on": OPENS}, "stänger innan"),
        ({"title": "Om 19121212-1212"}, "personnummer"),
    ],
)
def test_a_bad_survey_is_refused(followed, facts, says):
    with pytest.raises(Refused, match=says):
        survey(followed, **facts)
    assert not Survey.objects.exists()


def test_an_indicator_of_figures_is_not_asked_about(followed):
    with pytest.raises(Refused, match="beskrivna nivåer"):
        survey(followed, indicator=followed.indicator())


def test_drafts_are_for_the_office_and_the_rest_for_the_parties(followed, django_assert_num_queries):
    made = survey(followed)
    for sight, many in ((Sight(office=True), 1), (Sight(party=True), 0), (Sight(), 0)):
        assert len(survey_rows(followed.partnership, sight, None, TODAY)) == many
    opened(followed, made)
    with django_assert_num_queries(1):
        assert len(survey_rows(followed.partnership, Sight(party=True), None, TODAY)) == 1
    assert survey_rows(followed.partnership, Sight(), None, TODAY) == ()
