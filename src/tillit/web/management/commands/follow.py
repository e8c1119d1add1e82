"""`tillit manage follow`: judges the figures of every running partnership by its rules, and keeps what deviates."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate, now

from tillit.apps.followup.actions.deviations import Evaluated, evaluate
from tillit.apps.partnerships.models import Partnership


class Command(BaseCommand):
    help = "Judges what is reported, late and planned in running partnerships. Run it every day; twice is as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = Evaluated()
        running = Partnership.objects.filter(status="running").order_by("pk")
        for each in running:
            found = evaluate(partnership=each, today=localdate(), at=now())
            done = Evaluated(done.new + found.new, done.changed + found.changed, done.gone + found.gone)
        self.stdout.write(
            f"partnerships {len(running)}, new {done.new}, changed {done.changed}, no longer seen {done.gone}"
        )
