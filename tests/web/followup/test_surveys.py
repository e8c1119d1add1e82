"""The pages of surveys as the office, a party, a visitor and the one who answers meet them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import world
from tests.apps.followup.test_surveys import seated
from tests.following import Followed
from tillit.apps.followup.actions import surveys as acts
from tillit.apps.followup.models import Survey, SurveyAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed():
    made = Followed()
    made.joined(made.region)
    return made


def a_survey(followed, **facts):
    today = timezone.localdate()
    usual = {"title": "Tillit", "opens_on": today, "closes_on": today + timedelta(days=10)}
    at = timezone.now()
    made = acts.write_survey(
        partnership=followed.partnership, facts=acts.SurveyFacts(**{**usual, **facts}), by=followed.founder, at=at
    )
    asked = acts.Asked("Vi delar uppgifter i tid", "Stämmer inte alls", "Stämmer helt")
    acts.ask(survey=made, asked=asked, by=followed.founder, at=at)
    seated(followed, 6)
    acts.invite(survey=made, whom=acts.SEATED, by=followed.founder, at=at)
    return made


def test_the_office_writes_asks_opens_and_closes(client, followed):
    world.let_in(client, followed.founder)
    place = reverse("followup:surveys", args=[followed.partnership.slug])
    today = timezone.localdate()
    answer = client.post(
        place,
        {"act": "write", "title": "Tillit", "opens_on": today, "closes_on": date(2099, 1, 1)},
        follow=True,
    )
    assert "Enkäten är upplagd" in answer.content.decode()
    made = Survey.objects.get()
    page = reverse("followup:survey", args=[followed.partnership.slug, made.pk])
    client.post(page, {"act": "ask", "text": "Vi litar på varandra", "low": "inte alls", "high": "helt"})
    seated(followed, 5)
    client.post(page, {"act": "invite", "whom": "seated"})
    assert "Enkäten är öppen" in client.post(page, {"act": "open"}, follow=True).content.decode()
    for each in made.invitations.all():
        acts.answer_survey(token=acts.token_of(each), levels={1: 3}, today=today)
    shown = client.post(page, {"act": "close"}, follow=True).content.decode()
    assert "5 svar, mitten är 3." in shown


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, followed):
    world.let_in(client, followed.founder)
    place = reverse("followup:surveys", args=[followed.partnership.slug])
    answer = client.post(
        place, {"act": "write", "title": "Tillit", "opens_on": "2026-02-30", "closes_on": "2026-01-01"}
    )
    assert answer.status_code == 422
    assert "Skriv dagen som 2026-02-01." in answer.content.decode()
    assert 'value="2026-02-30"' in answer.content.decode()
    assert not Survey.objects.exists()


def test_somebody_answers_by_the_link_without_signing_in_once(client, followed):
    made = a_survey(followed)
    acts.open_survey(survey=made, by=followed.founder, at=timezone.now())
    place = reverse("followup:survey_answer", args=[acts.token_of(made.invitations.first())])
    asked = client.get(place).content.decode()
    assert "Vi delar uppgifter i tid" in asked
    assert "0: Stämmer inte alls" in asked
    empty = client.post(place, {})
    assert empty.status_code == 422
    assert "Inget är besvarat" in empty.content.decode()
    assert "Tack för svaret" in client.post(place, {"q1": "4"}).content.decode()
    again = client.get(place)
    assert again.status_code == 410
    assert "redan svarat" in again.content.decode()
    assert SurveyAnswer.objects.get().level == 4


def test_who_may_see_and_do_what(client, followed):
    made = a_survey(followed)
    slug = followed.partnership.slug
    place, page = reverse("followup:surveys", args=[slug]), reverse("followup:survey", args=[slug, made.pk])
    assert client.get(page).status_code == 404
    acts.open_survey(survey=made, by=followed.founder, at=timezone.now())
    assert client.get(page).status_code == 404
    assert client.get(place).status_code == 200
    member = world.person("Per Part", organisation=followed.region, roles=("contact_person",))
    world.let_in(client, member)
    assert client.get(page).status_code == 200
    assert client.post(page, {"act": "close"}).status_code == 403


def test_pages_ask_at_most_ten_queries(client, followed, django_assert_max_num_queries):
    made = a_survey(followed)
    acts.open_survey(survey=made, by=followed.founder, at=timezone.now())
    slug = followed.partnership.slug
    world.let_in(client, followed.founder)
    for place in (reverse("followup:surveys", args=[slug]), reverse("followup:survey", args=[slug, made.pk])):
        client.get(place)
        with django_assert_max_num_queries(10):
            assert client.get(place).status_code == 200
