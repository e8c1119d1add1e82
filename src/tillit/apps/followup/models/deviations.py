"""Deviations with all that they rest on, what was done about them, and the thresholds that were decided."""

import uuid
from typing import ClassVar

from django.db import models

from tillit.apps.accounts.models import Person
from tillit.apps.followup.models.indicators import Indicator
from tillit.apps.followup.models.words import CHANGE_DIRECTIONS, DEVIATION_STATUS, SEVERITIES
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership, Recorded
from tillit.apps.partnerships.models.words import OPENNESS

OPEN = ~models.Q(status__in=("closed", "dismissed"))


class Deviation(models.Model):
    """Something that a rule found. `subject`: kind and key of what it is about ("indicator:<key>").

    `facts`, `params` and `result` are what the core stored, so that the rule can be run on them again (I-22).
    `fingerprint`: there is one open deviation with it and no second (I-23). `day`: the end of the period it is about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="deviations")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="deviations")
    rule = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=list(SEVERITIES.items()))
    direction = models.CharField(max_length=15, choices=list(CHANGE_DIRECTIONS.items()))
    subject = models.CharField(max_length=120)
    dimensions = models.JSONField(default=dict, blank=True)
    day = models.DateField()
    params = models.JSONField()
    facts = models.JSONField()
    result = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    first_seen = models.DateField()
    last_seen = models.DateField()
    status = models.CharField(max_length=15, choices=list(DEVIATION_STATUS.items()), default="new")
    cause = models.TextField(blank=True)
    openness = models.CharField(max_length=10, choices=list(OPENNESS.items()), default="public")

    class Meta:
        ordering: ClassVar[list[str]] = ["first_seen", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partnership", "status"], name="deviation_of_partnership"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partnership", "fingerprint"], condition=OPEN, name="one_open_deviation_per_fingerprint"
            ),
            models.CheckConstraint(
                condition=models.Q(first_seen__lte=models.F("last_seen")), name="first_seen_before_last_seen"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("explained", "dismissed")) | ~models.Q(cause=""),
                name="what_is_explained_has_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.code}: {self.subject}"


class DeviationEvent(models.Model):
    """What happened to a deviation: that it was seen, became more or less severe, or somebody did something."""

    deviation = models.ForeignKey(Deviation, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.deviation_id}: {self.what}"


class Thresholds(Recorded):
    """A partnership's own thresholds of a rule, from a day: decided by an organ, never for days gone by.

    `params` are the names and values that differ from the rule's own, as the core stores them.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="thresholds")
    rule = models.CharField(max_length=20)
    params = models.JSONField()
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decision = models.TextField()
    starts_on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["rule", "starts_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partnership", "rule", "starts_on"], condition=CURRENT, name="one_standing_threshold_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on__lte=models.F("starts_on")), name="a_threshold_never_reaches_back"
            ),
            models.CheckConstraint(condition=~models.Q(decision=""), name="a_threshold_has_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.starts_on}"
