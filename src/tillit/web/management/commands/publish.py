"""`tillit manage publish`: brings the register in line with what has changed, started or come to its open day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate, now

from tillit.apps.register.actions import publish_due


class Command(BaseCommand):
    help = "Publishes what has started, changed or come to its open day. Run it every day; twice is as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = publish_due(at=now(), today=localdate())
        self.stdout.write(f"looked at {done.seen}, changed {done.changed}, refused {len(done.refused)}")
        if done.refused:
            raise CommandError("\n".join(f"{public_id}: {why}" for public_id, why in done.refused))
