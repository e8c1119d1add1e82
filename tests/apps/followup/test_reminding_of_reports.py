"""Those who are to report are reminded a week before it is due and when it is late, once for each period."""

from datetime import date, timedelta

import pytest

from tests.reporting import Reporters, moment
from tillit.apps.audit.models import Act
from tillit.apps.followup.actions.approving import return_report
from tillit.apps.followup.actions.report_reminding import DAYS_BEFORE, DAYS_LATE, Reminded, remind_reports
from tillit.apps.outbox.models import Message
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import rendered

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 30)
SOON = DUE - timedelta(days=DAYS_BEFORE)
LATE = DUE + timedelta(days=1)
NOTHING = Reminded()


@pytest.fixture
def ground():
    """Only the region is asked, from the second quarter of 2026, due 30 July."""
    made = Reporters()
    reporter = made.of[made.region]
    reporter.since = date(2026, 4, 1)
    reporter.save()
    for who in (made.university, made.company):
        made.of[who].delete()
    made.founder.roles.all().delete()
    return made


def remind(day):
    return remind_reports(at=moment(day), today=day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (SOON - timedelta(days=1), NOTHING),
        (SOON, Reminded(due=1)),
        (DUE, Reminded(due=1)),
        (LATE, Reminded(late=1)),
        (DUE + timedelta(days=DAYS_LATE), Reminded(late=1)),
        (DUE + timedelta(days=DAYS_LATE + 1), NOTHING),
    ],
)
def test_it_is_written_within_its_days_and_again_is_as_once(ground, day, said):
    assert remind(day) == said
    assert remind(day) == NOTHING
    assert Act.objects.filter(action="followup.reminded").count() == (said != NOTHING)


def test_who_speaks_for_the_party_gets_both(ground):
    remind(SOON)
    remind(LATE)
    assert list(Message.objects.order_by("written_at").values_list("kind", "to")) == [
        ("report_due", ground.contact.pk),
        ("report_late", ground.contact.pk),
    ]


def test_what_is_sent_in_is_not_asked_for_and_what_is_returned_is_again(ground):
    row = ground.sent(3, day=date(2026, 7, 2))
    assert remind(SOON) == NOTHING
    return_report(observation=row, reason="Fel", by=ground.second, at=moment(SOON))
    assert remind(SOON) == Reminded(due=1)


def test_what_has_not_started_or_has_nobody_is_told_apart(ground):
    ground.contact.roles.update(until=SOON)
    assert remind(SOON) == Reminded(nobody=1)
    ground.partnership.not_started = True
    ground.partnership.save()
    assert remind(SOON) == NOTHING


def test_those_who_sit_in_an_organ_are_reminded_of_its_own(ground):
    board = ground.organ(seats=1)
    ground.reporter(ground.indicator("board", "Möten"), board, since=date(2026, 4, 1))
    assert remind(SOON) == Reminded(due=1, nobody=1)
    board.seats.get().appointments.create(
        person=ground.second, organisation=ground.region, starts_on=date(2026, 2, 1), recorded_at=moment(SOON)
    )
    assert remind(SOON) == Reminded(due=1)


def test_the_mail_says_what_and_when_and_is_not_sent_of_what_has_come(ground, settings):
    settings.SITE_ADDRESS = "https://tillit.example.se"
    remind(SOON)
    remind(LATE)
    soon, late = Message.objects.order_by("written_at")
    text = rendered(soon, at=moment(SOON))
    assert "senast 2026-07-30" in text.subject
    assert f"/rapportera/{ground.of[ground.region].pk}/2026-Q2/" in text.text
    assert "Försenad rapport" in rendered(late, at=moment(LATE)).subject
    ground.sent(3)
    with pytest.raises(NotNeeded):
        rendered(late, at=moment(LATE))


def test_an_organisation_with_many_reports_costs_two_queries_to_look_up(ground, django_assert_max_num_queries):
    for number in range(10):
        ground.reporter(ground.indicator(f"i{number}"), since=date(2026, 4, 1))
    remind(SOON)
    with django_assert_max_num_queries(8):
        assert remind(SOON) == NOTHING
