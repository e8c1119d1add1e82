"""Goals are written, changed and closed; parties say what they say of them; and D6 of what stands in the tables."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from tests import world
from tests.following import Followed
from tests.partnering import NOW, START, there
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions import goals as acts
from tillit.apps.followup.actions.goals import GoalFacts
from tillit.apps.followup.goal_facts import known
from tillit.apps.followup.models import Baseline, Goal, GoalConsent, RubricLevel, StrategicPlan, Target
from tillit.apps.followup.queries.goals import goal_board, goal_page
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Organ
from tillit.core.indicators.measured_share import share

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
OFFICE = Sight(office=True)
TEXT_B = "Andel företagsinitierade prövningar med första patient inom 120 dagar"


@pytest.fixture
def ground():
    made = Followed()
    for organisation in (made.region, made.company):
        made.joined(organisation)
    return made


@pytest.fixture
def draft(ground):
    """A plan of the coordination group, to write in."""
    group = ground.organ("Samordningsgruppen", "operative", "network")
    return drafted(ground, organ=group, level=ground.levels["network"])


def drafted(ground, **more):
    usual = {"title": "Gruppens plan", "starts_on": START, "ends_on": date(2029, 1, 1), "created_at": NOW}
    return StrategicPlan.objects.create(**{"partnership": ground.partnership, **usual, **more})


def elsewhere(ground):
    """Return an organ of another partnership."""
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=START)
    other = found_partnership(frame=frame, by=ground.founder, at=NOW, acting_for=ground.region, made_up=True)
    level = other.levels.get(code="national")
    return Organ.objects.create(partnership=other, name="Rådet", tier="deciding", level=level, starts_on=START)


def facts(**more):
    return GoalFacts(**{"text": "Halvera tiden till första patient", "kind": "effect", "starts_on": START, **more})


def written(ground, plan, **more):
    return acts.write_goal(plan=plan, facts=facts(**more), by=ground.founder, at=NOW)


def changed(ground, goal, **more):
    return acts.change_goal(goal=goal, facts=facts(**more), by=ground.founder, at=NOW)


def said(ground, goal, stance="supports", who=None, at=NOW, **more):
    return acts.say_of_goal(
        goal=goal, organisation=who or ground.company, stance=stance, by=ground.officer, at=at, **more
    )


def of_b(ground, goal, code="b", **more):
    """Return the indicator of the worked example B: 40 % to 70 %, every quarter, the office owns it."""
    usual = {"unit": "%", "frequency": "quarter", "owner_role": "kansliet"}
    made = ground.indicator(code, goal=goal, **{**usual, **more})
    ground.path(made, 40, date(2026, 12, 31), 70, date(2030, 12, 31))
    return made


def measured(ground, goal):
    row = Goal.objects.select_related("plan__organ", "level", "owner_party", "owner_organ").get(pk=goal.pk)
    return known(ground.partnership, [goal.pk]).of(row).found


# ---------------------------------------------------------------- acts


def test_a_goal_is_open_and_counted_where_its_organ_is_if_nothing_else_is_said(ground, draft):
    goal = written(ground, draft, kind="organ", problem="Ingen vet\r\nhur länge det tar")
    assert (goal.openness, goal.level, goal.tier) == ("public", ground.levels["network"], "operative")
    assert goal.problem == "Ingen vet\nhur länge det tar"
    assert (written(ground, draft).number, goal.number) == (2, 1)
    board = ground.organ("Styrelsen", "deciding")
    own = written(ground, draft, owner_organ=board)
    assert (own.tier, own.level) == ("deciding", ground.levels["national"])
    assert Act.objects.filter(action="followup.goal.written").count() == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "Fråga 19121212-1212"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"problem": "Fråga 19121212-1212"}, "problem"),
        ({"owner_role": "19121212-1212"}, "owner_role"),
        ({"kind": "dröm"}, "kind"),
        ({"tier": "högst"}, "tier"),
        ({"openness": "hemlig"}, "openness"),
        ({"ends_on": START}, "ends_on"),
        ({"starts_on": date(1026, 2, 1)}, "starts_on"),
        ({"starts_on": date(2029, 1, 1)}, "starts_on"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_at_its_field(ground, draft, change, field):
    with pytest.raises(Refused) as refused:
        written(ground, draft, **change)
    assert refused.value.field == field
    assert not draft.goals.exists()


def test_a_goal_stands_under_one_of_its_own_plan_and_never_above_itself(ground, draft):
    above = written(ground, draft)
    below = written(ground, draft, parent=above)
    lowest = written(ground, draft, parent=below)
    with pytest.raises(Refused) as refused:
        changed(ground, above, parent=lowest)
    assert refused.value.field == "parent"
    with pytest.raises(Refused, match="annan plan"):
        written(ground, draft, parent=ground.goal())
    with pytest.raises(Refused, match="hör till partnerskapet"):
        written(ground, draft, owner_organ=elsewhere(ground))


def test_an_organs_own_goal_has_an_organ(ground):
    plan = drafted(ground, version=2, level=ground.levels["national"])
    with pytest.raises(Refused) as refused:
        written(ground, plan, kind="organ")
    assert refused.value.field == "owner_organ"


def test_an_adopted_plan_takes_no_new_goals_and_what_was_decided_stands(ground):
    with pytest.raises(Refused, match="nästa version"):
        written(ground, ground.plan)
    goal = ground.goal(tier="deciding")
    same = {"text": goal.text, "level": goal.level, "tier": "deciding"}
    found = changed(ground, goal, **same, owner_party=ground.region, problem="Det går långsamt", openness="parties")
    assert (found.owner_party, found.problem, found.openness) == (ground.region, "Det går långsamt", "parties")
    for decided in ({"text": "Färre"}, {"kind": "result"}, {"tier": "advisory"}, {"starts_on": date(2026, 3, 1)}):
        with pytest.raises(Refused) as refused:
            changed(ground, goal, **{**same, **decided})
        assert refused.value.field == next(iter(decided))


def test_a_goal_is_closed_with_its_reason_and_stands_then(ground):
    goal = ground.goal()
    close = {"goal": goal, "by": ground.founder, "at": NOW}
    with pytest.raises(Refused) as refused:
        acts.close_goal(**close, on=TODAY, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused):
        acts.close_goal(**close, on=START, reason="Nått")
    found = acts.close_goal(**close, on=TODAY, reason="Nått i förtid")
    assert (found.status, found.ends_on, found.closing_reason) == ("closed", TODAY, "Nått i förtid")
    for again in (
        lambda: acts.close_goal(**close, on=TODAY, reason="Igen"),
        lambda: changed(ground, goal),
        lambda: said(ground, goal),
    ):
        with pytest.raises(Refused):
            again()


def test_what_a_party_says_is_kept_when_it_changes_its_mind(ground):
    goal = ground.goal()
    first = said(ground, goal, note="Gärna")
    assert said(ground, goal, note="Gärna") == first
    second = said(ground, goal, "opposes", at=NOW + timedelta(days=3))
    first.refresh_from_db()
    assert (first.stance, first.superseded_at) == ("supports", second.recorded_at)
    assert (second.stance, second.said_on, second.note) == ("opposes", date(2026, 8, 4), "")
    assert [act.detail["stance"] for act in Act.objects.filter(action="followup.goal.consent_said")] == [
        "supports",
        "opposes",
    ]
    page = there(goal_page(ground.partnership, OFFICE, goal.pk, TODAY))
    assert [(each.party, each.stance, len(each.before)) for each in page.parties] == [
        ("Nordkap Pharma AB", "opposes", 1),
        ("Region Fjällmark", "", 0),
    ]
    assert page.counts == {"supports": 0, "abstains": 0, "opposes": 1, "": 1}


def test_only_a_party_says_something_of_a_goal_and_only_what_can_be_said(ground):
    goal = ground.goal()
    with pytest.raises(Refused, match="part i partnerskapet"):
        said(ground, goal, who=world.company("Utanför AB"))
    with pytest.raises(Refused) as refused:
        said(ground, goal, "hurrar")
    assert refused.value.field == "stance"
    with pytest.raises(Refused) as refused:
        said(ground, goal, note="19121212-1212")
    assert refused.value.field == "note"


def test_a_new_text_is_asked_of_the_parties_anew_and_nothing_else_is(ground, draft):
    goal = written(ground, draft)
    said(ground, goal)
    same = {"level": goal.level, "tier": goal.tier}
    changed(ground, goal, **same, problem="Ett problem")
    assert GoalConsent.objects.filter(goal=goal, superseded_at=None).count() == 1
    changed(ground, goal, **same, text="Något helt annat")
    assert GoalConsent.objects.filter(goal=goal).count() == 1
    assert not GoalConsent.objects.filter(goal=goal, superseded_at=None).exists()


# ---------------------------------------------------------------- what the database refuses


def refused_by_the_database(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_the_database_refuses_a_circle_of_goals(ground, draft):
    above = written(ground, draft)
    below = written(ground, draft, parent=above)
    refused_by_the_database(lambda: Goal.objects.filter(pk=above.pk).update(parent=below))
    refused_by_the_database(lambda: Goal.objects.filter(pk=above.pk).update(parent=above))


def test_the_database_refuses_a_parent_in_another_plan(ground, draft):
    goal = written(ground, draft)
    refused_by_the_database(lambda: Goal.objects.filter(pk=goal.pk).update(parent=ground.goal()))
    refused_by_the_database(lambda: ground.goal(parent=goal))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "result"},
        {"tier": "advisory"},
        {"number": 9},
        {"starts_on": date(2026, 3, 1)},
        {"ends_on": date(2027, 1, 1)},
        {"status": "draft"},
    ],
)
def test_the_database_keeps_the_goals_of_an_adopted_plan(ground, draft, change):
    goal = ground.goal()
    refused_by_the_database(lambda: Goal.objects.filter(pk=goal.pk).update(**change))
    mine = written(ground, draft)
    Goal.objects.filter(pk=mine.pk).update(**change)


def test_the_database_keeps_goals_and_opens_no_closed_one(ground):
    goal = ground.goal()
    refused_by_the_database(lambda: Goal.objects.filter(pk=goal.pk).delete())
    refused_by_the_database(lambda: Goal.objects.filter(pk=goal.pk).update(status="closed"))
    acts.close_goal(goal=goal, on=TODAY, reason="Nått", by=ground.founder, at=NOW)
    refused_by_the_database(lambda: Goal.objects.filter(pk=goal.pk).update(status="active", ends_on=None))


def test_the_database_keeps_what_a_party_said(ground):
    row = said(ground, ground.goal())
    rows = GoalConsent.objects.filter(pk=row.pk)
    refused_by_the_database(lambda: rows.update(stance="opposes"))
    refused_by_the_database(lambda: rows.update(said_on=TODAY - timedelta(days=1)))
    refused_by_the_database(rows.delete)
    refused_by_the_database(
        lambda: GoalConsent.objects.create(
            goal=row.goal, organisation=row.organisation, stance="opposes", said_on=TODAY, recorded_at=NOW
        )
    )
    rows.update(superseded_at=NOW)
    refused_by_the_database(lambda: rows.update(superseded_at=None))


# ---------------------------------------------------------------- D6 through the tables


def test_example_a_a_goal_without_indicator(ground):
    found = measured(ground, ground.goal("Nationell samordning och ökad kapacitet"))
    assert (found.is_measurable, found.lacking, found.advice) == (False, ("M1",), ("two_goals",))


def test_example_b_all_that_blocks_is_there_and_four_things_remain(ground):
    goal = ground.goal(TEXT_B)
    of_b(ground, goal)
    found = measured(ground, goal)
    assert (found.is_measurable, found.lacking, found.untried) == (True, (), ())
    assert found.remarks == ("M5", "M8", "M10", "M11")


def test_example_c_the_finding_of_the_report_is_computed(ground):
    tiers = [("deciding", True)] + [("deciding", False)] * 4 + [("operative", True)] * 6 + [("operative", False)]
    for number, (tier, whole) in enumerate(tiers):
        goal = ground.goal(TEXT_B, tier=tier, number=number)
        if whole:
            of_b(ground, goal, f"b{number}")
    board = goal_board(ground.partnership, Sight(), TODAY)
    strategic, operative = (share(group.counted, board.limits) for group in board.groups)
    assert [(group.level.code, group.tier) for group in board.groups] == [
        ("national", "deciding"),
        ("national", "operative"),
    ]
    assert (strategic.share, strategic.verdict) == (Fraction("0.20"), "red")
    assert (operative.share, operative.verdict) == (Fraction(6, 7), "green")
    in_all = share(board.total, board.limits)
    assert (in_all.share, f"{float(there(in_all.share)):.3f}", in_all.verdict) == (Fraction(7, 12), "0.583", "yellow")


def test_example_d_a_target_on_the_wrong_side(ground):
    goal = ground.goal(TEXT_B)
    made = ground.indicator("d", goal=goal, unit="%", direction="up")
    ground.path(made, 70, date(2026, 12, 31), 40, date(2030, 12, 31))
    assert measured(ground, goal).lacking == ("M7",)


def test_an_indicator_on_a_path_of_the_adopted_logic_is_told_so(ground):
    goal = ground.goal(TEXT_B)
    of_b(ground, goal, node="K1")
    logic = ground.logic()
    activity, effect = (ground.node(logic, code, kind) for code, kind in (("A1", "activity"), ("K1", "short_effect")))
    ground.edge(activity, effect)
    assert "M10" in measured(ground, goal).remarks  # a draft is no adopted logic
    type(logic).objects.filter(pk=logic.pk).update(status="adopted", adopted_on=START, decision="Styrelsen § 5")
    assert "M10" not in measured(ground, goal).remarks


def test_a_step_that_no_activity_leads_to_is_on_no_path_nor_one_of_another_groups_branch(ground):
    goal = ground.goal(TEXT_B)
    of_b(ground, goal, node="K1")
    for organ, kind in ((None, "resource"), (ground.organ(), "activity")):
        logic = ground.logic(organ=organ)
        ground.edge(ground.node(logic, "A1", kind), ground.node(logic, "K1", "short_effect"))
        type(logic).objects.filter(pk=logic.pk).update(status="adopted", adopted_on=START, decision="§ 5")
    assert "M10" in measured(ground, goal).remarks
    Goal.objects.filter(pk=goal.pk).update(owner_organ=logic.organ)
    assert "M10" not in measured(ground, goal).remarks


def test_who_owns_the_goal_owns_its_indicator_where_nobody_else_is_said_to(ground):
    goal = ground.goal(TEXT_B, owner_party=ground.region)
    of_b(ground, goal)
    assert "M5" not in measured(ground, goal).remarks


def test_levels_that_are_described_measure_a_goal_and_the_latest_version_is_tried(ground):
    goal = ground.goal("Parterna litar på varandra", kind="effect")
    made = ground.indicator("trust", goal=goal, kind="qualitative")
    version = made.versions.get()
    Baseline.objects.create(version=version, day=date(2026, 6, 30), level=1, recorded_at=NOW)
    Target.objects.create(version=version, day=date(2029, 6, 30), level=3, recorded_at=NOW)
    assert measured(ground, goal).lacking == ("M2",)
    for level in range(3):
        RubricLevel.objects.create(version=version, level=level, label=f"Steg {level}", descriptor="Så här är det.")
    assert measured(ground, goal).is_measurable
    made.versions.create(number=2, starts_on=date(2027, 1, 1), unit="%", change_reason="Ny fråga", created_at=NOW)
    assert measured(ground, goal).lacking == ("M3", "M4", "M7")


def test_no_baseline_with_its_reason_is_no_lack_and_a_closed_indicator_serves_nothing(ground):
    goal = ground.goal(TEXT_B)
    made = ground.indicator("b", goal=goal, unit="%")
    version = made.versions.get()
    Baseline.objects.create(version=version, na_reason="Mäts från 2027", recorded_at=NOW)
    Target.objects.create(version=version, day=date(2030, 12, 31), value=Decimal(70), recorded_at=NOW)
    assert measured(ground, goal).is_measurable
    made.closed_on = TODAY
    made.save()
    assert measured(ground, goal).lacking == ("M1",)


def test_a_group_that_only_counts_its_meetings_is_told_so(ground, draft):
    goal = written(ground, draft, kind="organ", text="Gruppen kortar tiden till svar")
    of_b(ground, goal, counts_meetings=True)
    assert "M12" in measured(ground, goal).remarks
    of_b(ground, goal, "c")
    assert "M12" not in measured(ground, goal).remarks


# ---------------------------------------------------------------- what may be seen, and in how many queries


def test_a_goal_is_seen_by_its_openness_and_a_draft_by_those_in_it(ground, draft):
    ground.goal("Öppet")
    ground.goal("Parternas", openness="parties")
    written(ground, draft, text="Utkastets")
    seen = {name: texts(goal_board(ground.partnership, sight, TODAY)) for name, sight in SIGHTS.items()}
    assert seen == {
        "visitor": {"Öppet"},
        "party": {"Öppet", "Parternas", "Utkastets"},
        "evaluator": {"Öppet", "Parternas", "Utkastets"},
    }
    assert goal_board(ground.partnership, Sight(), TODAY).hidden
    assert not goal_board(ground.partnership, OFFICE, TODAY).hidden


SIGHTS = {"visitor": Sight(), "party": Sight(party=True), "evaluator": Sight(evaluator=True)}


def texts(board):
    return {row.goal.text for group in board.groups for row in group.rows}


def test_levels_without_goals_are_told_and_a_closed_goal_is_not_counted(ground):
    ground.goal("Kvar")
    acts.close_goal(goal=ground.goal("Nått"), on=TODAY, reason="Nått", by=ground.founder, at=NOW)
    board = goal_board(ground.partnership, Sight(), TODAY)
    assert [level.code for level in board.empty] == ["network", "research_area", "regional", "project"]
    assert (board.total.goals, [each.goal.text for each in board.closed]) == (1, ["Nått"])


def test_without_goals_there_is_no_share(ground):
    board = goal_board(ground.partnership, Sight(), TODAY)
    assert (board.groups, share(board.total, board.limits).share) == ((), None)


@pytest.mark.parametrize("count", [3, 30])
def test_a_plan_is_read_in_as_many_queries_however_many_its_goals(ground, count, django_assert_num_queries):
    for number in range(count):
        of_b(ground, ground.goal(number=number), f"b{number}")
    with django_assert_num_queries(6):
        goal_board(ground.partnership, OFFICE, TODAY)
    goal = there(Goal.objects.first())
    with django_assert_num_queries(6):
        goal_page(ground.partnership, OFFICE, goal.pk, TODAY)
