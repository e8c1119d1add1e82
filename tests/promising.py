"""A partnership with a party that owes things, somebody who speaks for it and an office that judges; for the tests."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils.timezone import get_current_timezone

from tests import world
from tests.partnering import Ground
from tillit.apps.partnerships.actions.commitments import CommitmentFacts, make_commitment
from tillit.apps.partnerships.actions.evidence import EvidenceFacts, accept_evidence, add_evidence
from tillit.apps.partnerships.actions.frame import name_steward
from tillit.apps.partnerships.actions.reporting import Occasion, report_occurrence, verify_occurrence

DUE = date(2026, 6, 30)
TODAY = date(2026, 12, 1)
_next = count(1)


def moment(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=get_current_timezone())


class Promises(Ground):
    """`office` runs the record and belongs to no party; `speaker` speaks for the company, which is a party."""

    def __init__(self, **frame):
        super().__init__(**frame)
        self.joined(self.company, sector="industry", stage="initiation")
        self.joined(self.region, sector="care", stage="initiation")
        self.office = world.person("Kim Kansli")
        name_steward(partnership=self.partnership, person=self.office, role="office", by=self.founder, at=moment(DUE))
        self.speaker = self.officer

    def facts(self, **more):
        usual = {
            "text": f"Lämna rapport {next(_next)}",
            "area": "goals",
            "kind": "reporting",
            "level": self.levels["national"],
            "starts_on": date(2026, 2, 1),
            "due_on": DUE,
        }
        if not {"organ", "of_kind", "of_role", "organisation"} & set(more):
            usual["organisation"] = self.company
        if "first_due" in more:
            usual.pop("due_on")
        return CommitmentFacts(**{**usual, **more})

    def promise(self, weight=1, **more):
        facts = self.facts(weight=Decimal(weight), **more)
        return make_commitment(partnership=self.partnership, facts=facts, by=self.office, at=moment(date(2026, 2, 1)))

    def occasion(self, commitment, due_on=DUE, party=None):
        return Occasion(commitment=commitment, party=party, due_on=due_on)

    def reported(self, commitment, day=DUE, due_on=DUE, party=None):
        return report_occurrence(
            occasion=self.occasion(commitment, due_on, party), by=self.speaker, at=moment(day), acting_for=self.company
        )

    def judged(self, commitment, verdict="met", day=None, due_on=DUE, party=None, **more):
        day = day or due_on + timedelta(days=commitment.grace_days + 1)
        said = {"done_on": due_on, **more}
        return verify_occurrence(
            occasion=self.occasion(commitment, due_on, party), verdict=verdict, by=self.office, at=moment(day), **said
        )

    def shown(self, commitment, effective_on=DUE, due_on=None, day=None, party=None, accepted=True, **more):
        made = add_evidence(
            occasion=self.occasion(commitment, due_on, party),
            facts=EvidenceFacts(
                title="Rapporten", effective_on=effective_on, link="https://exempel.se/rapport", **more
            ),
            by=self.speaker,
            at=moment(day or effective_on),
            acting_for=self.company,
        )
        if accepted:
            made = accept_evidence(evidence=made, by=self.office, at=moment(day or effective_on, 10))
        return made
