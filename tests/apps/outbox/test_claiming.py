from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.outbox import actions, queries
from tillit.apps.outbox.models import Message

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def anna():
    return world.person("Anna Ek", "anna.ek@example.se")


def write(to, key="invitation:1", **more):
    return actions.write(**{"key": key, "kind": "invitation", "to": to, "context": {}, "at": NOW} | more)


def claim(at=NOW):
    (message,) = actions.claim(at=at)
    return message


def stored():
    return Message.objects.get()


def test_what_is_claimed_is_claimed_by_nobody_else(anna):
    write(anna)
    assert len(actions.claim(at=NOW)) == 1
    assert actions.claim(at=NOW) == []
    assert actions.claim(at=NOW + 9 * MINUTE) == []


def test_the_claim_of_somebody_who_is_gone_is_taken_over_after_ten_minutes(anna):
    write(anna)
    claim()
    assert claim(NOW + 10 * MINUTE).attempts == 2


def test_mails_are_claimed_in_the_order_they_became_due_and_not_too_many_at_once(anna):
    write(anna, "late", not_before=NOW + MINUTE)
    write(anna, "early")
    write(anna, "last", not_before=NOW + 2 * MINUTE)
    later = NOW + timedelta(hours=1)
    assert [message.key for message in actions.claim(at=later, most=2)] == ["early", "late"]
    assert [message.key for message in actions.claim(at=later, most=2)] == ["last"]


def test_who_was_overtaken_learns_that_the_mail_is_no_longer_theirs(anna):
    write(anna)
    slow = claim()
    quick = claim(NOW + 10 * MINUTE)
    assert not actions.renew(slow, NOW + 11 * MINUTE)
    assert actions.renew(quick, NOW + 11 * MINUTE)
    actions.failed(slow, NOW + 11 * MINUTE, "too slow")
    actions.put_back(slow, "too slow")
    actions.stop(slow, NOW + 11 * MINUTE, "too slow")
    assert (stored().claimed_at, stored().last_error, stored().stopped_at) == (NOW + 11 * MINUTE, "", None)
    assert not Act.objects.exists()


def test_a_renewed_claim_lasts_from_when_it_was_renewed(anna):
    write(anna)
    assert actions.renew(claim(), NOW + 5 * MINUTE)
    assert actions.claim(at=NOW + 14 * MINUTE) == []


def test_a_mail_that_is_called_off_in_somebodys_hands_is_not_sent(anna):
    write(anna)
    mine = claim()
    actions.call_off(key_prefix="invitation:", at=NOW)
    assert not actions.renew(mine, NOW)


def test_a_mail_called_off_while_it_goes_out_has_gone_out(anna):
    write(anna)
    mine = claim()
    assert actions.renew(mine, NOW)
    actions.call_off(key_prefix="invitation:", at=NOW)
    actions.sent(mine, NOW + MINUTE)
    assert (stored().sent_at, stored().stopped_at) == (NOW + MINUTE, None)


def test_sent_twice_is_sent_the_first_time(anna):
    write(anna)
    mine = claim()
    actions.sent(mine, NOW)
    actions.sent(mine, NOW + MINUTE)
    assert stored().sent_at == NOW


def test_each_failure_makes_the_wait_twice_as_long(anna):
    write(anna)
    at, waits = NOW, []
    for _ in range(4):
        actions.failed(claim(at), at, "451 try later")
        waits.append(stored().not_before - at)
        at = stored().not_before
    assert waits == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert stored().last_error == "451 try later"


def test_after_ten_attempts_it_is_stopped_and_seen_and_can_be_tried_again(anna):
    write(anna)
    at = NOW
    while stored().stopped_at is None:
        actions.failed(claim(at), at, "550 unknown")
        at = max(stored().not_before, at)
    assert (stored().attempts, queries.state(at).stopped) == (10, 1)
    assert timedelta(hours=40) < at - NOW < timedelta(hours=48)
    assert Act.objects.get().detail == {"kind": "invitation", "attempts": 10}

    assert actions.try_again(message=stored(), by=anna, at=at)
    assert not actions.try_again(message=stored(), by=anna, at=at)
    assert claim(at).attempts == 1
    assert Act.objects.get(action="outbox.tried_again").by == anna


def test_what_was_called_off_is_not_tried_again(anna):
    write(anna)
    actions.failed(claim(), NOW, "451 try later")
    actions.call_off(keys=["invitation:1"], at=NOW)
    assert not actions.try_again(message=stored(), by=anna, at=NOW)
    assert queries.stopped() == ()


def test_a_mail_that_ends_every_process_that_tries_it_is_stopped_in_the_end(anna):
    write(anna)
    at = NOW
    for _ in range(10):
        claim(at)
        at += 10 * MINUTE
    assert actions.claim(at=at) == []
    assert queries.stopped()[0].error == actions.GIVEN_UP


def test_a_mail_put_back_is_due_at_once_and_has_lost_no_attempt(anna):
    write(anna)
    for _ in range(30):
        actions.put_back(claim(), "connection refused")
    assert (claim().attempts, stored().last_error) == (1, "connection refused")


def test_an_error_is_kept_short_and_on_one_line(anna):
    write(anna)
    actions.failed(claim(), NOW, "550\r\n" + 400 * "x")
    assert stored().last_error == "550 " + 296 * "x"


def test_a_clock_set_back_keeps_no_mail_waiting_for_the_claim_to_grow_old(anna):
    write(anna)
    claim(NOW + timedelta(hours=3))
    assert claim(NOW + timedelta(hours=1)).attempts == 2


def test_the_hour_that_comes_twice_in_autumn_sends_nothing_early_and_nothing_twice(anna):
    stockholm = ZoneInfo("Europe/Stockholm")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=stockholm)
    second = first.replace(fold=1)
    write(anna, not_before=second)
    assert actions.claim(at=first) == []
    actions.sent(claim(second), second)
    assert actions.claim(at=second + timedelta(days=1)) == []
