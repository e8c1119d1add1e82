"""Baselines, targets and described levels: what each may be, what is refused, and what is only told (I-17, I-20)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone

from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.definitions import Definition, begin_version, change_definition
from tillit.apps.followup.actions.rubric import LevelFacts, decide_floor, describe_levels
from tillit.apps.followup.actions.targets import (
    BaselineFacts,
    TargetFacts,
    change_target,
    set_baseline,
    set_target,
    withdraw_target,
)
from tillit.apps.followup.bearings import bearings
from tillit.apps.followup.doubts import doubts
from tillit.apps.followup.goal_facts import core_indicator
from tillit.apps.followup.models import Baseline, Goal, IndicatorVersion, RubricLevel, Target
from tillit.apps.followup.shares import in_percent, kept, shown
from tillit.core.indicators.measurability import examined
from tillit.core.indicators.standing import Observed, standing

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 1, 9, 0, tzinfo=get_current_timezone())
B, T = date(2026, 12, 31), date(2030, 12, 31)
FIVE = tuple(LevelFacts(level=n, label=f"Nivå {n}", descriptor=f"Så här är {n}") for n in range(5))


@pytest.fixture
def ground():
    return Followed()


@pytest.fixture
def version(ground):
    return ground.indicator().versions.get()


@pytest.fixture
def ratio(ground):
    return ground.indicator("andel", aggregation="ratio", unit="%").versions.get()


@pytest.fixture
def words(ground):
    return ground.indicator("tillit", kind="qualitative").versions.get()


def based(ground, version, **more):
    return set_baseline(version=version, facts=BaselineFacts(**more), by=ground.founder, at=AT)


def aimed(ground, version, day=T, **more):
    return set_target(version=version, facts=TargetFacts(day=day, **more), by=ground.founder, at=AT)


def described(ground, version, levels=FIVE):
    return describe_levels(version=version, levels=levels, by=ground.founder, at=AT)


def known(version):
    return bearings([version.pk])[version.pk]


def as_examined(version):
    return core_indicator(Goal(), version, known(version), frozenset())


def refused(act, *args, **more):
    with pytest.raises(Refused) as said, transaction.atomic():
        act(*args, **more)
    return said.value.field


def test_a_baseline_and_a_target_make_a_path_and_are_noted(ground, version):
    based(ground, version, day=B, value=Decimal(40), source="Årsrapporten")
    aimed(ground, version, value=Decimal(70), rationale="Fler platser", decision="Styrelsen § 4")
    assert known(version).target.value == 70
    assert doubts(version, known(version)) == ()
    assert set(Act.objects.values_list("action", flat=True)) >= {"followup.baseline.set", "followup.target.set"}


def test_a_baseline_is_replaced_and_the_old_is_kept(ground, version):
    based(ground, version, na_reason="Räknas från 2026")
    based(ground, version, day=B, value=Decimal(0))
    assert known(version).baseline.value == 0
    assert [each.superseded_at for each in Baseline.objects.order_by("pk")] == [AT, None]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "day"),
        ({"value": Decimal(1)}, "day"),
        ({"day": B}, "value"),
        ({"day": B, "value": Decimal(1), "na_reason": "Saknas"}, "na_reason"),
        ({"day": B, "value": Decimal(1), "level": 1}, "level"),
        ({"day": B, "value": Decimal(1), "numerator": Decimal(1)}, "numerator"),
        ({"day": date(1, 1, 1), "value": Decimal(1)}, "day"),
        ({"day": B, "value": Decimal(10) ** 12}, "value"),
        ({"na_reason": "x" * 301}, "na_reason"),
        ({"na_reason": "Fråga 19121212-1212"}, "na_reason"),
        ({"day": B, "value": Decimal(1), "note": "19121212-1212"}, "note"),
    ],
)
def test_a_baseline_is_a_figure_with_its_day_or_why_there_is_none(ground, version, said, field):
    assert refused(based, ground, version, **said) == field
    assert not Baseline.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": Decimal("0.4")}, "numerator"),
        ({"numerator": Decimal(4)}, "denominator"),
        ({"numerator": Decimal(4), "denominator": Decimal(0)}, "denominator"),
        ({"numerator": Decimal(4), "denominator": Decimal(10), "value": Decimal("0.5")}, "value"),
        ({"value": Decimal("0.4"), "parts_unknown": True}, "note"),
    ],
)
def test_a_ratio_without_its_parts_is_refused(ground, ratio, said, field):
    assert refused(based, ground, ratio, day=B, **said) == field


def test_a_ratio_is_worked_out_of_its_parts_or_says_why_they_are_not_there(ground, ratio):
    made = based(ground, ratio, day=B, numerator=Decimal(95), denominator=Decimal(221))
    assert (made.value, made.numerator) == (Decimal("0.429864"), 95)
    only = based(ground, ratio, day=B, value=Decimal("0.43"), parts_unknown=True, note="Källan ger bara andelen")
    assert (only.value, only.numerator) == (Decimal("0.43"), None)


def test_percent_is_kept_as_a_share_and_shown_as_written(ratio, version):
    assert (kept(ratio, Decimal(43)), shown(ratio, Decimal("0.43"))) == (Decimal("0.43"), Decimal(43))
    assert (kept(version, Decimal(43)), shown(version, Decimal(43))) == (Decimal(43), Decimal(43))
    assert kept(ratio, None) is None
    assert in_percent("ratio", " Procent ")
    assert not in_percent("ratio", "per prövning")
    assert not in_percent("sum", "%")


@pytest.mark.parametrize("day", [B, date(2026, 6, 30)])
def test_a_target_comes_strictly_after_the_baseline_whichever_is_said_first(ground, version, day):
    target = aimed(ground, version, day, value=Decimal(70))
    assert refused(based, ground, version, day=B, value=Decimal(40)) == "day"
    withdraw_target(target=target, by=ground.founder, at=AT)
    based(ground, version, day=B, value=Decimal(40))
    assert refused(aimed, ground, version, day, value=Decimal(70)) == "day"


def test_the_tables_hold_the_order_of_baseline_and_target(ground, version):
    kept_ = {"version": version, "recorded_at": NOW}
    Target.objects.create(day=B, value=1, **kept_)
    with pytest.raises(IntegrityError), transaction.atomic():
        Baseline.objects.create(day=B, value=1, **kept_)
    Target.objects.update(superseded_at=NOW)
    Baseline.objects.create(day=B, value=1, **kept_)
    for day in (B, date(2026, 1, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(day=day, value=1, **kept_)
    Target.objects.create(day=T, value=1, **kept_)


def test_a_reason_instead_of_a_baseline_hinders_no_target(ground, version):
    based(ground, version, na_reason="Räknas från 2026")
    assert aimed(ground, version, date(2026, 1, 1), value=Decimal(70)).value == 70


@pytest.mark.parametrize(
    ("direction", "said", "field"),
    [
        ("neutral", {"value": Decimal(7)}, "day"),
        ("up", {}, "value"),
        ("up", {"value": Decimal(7), "low": Decimal(1)}, "low"),
        ("up", {"level": 3}, "value"),
        ("range", {"value": Decimal(7)}, "value"),
        ("range", {"low": Decimal(7)}, "high"),
        ("range", {"low": Decimal(7), "high": Decimal(7)}, "high"),
        ("up", {"value": Decimal(7), "interpolation": "spline"}, "interpolation"),
        ("up", {"value": Decimal("1e12")}, "value"),
        ("up", {"value": Decimal(7), "decision": "x" * 301}, "decision"),
        ("up", {"value": Decimal(7), "rationale": "19121212-1212"}, "rationale"),
    ],
)
def test_a_target_is_of_the_sort_that_its_indicator_asks_for(ground, direction, said, field):
    version = ground.indicator(direction=direction).versions.get()
    assert refused(aimed, ground, version, **said) == field
    assert not Target.objects.exists()


def test_one_that_is_only_followed_has_no_target_and_is_told_what_to_do(ground):
    version = ground.indicator(direction="neutral").versions.get()
    with pytest.raises(Refused, match="Välj först om högre, lägre eller inom ett spann är bättre"):
        aimed(ground, version, value=Decimal(7))


def test_a_day_has_one_target_which_is_changed_and_withdrawn(ground, version):
    milestone = aimed(ground, version, date(2028, 12, 31), value=Decimal(55))
    assert refused(aimed, ground, version, date(2028, 12, 31), value=Decimal(60)) == "day"
    changed = change_target(
        target=milestone, facts=TargetFacts(day=date(2028, 12, 31), value=Decimal(60)), by=ground.founder, at=AT
    )
    assert changed.value == 60
    with pytest.raises(Refused, match="samma stund"):
        withdraw_target(target=milestone, by=ground.founder, at=AT)
    withdraw_target(target=changed, by=ground.founder, at=AT)
    assert version.pk not in bearings([version.pk])
    assert Target.objects.count() == 2


def test_even_growth_runs_above_zero_at_both_ends_whatever_is_said_last(ground, version):
    based(ground, version, day=B, value=Decimal(0))
    assert refused(aimed, ground, version, value=Decimal(7), interpolation="geometric") == "interpolation"
    based(ground, version, day=B, value=Decimal(2))
    assert refused(aimed, ground, version, value=Decimal(0), interpolation="geometric") == "interpolation"
    aimed(ground, version, value=Decimal(7), interpolation="geometric")
    assert refused(based, ground, version, day=B, value=Decimal(0)) == "value"
    assert refused(aimed, ground, version, date(2028, 12, 31), value=Decimal(-1)) == "interpolation"


def test_what_stands_against_itself_is_told_and_not_refused(ground, version):
    IndicatorVersion.objects.update(low=0, high=100)
    version.refresh_from_db()
    based(ground, version, day=B, value=Decimal(0))
    target = aimed(ground, version, value=Decimal(0))
    assert doubts(version, known(version)) == ("nowhere_to_go", "baseline_is_zero")
    assert "M9" in examined(as_examined(version)).lacking
    path = known(version).path(version.direction)
    assert standing(Observed(path, Decimal(3), T)).verdict == "not_assessable"

    based(ground, version, day=B, value=Decimal(70))
    change_target(target=target, facts=TargetFacts(day=T, value=Decimal(40)), by=ground.founder, at=AT)
    assert doubts(version, known(version)) == ("against_direction",)
    assert "M7" in examined(as_examined(version)).lacking
    aimed(ground, version, date(2032, 12, 31), value=Decimal(140))
    assert doubts(version, known(version)) == ("against_direction", "outside_limits")


def test_a_change_that_takes_the_meaning_of_targets_is_refused(ground, version):
    based(ground, version, day=B, value=Decimal(40))
    aimed(ground, version, value=Decimal(70))
    usual = {"starts_on": version.starts_on, "unit": "st", "direction": "up", "aggregation": "sum"}
    for more, field in (
        ({"kind": "qualitative", "aggregation": "none"}, "kind"),
        ({"aggregation": "ratio"}, "aggregation"),
        ({"direction": "neutral"}, "direction"),
        ({"direction": "range"}, "direction"),
    ):
        definition = Definition(**{**usual, **more})
        assert refused(change_definition, version=version, definition=definition, by=ground.founder, at=AT) == field
    definition = Definition(**{**usual, "direction": "down"})
    change_definition(version=version, definition=definition, by=ground.founder, at=AT)


# --- described levels ---


def test_levels_are_described_all_at_once_and_anew(ground, words):
    described(ground, words)
    described(ground, words, FIVE[:3])
    assert [each.level for each in words.rubric.all()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        ((*FIVE, FIVE[2]), "level"),
        ((LevelFacts(level=5, label="Mer", descriptor="Än så"),), "level"),
        ((LevelFacts(level=-1, label="Mindre", descriptor="Än så"),), "level"),
        ((LevelFacts(level=1, label="", descriptor="Än så"),), "label_1"),
        ((LevelFacts(level=1, label="Låg", descriptor=" "),), "descriptor_1"),
        ((LevelFacts(level=1, label="x" * 81, descriptor="Än så"),), "label_1"),
        ((LevelFacts(level=1, label="Låg", descriptor="19121212-1212"),), "descriptor_1"),
        ((LevelFacts(level=1, label="Låg", descriptor="Så", example="19121212-1212"),), "example_1"),
    ],
)
def test_a_level_comes_once_from_nought_to_four_with_its_words(ground, words, levels, field):
    described(ground, words)
    assert refused(described, ground, words, levels) == field
    assert words.rubric.count() == 5


def test_the_tables_hold_the_levels(words):
    RubricLevel.objects.create(version=words, level=1, label="Låg", descriptor="Så")
    for bad in ({"level": 1}, {"level": 5}, {"level": 2, "label": ""}, {"level": 2, "descriptor": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RubricLevel.objects.create(version=words, **{"label": "Hög", "descriptor": "Så", **bad})
    for column in ({"aggregation": "mean"}, {"low": 0}, {"floor_level": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorVersion.objects.update(**column)


def test_figures_have_no_levels_and_levels_no_figures(ground, version, words):
    with pytest.raises(Refused, match="mäts i tal"):
        described(ground, version)
    assert refused(based, ground, words, day=B, value=Decimal(2)) == "level"
    assert refused(aimed, ground, words, level=5) == "level"
    based(ground, words, day=B, level=1)
    assert aimed(ground, words, level=3).interpolation == "step"
    words.described = 5
    found = as_examined(words)
    assert (found.baseline, found.target) == (1, 3)
    assert examined(found).lacking == ()


def test_levels_that_somebody_has_reported_by_stand_in_act_and_table(ground, words):
    described(ground, words)
    ground.observed(ground.reporter(words.indicator), "2026-Q1", 2)
    with pytest.raises(Refused, match="ny version"):
        described(ground, words, FIVE[:3])
    for broken in (
        lambda: RubricLevel.objects.filter(level=1).update(label="Annat"),
        lambda: RubricLevel.objects.filter(level=1).delete(),
        lambda: RubricLevel.objects.filter(level=1).update(level=4),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def test_a_new_version_takes_the_levels_along_and_leaves_the_path(ground, words):
    described(ground, words)
    based(ground, words, day=B, level=1)
    ground.observed(ground.reporter(words.indicator), "2026-Q1", 2)
    new = begin_version(
        indicator=words.indicator,
        definition=Definition(
            starts_on=date(2026, 7, 1), kind="qualitative", direction="up", frequency="quarter", definition="Vidare"
        ),
        reason="Vidare mening",
        decision="Styrelsen § 9",
        by=ground.founder,
        at=AT,
    )
    assert new.rubric.count() == 5
    assert not new.baselines.exists()
    described(ground, new, FIVE[:4])
    assert words.rubric.count() == 5


def test_a_definition_stands_in_the_table_once_something_is_observed(ground, version):
    ground.observed(ground.reporter(version.indicator), "2026-Q1", 2, status="draft")
    for column in (
        {"unit": "st"},
        {"definition": "Annat"},
        {"direction": "down"},
        {"aggregation": "mean"},
        {"frequency": "month"},
        {"starts_on": B},
        {"high": 9},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorVersion.objects.filter(pk=version.pk).update(**column)
    IndicatorVersion.objects.filter(pk=version.pk).update(owner_role="Kansliet")


def test_the_lowest_accepted_level_is_decided_before_anything_is_reported(ground, words, version):
    decide = {"by": ground.founder, "at": AT}
    made = decide_floor(version=words, floor_level=2, decision="Styrelsen § 4", **decide)
    assert (made.floor_level, made.decision) == (2, "Styrelsen § 4")
    assert refused(decide_floor, version=words, floor_level=5, decision="§ 4", **decide) == "floor_level"
    assert refused(decide_floor, version=words, floor_level=2, decision=" ", **decide) == "decision"
    with pytest.raises(Refused, match="mäts i tal"):
        decide_floor(version=version, floor_level=2, decision="§ 4", **decide)
    ground.observed(ground.reporter(words.indicator), "2026-Q1", 2)
    with pytest.raises(Refused, match="ny version"):
        decide_floor(version=words, floor_level=None, decision="§ 5", **decide)
