"""What is followed up behind the addresses: figures that are open and figures that are the parties', both with people
and parties behind them whom an open page must not tell of."""

from datetime import date, timedelta

from django.utils.timezone import localdate, now

from tests.collaborating import Sides
from tests.following import PLAN_END, Followed
from tests.web.partnership_place import START, PartnershipPlace, filed
from tillit.apps.accounts.models import Person
from tillit.apps.followup.actions.deviations import evaluate
from tillit.apps.followup.actions.surveys import token_of
from tillit.apps.followup.models import (
    Deviation,
    DeviationEvent,
    ObservationEvidence,
    StrategicPlan,
    Survey,
    SurveyInvitation,
    Thresholds,
    Trial,
    TrialSite,
    TrialState,
)
from tillit.core.indicators.periods import QUARTER, period_of

OF_REGION, OF_COMPANY, OF_PARTIES = 80_213, 10_657, 47_119
"""What the region and the company report of what is open, and what the region reports of what is the parties'."""
HIDDEN = "Parternas indikator"


class FollowupPlace(Followed):
    """The partnership of the place, followed up: two parties report what is open, one of them what is the parties'.

    The board, where the region's head sits, has a branch in draft. One who is asked in the survey has not answered.
    """

    def __init__(self, place: PartnershipPlace, sides: Sides, office: Person) -> None:
        self.partnership, self.region, self.company = place.partnership, sides.region, sides.company
        self.partnership.not_started = False
        self.partnership.save()
        self.levels = {each.code: each for each in self.partnership.levels.all()}
        self.latest = period_of(localdate(), QUARTER).ahead(-1)
        self.plan = StrategicPlan.objects.create(
            partnership=self.partnership,
            level=self.levels["national"],
            title="Strategisk plan",
            starts_on=START,
            ends_on=PLAN_END,
            status="adopted",
            adopted_on=START,
            decision="Styrelsen 2026-02-01, § 4",
            created_at=now(),
        )
        self.served = self.goal()
        self.adopted = self.chained()
        self.branch = self.logic(organ=place.organ)
        self._figures(sides)
        self._decided(place, office)
        self._asked(sides)
        self._tried()

    def chained(self):
        """Return the adopted national logic: one step that leads to another."""
        logic = self.logic()
        self.edge(self.node(logic, "A1", "activity"), self.node(logic, "E1", "long_effect"))
        logic.status, logic.adopted_on, logic.decision = "adopted", START, "Styrelsen 2026-02-01, § 5"
        logic.save()
        return logic

    def _figures(self, sides: Sides) -> None:
        self.open = self.indicator("starts", "Startade prövningar", goal=self.served)
        self.path(self.open, 0, date(2025, 12, 31), 1_000_000, date(2030, 12, 31))
        self.reports = self.reporter(self.open, since=self.latest.start)
        reported = self.observed(self.reports, str(self.latest), OF_REGION, submitted_by=sides.contact)
        self.observed(self.reporter(self.open, self.company, self.latest.start), str(self.latest), OF_COMPANY)
        self.evidence = filed(reported, sides)
        ObservationEvidence.objects.create(observation=reported, title="Utdrag", version=self.evidence, added_at=now())
        self.late = self.indicator("answers", "Besvarade förfrågningar")
        self.reporter(self.late, self.company, self.latest.ahead(-2).start)
        self.hidden = self.indicator("hidden", HIDDEN, openness="parties")
        self.hidden_reports = self.reporter(self.hidden, since=self.latest.start)
        self.path(self.hidden, 0, date(2025, 12, 31), 1_000_000, date(2030, 12, 31))
        self.observed(self.hidden_reports, str(self.latest), OF_PARTIES, submitted_by=sides.contact)
        self.described = self.indicator("trust", "Tillit mellan parter", kind="qualitative")
        rates = self.reporter(self.described, since=self.latest.start)
        self.observed(rates, str(self.latest), 3, rater=sides.head, submitted_by=sides.head)

    def _decided(self, place: PartnershipPlace, office: Person) -> None:
        Thresholds.objects.create(
            partnership=self.partnership,
            rule="D1",
            params={"yellow": "-0.06"},
            organ=place.organ,
            decided_on=START,
            decision="§ 6",
            starts_on=START,
            recorded_at=now(),
        )
        evaluate(partnership=self.partnership, today=localdate(), at=now())
        self.deviates = Deviation.objects.get(rule="D1", indicator=self.open)
        self.hidden_deviates = Deviation.objects.get(rule="D1", indicator=self.hidden)
        DeviationEvent.objects.create(deviation=self.deviates, at=now(), by=office, what="acknowledged")

    def _asked(self, sides: Sides) -> None:
        days = {"opens_on": localdate() - timedelta(days=1), "closes_on": localdate() + timedelta(days=9)}
        self.survey = Survey.objects.create(
            partnership=self.partnership, title="Hur går det?", status="open", created_at=now(), **days
        )
        self.invited = SurveyInvitation.objects.create(
            survey=self.survey, person=sides.head, organisation=sides.region, group="region"
        )

    def _tried(self) -> None:
        self.trial = Trial.objects.create(
            partnership=self.partnership, title="Parternas prövning", sponsor=self.company, created_at=now()
        )
        TrialSite.objects.create(trial=self.trial, organisation=self.region)
        TrialState.objects.create(
            trial=self.trial, state="applied", on=START, quality="reported", source="Sponsorn", recorded_at=now()
        )

    def argument(self, name: str, parameter: str) -> object:
        """Return what stands for a parameter of an address of follow-up."""
        part = name.partition(":")[2]
        fixed = {
            "slug": self.partnership.slug,
            "period": str(self.latest),
            "version": self.evidence.pk,
            "token": token_of(self.invited),
        }
        if parameter in fixed:
            return fixed[parameter]
        special = {
            "goal": self.served,
            "goal_change": self.served,
            "logic_version": self.adopted,
            "logic_upkeep": self.branch,
            "indicator_levels": self.described,
            "survey": self.survey,
            "trial": self.trial,
            "deviation": self.deviates,
        }
        return (self.reports if part.startswith("report") else special.get(part, self.open)).pk
