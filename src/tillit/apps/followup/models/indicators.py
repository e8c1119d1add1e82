"""Indicators and their versions: what is measured, from where, towards what, and who reports it."""

import uuid
from typing import Any, ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.plans import Goal
from tillit.apps.followup.models.words import (
    AGGREGATIONS,
    DIRECTIONS,
    FREQUENCIES,
    INDICATOR_KINDS,
    INTERPOLATIONS,
)
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Level, Organ, Partnership, Recorded
from tillit.apps.partnerships.models.words import OPENNESS

LEVEL = models.PositiveSmallIntegerField


def amount() -> Any:
    """Return a column for a number in the indicator's unit, None where nobody has said."""
    return models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)


class Indicator(models.Model):
    """Something that is followed. What it means stands in its versions; a new definition is a new version (I-21).

    `node_code`: the step of the effect logic that it shows, "" when none. `library`: the entry of the library that it
    was made from. `not_started`: its follow-up has not begun, which is not the same as missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="indicators")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    node_code = models.CharField(max_length=20, blank=True)
    library = models.CharField(max_length=40, blank=True)
    not_started = models.BooleanField(default=False)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["level__rank", "order", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("partnership", "code", name="an_indicator_code_once"),
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(code=""), name="an_indicator_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorVersion(models.Model):
    """What an indicator means from the period that begins on `starts_on` or later, until the next version.

    Its definition is never changed once something is observed by it. `low` and `high`: what it can be at all.
    `floor_level`: the decided lowest level of a qualitative one. `grace_days` None: as usual for the frequency.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    kind = models.CharField(max_length=12, choices=list(INDICATOR_KINDS.items()), default="quantitative")
    definition = models.TextField(blank=True)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=8, blank=True, choices=list(DIRECTIONS.items()))
    aggregation = models.CharField(max_length=8, choices=list(AGGREGATIONS.items()), default="none")
    cumulative = models.BooleanField(default=False)
    frequency = models.CharField(max_length=10, blank=True, choices=list(FREQUENCIES.items()))
    grace_days = models.PositiveSmallIntegerField(null=True, blank=True)
    low = amount()
    high = amount()
    spc_enabled = models.BooleanField(default=True)
    counts_meetings = models.BooleanField(default=False)
    floor_level = LEVEL(null=True, blank=True)
    owner_role = models.CharField(max_length=120, blank=True)
    owner_party = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_system = models.CharField(max_length=200, blank=True)
    method = models.TextField(blank=True)
    quality = models.TextField(blank=True)
    """What is known of how good the figures are."""
    rationale = models.TextField(blank=True)
    decision_use = models.TextField(blank=True)
    change_reason = models.TextField(blank=True)
    decision = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["indicator", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("indicator", "number", name="an_indicator_version_once"),
            models.UniqueConstraint("indicator", "starts_on", name="one_indicator_version_from_a_day"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(change_reason=""), name="a_new_version_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True) | models.Q(high__isnull=True) | models.Q(low__lt=models.F("high")),
                name="an_indicator_has_low_under_high",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="quantitative", floor_level__isnull=True)
                | models.Q(kind="qualitative", aggregation="none", low__isnull=True, high__isnull=True),
                name="a_described_level_is_never_added_up",
            ),
            models.CheckConstraint(
                condition=models.Q(floor_level__isnull=True) | models.Q(floor_level__lte=4), name="a_floor_is_a_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} ({self.number})"


class RubricLevel(models.Model):
    """What a level from 0 to 4 of a qualitative indicator means, in words."""

    version = models.ForeignKey(IndicatorVersion, on_delete=models.CASCADE, related_name="rubric")
    level = LEVEL()
    label = models.CharField(max_length=80)
    descriptor = models.TextField()
    example = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["level"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("version", "level", name="a_rubric_level_once"),
            models.CheckConstraint(condition=models.Q(level__lte=4), name="a_rubric_level_is_at_most_four"),
            models.CheckConstraint(
                condition=~models.Q(label="") & ~models.Q(descriptor=""), name="a_rubric_level_is_described"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.label}"


class Baseline(Recorded):
    """Where an indicator stood when one began (`value`, or `level` of a qualitative one), or why that is not known.

    `day` is the end of the period that it is about. A ratio keeps its parts.
    """

    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="baselines")
    day = models.DateField(null=True, blank=True)
    value = amount()
    numerator = amount()
    denominator = amount()
    level = LEVEL(null=True, blank=True)
    na_reason = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version"], condition=CURRENT, name="one_standing_baseline"),
            models.CheckConstraint(
                condition=models.Q(day__isnull=False, na_reason="")
                & (
                    models.Q(value__isnull=False, level__isnull=True)
                    | models.Q(value__isnull=True, level__isnull=False, level__lte=4)
                )
                | models.Q(day__isnull=True, value__isnull=True, level__isnull=True) & ~models.Q(na_reason=""),
                name="a_baseline_or_why_there_is_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.value or self.level}"


class Target(Recorded):
    """Where an indicator should be on a day: a value, a level, or a range. The last one is the target, the others
    milestones. `interpolation`: how the path goes to it from what comes before."""

    version = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="targets")
    day = models.DateField()
    value = amount()
    level = LEVEL(null=True, blank=True)
    low = amount()
    high = amount()
    interpolation = models.CharField(max_length=10, choices=list(INTERPOLATIONS.items()), default="linear")
    rationale = models.TextField(blank=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "day"], condition=CURRENT, name="one_standing_target_a_day"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, level__isnull=True, low__isnull=True, high__isnull=True)
                | models.Q(value__isnull=True, level__isnull=False, level__lte=4, low__isnull=True, high__isnull=True)
                | models.Q(
                    value__isnull=True,
                    level__isnull=True,
                    low__isnull=False,
                    high__isnull=False,
                    low__lt=models.F("high"),
                ),
                name="a_target_is_a_value_a_level_or_a_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.day}"


class Reporter(models.Model):
    """Who reports an indicator: a party or an organ, as a network. Periods that begin on `since` or later are asked
    for, and that end before `until`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="reporters")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    organ = models.ForeignKey(Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, organ__isnull=True)
                | models.Q(organisation__isnull=True, organ__isnull=False),
                name="a_party_or_an_organ_reports",
            ),
            models.UniqueConstraint(
                fields=["indicator", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="a_party_reports_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "organ"], condition=models.Q(organ__isnull=False), name="an_organ_reports_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(since__lt=models.F("until")),
                name="a_reporter_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.organisation_id or self.organ_id}"
