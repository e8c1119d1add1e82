"""A partnership with a plan, goals, indicators and figures, for the tests; straight into the tables where no act is
tried."""

from datetime import date
from decimal import Decimal

from tests.partnering import NOW, START, Ground
from tillit.apps.followup.models import (
    Baseline,
    EffectEdge,
    EffectLogic,
    EffectNode,
    Goal,
    Indicator,
    IndicatorVersion,
    Observation,
    Reporter,
    StrategicPlan,
    Target,
)
from tillit.core.indicators.periods import Period, read_period

PLAN_END = date(2031, 1, 1)


def period(text):
    """Return the period that a test writes as 2026-03 or 2026-Q1."""
    found = read_period(text)
    assert found is not None
    return found


class Followed(Ground):
    """The partnership of `Ground` with an adopted plan; goals, indicators and figures are added as a test asks."""

    def __init__(self, **frame):
        super().__init__(**frame)
        self.plan = StrategicPlan.objects.create(
            partnership=self.partnership,
            level=self.levels["national"],
            title="Strategisk plan",
            starts_on=START,
            ends_on=PLAN_END,
            status="adopted",
            adopted_on=START,
            decision="Styrelsen 2026-02-01, § 4",
            created_at=NOW,
        )

    def goal(self, text="Fler prövningar", level="national", kind="effect", **more):
        usual = {"status": "active", "starts_on": START, "created_at": NOW}
        return Goal.objects.create(plan=self.plan, level=self.levels[level], text=text, kind=kind, **{**usual, **more})

    def indicator(self, code="starts", name="", level="national", *, goal=None, node="", openness="public", **version):
        """Return an indicator with its first version; what is not said of the version is left empty."""
        made = Indicator.objects.create(
            partnership=self.partnership,
            code=code,
            name=name or code,
            level=self.levels[level],
            goal=goal,
            node_code=node,
            openness=openness,
            created_at=NOW,
        )
        usual = {
            "starts_on": date(2020, 1, 1),
            "unit": "prövningar",
            "direction": "up",
            "aggregation": "sum",
            "frequency": "quarter",
            "created_at": NOW,
        }
        if version.get("kind") == "qualitative":
            usual |= {"unit": "", "aggregation": "none"}
        self.version = IndicatorVersion.objects.create(indicator=made, **{**usual, **version})
        return made

    def reporter(self, indicator, who=None, since=date(2020, 1, 1), **more):
        """Return who reports an indicator: an organisation or an organ, the region where nothing is said."""
        who = who or self.region
        named = {"organ": who} if hasattr(who, "tier") else {"organisation": who}
        return Reporter.objects.create(indicator=indicator, since=since, **named, **more)

    def observed(self, reporter, text, value=None, *, status="approved", **more):
        """Return what is reported for a period, approved where nothing else is said."""
        at = period(text)
        version = more.pop("version", None) or reporter.indicator.versions.order_by("-number").first()
        said = {
            "kind": version.kind,
            "submitted_on": None if status == "draft" else at.end,
            "approved_on": at.end if status in ("approved", "locked") else None,
            "returned_reason": "Fel period." if status == "returned" else "",
            "recorded_at": NOW,
        }
        if version.kind == "qualitative":
            said |= {"level": value, "narrative": "Så här var det."}
        elif value is not None:
            said["value"] = Decimal(str(value))
        made: Observation = Observation.objects.create(
            reporter=reporter,
            version=version,
            frequency=at.frequency,
            number=at.number,
            ends_on=at.end,
            status=status,
            **{**said, **more},
        )
        return made

    def series(self, indicator, first, values, who=None, **more):
        """Report one value after another from a period on; None leaves a gap. Return the reporter."""
        reporter = self.reporter(indicator, who)
        start = period(first)
        for step, value in enumerate(values):
            if value is not None:
                at = Period(start.frequency, start.number + step)
                self.observed(reporter, str(at), value, **more)
        return reporter

    def path(self, indicator, baseline, day, target, target_day, **more):
        """Give the latest version of an indicator a baseline and a target."""
        version = indicator.versions.order_by("-number").first()
        Baseline.objects.create(version=version, day=day, value=Decimal(str(baseline)), recorded_at=NOW)
        return Target.objects.create(
            version=version, day=target_day, value=Decimal(str(target)), recorded_at=NOW, **more
        )

    def logic(self, status="draft", organ=None, **more):
        return EffectLogic.objects.create(
            partnership=self.partnership,
            organ=organ,
            title="Effektlogik",
            status=status,
            adopted_on=None if status == "draft" else START,
            decision="" if status == "draft" else "Styrelsen 2026-02-01, § 5",
            created_at=NOW,
            **more,
        )

    def node(self, logic, code, kind, **more):
        return EffectNode.objects.create(logic=logic, code=code, kind=kind, text=more.pop("text", code), **more)

    def edge(self, src, dst, **more):
        return EffectEdge.objects.create(logic=src.logic, src=src, dst=dst, **more)
