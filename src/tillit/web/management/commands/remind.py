"""`tillit manage remind`: what the calendar asks for today. `tillit manage deliver` sends what it writes.

Organisations whose last day has come leave what they are in, and those who have not answered, reported or closed are
reminded, and those who owe something in a partnership, or are to report there.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate, now

from tillit.apps.collaborations.actions.partaking import follow_departures
from tillit.apps.collaborations.actions.reminding import remind_due
from tillit.apps.followup.actions.report_reminding import remind_reports
from tillit.apps.partnerships.actions.reminding import remind_commitments
from tillit.apps.partnerships.actions.renewal_reminding import remind_renewals


class Command(BaseCommand):
    help = "Writes reminders to those who have not answered, reported or closed. Run it every day; twice is as once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = remind_due(at=now(), today=localdate())
        left = follow_departures(at=now(), today=localdate())
        self.stdout.write(
            f"questions {done.reminders}, escalations {done.escalations}, outcomes {done.outcomes},"
            f" closings {done.closings}, left {left}"
        )
        promised = remind_commitments(at=now(), today=localdate())
        if promised.due or promised.overdue:
            self.stdout.write(f"commitments due {promised.due}, overdue {promised.overdue}")
        if promised.nobody:
            self.stderr.write(f"{promised.nobody} commitments due with nobody to write to")
        if agreements := remind_renewals(at=now(), today=localdate()):
            self.stdout.write(f"agreements {agreements}")
        reports = remind_reports(at=now(), today=localdate())
        if reports.due or reports.late:
            self.stdout.write(f"reports due {reports.due}, late {reports.late}")
        if reports.nobody:
            self.stderr.write(f"{reports.nobody} reports due with nobody to write to")
        if done.nobody:
            self.stderr.write(f"{done.nobody} overdue with nobody left to write to: the organisation has no contact")
