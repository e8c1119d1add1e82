"""`tillit manage follow`: judges every running partnership by its rules, keeps what deviates, and closes surveys."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate, now

from tillit.apps.followup.actions.deviations import Evaluated, evaluate
from tillit.apps.followup.actions.surveys import close_due
from tillit.apps.partnerships.models import Partnership


class Command(BaseCommand):
    help = "Judges running partnerships and closes surveys whose day has passed. Run it every day; twice is as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = Evaluated()
        running = Partnership.objects.filter(status="running").order_by("pk")
        for each in running:
            found = evaluate(partnership=each, today=localdate(), at=now())
            done = Evaluated(done.new + found.new, done.changed + found.changed, done.gone + found.gone)
        closed = close_due(at=now(), today=localdate())
        told = f"new {done.new}, changed {done.changed}, no longer seen {done.gone}"
        self.stdout.write(f"partnerships {len(running)}, {told}, surveys closed {closed}")
