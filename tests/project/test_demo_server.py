"""The demo delivers its own mail: into a folder on this computer, with links that lead to the demo."""

from threading import Event

import pytest
from django.utils.timezone import now

from tests import world
from tillit.apps.parties.actions.invitations import invite
from tillit.project import demo_server


class SetAfter(Event):
    """Stops the one who waits for it after some rounds."""

    def __init__(self, rounds):
        super().__init__()
        self.rounds = rounds

    def wait(self, timeout=None):
        self.rounds -= 1
        if not self.rounds:
            self.set()
        return super().wait(0)


@pytest.mark.django_db
def test_the_mail_that_waits_lies_in_the_mailbox_after_the_first_round(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("tillit.web.mail.deliver.close_old_connections", lambda: None)  # the test's own is kept
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "tillit.web.mail.mailbox.Mailbox", tmp_path
    settings.SITE_ADDRESS = demo_server.address_of(8123)
    company = world.company()
    invite(organisation=company, email="eva@example.se", name="Eva", roles=["author"], by=None, at=now())
    demo_server.deliver_mail(SetAfter(2))
    (letter,) = tmp_path.glob("*.eml")
    assert b"http://127.0.0.1:8123/" in letter.read_bytes()
