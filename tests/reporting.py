"""A partnership that reports, for the tests: three parties, an office of two, an indicator that each is asked for."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests import world
from tests.following import Followed, period
from tests.partnering import START
from tillit.apps.followup.actions.approving import approve
from tillit.apps.followup.actions.reporting import submit
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.partnerships.models import Steward

TODAY = date(2026, 8, 1)


def moment(day):
    """Return nine o'clock on a day."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


class Reporters(Followed):
    """The parties are asked for one indicator a quarter since 2025; the founder and Olle run the office."""

    def __init__(self, **frame):
        super().__init__(**frame)
        self.ask()

    def ask(self):
        """Let follow-up begin: who runs the office, who speaks for whom, what each is asked for."""
        self.partnership.not_started = False
        self.partnership.save()
        self.contact = world.person("Rut Region", organisation=self.region, roles=("contact_person",))
        self.academic = world.person("Ada Akademi", organisation=self.university, roles=("contact_person",))
        self.second = world.person("Olle Kansli")
        Steward.objects.create(partnership=self.partnership, person=self.second, role="office", since=START)
        for organisation in (self.region, self.university, self.company):
            self.joined(organisation, starts_on=date(2025, 1, 1))
        self.starts = self.indicator("starts", "Startade prövningar")
        self.of = {
            each: self.reporter(self.starts, each, date(2025, 1, 1))
            for each in (self.region, self.university, self.company)
        }
        self.speakers = {self.region: self.contact, self.university: self.academic, self.company: self.officer}

    def slot(self, text="2026-Q2", who=None, rater=None):
        return Slot(self.of[who or self.region], period(text), rater)

    def sent(self, value, text="2026-Q2", who=None, day=TODAY, **more):
        """Return what a party's speaker sends in for a period."""
        who = who or self.region
        said = {"value": None if value is None else Decimal(str(value)), **more}
        by = self.speakers[who]
        return submit(slot=self.slot(text, who), said=Said(**said), by=by, at=moment(day), acting_for=who)

    def approved(self, row, day=TODAY, by=None):
        return approve(observation=row, by=by or self.founder, at=moment(day))

    def rated(self, **version):
        """Ask the region for a described level a year, and return its reporter."""
        trust = self.indicator("trust", "Tillit", kind="qualitative", frequency="year", **version)
        return self.reporter(trust, self.region, date(2024, 1, 1))
