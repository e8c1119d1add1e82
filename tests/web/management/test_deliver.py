"""`manage deliver`: once, for ever, and what it says when it cannot."""

import signal
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from tests import world
from tests.apart import Apart
from tests.mail_server import MailServer
from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.apps.parties.actions.invitations import invite

LONG_AGO = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)


def an_invitation(email="eva@example.se"):
    return invite(
        organisation=world.company(f"Bolaget {email}"),
        email=email,
        name="Eva Fors",
        roles=["author"],
        by=None,
        at=now(),
    )


def told(*arguments):
    out = StringIO()
    call_command("deliver", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.mark.django_db
def test_what_is_due_is_sent_once_however_often_it_runs(settings):
    settings.SITE_ADDRESS = "https://tillit.example.se"
    an_invitation()
    assert told() == "sent 1, failed 0, waiting 0, stopped 0"
    assert told() == "sent 0, failed 0, waiting 0, stopped 0"
    assert [each.to for each in mail.outbox] == [["eva@example.se"]]
    assert Message.objects.get().sent_at is not None


@pytest.mark.django_db
def test_a_mail_that_was_stopped_is_told_of(settings):
    settings.SITE_ADDRESS = "https://tillit.example.se"
    outbox.write(key="n", kind="invitation", to=world.person("Utan Adress", ""), context={}, at=LONG_AGO)
    assert told() == "sent 0, failed 0, waiting 0, stopped 1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lacking", "says"), [("SITE_ADDRESS", "TILLIT_ADDRESS=https"), ("EMAIL_HOST", "TILLIT_MAIL_HOST=smtp")]
)
def test_a_setting_that_lacks_is_named_with_its_remedy_and_the_mail_waits(settings, lacking, says):
    settings.SITE_ADDRESS = "https://tillit.example.se"
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "smtp.example.se"
    setattr(settings, lacking, "")
    an_invitation()
    with pytest.raises(CommandError, match=says):
        told()
    assert Message.objects.get().attempts == 0


@pytest.mark.django_db
def test_a_mail_server_that_is_away_gives_exit_code_75_and_the_mail_waits(settings):
    settings.SITE_ADDRESS = "https://tillit.example.se"
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = 1, False
    an_invitation()
    with pytest.raises(CommandError, match="No mail server could be reached") as away:
        told()
    assert away.value.returncode == 75
    waiting = Message.objects.get()
    assert (waiting.sent_at, waiting.claimed_at, waiting.attempts) == (None, None, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "86401"])
def test_a_wait_that_is_none_is_refused(seconds):
    with pytest.raises(CommandError, match="is no number of seconds"):
        told("--for-ever", seconds)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_for_ever_sends_what_comes_and_stops_in_order_when_told_to(tmp_path, stop):
    an_invitation()
    with MailServer() as server:
        apart = Apart(tmp_path, mail_port=server.port)
        process = apart.started("deliver", "--for-ever", "0.05")
        assert process.stdout is not None
        assert process.stdout.readline() == "Delivering mail every 0.05 seconds.\n"
        server.came(1)
        process.send_signal(stop)
        rest, _ = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "Stopped.\n")
    assert server.to == ["eva@example.se"]
    assert apart.rows("SELECT count(*) FROM outbox_message WHERE sent_at IS NULL") == [(0,)]
