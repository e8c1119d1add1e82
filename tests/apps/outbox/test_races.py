"""Two at once, on PostgreSQL. SQLite has one writer at a time; tests/web/mail/test_killed.py has processes on both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from tests import world
from tillit.apps.outbox import actions
from tillit.apps.outbox.models import Message

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


def write(to, key):
    return actions.write(key=key, kind="invitation", to=to, context={}, at=NOW)


def at_once(*works):
    """Run each in a thread with a connection of its own; return what they answered, or raise what one raised."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(run, work) for work in works]
        return [each.result(30) for each in running]


def test_four_who_claim_at_once_share_the_mails_and_none_gets_the_same():
    anna = world.person("Anna Ek")
    for n in range(40):
        write(anna, f"n:{n}")
    claims = at_once(*[lambda: [m.key for m in actions.claim(at=NOW, most=10)]] * 4)
    keys = [key for each in claims for key in each]
    assert len(keys) == len(set(keys))
    keys += [m.key for m in actions.claim(at=NOW, most=40)]
    assert sorted(keys) == sorted(f"n:{n}" for n in range(40))
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_two_acts_that_write_the_same_mail_at_once_write_one():
    anna = world.person("Anna Ek")
    first, second = at_once(lambda: write(anna, "same"), lambda: write(anna, "same"))
    assert first == second
    assert Message.objects.count() == 1


def test_a_mail_that_an_unfinished_act_calls_off_is_passed_by_and_nobody_waits_for_anybody():
    anna = world.person("Anna Ek")
    write(anna, "off:1")
    write(anna, "on:1")
    called_off, claimed = Event(), Event()

    def act():
        with transaction.atomic():
            actions.call_off(key_prefix="off:", at=NOW)
            called_off.set()
            assert claimed.wait(10)

    def claim():
        assert called_off.wait(10)
        try:
            return [message.key for message in actions.claim(at=NOW)]
        finally:
            claimed.set()

    assert at_once(act, claim)[1] == ["on:1"]


def test_stopping_a_mail_that_an_act_is_calling_off_locks_nobody():
    nils = world.person("Nils Berg")
    write(nils, "off:1")
    (mine,) = actions.claim(at=NOW)
    called_off, tried = Event(), Event()

    def act():
        with transaction.atomic():
            actions.call_off(key_prefix="off:", at=NOW)
            called_off.set()
            assert tried.wait(10)
            write(world.person("Utan Adress", ""), "writes:in:the:ledger")

    def stop():
        assert called_off.wait(10)
        try:
            actions.stop(mine, NOW, "550 unknown")
        finally:
            tried.set()

    at_once(act, stop)
    assert Message.objects.get(key="off:1").last_error == ""
