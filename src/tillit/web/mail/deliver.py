"""From the outbox to the mail server: one mail at a time, marked when it has gone, kept when it has not.

A stop between sending and marking makes a second copy, with the same Message-ID. The other order would lose mail.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from threading import Event
from time import monotonic

from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, close_old_connections

from tillit.apps.outbox import actions as outbox
from tillit.apps.outbox.models import Message
from tillit.web.mail.letter import NotNeeded
from tillit.web.mail.render import as_email, rendered

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round went. `away` says why no mail server could be reached; "" when one answered or none was needed."""

    sent: int = 0
    failed: int = 0
    away: str = ""


class _Away(Exception):
    """No mail server answers: no use in trying the next mail."""


def require_settings() -> None:
    """Let settings pass that mail can be sent with. :raises ImproperlyConfigured: what lacks, and the remedy"""
    if not settings.SITE_ADDRESS:
        raise ImproperlyConfigured(
            "TILLIT_ADDRESS is not set, and TILLIT_HOSTS names no host in full, so links in mail would lead nowhere."
            " Set TILLIT_ADDRESS=https://tillit.example.se"
        )
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.EMAIL_HOST:
        raise ImproperlyConfigured(
            "TILLIT_MAIL_HOST is not set, so mail cannot be sent. It waits. Name the mail server:"
            " TILLIT_MAIL_HOST=smtp.example.se"
        )


def deliver_waiting(now: datetime, *, stop: Event | None = None) -> Delivered:
    """Return how it went to send every mail that is due. What could not be sent waits for the next round.

    `now` is when the round begins; how long it takes is measured, so that setting the clock changes nothing meanwhile.
    """
    began = monotonic()
    sent = failed = 0
    server = mail.get_connection()
    clock: Clock = lambda: now + timedelta(seconds=monotonic() - began)  # noqa: E731 - as short as that
    try:
        while batch := outbox.claim(at=clock()):
            while batch:
                if stop is not None and stop.is_set():
                    _let_go(batch, "stopped")
                    return Delivered(sent, failed)
                try:
                    went = _deliver(batch[0], server, clock)
                except _Away as away:
                    _let_go(batch, str(away))
                    log.warning("No mail server could be reached, mail waits: %s", away)
                    return Delivered(sent, failed, str(away))
                del batch[0]
                sent, failed = sent + (went is True), failed + (went is False)
    finally:
        _hang_up(server)
    return Delivered(sent, failed)


def deliver_for_ever(seconds: float, stop: Event, clock: Clock) -> None:
    """Deliver what is due, again and again, until `stop` is set. A round that breaks off does not end it."""
    while not stop.is_set():
        try:
            close_old_connections()
            deliver_waiting(clock(), stop=stop)
        except DatabaseError as error:
            log.error("Mail waits, the database does not answer as it should: %s", type(error).__name__)
        except Exception:  # whatever it was, mail that is due tomorrow must still go out
            log.exception("A round of delivering mail broke off")
        stop.wait(seconds)
    close_old_connections()


def _deliver(message: Message, server: BaseEmailBackend, clock: Clock) -> bool | None:
    """Return whether a mail went out; None when it was not to go out after all. One that fails stops no other.

    :raises _Away: there is no mail server to give it to
    """
    if not outbox.renew(message, clock()):
        return None
    if not message.to.email:
        outbox.stop(message, clock(), outbox.NO_ADDRESS)
        return False
    try:
        email = as_email(message, rendered(message, at=clock()))
    except NotNeeded:
        outbox.call_off(keys=[message.key], at=clock())
        return None
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one kind of mail
        return _failed(message, clock(), error)
    try:
        server.open()
    except (OSError, SMTPException) as error:
        raise _Away(_told(message, error)) from error
    try:
        if not server.send_messages([email]):
            raise SMTPException("not taken")
    except Exception as error:  # noqa: BLE001 - an address or a text that the server or the library does not take
        _hang_up(server)
        return _failed(message, clock(), error)
    outbox.sent(message, clock())
    return True


def _failed(message: Message, at: datetime, error: Exception) -> bool:
    # Neither whom it is to nor what the server said of them goes into the log.
    log.warning("Mail %s (%s) could not be sent: %s", message.pk, message.kind, type(error).__name__)
    outbox.failed(message, at, _told(message, error))
    return False


def _let_go(batch: list[Message], why: str) -> None:
    for message in batch:
        outbox.put_back(message, why)


def _hang_up(server: BaseEmailBackend) -> None:
    with suppress(OSError, SMTPException):
        server.close()


def _told(message: Message, error: Exception) -> str:
    told = f"{type(error).__name__}: {error}"
    return told.replace(message.to.email, "…") if message.to.email else told
