"""The office is told of notice, ends, reviews and signatures that are due, each once."""

from datetime import date

import pytest

from tests.apps.partnerships import agreeing
from tests.partnering import NOW, Ground
from tillit.apps.audit.models import Act
from tillit.apps.outbox.models import Message
from tillit.apps.partnerships.actions import agreement_steps as steps
from tillit.apps.partnerships.actions.frame import end_steward, move_partnership, name_steward
from tillit.apps.partnerships.actions.renewal_reminding import remind_renewals
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import rendered

pytestmark = pytest.mark.django_db
RENEWED = {"term_mode": "auto_renew", "valid_to": date(2027, 2, 1), "renewal_months": 12, "notice_months": 3}


@pytest.fixture
def ground():
    return Ground()


def moment(day):
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def remind(day):
    return remind_renewals(at=moment(day), today=day)


def kinds():
    return sorted(Message.objects.values_list("context__kind", flat=True))


def test_notice_that_is_due_is_told_once_and_at_the_next_renewal_again(ground):
    agreeing.in_force(ground, ground.region, **RENEWED)
    assert remind(date(2026, 8, 2)) == 0
    assert remind(date(2026, 8, 3)) == 1
    assert [remind(date(2026, 8, 3)), remind(date(2026, 8, 4)), remind(date(2026, 11, 1))] == [0, 0, 0]
    assert Act.objects.filter(action="partnerships.agreement_reminded").count() == 1
    assert remind(date(2027, 8, 3)) == 1
    assert kinds() == ["notice_soon.yellow"] * 2


def test_an_end_is_told_when_it_comes_near_and_when_it_is_close(ground):
    agreeing.in_force(ground, ground.region, term_mode="fixed", valid_to=date(2027, 6, 1))
    told = [remind(date(2026, month, 15)) for month in range(9, 13)] + [remind(date(2027, 4, 15))]
    assert told == [0, 0, 0, 1, 1]
    assert kinds() == ["ends_soon.red", "ends_soon.yellow"]


def test_a_review_is_told_a_month_before_and_again_the_year_after(ground):
    agreeing.in_force(ground, ground.region, review_months=12)
    told = [remind(date(2027, 1, 1)), remind(date(2027, 1, 2)), remind(date(2027, 1, 31)), remind(date(2028, 1, 31))]
    assert told == [0, 1, 0, 1]


def test_each_who_has_not_signed_is_told_of_by_name(ground):
    made = agreeing.before_parties(ground, ground.region, ground.company, ground.university)
    agreeing.sign(ground, made, ground.region)
    steps.put_in_force(agreement=made, by=ground.founder, at=NOW)
    assert remind(date(2026, 8, 1)) == 2
    said = {rendered(each, at=NOW).text for each in Message.objects.all()}
    assert any(ground.company.name in each for each in said)
    assert any(ground.university.name in each for each in said)


def test_everybody_in_the_office_is_told_and_who_comes_later_too(ground):
    agreeing.in_force(ground, ground.region, **RENEWED)
    assert remind(date(2026, 8, 3)) == 1
    name_steward(partnership=ground.partnership, person=ground.officer, role="office", by=ground.founder, at=NOW)
    name_steward(partnership=ground.partnership, person=ground.outsider, role="evaluator", by=ground.founder, at=NOW)
    assert remind(date(2026, 8, 4)) == 1
    assert {each.to for each in Message.objects.all()} == {ground.founder, ground.officer}


def test_an_ended_partnership_is_quiet(ground):
    agreeing.in_force(ground, ground.region, **RENEWED)
    move_partnership(partnership=ground.partnership, status="ended", by=ground.founder, at=NOW)
    assert remind(date(2026, 8, 3)) == 0


def test_the_letter_says_what_is_true_when_it_goes_out(ground):
    made = agreeing.in_force(ground, ground.region, **RENEWED)
    remind(date(2026, 8, 3))
    message = Message.objects.get()
    mail = rendered(message, at=moment(date(2026, 8, 5)))
    assert mail.subject == "Kliniska prövningar: Huvudöverenskommelse"
    assert "förlängs om det inte sägs upp senast 2026-11-01, om 88 dagar." in mail.text
    assert f"/partnerskap/kliniska-provningar/avtal/{made.pk}/" in mail.text
    steps.give_notice(agreement=made, on=date(2026, 8, 5), by=ground.founder, at=NOW)
    with pytest.raises(NotNeeded):
        rendered(message, at=moment(date(2026, 8, 5)))


def test_who_has_left_the_office_gets_no_letter(ground):
    agreeing.in_force(ground, ground.region, **RENEWED)
    remind(date(2026, 8, 3))
    name_steward(partnership=ground.partnership, person=ground.officer, role="office", by=ground.founder, at=NOW)
    mine = ground.partnership.stewards.get(person=ground.founder)
    end_steward(steward=mine, by=ground.officer, at=moment(date(2026, 8, 4)))
    with pytest.raises(NotNeeded):
        rendered(Message.objects.get(), at=moment(date(2026, 8, 5)))
