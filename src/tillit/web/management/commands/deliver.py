"""`tillit manage deliver`: sends the mail that is due, once or for ever. What cannot be sent now waits."""

import signal
from argparse import ArgumentTypeError
from threading import Event, Thread
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from tillit.apps.outbox.queries import state
from tillit.web.mail.deliver import deliver_for_ever, deliver_waiting, require_settings

SECONDS = 15
"""Between two rounds, when nothing else is said. Ours: nobody waits longer for a mail than that."""
AWAY = 75
"""The exit code when no mail server answers: EX_TEMPFAIL of sysexits.h, "try again later"."""


class Command(BaseCommand):
    help = (
        "Sends the mail that is due. Exit code 75 where no mail server answers: the mail waits. With --for-ever it"
        " goes on until it is told to stop (SIGTERM, Ctrl-C), and then puts down what it has in hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--for-ever",
            nargs="?",
            const=float(SECONDS),
            type=_seconds,
            metavar="SECONDS",
            help=f"go on, with so many seconds between the rounds (default {SECONDS})",
        )

    def handle(self, *_args: Any, for_ever: float | None, **_options: Any) -> None:
        try:
            require_settings()
        except ImproperlyConfigured as lacking:
            raise CommandError(str(lacking)) from lacking
        if for_ever is not None:
            self._for_ever(for_ever)
        else:
            self._once()

    def _once(self) -> None:
        done = deliver_waiting(now())
        left = state(now())
        self.stdout.write(f"sent {done.sent}, failed {done.failed}, waiting {left.waiting}, stopped {left.stopped}")
        if done.away:
            raise CommandError(f"No mail server could be reached, the mail waits: {done.away}", returncode=AWAY)

    def _for_ever(self, seconds: float) -> None:
        stop = Event()
        # In a thread of its own, so that a stop signal never lands between two lines of it: the round that goes on
        # ends by itself, with nothing half marked.
        work = Thread(target=deliver_for_ever, args=(seconds, stop, now))

        def asked_to_stop(number: int, _frame: object) -> None:
            signal.signal(number, signal.SIG_DFL)  # whoever asks twice does not want to wait
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, asked_to_stop)
        self.stdout.write(f"Delivering mail every {seconds:g} seconds.")
        self.stdout.flush()
        work.start()
        work.join()
        self.stdout.write("Stopped.")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 24 * 60 * 60:
        raise ArgumentTypeError(f"{text!r} is no number of seconds; write one above 0, such as {SECONDS}")
    return value
