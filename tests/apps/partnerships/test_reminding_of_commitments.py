"""Those who owe something are reminded before it is due and when it is late, once for each time."""

from datetime import date, timedelta

import pytest

from tests import world
from tests.promising import DUE, Promises, moment
from tillit.apps.audit.models import Act
from tillit.apps.outbox.models import Message
from tillit.apps.partnerships.actions.reminding import DAYS_BEFORE, DAYS_LATE, Reminded, remind_commitments
from tillit.apps.partnerships.models import Appointment
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import rendered

pytestmark = pytest.mark.django_db
SOON = DUE - timedelta(days=DAYS_BEFORE)
LATE = DUE + timedelta(days=1)
NOTHING = Reminded()


@pytest.fixture
def ground():
    return Promises()


@pytest.fixture
def owed(ground):
    return ground.promise(text="Lämna årets siffror")


def remind(day):
    return remind_commitments(at=moment(day), today=day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (SOON - timedelta(days=1), NOTHING),
        (SOON, Reminded(due=1)),
        (DUE, Reminded(due=1)),
        (LATE, Reminded(overdue=1)),
        (DUE + timedelta(days=DAYS_LATE), Reminded(overdue=1)),
        (DUE + timedelta(days=DAYS_LATE + 1), NOTHING),
    ],
)
def test_it_is_written_within_its_days_and_again_is_as_once(owed, day, said):
    assert remind(day) == said
    assert remind(day) == NOTHING
    assert Act.objects.filter(action="partnerships.reminded").count() == (said != NOTHING)


def test_who_speaks_for_the_party_gets_both_and_nobody_else(ground, owed):
    remind(SOON)
    remind(LATE)
    assert list(Message.objects.order_by("written_at").values_list("kind", "to")) == [
        ("commitment_due", ground.speaker.pk),
        ("commitment_overdue", ground.speaker.pk),
    ]


def test_nothing_is_written_of_what_is_reported_let_off_or_ended(ground, owed):
    ground.reported(owed, day=SOON)
    assert remind(SOON) == NOTHING
    ended = ground.promise(ends_on=SOON, due_on=None)
    assert ended.ends_on == SOON
    ground.partnership.status = "ended"
    ground.partnership.save()
    ground.promise()
    assert remind(SOON) == NOTHING


def test_each_party_of_a_class_is_reminded_of_its_own(ground):
    ground.promise(organisation=None, of_role="main_party")
    assert remind(SOON) == Reminded(due=2)
    assert set(Message.objects.values_list("to", flat=True)) == {ground.speaker.pk, ground.founder.pk}


def test_those_who_sit_in_an_organ_are_reminded_of_its_own(ground):
    board = ground.organ(seats=2)
    ground.promise(organ=board)
    assert remind(SOON) == Reminded(nobody=1)
    for seat, person, role in zip(
        board.seats.all(), (ground.founder, ground.outsider), ("chair", "substitute"), strict=True
    ):
        Appointment.objects.create(
            seat=seat,
            person=person,
            role=role,
            organisation=ground.region,
            starts_on=date(2026, 2, 1),
            recorded_at=moment(date(2026, 2, 1)),
        )
    assert remind(SOON) == Reminded(due=1)
    assert Message.objects.get().to == ground.founder


def test_a_party_without_anybody_to_write_to_is_counted(ground):
    ground.joined(ground.university)
    ground.promise(organisation=ground.university)
    assert remind(SOON) == Reminded(nobody=1)


def test_the_letter_says_what_and_when_and_leads_there(ground, owed):
    remind(SOON)
    mail = rendered(Message.objects.get(), at=moment(SOON))
    assert mail.subject == "Ert åtagande i Kliniska prövningar, senast 2026-06-30"
    assert "Lämna årets siffror" in mail.text
    assert f"/partnerskap/kliniska-provningar/ataganden/{owed.pk}/" in mail.text
    late = rendered(Message.objects.get(), at=moment(LATE))
    assert late.subject == "Försenat: ert åtagande i Kliniska prövningar"
    assert "Sista dagen var 2026-06-30" in late.text


def test_the_letter_of_a_class_leads_to_ones_own_times(ground):
    ground.promise(organisation=None, of_role="main_party", evidence_required=True)
    remind(SOON)
    mail = rendered(Message.objects.get(to=ground.speaker), at=moment(SOON))
    assert f"?part={ground.company.pk}" in mail.text
    assert "Ett underlag krävs" in mail.text


def test_a_letter_that_is_not_needed_any_more_does_not_go_out(ground, owed):
    remind(SOON)
    ground.reported(owed, day=SOON)
    with pytest.raises(NotNeeded):
        rendered(Message.objects.get(), at=moment(SOON))
    other = ground.promise()
    remind(SOON)
    ground.partnership.status = "ended"
    ground.partnership.save()
    with pytest.raises(NotNeeded):
        rendered(Message.objects.get(context__commitment=str(other.pk)), at=moment(SOON))


def test_two_times_of_one_commitment_are_two_reminders(ground):
    ground.promise(first_due=date(2026, 6, 1), every_months=1)
    remind(date(2026, 6, 1))
    assert Message.objects.count() == 1
    remind(date(2026, 6, 25))
    kinds = Message.objects.order_by("pk").values_list("kind", flat=True)
    assert sorted(kinds) == ["commitment_due", "commitment_due", "commitment_overdue"]


def test_a_partnership_with_nothing_new_costs_few_queries(ground, django_assert_max_num_queries):
    for _ in range(5):
        ground.promise()
    remind(SOON)
    with django_assert_max_num_queries(7):
        remind(SOON)
    world.person("Ännu En", organisation=ground.company, roles=("contact_person",))
    with django_assert_max_num_queries(7 + 5 * (12 + 4)):
        remind(SOON)
