"""An act that changes what is judged runs the rules itself; many at once run them once."""

from datetime import date
from decimal import Decimal

import pytest

from tests.following import period
from tests.reporting import Reporters, moment
from tillit.apps.audit.models import Act
from tillit.apps.followup.actions.approving import approve, approve_sound, return_report
from tillit.apps.followup.actions.bulk import Entry, submit_all
from tillit.apps.followup.actions.goals import close_goal
from tillit.apps.followup.actions.locking import lock_periods, start_following
from tillit.apps.followup.actions.logic_adopting import adopt_logic
from tillit.apps.followup.actions.plans import adopt_plan, begin_next_version, close_plan
from tillit.apps.followup.actions.reporting import correct, submit
from tillit.apps.followup.actions.targets import (
    BaselineFacts,
    TargetFacts,
    change_target,
    set_baseline,
    set_target,
    withdraw_target,
)
from tillit.apps.followup.actions.thresholds import Decided, decide_thresholds
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Deviation, DeviationEvent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
NOW = moment(TODAY)


class Running(Reporters):
    """A running partnership; the region alone reports what is behind its path when it is low."""

    def __init__(self):
        super().__init__()
        self.partnership.status = "running"
        self.partnership.save()
        self.board = self.organ()
        self.behind = self.indicator("behind", "Efter", frequency="half_year", spc_enabled=False)
        self.asked = self.reporter(self.behind, self.region, date(2026, 1, 1))
        self.path(self.behind, 40, date(2025, 12, 31), 100, date(2027, 12, 31))

    def says(self, value, **more):
        """Return what the region sends in for the first half of the year."""
        slot = Slot(self.asked, period("2026-H1"))
        said = Said(value=Decimal(value))
        return submit(slot=slot, said=said, by=self.contact, at=NOW, acting_for=self.region, **more)

    def by(self):
        return {"by": self.founder, "at": NOW}


@pytest.fixture
def here():
    return Running()


def open_(rule, indicator=None):
    """Return the deviations of a rule that are found still."""
    rows = Deviation.objects.filter(rule=rule, indicator=indicator).exclude(status="closed")
    last = {each.deviation_id: each.what for each in DeviationEvent.objects.order_by("at", "pk")}
    return [each for each in rows if last[each.pk] != "gone"]


def codes(rule, indicator=None):
    return sorted(each.code for each in open_(rule, indicator))


def runs():
    return Act.objects.filter(action="followup.deviations.evaluated").count()


def test_what_is_late_is_found_when_follow_up_begins_and_seen_anew_when_it_is_sent_in(here):
    here.partnership.not_started = True
    here.partnership.save()
    start_following(partnership=here.partnership, **here.by())
    assert codes("D2", here.behind) == ["late"]
    here.says(42)
    assert codes("D2", here.behind) == ["incomplete"]  # sent in late, and too few in all


def test_a_figure_is_judged_when_it_is_approved_and_no_more_when_it_is_corrected(here):
    row = here.says(42)
    assert [each.code for each in open_("D1", here.behind)] == ["no_value"]
    approve(observation=row, **here.by())
    found = open_("D1", here.behind)
    assert [(each.severity, each.last_seen) for each in found if each.code != "no_value"] == [("red", TODAY)]
    right = Said(value=Decimal(60), reason="Fel kolumn", confirmed=True, comment="Räknat om")
    anew = correct(observation=row, said=right, by=here.contact, at=NOW, acting_for=here.region)
    assert [each.code for each in open_("D1", here.behind)] == ["no_value"]
    approve(observation=anew, **here.by())
    assert open_("D1", here.behind) == []


def test_a_report_that_is_returned_is_late_again(here):
    row = here.says(42)
    assert codes("D2", here.behind) == ["incomplete"]
    return_report(observation=row, reason="Fel period", **here.by())
    assert codes("D2", here.behind) == ["late"]


def test_many_approved_at_once_are_judged_once(here, django_assert_max_num_queries):
    rows = [here.says(42), *(here.sent(3, f"2025-Q{number}", day=TODAY) for number in (1, 2, 3, 4))]
    before = runs()
    assert approve_sound(observations=rows, **here.by()) == 5
    assert runs() == before + 1
    assert [each.code for each in open_("D1", here.behind)] != ["no_value"]


