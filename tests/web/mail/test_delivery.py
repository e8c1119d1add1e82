"""A mail server that is away, takes some and not others, or hangs up: mail waits, and goes once."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend

from tests import world
from tests.mail_server import MailServer
from tillit.apps.outbox.models import Message
from tillit.apps.parties.actions.invitations import invite
from tillit.web.mail import deliver, render
from tillit.web.mail.deliver import Delivered, deliver_waiting

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def company():
    return world.company()


@pytest.fixture
def post(settings):
    """Settings with which mail goes to a port of this machine, where nobody listens yet; returns that port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.SITE_ADDRESS = "https://tillit.example.se"
    return settings.EMAIL_PORT


def written(company, *names):
    for name in names:
        invite(organisation=company, email=f"{name}@example.se", name=name, roles=["author"], by=None, at=NOW)


def unsent():
    return sorted(Message.objects.filter(sent_at__isnull=True).values_list("to__email", flat=True))


def test_mail_waits_while_the_server_is_away_and_goes_once_when_it_is_back(company, post):
    written(company, "eva", "nils", "gro")
    for hours in range(12):  # more rounds than a mail has attempts
        gone = deliver_waiting(NOW + timedelta(hours=hours))
        assert (gone.sent, gone.failed) == (0, 0)
        assert "Connection refused" in gone.away
    assert {(each.attempts, each.claimed_at) for each in Message.objects.all()} == {(0, None)}
    with MailServer(post) as server:
        assert deliver_waiting(NOW + timedelta(hours=13)) == Delivered(sent=3)
        assert deliver_waiting(NOW + timedelta(hours=13)) == Delivered()
        assert sorted(server.to) == ["eva@example.se", "gro@example.se", "nils@example.se"]


def test_an_address_that_is_not_taken_stops_no_other_and_is_tried_again_later(company, post):
    written(company, "eva", "nils", "gro")
    with MailServer(post) as server:
        server.refuses = {"nils@example.se"}
        assert deliver_waiting(NOW) == Delivered(sent=2, failed=1)
        assert unsent() == ["nils@example.se"]
        waits = Message.objects.get(to__email="nils@example.se")
        assert "nils@" not in waits.last_error
        assert deliver_waiting(NOW + timedelta(minutes=1)) == Delivered()
        server.refuses = set()
        assert deliver_waiting(NOW + timedelta(minutes=6)) == Delivered(sent=1)
        assert sorted(server.to) == ["eva@example.se", "gro@example.se", "nils@example.se"]


def test_a_server_that_goes_away_half_way_has_got_what_it_took_and_the_rest_waits(company, post, monkeypatch):
    written(company, "eva", "nils", "gro")
    with MailServer(post) as server:
        send = EmailBackend.send_messages

        def and_no_more(backend, messages):
            took = send(backend, messages)
            backend.close()
            monkeypatch.setattr(EmailBackend, "open", gone)
            return took

        def gone(_backend):
            raise ConnectionRefusedError("gone")

        with monkeypatch.context() as half_way:
            half_way.setattr(EmailBackend, "send_messages", and_no_more)
            first = deliver_waiting(NOW)
        monkeypatch.undo()
        assert (first.sent, bool(first.away)) == (1, True)
        assert len(unsent()) == 2
        assert {each.attempts for each in Message.objects.filter(sent_at__isnull=True)} == {0}
        assert deliver_waiting(NOW) == Delivered(sent=2)
        assert sorted(server.to) == ["eva@example.se", "gro@example.se", "nils@example.se"]


def test_a_fault_in_one_kind_of_mail_stops_no_other(company, post, monkeypatch):
    written(company, "eva", "nils")
    rendered = render.rendered

    def fails(message, *, at):
        if message.to.email == "eva@example.se":
            raise ValueError("a template that has a fault")
        return rendered(message, at=at)

    monkeypatch.setattr(deliver, "rendered", fails)
    with MailServer(post) as server:
        assert deliver_waiting(NOW) == Delivered(sent=1, failed=1)
        assert server.to == ["nils@example.se"]


def test_what_is_called_off_while_a_round_goes_on_is_not_sent(company, post, monkeypatch):
    written(company, "eva", "nils")
    with MailServer(post) as server:
        send = EmailBackend.send_messages

        def and_call_off(backend, messages):
            Message.objects.filter(sent_at__isnull=True).exclude(to__email=messages[0].to[0]).update(stopped_at=NOW)
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", and_call_off)
        assert deliver_waiting(NOW) == Delivered(sent=1)
        assert len(server.to) == 1


def test_a_clock_that_was_set_back_sends_what_has_been_due_and_nothing_twice(company, post):
    written(company, "eva")
    with MailServer(post) as server:
        assert deliver_waiting(NOW + timedelta(days=2)) == Delivered(sent=1)
        written(company, "nils")
        assert deliver_waiting(NOW - timedelta(days=2)) == Delivered()
        assert deliver_waiting(NOW) == Delivered(sent=1)
        assert server.to == ["eva@example.se", "nils@example.se"]
