"""What the reminders say, to whom, and that they do not go out when they are needless."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import world
from tests.collaborating import DAYS, NOW, Sides, approved, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.collaborations.actions import outcome, partaking
from tillit.apps.collaborations.actions.reminding import remind_due
from tillit.apps.collaborations.models import ApprovalLink, Collaboration, Party
from tillit.apps.outbox.models import Message
from tillit.apps.parties.models import Role
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import rendered

pytestmark = pytest.mark.django_db
DUE = NOW.date() + timedelta(days=7)


def moment(day):
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def remind(day):
    remind_due(at=moment(day), today=day)


def mails(kind, day):
    return {m.to: rendered(m, at=moment(day)) for m in Message.objects.filter(kind=kind).order_by("written_at")}


@pytest.fixture
def sides():
    return Sides()


@pytest.fixture
def at_head(sides):
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    yes(waiting(made)[0], sides.contact)
    yes(waiting(made)[1], sides.head)
    return fresh(made)


def test_a_reminder_says_when_and_asks_with_the_link_that_there_was(sides, at_head):
    day = DUE - timedelta(days=1)
    remind(day)
    mail = mails("approval_reminder", day)[sides.head]
    assert mail.subject == "Påminnelse, svara snart: Lunch om hjärtsvikt"
    assert "Svaret behövs senast 2026-03-09." in mail.text
    assert "Får Eli Sund delta?" in mail.text
    assert sum("/g/" in line for line in mail.text.splitlines()) == 1
    asked = Message.objects.get(key__startswith=f"approval:{waiting(at_head)[0].pk}:approval_request:")
    first = rendered(asked, at=moment(day))
    assert next(line for line in first.text.splitlines() if "/g/" in line) in mail.text
    assert ApprovalLink.objects.count() == 1


def test_a_late_one_says_how_late_on_the_day_it_goes_out(sides, at_head):
    late = DUE + timedelta(days=1)
    remind(late)
    assert "för en dag sedan" in mails("approval_reminder", late)[sides.head].text
    mail = mails("approval_reminder", late + timedelta(days=1))[sides.head]
    assert mail.subject == "Försenat svar: Lunch om hjärtsvikt"
    assert "för 2 dagar sedan" in mail.text


def test_no_secret_is_stored_with_a_reminder(sides, at_head):
    remind(DUE)
    mail = Message.objects.get(kind="approval_reminder")
    assert set(mail.context) == {"approval", "version", "stage", "on_behalf_of"}


def test_who_sees_to_it_reads_who_can_answer_and_an_administrator_not_what_it_is_about(sides, at_head):
    admin = world.person("Gun Alm", organisation=sides.region, roles=("administrator",))
    day = DUE + timedelta(days=3)
    remind(day)
    told = mails("approval_escalation", day)
    assert set(told) == {admin, sides.contact}
    assert all("för 3 dagar sedan" in mail.text and "Kan svara: Disa Holm" in mail.text for mail in told.values())
    assert "Lunch om hjärtsvikt" in told[sides.contact].text
    assert f"/samverkan/{at_head.public_id}/" in told[sides.contact].text
    assert "Lunch" not in told[admin].subject + told[admin].text
    assert "Eli Sund" not in told[admin].text
    assert f"/organisationer/{sides.region.pk}/personer/" in told[admin].text


def test_where_nobody_can_answer_the_mail_says_so(sides, at_head):
    admin = world.person("Gun Alm", organisation=sides.region, roles=("administrator",))
    sides.clinic.head = None
    sides.clinic.save()
    Role.objects.filter(role="head_of_operations").update(until=DUE)
    remind(DUE + timedelta(days=1))
    assert "Ingen hos er har rollen" in mails("approval_escalation", DUE + timedelta(days=1))[admin].text


@pytest.mark.parametrize("meanwhile", ["answered", "changed", "no longer theirs"])
def test_what_was_done_meanwhile_needs_no_reminder(sides, at_head, meanwhile):
    remind(DUE + timedelta(days=3))
    if meanwhile == "answered":
        yes(waiting(at_head)[0], sides.head)
    elif meanwhile == "changed":
        changed(at_head, sides, lambda draft: draft["about"].update(town="Falun"))
    else:
        Role.objects.filter(person=sides.head).update(until=DUE)
    day = DUE + timedelta(days=3)
    reminder = Message.objects.get(kind="approval_reminder", context__version=1)
    with pytest.raises(NotNeeded):
        rendered(reminder, at=moment(day))
    escalation = Message.objects.filter(kind="approval_escalation")[0]
    if meanwhile != "no longer theirs":
        with pytest.raises(NotNeeded):
            rendered(escalation, at=moment(day))


def test_an_outcome_is_asked_for_with_its_link_until_it_is_there(sides):
    made = approved(sides, plan(sides))
    day = DAYS[1] + timedelta(days=7)
    remind(day)
    mail = mails("outcome_reminder", day)[sides.author]
    assert mail.subject == "Hur blev det? Lunch om hjärtsvikt"
    assert "Ställ in den" in mail.text
    assert f"/samverkan/{made.public_id}/utfall/" in mail.text
    message = Message.objects.get(kind="outcome_reminder")
    outcome.carry_out(collaboration=made, by=sides.author, acting_for=sides.company, at=moment(day))
    with pytest.raises(NotNeeded):
        rendered(message, at=moment(day))


def test_the_other_side_is_asked_to_close_and_not_after_it_was_sent_back(sides):
    made = approved(sides, plan(sides))
    Collaboration.objects.filter(pk=made.pk).update(state="reported", state_since=moment(date(2026, 4, 20)))
    remind(date(2026, 4, 27))
    mail = mails("closing_reminder", date(2026, 4, 27))[sides.contact]
    assert mail.subject == "Stämmer utfallet? Lunch om hjärtsvikt"
    assert "för 7 dagar sedan" in mail.text
    assert f"/samverkan/{made.public_id}/utfall/" in mail.text
    outcome.reopen_report(
        collaboration=made,
        reason="Fel belopp.",
        by=sides.contact,
        acting_for=sides.region,
        at=moment(date(2026, 4, 28)),
    )
    with pytest.raises(NotNeeded):
        rendered(Message.objects.get(kind="closing_reminder"), at=moment(date(2026, 4, 28)))


@pytest.mark.parametrize(("state", "planned"), [("carried_out", False), ("care_reviewed", True)])
def test_those_who_stay_read_who_has_left_and_why(sides, at_head, state, planned):
    other = world.region("Region Norrvik", county_code="25")
    Party.objects.create(collaboration=at_head, organisation=other, side="care", role="joined")
    Collaboration.objects.filter(pk=at_head.pk).update(state=state)
    partaking.leave(collaboration=at_head, organisation=other, reason="Vi slutar.", by=None, at=NOW)
    mail = mails("party_left", DUE)[sides.author]
    assert mail.subject == "Region Norrvik har lämnat: Lunch om hjärtsvikt"
    assert "Skäl: Vi slutar." in mail.text
    assert ("behöver planen ändras" in mail.text) is planned