def test_many_sent_in_at_once_are_judged_once(here):
    before = runs()
    entries = [Entry(slot=here.slot(f"2025-Q{number}"), said=Said(value=Decimal(3))) for number in (1, 2, 3, 4)]
    entries.append(Entry(slot=Slot(here.asked, period("2026-H1")), said=Said(value=Decimal(42))))
    submit_all(entries=entries, by=here.contact, at=NOW, acting_for=here.region)
    assert runs() == before + 1
    assert codes("D2", here.behind) == ["incomplete"]
    assert submit_all(entries=[], by=here.contact, at=NOW) == ()


def test_an_approval_that_is_left_to_others_judges_nothing(here):
    approve(observation=here.says(42, judge=False), judge=False, **here.by())
    assert not Deviation.objects.exists()


def test_only_what_is_running_is_judged(here):
    here.partnership.status = "preparing"
    here.partnership.save()
    approve(observation=here.says(42), **here.by())
    assert not Deviation.objects.exists()


def test_an_approval_asks_as_often_however_much_there_is(here, django_assert_max_num_queries):
    for number in range(12):
        each = here.indicator(f"more-{number}", frequency="quarter", goal=here.goal(f"Mål {number}"))
        here.series(each, "2025-Q1", [1, 2, 3, 4, 5])
    row = here.says(42, judge=False)
    with django_assert_max_num_queries(45):
        approve(observation=row, **here.by())


def test_a_lock_runs_the_rules(here):
    lock_periods(partnership=here.partnership, through=date(2026, 6, 30), **here.by())
    assert len(open_("D2", here.behind)) == 1


def test_where_it_should_be_is_judged_when_it_is_said(here):
    approve(observation=here.says(42), **here.by())
    version = here.behind.versions.get()
    far = version.targets.get()
    change_target(target=far, facts=TargetFacts(day=far.day, value=Decimal(44)), **here.by())
    assert codes("D1", here.behind) == ["ahead"]
    near = set_target(version=version, facts=TargetFacts(day=date(2026, 12, 31), value=Decimal(90)), **here.by())
    assert [each.severity for each in open_("D1", here.behind)] == ["red"]
    withdraw_target(target=near, **here.by())
    assert codes("D1", here.behind) == ["ahead"]
    set_baseline(version=version, facts=BaselineFacts(day=date(2025, 12, 31), value=Decimal(100)), **here.by())
    assert len(open_("D1", here.behind)) == 1


def test_goals_and_logics_are_judged_when_they_are_adopted_and_end(here):
    goal = here.goal("Samordna")
    nxt = begin_next_version(plan=here.plan, **here.by())
    assert not Deviation.objects.exists()
    adopt_plan(plan=nxt, organ=here.board, on=TODAY, text="§ 9", **here.by())
    assert codes("D6") == ["too_few_measurable"]
    close_goal(goal=nxt.goals.get(based_on=goal), on=TODAY, reason="Nått", **here.by())
    assert codes("D6") == ["no_goals"]


def test_a_plan_that_ends_has_no_goals_to_judge(here):
    here.goal("Samordna")
    lock_periods(partnership=here.partnership, through=date(2026, 6, 30), **here.by())
    assert codes("D6") == ["too_few_measurable"]
    close_plan(plan=here.plan, on=TODAY, reason="Slut", **here.by())
    assert codes("D6") == ["no_goals"]


def test_an_effect_logic_is_judged_when_it_is_adopted(here):
    goal = here.goal("Fler prövningar", tier="deciding")
    logic = here.logic(plan=here.plan)
    step, effect = here.node(logic, "A1", "activity", area="hjärta"), here.node(logic, "M1", "short_effect", goal=goal)
    here.edge(step, effect, mechanism="Så")
    adopt_logic(logic=logic, decision="Styrelsen § 6", adopted_on=TODAY, **here.by())
    assert len(open_("D7")) == 1


def test_thresholds_are_judged_by_when_they_are_decided(here):
    here.goal("Samordna", tier="operative")
    lock_periods(partnership=here.partnership, through=date(2026, 6, 30), **here.by())
    assert [each.severity for each in open_("D6")] == ["red"]
    values = {"yellow": Decimal("0.2"), "red": Decimal(0)}
    decided = Decided(organ=here.board, decided_on=TODAY, decision="§ 7", starts_on=TODAY, values=values)
    decide_thresholds(partnership=here.partnership, rule="D6", decided=decided, **here.by())
    assert [each.severity for each in open_("D6")] == ["yellow"]
