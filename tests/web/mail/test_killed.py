"""Processes that are really killed: between an approval and its mail, inside the approval, while mail is sent.

On SQLite the processes have a copy of the test's database; on PostgreSQL they have the test's own.
"""

import pytest

from tests.apart import KILLED, Apart
from tests.collaborating import Sides, judge_all, plan, submitted, waiting, yes
from tests.mail_server import MailServer
from tillit.apps.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = """
from datetime import datetime, UTC
from django.db import transaction
from tillit.apps.accounts.models import Person
from tillit.apps.collaborations import asking
from tillit.apps.collaborations.actions import answering
from tillit.apps.collaborations.models import Approval
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.web.mail import deliver
def answer():
    answering.answer(
        approval=Approval.objects.get(answer="waiting"), answer="approved", seen_version=1,
        by=Person.objects.get(name="Cia Berg"), at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
"""
WAITS = "SELECT count(*) FROM outbox_message WHERE sent_at IS NULL AND stopped_at IS NULL"
STATE = "SELECT state FROM collaborations_collaboration"
ROWS = (
    "SELECT (SELECT count(*) FROM audit_act), (SELECT count(*) FROM collaborations_approval),"
    " (SELECT count(*) FROM outbox_message), (SELECT count(*) FROM collaborations_approval WHERE answer = 'waiting')"
)


class Site(Apart):
    """Another process's view of the test's site, with the mail server that it sends to and the two sides."""

    def __init__(self, folder, server, sides):
        super().__init__(folder, mail_port=server.port)
        self.server, self.sides = server, sides


@pytest.fixture
def site(tmp_path):
    """A site where care is to review, with its mail server; nothing else waits to be sent."""
    sides = Sides()
    made = submitted(sides, plan(sides))
    judge_all(made, sides)
    yes(waiting(made)[0], sides.officer)
    Message.objects.all().delete()
    with MailServer() as server:
        yield Site(tmp_path, server, sides)


def age_claims(site):
    """Let whoever held mail be gone for long: the clock of the next process is not to be waited for."""
    aged = site.python(
        ANSWER + "from datetime import timedelta\nfrom django.db.models import F\n"
        "Message.objects.filter(claimed_at__isnull=False).update(claimed_at=F('claimed_at') - timedelta(minutes=11))"
    )
    assert aged.returncode == 0, aged.stderr


def test_killed_after_the_approval_and_before_its_mail_sends_the_mail_once_when_it_is_up_again(site):
    killed = site.python(ANSWER + "answer()\nkill()")
    assert killed.returncode == KILLED, killed.stderr
    assert site.rows(STATE) == [("care_reviewed",)]
    ((mails,),) = site.rows(WAITS)
    assert mails == 4  # the head about each of two people, and each of them an invitation
    assert site.server.mails == []

    first, second = site.manage("deliver"), site.manage("deliver")

    assert first.stdout.startswith("sent 4, failed 0, waiting 0"), first.stderr
    assert second.stdout.startswith("sent 0,")
    sides = site.sides
    assert sorted(site.server.to) == sorted([sides.head.email] * 2 + [sides.nurse.email, sides.doctor.email])
    assert len({mail["Message-ID"] for mail in site.server.mails}) == 4


@pytest.mark.parametrize(
    "where",
    [
        "asking.ask = lambda *a, **k: kill()\nanswer()",
        "asking.audit.note = lambda *a, **k: kill()\nanswer()",
        "with transaction.atomic():\n    answer()\n    kill()",
    ],
    ids=["before the next question", "before the act of the next step", "before the commit"],
)
def test_killed_inside_the_approval_leaves_nothing_half_written(site, where):
    before = site.rows(ROWS)
    killed = site.python(ANSWER + where)
    assert killed.returncode == KILLED, killed.stderr
    assert site.rows(ROWS) == before
    assert site.rows(STATE) == [("company_checked",)]
    assert site.manage("verify_ledger").returncode == 0
    assert site.manage("deliver").stdout.startswith("sent 0, failed 0, waiting 0")

    again = site.python(ANSWER + "answer()")
    assert again.returncode == 0, again.stderr
    assert site.rows(STATE) == [("care_reviewed",)]
    assert site.manage("deliver").stdout.startswith("sent 4,")


def test_killed_with_mail_in_hand_and_not_sent_sends_all_of_it_once_when_the_claim_is_old(site):
    assert site.python(ANSWER + "answer()").returncode == 0
    killed = site.python(
        ANSWER + "from django.utils.timezone import now\ndeliver.rendered = lambda *a, **k: kill()\n"
        "deliver.deliver_waiting(now())"
    )
    assert killed.returncode == KILLED, killed.stderr
    assert site.server.mails == []
    assert site.manage("deliver").stdout.startswith("sent 0, failed 0, waiting 4")
    age_claims(site)
    assert site.manage("deliver").stdout.startswith("sent 4, failed 0, waiting 0")
    assert len({mail["Message-ID"] for mail in site.server.mails}) == 4


def test_killed_between_sending_and_marking_sends_one_copy_more_that_is_known_as_the_same_mail(site):
    """Losing mail is worse than a second copy. It is the only case of two, and mail readers show one."""
    assert site.python(ANSWER + "answer()").returncode == 0
    killed = site.python(
        ANSWER + "from django.utils.timezone import now\ndeliver.outbox.sent = lambda *a, **k: kill()\n"
        "deliver.deliver_waiting(now())"
    )
    assert killed.returncode == KILLED, killed.stderr
    assert len(site.server.mails) == 1
    age_claims(site)
    assert site.manage("deliver").stdout.startswith("sent 4, failed 0, waiting 0")
    assert len(site.server.mails) == 5
    assert len({mail["Message-ID"] for mail in site.server.mails}) == 4
    twice = site.server.mails[0]
    assert [mail.get_content() for mail in site.server.mails if mail["Message-ID"] == twice["Message-ID"]] == [
        twice.get_content()
    ] * 2


def test_two_who_deliver_at_once_send_each_mail_once(site):
    assert site.python(ANSWER + "answer()").returncode == 0
    both = [site.started("deliver"), site.started("deliver")]
    said = [each.communicate(timeout=120)[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum(int(each.split()[1].rstrip(",")) for each in said) == 4
    assert len(site.server.mails) == len({mail["Message-ID"] for mail in site.server.mails}) == 4


def test_killed_while_reminders_are_written_leaves_those_before_and_writes_the_rest_once(site):
    assert site.python(ANSWER + "answer()").returncode == 0
    remind = (
        "from datetime import date, datetime, UTC\nfrom tillit.apps.collaborations.actions import reminding\n"
        "def remind():\n"
        "    return reminding.remind_due(at=datetime(2026, 3, 8, 9, 0, tzinfo=UTC), today=date(2026, 3, 8))\n"
    )
    killed = site.python(
        remind + "write, seen = reminding.audit.note, []\n"
        "def note(*a, **k):\n    seen.append(write(*a, **k))\n    len(seen) == 2 and kill()\n"
        "reminding.audit.note = note\nremind()"
    )
    assert killed.returncode == KILLED, killed.stderr
    written = "SELECT count(*) FROM outbox_message WHERE kind = 'approval_reminder'"
    assert site.rows(written) == [(1,)]
    again = site.python(remind + "print(remind().reminders, remind().reminders)")
    assert again.stdout.split() == ["1", "0"], again.stderr
    assert site.rows(written) == [(2,)]
