from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests import world
from tillit.apps.audit.models import Act
from tillit.apps.outbox import actions, queries
from tillit.apps.outbox.models import Message

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def anna():
    return world.person("Anna Ek", "anna.ek@example.se")


def write(to, key="invitation:1", **more):
    return actions.write(**{"key": key, "kind": "invitation", "to": to, "context": {"n": 1}, "at": NOW} | more)


def test_a_mail_waits_from_the_moment_it_is_written(anna):
    message = write(anna)
    message.refresh_from_db()
    assert (message.kind, message.to, message.context, message.written_at) == ("invitation", anna, {"n": 1}, NOW)
    assert queries.state(NOW) == queries.State(waiting=1, due=1, stopped=0, oldest=NOW, last_sent=None)


def test_the_same_key_again_writes_nothing_new_and_changes_nothing(anna):
    first = write(anna)
    again = write(anna, context={"n": 2}, at=NOW + timedelta(days=1))
    assert again == first
    assert again.context == {"n": 1}
    assert Message.objects.count() == 1


def test_a_key_that_has_been_sent_is_not_sent_again(anna):
    actions.sent(write(anna), NOW)
    assert write(anna, at=NOW + timedelta(days=1)).sent_at == NOW
    assert queries.state(NOW).waiting == 0


def test_a_mail_for_later_is_not_due_before_its_time(anna):
    write(anna, not_before=NOW + timedelta(days=3))
    assert actions.claim(at=NOW + timedelta(days=3, seconds=-1)) == []
    assert queries.state(NOW) == queries.State(waiting=1, due=0, stopped=0, oldest=None, last_sent=None)
    assert len(actions.claim(at=NOW + timedelta(days=3))) == 1


def test_the_mail_is_gone_when_the_act_that_asked_for_it_is_undone(anna):
    @transaction.atomic
    def act():
        write(anna)
        raise RuntimeError("the act went wrong after the mail was written")

    with pytest.raises(RuntimeError):
        act()
    assert not Message.objects.exists()


def test_a_person_without_an_address_is_seen_and_not_lost(django_assert_num_queries):
    nils = world.person("Nils Berg", "")
    message = write(nils)
    assert actions.claim(at=NOW + timedelta(days=1)) == []
    with django_assert_num_queries(1):
        (seen,) = queries.stopped()
    assert (seen.id, seen.to, seen.error) == (message.pk, "Nils Berg", actions.NO_ADDRESS)
    act = Act.objects.get(action="outbox.stopped")
    assert act.detail == {"kind": "invitation", "attempts": 0}


def test_what_is_no_longer_needed_is_called_off_by_the_beginning_of_its_key(anna):
    for key in ("approval:7:request", "approval:7:reminder", "approval:70:request"):
        write(anna, key)
    assert actions.call_off(key_prefix="approval:7:", at=NOW) == 2
    assert [message.key for message in actions.claim(at=NOW)] == ["approval:70:request"]
    assert queries.stopped() == ()


def test_what_is_no_longer_needed_is_called_off_by_its_whole_key(anna):
    write(anna, "a:1")
    write(anna, "a:2")
    assert actions.call_off(keys=["a:1", "a:3"], at=NOW) == 1
    assert [message.key for message in actions.claim(at=NOW)] == ["a:2"]


def test_calling_off_nothing_in_particular_calls_off_nothing(anna):
    write(anna)
    assert actions.call_off(at=NOW) == 0
    assert queries.state(NOW).waiting == 1


def test_a_percent_sign_in_a_key_means_itself(anna):
    write(anna, "approval:7")
    assert actions.call_off(key_prefix="appro%", at=NOW) == 0
    assert actions.call_off(key_prefix="approval_", at=NOW) == 0


def test_a_mail_that_has_gone_out_cannot_be_called_off(anna):
    actions.sent(write(anna), NOW)
    assert actions.call_off(key_prefix="invitation:", at=NOW) == 0
    assert Message.objects.get().stopped_at is None


def test_the_state_takes_one_query(anna, django_assert_num_queries):
    write(anna)
    with django_assert_num_queries(1):
        queries.state(NOW)
